"""Rows of ``files``: files and folders of chats and people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from skvorets.storage.conditions import Column, Condition, order_by, where
from skvorets.storage.database import ConflictError, Tx


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file or a folder. Times are unix milliseconds, 0 = never."""

    id: int = 0
    is_folder: int = 0
    parent_id: int = 0  # the folder that it lies in, 0 = a root
    root_id: int = 0  # the root above it, 0 = a root itself
    chat_id: int = 0  # whose it is: a chat's …
    person_id: int = 0  # … or a person's
    name: str
    name_key: str  # the name as it is compared
    digest: str = ""  # in the blob store; empty for folders
    size: int = 0  # bytes
    media_type: str = ""  # by the content
    width: int = 0  # of pictures, pixels
    height: int = 0
    author_id: int
    created_at: int
    changed_at: int
    message_id: int = 0  # the message that shows it
    deleted_at: int = 0
    deleted_by: int = 0

    @property
    def storage_id(self) -> int:
        """Id of the root that it belongs to."""
        return self.root_id or self.id


# What lists may be filtered and ordered by.
COLUMNS: Mapping[str, Column] = {
    name: Column(name)
    for name in (
        *("id", "is_folder", "parent_id", "root_id", "name", "size", "author_id"),
        *("created_at", "changed_at", "deleted_by"),
    )
}
_FIELDS = File.__struct_fields__
_COLUMNS = ", ".join(_FIELDS)
_NEW_COLUMNS = ", ".join(_FIELDS[1:])
_NEW_PLACES = ", ".join(f"${number}" for number in range(1, len(_FIELDS)))
_FIND = f"SELECT {_COLUMNS} FROM files WHERE id = $1 AND deleted_at = 0"
_FIND_MANY = f"SELECT {_COLUMNS} FROM files WHERE id = ANY($1) AND deleted_at = 0"
_ROOT_OF_CHAT = f"SELECT {_COLUMNS} FROM files WHERE parent_id = 0 AND chat_id > 0 AND chat_id = $1"
_ROOT_OF_PERSON = f"SELECT {_COLUMNS} FROM files WHERE parent_id = 0 AND person_id > 0 AND person_id = $1"
_NAMED = f"SELECT {_COLUMNS} FROM files WHERE parent_id = $1 AND name_key = $2 AND deleted_at = 0 AND parent_id > 0"
# Image, video, audio or file, as core.files.kind_of says; the index files_by_kind has the same words.
_KIND = (
    "CASE WHEN width > 0 THEN 'image' WHEN substr(media_type, 1, 6) IN ('video/', 'audio/')"
    " THEN substr(media_type, 1, 5) ELSE 'file' END"
)
_SHOWN = (
    f"SELECT {_COLUMNS} FROM files WHERE parent_id = $1 AND id < $2 AND message_id >= $3 AND deleted_at = 0"
    " AND message_id > 0"
)
_SHOWN_OF_ANY_KIND = f"{_SHOWN} ORDER BY id DESC LIMIT $4"
_SHOWN_OF_KIND = f"{_SHOWN} AND {_KIND} = $5 ORDER BY id DESC LIMIT $4"
_INSERT = f"INSERT INTO files ({_NEW_COLUMNS}) VALUES ({_NEW_PLACES}) ON CONFLICT DO NOTHING RETURNING id"


class Bytes(Protocol):
    """Bytes in the blob store, and what they are."""

    @property
    def digest(self) -> str: ...  # noqa: D102
    @property
    def size(self) -> int: ...  # noqa: D102
    @property
    def media_type(self) -> str: ...  # noqa: D102
    @property
    def width(self) -> int: ...  # noqa: D102
    @property
    def height(self) -> int: ...  # noqa: D102


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """Which children of a folder are wanted, in which order, which part of them."""

    folder_id: int
    viewer_id: int  # his own files that no message shows yet are seen, those of others are not
    first_id: int  # files of messages with smaller ids are hidden
    conditions: Sequence[Condition]
    order: Sequence[tuple[str, bool]]
    limit: int
    offset: int


async def find(tx: Tx, file_id: int) -> File | None:
    """The file or folder with this id, unless it is deleted."""
    row = await tx.row(_FIND, file_id)
    return None if row is None else _file(row)


async def find_many(tx: Tx, ids: Iterable[int]) -> dict[int, File]:
    """The files and folders with these ids, by id, without deleted ones."""
    return {row[0]: _file(row) for row in await tx.rows(_FIND_MANY, sorted(set(ids)))}


async def root_of_chat(tx: Tx, chat_id: int) -> File | None:
    """The folder of a chat."""
    row = await tx.row(_ROOT_OF_CHAT, chat_id)
    return None if row is None else _file(row)


async def root_of_person(tx: Tx, person_id: int) -> File | None:
    """The top folder of a person."""
    row = await tx.row(_ROOT_OF_PERSON, person_id)
    return None if row is None else _file(row)


