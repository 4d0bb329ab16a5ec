"""Posts of the news feed: who may see and change them, what a change means.

A post is for its destinations (``core/destinations.py``), its author is always among them. The author and
administrators change and delete it. Its files lie on the author's drive; whoever reads the post reads them.
Source: docs ``log.blogpost.*``; spec ``bitrix24-im.md`` §8.3.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from skvorets.core import files, folders, markup
from skvorets.core.destinations import FOR_ALL, codes_of, codes_to_write_to
from skvorets.core.events import record
from skvorets.core.events_posts import PostChanged
from skvorets.core.files import Content
from skvorets.errors import (
    EmptyMessageError,
    EmptyTitleError,
    NoDestinationError,
    NotAllowedError,
    PostNotFoundError,
    TooLargeError,
)
from skvorets.storage import posts
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.posts import Post, PostQuery

# Undocumented limits.
MAX_TITLE = 255  # characters; longer ones are cut
MAX_TEXT = 100_000  # characters
MAX_TAGS = 20
MAX_TAG = 100  # characters; longer ones are cut
MAX_FILES = 100
# Characters of the text that stand for a missing title. [inferred]
_TITLE_FROM_TEXT = 100


class NewFile(msgspec.Struct, frozen=True):
    """A file to be hung on a post; its bytes are kept already."""

    name: str
    content: Content


class FileChange(msgspec.Struct, frozen=True):
    """What is to happen to the files of a post."""

    added: Sequence[NewFile] = ()
    attached: Sequence[int] = ()  # ids of files that the person may read
    removed: Sequence[int] = ()
    removes_all: bool = False


_NO_FILES = FileChange()


class NewPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post to be published."""

    text: str
    title: str = ""
    destinations: Sequence[str] = (FOR_ALL,)
    members_of: Chat | None = None  # for the present members of this chat, too: it is made from a message there
    tags: Sequence[str] = ()
    is_important: bool = False
    important_until: int = 0  # unix milliseconds, 0 = no end


class PostChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be changed; None = as it is. A new text takes the title away when none is given with it. [docs]"""

    title: str | None = None
    text: str | None = None
    destinations: Sequence[str] | None = None
    is_important: bool | None = None
    important_until: int | None = None


async def add_post(tx: Tx, author: Person, new: NewPost, files_change: FileChange = _NO_FILES) -> Post:
    """Publish a post. Raises EmptyMessageError, TooLargeError, NoDestinationError."""
    text = _text(new.text)
    codes = await codes_to_write_to(tx, author, new.destinations)
    if not codes and new.members_of is None:
        raise NoDestinationError
    post = Post(
        id=0,
        author_id=author.id,
        title=new.title.strip()[:MAX_TITLE],
        text=text,
        tag_ids=await _tag_ids(tx, new.tags),
        important=int(new.is_important),
        important_until=new.important_until,
        is_for_all=int(FOR_ALL in codes),
        chat_id=new.members_of.id if new.members_of else 0,
        created_at=tx.now,
        changed_at=tx.now,
    )
    post = msgspec.structs.replace(post, id=await posts.insert(tx, post))
    await posts.set_destinations(tx, post.id, {*codes, f"U{author.id}"})
    if new.members_of is not None:
        await posts.add_members_of_chat(tx, post.id, new.members_of.id)
    await _change_files(tx, author, post, files_change)
    await _record(tx, author, post, "added")
    return post


async def change_post(
    tx: Tx, actor: Person, post_id: int, change: PostChange, files_change: FileChange = _NO_FILES
) -> Post:
    """Change a post. Raises PostNotFoundError, NotAllowedError, EmptyTitleError and as ``add_post``."""
    post = await post_to_change(tx, actor, post_id)
    title, has_text = (change.title or "").strip(), bool(change.text and change.text.strip())
    if not title and not has_text:
        raise EmptyTitleError
    text = _text(change.text) if change.text and has_text else post.text
    values: dict[str, object] = {"title": title[:MAX_TITLE], "text": text, "changed_at": tx.now}
    if change.is_important is not None:
        values["important"] = int(change.is_important)
    if change.important_until is not None:
        values["important_until"] = change.important_until
    if change.destinations is not None:
        codes = await codes_to_write_to(tx, actor, change.destinations)
        if not codes:
            raise NoDestinationError
        await posts.set_destinations(tx, post.id, {*codes, f"U{post.author_id}"})
        values["is_for_all"] = int(FOR_ALL in codes)
    await posts.change(tx, post.id, **values)
    await _change_files(tx, actor, post, files_change)
    await _record(tx, actor, post, "changed")
    return msgspec.structs.replace(post, **values)


async def delete_post(tx: Tx, actor: Person, post_id: int) -> None:
    """Delete a post; its files stay on the author's drive. Raises PostNotFoundError, NotAllowedError."""
    post = await post_to_change(tx, actor, post_id)
    await posts.delete(tx, post.id)
    await _record(tx, actor, post, "deleted")


