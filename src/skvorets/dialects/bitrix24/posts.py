"""What the methods ``log.blogpost.*`` share: whom a post is for, files in parameters, in whose name.

Source: docs ``log.blogpost.add``, ``log.blogpost.update`` (FILES, UF_BLOG_POST_FILE, USER_ID).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from msgspec import Struct

from skvorets.core.base64_text import decode_base64
from skvorets.core.calendar_zones import checked
from skvorets.core.file_names import clean_name
from skvorets.core.posts import MAX_FILES, FileChange, NewFile
from skvorets.dialects.bitrix24 import filters
from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError
from skvorets.dialects.bitrix24.params import Anything
from skvorets.dialects.bitrix24.registry import Call
from skvorets.dialects.bitrix24.values import BadValue, to_int, to_list, to_text
from skvorets.errors import EmptyNameError, PersonNotFoundError, WrongTimeError
from skvorets.media.files import keep
from skvorets.php_forms import Value
from skvorets.storage import people
from skvorets.storage.blobs import BlobStore
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


class PostParams(Struct, frozen=True, kw_only=True):
    """Parameters of ``log.blogpost.add`` and ``log.blogpost.update`` as documented; None = not given."""

    POST_MESSAGE: str | None = None  # BB codes, at most 100,000 characters
    POST_TITLE: str | None = None  # longer than 255 characters is cut
    DEST: Anything | None = None  # list: UA, U7, DR3, SG5
    SPERM: Anything | None = None  # old: the same, as a list or as a map of lists
    FILES: Anything | None = None  # list of [name, base64]; a map id → "del" removes
    UF_BLOG_POST_FILE: Anything | None = None  # instead of FILES: list of n7, files of the drive; "empty" removes all
    IMPORTANT: bool | None = None
    IMPORTANT_DATE_END: str | None = None  # ISO 8601
    USER_ID: int = 0  # in whose name; administrators only


async def author_of(tx: Tx, call: Call, user_id: int) -> Person:
    """Give in whose name it is done: another one's only for administrators, for others it is not looked at."""
    person = call.caller.person
    if user_id <= 0 or user_id == person.id or not person.admin:
        return person
    named = await people.find(tx, user_id)
    if named is None or not named.active or named.is_bot:
        raise PersonNotFoundError
    return named


def destinations_of(given: PostParams) -> list[str] | None:
    """Give the codes as they came, None when there are none; DEST goes before SPERM."""
    value = next((one.value for one in (given.DEST, given.SPERM) if one is not None and one.value), None)
    return None if value is None else list(_texts(value))


def moment_of(call: Call, text: str | None, name: str) -> int | None:
    """Read a date, unix milliseconds; None for nothing. Raises ApiError ERROR_ARGUMENT."""
    if text is None or not text.strip():
        return None
    try:
        return checked(int(filters.moment(call.surroundings.config.utc_offset_minutes)(text)))
    except (BadValue, WrongTimeError):
        raise ApiError(ERROR_ARGUMENT, text=f"Wrong date format in {name}", argument=name) from None


async def keep_files(call: Call, given: PostParams) -> FileChange:
    """Keep the bytes of new files durably; what is to happen to the files of the post. Raises ApiError."""
    if given.FILES is not None and given.FILES.value:
        new, removed = _read_files(given.FILES.value)
        kept = await asyncio.to_thread(_keep, call.surroundings.blobs, new) if new else []
        return FileChange(added=kept, removed=removed)
    if given.UF_BLOG_POST_FILE is None:
        return FileChange()
    marks = list(_texts(given.UF_BLOG_POST_FILE.value))
    attached = [to_int(mark[1:]) for mark in marks if mark[:1] in {"n", "N"}]
    return FileChange(attached=[one for one in attached if one > 0], removes_all="empty" in marks)


def _texts(value: Value, depth: int = 3) -> Iterator[str]:
    """Give the texts of a list, or of a map of lists (``{"U": ["U1"], "DR": ["DR2"]}``), or the one text."""
    for item in to_list(value):
        if isinstance(item, (dict, list)):
            if depth:
                yield from _texts(item, depth - 1)
        else:
            yield to_text(item).strip()


def _read_files(value: Value) -> tuple[list[tuple[str, str]], list[int]]:
    """Give pairs of name and base64, and ids of files to be removed."""
    if isinstance(value, dict):
        removed = [to_int(name) for name, item in value.items() if item == "del"]
        items = [item for item in value.values() if item != "del"]
    else:
        removed, items = [], to_list(value)
    if items and not isinstance(items[0], (dict, list)):
        items = [items]  # one pair that is not in a list
    if len(items) > MAX_FILES:
        raise _wrong_files()
    return [_pair(item) for item in items], removed


def _pair(item: Value) -> tuple[str, str]:
    """Read ``[name, base64]`` or ``{"fileData": [name, base64]}``."""
    if isinstance(item, dict) and "fileData" in item:
        item = item["fileData"]
    parts: Sequence[Value] = to_list(item) if isinstance(item, (dict, list)) else ()
    if len(parts) != 2 or not all(isinstance(part, str) for part in parts):  # noqa: PLR2004 — name and content
        raise _wrong_files()
    return to_text(parts[0]), to_text(parts[1])


def _keep(blobs: BlobStore, pairs: Sequence[tuple[str, str]]) -> list[NewFile]:
    try:
        decoded = [(clean_name(name), decode_base64(text)) for name, text in pairs]
    except (ValueError, EmptyNameError):
        raise _wrong_files() from None
    return [NewFile(name, keep(blobs, data)) for name, data in decoded]


def _wrong_files() -> ApiError:
    return ApiError(ERROR_ARGUMENT, text="Wrong format of FILES", argument="FILES")
