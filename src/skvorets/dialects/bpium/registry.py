"""The table of the API: one row per path and verb, filled by the files of ``resources/``.

    @route("POST", "/catalogs/{catalog}/records", body=Values)
    async def add_record(tx: Tx, call: Call[Values]) -> dict[str, Any]: ...

Paths stand below ``/api/v1``, without a final slash (one is legal everywhere). What stands in braces is any text; the
core tells whether it names something. Bodies and queries are msgspec structs; numbers and texts of numbers are equal.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Generic, Literal, TypeAlias, TypeVar

import msgspec
from aiohttp import web

from skvorets.config import Config
from skvorets.storage.blobs import BlobStore
from skvorets.storage.database import DIRECTORY_KEY, Store, lock_key
from skvorets.storage.people import Person
from skvorets.storage.sessions import Session

PREFIX: Final = "/api/v1"
"""All paths of the table stand below it."""

# How a resource works with the database:
#   write: one unit of work; read: one snapshot; scan: a long read; free: ``handler(call)`` without ``tx``.
Mode: TypeAlias = Literal["write", "read", "scan", "free"]
Verb: TypeAlias = Literal["GET", "POST", "PATCH", "DELETE"]
G = TypeVar("G")


class Nothing(msgspec.Struct, frozen=True):
    """No body, or no query."""


class Services(msgspec.Struct, frozen=True):
    """What the dialect works with; made once by the composition root."""

    config: Config
    store: Store
    blobs: BlobStore


class Call(msgspec.Struct, Generic[G], frozen=True):
    """One request of an employee."""

    person: Person
    session: Session
    given: G  # the body of a POST or PATCH, the query of a GET
    parts: Mapping[str, str]  # the parts of the path in braces
    services: Services
    address: str = ""  # the caller's network address


class Redirect(msgspec.Struct, frozen=True):
    """An answer that sends the caller elsewhere; other answers are plain objects, 200."""

    url: str


class Route(msgspec.Struct, frozen=True):
    """One row of the table."""

    verb: Verb
    path: str
    pattern: re.Pattern[str]
    given: type[msgspec.Struct]
    handler: Callable[..., Awaitable[Any]]
    mode: Mode
    lock: Callable[[Call[Any]], int]


# Doors without log-in (an address with a permit in it): verb and first words of the path -> ``handler(request, ...)``.
OpenHandler: TypeAlias = Callable[[web.BaseRequest, Services], Awaitable[web.StreamResponse]]
ROUTES: Final[list[Route]] = []
OPEN_ROUTES: Final[dict[tuple[str, str], OpenHandler]] = {}
_PART = re.compile(r"\{(\w+)\}")


def lock_of_catalog(call: Call[Any]) -> int:
    """Key for ``Store.write`` of a route with a ``catalog``: changes of its records follow one another."""
    return lock_key("catalog", *call.parts["catalog"].encode()[:64])


def lock_of_directory(_call: Call[Any]) -> int:
    """Key for ``Store.write`` of what is changed rarely."""
    return DIRECTORY_KEY


def route(
    verb: Verb,
    path: str,
    *,
    given: type[msgspec.Struct] = Nothing,
    mode: Mode = "write",
    lock: Callable[[Call[Any]], int] = lock_of_directory,
) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Enter a handler into the table: ``handler(tx, call)``, or ``handler(call)`` of mode free.

    ``given`` is the body of a POST or PATCH and the query of a GET. ``lock`` gives the key of the unit of work.
    """

    def enter(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        if any(known.verb == verb and known.path == path for known in ROUTES):
            message = f"two handlers for {verb} {path}"
            raise ValueError(message)
        pattern = re.compile(_PART.sub(r"(?P<\1>[^/]+)", re.escape(path).replace(r"\{", "{").replace(r"\}", "}")))
        ROUTES.append(Route(verb, path, pattern, given, handler, mode, lock))
        return handler

    return enter


def open_route(verb: str, first_words: str) -> Callable[[OpenHandler], OpenHandler]:
    """Enter a handler that needs no log-in, for everything below a path."""

    def enter(handler: OpenHandler) -> OpenHandler:
        OPEN_ROUTES[verb, first_words] = handler
        return handler

    return enter


@functools.cache
def load_routes() -> None:
    """Import every file of ``resources/`` once, so that the table is complete."""
    package = importlib.import_module("skvorets.dialects.bpium.resources")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")


def find_route(verb: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """Find the row for a request (path below the prefix) and the parts of its path; None when nobody answers there."""
    for row in ROUTES:
        if row.verb == verb and (match := row.pattern.fullmatch(path)):
            return row, match.groupdict()
    return None


def verbs_of(path: str) -> list[str]:
    """Give the verbs that are answered at a path."""
    return sorted({row.verb for row in ROUTES if row.pattern.fullmatch(path)})


def is_known(path: str) -> bool:
    """Does the path begin with the word of a resource?"""
    word = path.split("/")[1]
    return any(row.path.split("/")[1] == word for row in ROUTES)