async def post_to_change(tx: Tx, actor: Person, post_id: int) -> Post:
    """Give the post if the person may change it.

    Raises PostNotFoundError, also for one that is not for the person; NotAllowedError for one that he may only read.
    """
    post = await posts.find(tx, post_id)
    if post is None:
        raise PostNotFoundError
    if actor.admin or post.author_id == actor.id:
        return post
    if await posts.has_destination(tx, post_id, await codes_of(tx, actor)):
        raise NotAllowedError
    raise PostNotFoundError


async def list_posts(tx: Tx, query: PostQuery) -> list[Post]:
    """Give the posts that fit; ``query.codes`` are the viewer's (``codes_of``)."""
    return await posts.select(tx, query)


async def count_posts(tx: Tx, query: PostQuery) -> int:
    """Count the posts of all pages."""
    return await posts.count(tx, query)


def shown_title(post: Post) -> str:
    """Give the title, or the first words of the text when it has none."""
    return post.title or markup.plain_text(post.text)[:_TITLE_FROM_TEXT]


async def _tag_ids(tx: Tx, tags: Sequence[str]) -> str:
    names = dict.fromkeys(name for tag in tags if (name := tag.strip()[:MAX_TAG]))
    if len(names) > MAX_TAGS:
        raise TooLargeError
    return msgspec.json.encode([await posts.tag_id(tx, name) for name in names]).decode()


async def _change_files(tx: Tx, actor: Person, post: Post, change: FileChange) -> None:
    if change == _NO_FILES:
        return
    present = (await posts.file_ids_of(tx, [post.id])).get(post.id, [])
    removed = set(present if change.removes_all else change.removed)
    if len(present) + len(change.added) + len(change.attached) > MAX_FILES:
        raise TooLargeError
    if removed:
        await posts.remove_files(tx, post.id, removed)
    if change.added:
        folder = await folders.saved_files_of(tx, actor)
        new = [await files.add_file(tx, actor, folder, one.name, one.content, renames=True) for one in change.added]
        await posts.add_files(tx, post.id, [one.id for one in new])
    if change.attached:
        await posts.add_files(tx, post.id, await _own_copies(tx, actor, change.attached))


async def _own_copies(tx: Tx, actor: Person, file_ids: Sequence[int]) -> list[int]:
    """Give files of the person's own drive: those that lie there already, and copies of the others."""
    folder = await folders.saved_files_of(tx, actor)
    found = await files.files_to_read(tx, actor, file_ids)
    return [
        one.id if one.person_id == actor.id else (await files.copy_file(tx, actor, one, folder)).id for one in found
    ]


async def _record(tx: Tx, actor: Person, post: Post, change: str) -> None:
    await record(tx, PostChanged(post_id=post.id, author_id=post.author_id, actor_id=actor.id, change=change))


def _text(text: str) -> str:
    text = text.strip()
    if not text:
        raise EmptyMessageError
    if len(text) > MAX_TEXT:
        raise TooLargeError
    return text
