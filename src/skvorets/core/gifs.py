"""Animations that people and bots look for: what a source of them gives, and the rules of the company's own collection.

A GIF of the collection is found by its tags: each word of the phrase must be the beginning of some word of theirs.
Rules: spec ``bitrix24-imbot.md`` §10; seed "Сервис Giphy".
"""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol

from skvorets.errors import CoreError, NotFoundError, TooLargeError, WrongImageError
from skvorets.storage import gifs
from skvorets.storage.database import Tx
from skvorets.storage.gifs import StoredGif
from skvorets.storage.words import words_of, words_to_find

MAX_BYTES: Final = 10 * 1024 * 1024
"""Largest file of the collection: everybody who sees it loads it whole."""
MAX_WORDS: Final = 10
"""Words of a phrase that are looked for, the rest is ignored."""
MAX_TAGS: Final = 1_000
"""Characters of a GIF's tags."""
MAX_NAME: Final = 255


class Gif(NamedTuple):
    """One animation, as two addresses."""

    preview: str  # the small picture
    original: str  # the whole one
    width: int = 0  # of the whole one, pixels; 0 = not known
    height: int = 0
    name: str = ""


class GifsUnavailableError(CoreError):
    """The source of GIFs does not answer as it should."""


class UnknownGifError(NotFoundError):
    """No such GIF in the collection."""


class NoTagsError(CoreError):
    """A GIF needs a tag to be found by."""


class GifSource(Protocol):
    """Who knows GIFs. Both functions raise GifsUnavailableError."""

    async def search(self, phrase: str, limit: int, offset: int) -> list[Gif]:
        """Give those that fit a phrase, without the first ``offset`` ones."""

    async def popular(self, limit: int) -> list[Gif]:
        """Give those that are liked most just now."""


class NewGif(NamedTuple):
    """A file that was looked at, whose bytes are kept already."""

    digest: str
    name: str
    tags: str
    size: int  # bytes
    media_type: str
    width: int  # pixels
    height: int


async def add_gif(tx: Tx, new: NewGif) -> int:
    """Add one to the collection, or give one that is there other tags; its id.

    Raises WrongImageError for other pictures, TooLargeError, NoTagsError.
    """
    if new.media_type != "image/gif":
        raise WrongImageError
    if new.size > MAX_BYTES:
        raise TooLargeError
    tags = ", ".join(filter(None, (" ".join(tag.split()) for tag in new.tags.split(","))))[:MAX_TAGS]
    words = words_of(tags)
    if not words:
        raise NoTagsError
    row = StoredGif(0, new.digest, new.name[:MAX_NAME], tags, new.size, new.width, new.height, tx.now)
    return await gifs.put(tx, row, words)


async def remove_gif(tx: Tx, gif_id: int) -> None:
    """Take one out of the collection; its bytes stay. Raises UnknownGifError."""
    if not await gifs.remove(tx, gif_id):
        raise UnknownGifError


async def find_gifs(tx: Tx, phrase: str, limit: int, offset: int) -> list[StoredGif]:
    """Those of the collection that fit a phrase, the newest first; a phrase without letters and digits fits none."""
    words = words_to_find(phrase)[:MAX_WORDS]
    return await gifs.newest(tx, words, limit, offset) if words else []


async def newest_gifs(tx: Tx, limit: int) -> list[StoredGif]:
    """The newest of the collection."""
    return await gifs.newest(tx, (), limit, 0)
