"""The table of the native API: one row per path and verb, filled by the files of ``resources/``.

    @route("POST", "/api/apps", body=NewApp)
    async def add_app(tx: Tx, call: Call[NewApp]) -> App: ...

Bodies, queries and answers are msgspec structs with camelCase names on the wire (``rename="camel"``): what does not fit
is refused before any use. Paths may have parts in braces, which are positive integers: ``/api/apps/{id}``.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import msgspec

from skvorets.config import Config
from skvorets.core.gifs import GifSource
from skvorets.core.message_search import MessageIndex
from skvorets.storage.blobs import BlobStore
from skvorets.storage.database import DIRECTORY_KEY, Store, lock_key
from skvorets.storage.people import Person
from skvorets.storage.sessions import Session

# How a resource works with the database: as in the method table of the Bitrix24 dialect.
#   write: one unit of work; read: one snapshot; scan: a long read; free: ``handler(call)`` without ``tx``.
Mode: TypeAlias = Literal["write", "read", "scan", "free"]
Verb: TypeAlias = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
G = TypeVar("G")


class Nothing(msgspec.Struct, frozen=True):
    """No body, or no query."""


class Services(msgspec.Struct, frozen=True):
    """What the dialect works with; made once by the composition root."""

    config: Config
    store: Store
    blobs: BlobStore
    index: MessageIndex
    gifs: GifSource
    # Other parts by name, handed over by the composition root: the dialect imports none of them.
    parts: Mapping[str, Any] = msgspec.field(default_factory=dict)


class Stream(msgspec.Struct, frozen=True):
    """Bytes that come with a request, as they come."""

    size: int | None  # bytes, as the caller says; None = he does not
    pieces: AsyncIterator[bytes]  # raises ApiError when the caller breaks off


class Call(msgspec.Struct, Generic[G], frozen=True):
    """One request of somebody who is logged in."""

    person: Person
    session: Session
    given: G  # the body, or the query of a GET or of a route that streams
    ids: Mapping[str, int]  # the parts of the path in braces
    services: Services
    address: str = ""  # the caller's network address
    user_agent: str = ""
    stream: Stream | None = None  # of a route that streams

    @property
    def sent(self) -> Stream:
        """The bytes that are sent; only to be asked where the route streams."""
        if self.stream is None:
            raise LookupError
        return self.stream


class Visit(msgspec.Struct, Generic[G], frozen=True):
    """One request of somebody who need not be logged in."""

    given: G  # the body, or the query of a GET
    services: Services
    address: str  # the caller's network address
    user_agent: str


class Reply(msgspec.Struct, frozen=True):
    """An answer that also changes the cookie; other answers are plain structs, or None for 204."""

    body: Any
    cookie: str = ""  # the new session's secret; empty = log the browser out


class Download(msgspec.Struct, frozen=True):
    """An answer that is a file to be saved."""

    name: str  # plain letters, digits, dots and dashes
    media_type: str
    body: bytes


class Route(msgspec.Struct, frozen=True):
    """One row of the table."""

    verb: Verb
    path: str
    pattern: re.Pattern[str]
    given: type[msgspec.Struct]
    handler: Callable[..., Awaitable[Any]]
    mode: Mode
    is_for_admins: bool
    lock: Callable[[Call[Any]], int]
    streams: bool  # is the body bytes of any kind, read while they come? Then the query is what is given
    is_open: bool = False  # is it answered without a session, by ``handler(visit)``?


ROUTES: list[Route] = []
_PART = re.compile(r"\{(\w+)\}")
# Positive and in 63 bits, so that every database takes it.
_NUMBER = r"(?P<\1>[1-9][0-9]{0,17})"


def route(  # noqa: PLR0913 — a row of the table; all by name
    verb: Verb,
    path: str,
    *,
    body: type[msgspec.Struct] = Nothing,
    query: type[msgspec.Struct] = Nothing,
    mode: Mode = "write",
    is_for_admins: bool = False,
    lock: Callable[[Call[Any]], int] | None = None,
    streams: bool = False,
) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Enter a handler into the table.

    ``lock`` gives the key of the unit of work, see ``Store.write``. ``streams``: the body is no JSON but bytes, which
    the handler (of mode free) reads from ``call.sent`` while they come; ``query`` is what is given then.
    """

    def enter(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        pattern = re.compile(_PART.sub(_NUMBER, path))
        given = query if verb == "GET" or streams else body
        _enter(Route(verb, path, pattern, given, handler, mode, is_for_admins, lock or _directory, streams))
        return handler

    return enter


def open_route(
    verb: Verb, path: str, *, body: type[msgspec.Struct] = Nothing, query: type[msgspec.Struct] = Nothing
) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Enter a handler for people who are not logged in: ``handler(visit)``, of mode ``free``."""

    def enter(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        given = query if verb == "GET" else body
        pattern = re.compile(re.escape(path))
        _enter(Route(verb, path, pattern, given, handler, "free", False, _directory, False, is_open=True))
        return handler

    return enter


def _enter(row: Route) -> None:
    if any(known.verb == row.verb and known.path == row.path for known in ROUTES):
        message = f"two handlers for {row.verb} {row.path}"
        raise ValueError(message)
    ROUTES.append(row)


@functools.cache
def load_routes() -> None:
    """Import every file of ``resources/`` once, so that the table is complete."""
    package = importlib.import_module("skvorets.dialects.native.resources")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")


def find_route(verb: str, path: str) -> tuple[Route, dict[str, int]] | None:
    """Find the row for a request and the numbers of its path; None when nobody answers there."""
    for row in ROUTES:
        if row.verb == verb and (match := row.pattern.fullmatch(path)):
            return row, {name: int(text) for name, text in match.groupdict().items()}
    return None


def verbs_of(path: str) -> list[str]:
    """Give the verbs that are answered at a path."""
    return sorted({row.verb for row in ROUTES if row.pattern.fullmatch(path)})


def lock_of_chat(call: Call[Any]) -> int:
    """Key for ``Store.write`` of a route whose ``id`` is a chat: its changes follow one another."""
    return call.ids["id"]


def lock_of_message(call: Call[Any]) -> int:
    """Key for ``Store.write`` of a route whose ``id`` is a message: its changes follow one another."""
    return lock_key("message", call.ids["id"])


def lock_of_person(call: Call[Any]) -> int:
    """Key for ``Store.write``: what a person changes of his own follows one another."""
    return lock_key("person", call.person.id)


def _directory(_call: Call[Any]) -> int:
    return DIRECTORY_KEY
