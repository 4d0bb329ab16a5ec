"""The method table: one row per documented method, filled by the files of ``methods/``.

    @method("BumsCommonApiV01/Message/card", mode="read")
    async def message_card(tx: Tx, call: Call) -> dict[str, object]: ...

A handler gives what stands in ``data`` of the answer.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from datetime import timezone
from typing import Any, Literal, TypeAlias

import msgspec

from skvorets.config import Config
from skvorets.dialects.megaplan.envelope import zone_of
from skvorets.dialects.megaplan.params import Params
from skvorets.storage.blobs import BlobStore
from skvorets.storage.database import Store
from skvorets.storage.people import Person

# How a method works with the database: write, read, scan (a long read) or free: ``handler(call)`` without ``tx``.
Mode: TypeAlias = Literal["write", "read", "scan", "free"]
Handler: TypeAlias = Callable[..., Awaitable[Any]]


class Services(msgspec.Struct, frozen=True):
    """What the dialect works with; made once by the composition root."""

    config: Config
    store: Store
    blobs: BlobStore

    @property
    def zone(self) -> timezone:
        """The account's zone."""
        return zone_of(self.config.utc_offset_minutes)


class Call(msgspec.Struct, frozen=True):
    """One request of somebody whose signature is genuine."""

    person: Person
    params: Params
    services: Services
    verb: str
    replay_key: bytes = b""  # the same for the same request sent again
    prepared: Any = None  # what the row's ``prepare`` gave


class Visit(msgspec.Struct, frozen=True):
    """One request of somebody who need not have signed it."""

    params: Params
    services: Services
    address: str  # the caller's network address


# Makes ready what a unit of work cannot wait for. The last argument, awaited before anything is stored, refuses who may
# not be here.
Prepare: TypeAlias = Callable[[Params, Services, str, Callable[[], Awaitable[object]]], Awaitable[Any]]


class Method(msgspec.Struct, frozen=True):
    """One row of the table."""

    name: str
    handler: Handler
    mode: Mode
    is_open: bool  # is it answered without a signature, by ``handler(visit)``?
    is_long: Callable[[Params], bool] | None = None  # does this request make a long read of a short one?
    prepare: Prepare | None = None
    lock: Callable[[Any], int] | None = None  # key of the unit of work from what was prepared; 0 = the caller's own


class Raw(msgspec.Struct, frozen=True):
    """An answer that is no envelope: the bytes of a file that the caller may fetch."""

    file_id: int


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *,
    mode: Mode = "read",
    is_long: Callable[[Params], bool] | None = None,
    prepare: Prepare | None = None,
    lock: Callable[[Any], int] | None = None,
) -> Callable[[Handler], Handler]:
    """Enter a handler under Module/Class/method."""

    def enter(handler: Handler) -> Handler:
        _enter(Method(name, handler, mode, is_open=False, is_long=is_long, prepare=prepare, lock=lock))
        return handler

    return enter


def open_method(name: str) -> Callable[[Handler], Handler]:
    """Enter a handler for everybody: ``handler(visit)``."""

    def enter(handler: Handler) -> Handler:
        _enter(Method(name, handler, "free", is_open=True))
        return handler

    return enter


def _enter(row: Method) -> None:
    if METHODS.setdefault(row.name, row) is not row:
        message = f"two handlers for {row.name}"
        raise ValueError(message)


@functools.cache
def load_methods() -> None:
    """Import every file of ``methods/`` once, so that the table is complete."""
    package = importlib.import_module("skvorets.dialects.megaplan.methods")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
