"""One unit of work, two engines: what the core sees of a database.

``await store.write(key, fn, *args)`` runs ``fn(tx, *args)`` inside a transaction and returns what it returns, after the
commit is on disk. ``fn`` awaits nothing but ``tx``; it may run again when the engine has to repeat it, so it keeps no
state of its own. Many units share one commit (group commit); a refusal (CoreError) raised before any write of its unit
leaves the others alone, an error after writes rolls everything back and runs the others again.

SQL is written once, with ``$1`` parameters and ``= ANY($1)`` for lists of integers.
See docs/architecture.md, "The write path", and docs/adr/0001.
"""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeAlias, TypeVar

import msgspec

P = ParamSpec("P")
T = TypeVar("T")
Row: TypeAlias = Sequence[Any]
UnitOfWork: TypeAlias = "Callable[Concatenate[Tx, P], Awaitable[T]]"

# Units waiting for the writer; past it callers get "too many requests" instead of a growing memory.
MAX_WAITING_UNITS = 10_000
# Units that share one commit. More would delay the first ones for the last.
MAX_UNITS_PER_COMMIT = 256


class LogRow(NamedTuple):
    """One row to be appended to the event log, in the order of its columns."""

    at: int
    kind: str
    chat_id: int
    person_id: int
    data: str


INSERT_LOG_ROW = "INSERT INTO events (at, kind, chat_id, person_id, data) VALUES ($1, $2, $3, $4, $5)"


class ConflictError(Exception):
    """Another transaction was quicker; the engine runs the unit again."""


class Portal(msgspec.Struct, frozen=True):
    """What rules need to know of the installation they work in."""

    # 32 hex characters, made once, never changed.
    member_id: str
    # 32 random bytes from which tokens are signed and per-application secrets derived.
    secret: bytes
    # ru or en: system messages and LANGUAGE of events.
    language: str = "ru"
    # Bots that one application may register.
    bots_per_application: int = 5
    # May handlers lie on loopback and private addresses (development)?
    allow_private_handlers: bool = False


class Tx(Protocol):
    """One transaction as the rules see it. Statements run in the order in which they are awaited."""

    # Unix time of the transaction, milliseconds.
    now: int
    portal: Portal
    # Is this PostgreSQL? Only for statements that are one there and several on SQLite, for speed.
    is_postgres: bool
    # Rows that event_log.append left for the event log. The engine writes those of a whole batch by one statement, just
    # before the commit: they are the last writes of their transaction, and nobody reads them inside it.
    log_rows: list[LogRow]

    async def val(self, sql: str, *args: object) -> Any:
        """Run a statement and return the first column of the first row, or None."""

    async def row(self, sql: str, *args: object) -> Row | None:
        """Run a statement and return the first row, or None."""

    async def one(self, sql: str, *args: object) -> Row:
        """Run a statement that gives exactly one row, whatever the arguments; see storage/postgres_side_by_side.py."""

    async def rows(self, sql: str, *args: object) -> Sequence[Row]:
        """Run a statement and return all rows."""

    async def do(self, sql: str, *args: object) -> int:
        """Run a statement that returns no rows; the number of rows it changed."""


class Store(Protocol):
    """A database with its writer and its readers."""

    portal: Portal
    # Called on the event loop after a commit that appended to the event log. Must not block or raise.
    on_log_growth: Callable[[], None]
    # Does the order of event ids equal the order of commits? (SQLite: one writer.) Otherwise readers go by xid.
    log_is_ordered_by_id: bool

    async def start(self) -> None:
        """Open the database, migrate it, read the portal's identity."""

    async def stop(self) -> None:
        """Finish what is queued and close."""

    def speak(self, language: str) -> None:
        """Let all units that begin from now on have this language of the portal."""

    async def write(self, key: int, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``fn(tx, *args)`` durably. Units with equal keys run one after another in the order of the calls."""

    async def read(self, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short indexed read on one snapshot. Writing statements fail."""

    async def scan(self, fn: UnitOfWork[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a long read (search, export) without holding up the event loop."""


_SIDE_BY_SIDE = "_may_run_side_by_side"
F = TypeVar("F", bound=Callable[..., Awaitable[Any]])


def may_run_side_by_side(fn: F) -> F:
    """Mark a unit of work: an engine may interleave several of it, since none looks at what another one writes."""
    setattr(fn, _SIDE_BY_SIDE, True)
    return fn


def is_side_by_side(fn: Callable[..., Any]) -> bool:
    """May several units of this function be interleaved?"""
    return getattr(fn, _SIDE_BY_SIDE, False) is True


def lock_key(kind: str, *ids: int) -> int:
    """Stable 63-bit key for ``Store.write``, the same in every process."""
    text = f"{kind}:{':'.join(map(str, ids))}".encode()
    return (zlib.crc32(text) << 31) ^ zlib.adler32(text)


# Keys of private dialogs begin here, above all chats' ids.
PRIVATE_KEYS = 1 << 62


def private_key(one: int, other: int) -> int:
    """Key of the private dialog of two people for ``Store.write``, known before there is a chat."""
    return PRIVATE_KEYS | (min(one, other) << 31) | (max(one, other) & 0x7FFFFFFF)


# Changes of the directory, applications and handlers are rare; one lane keeps their checks simple.
DIRECTORY_KEY = lock_key("directory")
