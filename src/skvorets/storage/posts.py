"""Rows of ``posts``, ``post_destinations``, ``post_files`` and ``post_tags``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A post of the news feed. Times are unix milliseconds, 0 = none."""

    id: int
    author_id: int
    title: str  # empty: the text's first words stand for it
    text: str  # with BB codes
    tag_ids: str  # JSON list of ids of post_tags
    important: int
    important_until: int
    is_for_all: int  # all employees are among its destinations
    chat_id: int  # chat of the message that it was made from, 0 = none
    created_at: int
    changed_at: int

    def read_tag_ids(self) -> list[int]:
        """Give the ids of its tags."""
        return msgspec.json.decode(self.tag_ids, type=list[int])


class PostQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which posts are wanted, which part of them."""

    codes: Sequence[str]  # only posts for one of these destinations
    wanted: Sequence[str] = ()  # of them only those for one of these, too; empty = all
    post_id: int = 0  # only this one; 0 = all
    created_from: int = 0
    created_to: int = 0  # 0 = no end
    above_id: int = 0  # only larger ids; 0 = all
    below_id: int = 0  # only smaller ids; 0 = all
    ascends: bool = False
    limit: int
    offset: int = 0


_FIELDS = Post.__struct_fields__
_COLUMNS = ", ".join(_FIELDS)
_INSERT = (
    f"INSERT INTO posts ({', '.join(_FIELDS[1:])})"
    f" VALUES ({', '.join(f'${number}' for number in range(1, len(_FIELDS)))}) RETURNING id"
)
_CHANGEABLE = columns_of("posts", Post, "id", "author_id", "chat_id", "created_at")
_FOR_ANY = "EXISTS (SELECT 1 FROM post_destinations d WHERE d.post_id = p.id AND d.code = ANY({}))"


async def find(tx: Tx, post_id: int) -> Post | None:
    """The post with this id. Rules ask ``core.posts`` instead: it checks who may see it."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM posts WHERE id = $1", post_id)
    return None if row is None else _of_row(row)


async def select(tx: Tx, query: PostQuery) -> list[Post]:
    """The posts that fit, by id."""
    test, args = _where(query)
    args += [query.limit, query.offset]
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM posts p WHERE {test} ORDER BY p.id {'ASC' if query.ascends else 'DESC'}"
        f" LIMIT ${len(args) - 1} OFFSET ${len(args)}",
        *args,
    )
    return [_of_row(row) for row in rows]


async def count(tx: Tx, query: PostQuery) -> int:
    """How many posts fit, whatever part of them is wanted."""
    test, args = _where(query)
    return int(await tx.val(f"SELECT count(*) FROM posts p WHERE {test}", *args))


async def insert(tx: Tx, post: Post) -> int:
    """Store a new post (its ``id`` is ignored) and return the id."""
    new_id: int = await tx.val(_INSERT, *msgspec.structs.astuple(post)[1:])
    return new_id


async def change(tx: Tx, post_id: int, **values: object) -> None:
    """Set columns of a post; names are columns of ``posts``."""
    await _CHANGEABLE.change(tx, post_id, values)


async def delete(tx: Tx, post_id: int) -> None:
    """Remove a post; its files stay where they lie."""
    await tx.do("DELETE FROM post_files WHERE post_id = $1", post_id)
    await tx.do("DELETE FROM post_destinations WHERE post_id = $1", post_id)
    await tx.do("DELETE FROM posts WHERE id = $1", post_id)


async def set_destinations(tx: Tx, post_id: int, codes: Iterable[str]) -> None:
    """Say anew for whom a post is."""
    await tx.do("DELETE FROM post_destinations WHERE post_id = $1", post_id)
    for code in sorted(set(codes)):
        await tx.do("INSERT INTO post_destinations (post_id, code) VALUES ($1, $2)", post_id, code)


async def add_members_of_chat(tx: Tx, post_id: int, chat_id: int) -> None:
    """Let a post be for the present members of a chat, too: one statement however many they are."""
    await tx.do(
        "INSERT INTO post_destinations (post_id, code)"
        " SELECT CAST($1 AS BIGINT), 'U' || CAST(m.person_id AS TEXT) FROM members m"
        " WHERE m.chat_id = $2 AND m.is_bot = 0 ON CONFLICT DO NOTHING",
        post_id,
        chat_id,
    )


async def has_destination(tx: Tx, post_id: int, codes: Sequence[str]) -> bool:
    """Is the post for one of these destinations?"""
    statement = "SELECT 1 FROM post_destinations WHERE post_id = $1 AND code = ANY($2) LIMIT 1"
    return await tx.val(statement, post_id, list(codes)) is not None


async def file_ids_of(tx: Tx, post_ids: Iterable[int]) -> dict[int, list[int]]:
    """Ids of the files that hang on each post; posts without any are left out."""
    found: dict[int, list[int]] = {}
    rows = await tx.rows(
        "SELECT post_id, file_id FROM post_files WHERE post_id = ANY($1) ORDER BY post_id, file_id",
        sorted(set(post_ids)),
    )
    for post_id, file_id in rows:
        found.setdefault(post_id, []).append(file_id)
    return found


async def add_files(tx: Tx, post_id: int, file_ids: Iterable[int]) -> None:
    """Hang files on a post."""
    for file_id in file_ids:
        statement = "INSERT INTO post_files (post_id, file_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"
        await tx.do(statement, post_id, file_id)


async def remove_files(tx: Tx, post_id: int, file_ids: Iterable[int]) -> None:
    """Take files off a post."""
    await tx.do("DELETE FROM post_files WHERE post_id = $1 AND file_id = ANY($2)", post_id, sorted(set(file_ids)))


async def has_file_for(tx: Tx, file_id: int, codes: Sequence[str]) -> bool:
    """Does the file hang on a post for one of these destinations?"""
    found = await tx.val(
        "SELECT 1 FROM post_files f JOIN post_destinations d ON d.post_id = f.post_id"
        " WHERE f.file_id = $1 AND d.code = ANY($2) LIMIT 1",
        file_id,
        list(codes),
    )
    return found is not None


async def tag_id(tx: Tx, name: str) -> int:
    """Id of a tag, which is made when it is new."""
    known: int = await tx.val(
        "INSERT INTO post_tags (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id",
        name,
    )
    return known


def _where(query: PostQuery) -> tuple[str, list[object]]:
    args: list[object] = [list(query.codes)]
    tests = [_FOR_ANY.format("$1")]
    conditions: tuple[tuple[str, object, bool], ...] = (
        (_FOR_ANY, list(query.wanted), bool(query.wanted)),
        ("p.id = {}", query.post_id, query.post_id != 0),
        ("p.created_at >= {}", query.created_from, query.created_from != 0),
        ("p.created_at <= {}", query.created_to, query.created_to != 0),
        ("p.id > {}", query.above_id, query.above_id != 0),
        ("p.id < {}", query.below_id, query.below_id != 0),
    )
    for pattern, value, is_asked in conditions:
        if is_asked:
            args.append(value)
            tests.append(pattern.format(f"${len(args)}"))
    return " AND ".join(tests), args


def _of_row(row: Sequence[object]) -> Post:
    return Post(**dict(zip(_FIELDS, row, strict=True)))  # type: ignore[arg-type]  # columns in the order of the fields