async def find_named(tx: Tx, folder_id: int, name_key: str) -> File | None:
    """The child of a folder with this name."""
    row = await tx.row(_NAMED, folder_id, name_key)
    return None if row is None else _file(row)


async def insert(tx: Tx, file: File) -> File:
    """Store a new row; gives it with its id.

    The name was free a moment ago. Raises ConflictError when another transaction took it meanwhile.
    """
    new_id: int | None = await tx.val(_INSERT, *msgspec.structs.astuple(file)[1:])
    if new_id is None:
        raise ConflictError
    return msgspec.structs.replace(file, id=new_id)


async def move_to_chat(tx: Tx, file_id: int, folder: File, name: str, name_key: str) -> None:
    """Take a file out of where it lies into the folder of a chat, under a name that is free there."""
    await tx.do(
        "UPDATE files SET parent_id = $2, root_id = $3, chat_id = $4, person_id = 0, name = $5, name_key = $6,"
        " changed_at = $7 WHERE id = $1",
        file_id,
        folder.id,
        folder.storage_id,
        folder.chat_id,
        name,
        name_key,
        tx.now,
    )


async def show_in(tx: Tx, message_id: int, chat_id: int, file_ids: Sequence[int]) -> None:
    """These files of the chat are shown by a message from now on, unless another one shows them already."""
    await tx.do(
        "UPDATE files SET message_id = $1, changed_at = $4 WHERE id = ANY($3) AND chat_id = $2 AND message_id = 0",
        message_id,
        chat_id,
        list(file_ids),
        tx.now,
    )


async def name_of(tx: Tx, file_id: int) -> str:
    """Name of a file, also while it counts as deleted."""
    return str(await tx.val("SELECT name FROM files WHERE id = $1", file_id) or "")


async def finish(tx: Tx, file_id: int, name: str, name_key: str, content: Bytes) -> None:
    """Bring the row of an announced file to life: its bytes have come."""
    await tx.do(
        "UPDATE files SET name = $2, name_key = $3, digest = $4, size = $5, media_type = $6, width = $7, height = $8,"
        " changed_at = $9, deleted_at = 0 WHERE id = $1",
        file_id,
        name,
        name_key,
        content.digest,
        content.size,
        content.media_type,
        content.width,
        content.height,
        tx.now,
    )


async def delete(tx: Tx, file_ids: Sequence[int], actor_id: int) -> int:
    """Mark files as deleted; how many were not yet."""
    return await tx.do(
        "UPDATE files SET deleted_at = $2, deleted_by = $3 WHERE id = ANY($1) AND deleted_at = 0",
        list(file_ids),
        tx.now,
        actor_id,
    )


async def delete_of_message(tx: Tx, message_id: int, file_ids: Sequence[int], actor_id: int) -> None:
    """Mark those of the files as deleted that this message shows."""
    await tx.do(
        "UPDATE files SET deleted_at = $3, deleted_by = $4 WHERE id = ANY($2) AND message_id = $1 AND deleted_at = 0",
        message_id,
        list(file_ids),
        tx.now,
        actor_id,
    )


async def select(tx: Tx, listing: Listing) -> list[File]:
    """The children of a folder that fit."""
    test, args = _where(listing)
    args += [listing.limit, listing.offset]
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM files WHERE {test} ORDER BY {order_by(listing.order, COLUMNS)}"
        f" LIMIT ${len(args) - 1} OFFSET ${len(args)}",
        *args,
    )
    return [_file(row) for row in rows]


async def shown_in(tx: Tx, folder_id: int, *, first_id: int, below_id: int, kind: str, limit: int) -> list[File]:
    """Files of a chat's folder that messages from ``first_id`` on show, of a kind (empty: any), the newest first."""
    args = (folder_id, below_id, first_id, limit)
    rows = await (tx.rows(_SHOWN_OF_KIND, *args, kind) if kind else tx.rows(_SHOWN_OF_ANY_KIND, *args))
    return [_file(row) for row in rows]


async def count(tx: Tx, listing: Listing) -> int:
    """How many children fit, whatever part of them is wanted."""
    test, args = _where(listing)
    return int(await tx.val(f"SELECT count(*) FROM files WHERE {test}", *args))


def _where(listing: Listing) -> tuple[str, list[object]]:
    args: list[object] = [listing.folder_id, listing.viewer_id, listing.first_id]
    shown = "(message_id > 0 AND message_id >= $3 OR message_id = 0 AND (chat_id = 0 OR author_id = $2))"
    return f"parent_id = $1 AND deleted_at = 0 AND {shown} AND {where(listing.conditions, COLUMNS, args)}", args


def _file(row: Sequence[object]) -> File:
    return File(**dict(zip(_FIELDS, row, strict=True)))  # type: ignore[arg-type]  # columns in the order of the fields
