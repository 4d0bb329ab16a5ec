"""The table of the widget's API: one row per path and verb, filled by the files of ``resources/``.

    @route("POST", "/widget/api/typing", mode="write")
    async def type_on(tx: Tx, call: Call[Nothing]) -> None: ...

Bodies, queries and answers are msgspec structs with camelCase names on the wire. Paths may have ``{id}`` in them, a
positive integer. Who calls is found by the secret of his browser before the handler runs, in the same transaction.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Final, Generic, Literal, TypeAlias, TypeVar

import msgspec

from skvorets.config import Config
from skvorets.core.lines.settings import LineSettings, settings_of
from skvorets.dialects.widget.limits import Kind, Limits
from skvorets.storage.blobs import BlobStore
from skvorets.storage.database import Store, Tx
from skvorets.storage.line_clients import LineClient
from skvorets.storage.lines import Line
from skvorets.storage.people import Person

PREFIX: Final = "/widget/api/"
# How a resource works with the database.
#   write: one unit of work; read: one snapshot; free: ``handler(call)`` without ``tx``, which may ``call.write(…)``.
Mode: TypeAlias = Literal["write", "read", "free"]
Verb: TypeAlias = Literal["GET", "POST", "PATCH", "DELETE"]
# Writes a ticket for the push socket of a visitor, and says for how many seconds it is good.
IssueTicket: TypeAlias = Callable[[LineClient], tuple[str, int]]
G = TypeVar("G")


class Nothing(msgspec.Struct, frozen=True):
    """No body, or no query."""


class Services(msgspec.Struct, frozen=True):
    """What the dialect works with; made once by the composition root."""

    config: Config
    store: Store
    blobs: BlobStore
    issue_ticket: IssueTicket
    limits: Limits = msgspec.field(default_factory=Limits)


class Visitor(msgspec.Struct, frozen=True):
    """Who calls: a customer of a line, by the secret of his browser."""

    client: LineClient
    line: Line
    guest: Person

    @property
    def settings(self) -> LineSettings:
        """How his line works."""
        return settings_of(self.line)


class Call(msgspec.Struct, Generic[G], frozen=True):
    """One request of a visitor."""

    visitor: Visitor
    given: G  # the body, or the query of a GET or of a route that streams
    ids: Mapping[str, int]  # the parts of the path in braces
    services: Services
    address: str  # network address
    token: str  # his secret
    size: int | None = None  # bytes that come with a request that streams, as the caller says
    pieces: AsyncIterator[bytes] | None = None  # … as they come; raises ApiError when he breaks off
    # Runs a handler of mode write for the same visitor.
    write: Callable[..., Awaitable[Any]] | None = None

    @property
    def client(self) -> LineClient:
        """The customer."""
        return self.visitor.client


class Visit(msgspec.Struct, Generic[G], frozen=True):
    """One request of somebody who need not be known yet."""

    given: G
    services: Services
    address: str
    token: str  # empty = he has none


class Route(msgspec.Struct, frozen=True):
    """One row of the table."""

    verb: Verb
    path: str
    pattern: re.Pattern[str]
    given: type[msgspec.Struct]
    handler: Callable[..., Awaitable[Any]]
    mode: Mode = "write"
    counts: Kind = "requests"  # the limit that it counts for, besides that of requests
    streams: bool = False  # is the body bytes of any kind, read while they come? Then the query is what is given
    is_open: bool = False  # is it answered without a secret, by ``handler(visit)``?


ROUTES: list[Route] = []
_PART = re.compile(r"\{(\w+)\}")
# Positive and in 63 bits, so that every database takes it.
_NUMBER = r"(?P<\1>[1-9][0-9]{0,17})"
Handler = TypeVar("Handler", bound=Callable[..., Awaitable[Any]])


def route(  # noqa: PLR0913 — a row of the table; all by name
    verb: Verb,
    path: str,
    *,
    given: type[msgspec.Struct] = Nothing,
    mode: Mode = "write",
    counts: Kind = "requests",
    streams: bool = False,
    is_open: bool = False,
) -> Callable[[Handler], Handler]:
    """Enter a handler into the table; ``path`` is what follows ``/widget/api/``."""

    def enter(handler: Handler) -> Handler:
        whole = PREFIX + path
        if any(known.verb == verb and known.path == whole for known in ROUTES):
            message = f"two handlers for {verb} {whole}"
            raise ValueError(message)
        pattern = re.compile(_PART.sub(_NUMBER, whole))
        ROUTES.append(Route(verb, whole, pattern, given, handler, mode, counts, streams, is_open))
        return handler

    return enter


@functools.cache
def load_routes() -> None:
    """Import every file of ``resources/`` once, so that the table is complete."""
    package = importlib.import_module("skvorets.dialects.widget.resources")
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


UnitHandler: TypeAlias = Callable[[Tx, Call[Any]], Awaitable[Any]]
