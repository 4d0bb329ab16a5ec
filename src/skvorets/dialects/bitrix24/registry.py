"""The method table: one row per documented method, filled by the files of ``methods/``.

    @method("im.message.add", scope="im", params=Params, errors={EmptyMessageError: MESSAGE_EMPTY})
    async def im_message_add(tx: Tx, call: Call, params: Params) -> int: ...

What all methods check, the table checks: scope, kind of authorisation, administrator, typed parameters.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, Protocol, TypeAlias

import msgspec

from skvorets.config import Config
from skvorets.core.access import Dialog
from skvorets.core.gifs import GifSource
from skvorets.core.lines.network_join import Joining
from skvorets.core.message_search import MessageIndex
from skvorets.dialects.bitrix24.caller import Caller
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.params import Plan, plan_of
from skvorets.php_forms import Value
from skvorets.storage.blobs import BlobStore
from skvorets.storage.database import DIRECTORY_KEY, PRIVATE_KEYS, Store, Tx, private_key

# How a method works with the database.
#   write: one unit of work that may change things; read: one snapshot; scan: a long read;
#   free: no transaction of its own (it works before or around one): ``handler(call, params)`` without ``tx``.
Mode: TypeAlias = Literal["write", "read", "scan", "free"]
# Who may call. any: token or webhook; application: an OAuth token (webhooks get WRONG_AUTH_TYPE).
Needs: TypeAlias = Literal["any", "application"]


class Surroundings(msgspec.Struct, frozen=True):
    """What the dialect works with; made once by the composition root."""

    config: Config
    store: Store
    blobs: BlobStore  # pictures and files
    index: MessageIndex  # of texts: whoever searches waits for it
    gifs: GifSource  # who knows GIFs
    network: Joining  # who joins lines, those of other servers, too


class Runner(Protocol):
    """Who runs calls; ``batch`` asks it to run its commands."""

    async def run_command(self, call: Call, name: str, given: dict[str, Value]) -> dict[str, Any]:
        """Run a method for the caller of ``call``; its whole answer, ``result`` or ``error``. Never raises ApiError."""


class Call(msgspec.Struct, frozen=True):
    """One call of one method."""

    method: str
    caller: Caller
    given: Mapping[str, Value]  # parameters as they came, names in upper case
    start: int | None  # the standard paging parameter; -1 = do not count, None = not given
    surroundings: Surroundings
    runner: Runner
    address: str = ""  # the caller's network address


class Page(msgspec.Struct, frozen=True):
    """A list method's answer: ``next`` and ``total`` go beside ``result``."""

    items: Any  # list or map
    offset: int
    count: int  # rows on this page
    total: int | None  # None: not counted


class Method(msgspec.Struct, frozen=True):
    """One row of the table."""

    name: str
    scope: str  # "" = a service method, open to all
    scopes: frozenset[str]  # all that are needed: ``scope`` and those beside it
    params: type[msgspec.Struct]
    plan: Plan
    handler: Callable[..., Awaitable[Any]]
    errors: Mapping[type[Exception], Fault]
    mode: Mode
    needs: Needs
    is_for_admins: bool
    is_allowed_in_batch: bool
    aliases: Mapping[str, str]  # other names of parameters -> the documented one
    lock: Callable[[Call, Any], int]

    def is_open_to(self, scopes: frozenset[str]) -> bool:
        """May one with these scopes call it?"""
        return self.scopes <= scopes


class NoParams(msgspec.Struct, frozen=True):
    """A method without parameters."""


METHODS: dict[str, Method] = {}


def method(  # noqa: PLR0913 — a row of the table; all by name
    name: str,
    *,
    scope: str,
    params: type[msgspec.Struct] = NoParams,
    errors: Mapping[type[Exception], Fault] | None = None,
    faults: Mapping[str, Fault] | None = None,
    mode: Mode = "write",
    needs: Needs = "any",
    is_for_admins: bool = False,
    is_allowed_in_batch: bool = True,
    aliases: Mapping[str, str] | None = None,
    lock: Callable[[Call, Any], int] | None = None,
    also: tuple[str, ...] = (),
    beside: tuple[str, ...] = (),
) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Enter a handler into the table under its documented name (and ``also`` under others).

    ``beside``: scopes that are needed together with ``scope``.

    ``errors``: core refusal → documented error. ``faults``: parameter → documented error when it is missing or
    unreadable. ``lock``: key of the unit of work, see ``Store.write``; by default taken from DIALOG_ID or CHAT_ID.
    """

    def enter(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        row = Method(
            name=name,
            scope=scope,
            scopes=frozenset({*beside, scope} - {""}),
            params=params,
            plan=plan_of(params, faults or {}),
            handler=handler,
            errors=errors or {},
            mode=mode,
            needs=needs,
            is_for_admins=is_for_admins,
            is_allowed_in_batch=is_allowed_in_batch,
            aliases=aliases or {},
            lock=lock or _default_lock,
        )
        for each in (name, *also):
            if METHODS.setdefault(each.lower(), row) is not row:
                message = f"two handlers for {each}"
                raise ValueError(message)
        return handler

    return enter


@functools.cache
def load_methods() -> None:
    """Import every file of ``methods/`` once, so that the table is complete."""
    package = importlib.import_module("skvorets.dialects.bitrix24.methods")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")


def _default_lock(call: Call, params: Any) -> int:
    dialog = getattr(params, "DIALOG_ID", None)
    if isinstance(dialog, Dialog):
        return dialog.chat_id or private_key(call.caller.person.id, dialog.person_id)
    chat_id = getattr(params, "CHAT_ID", None)
    return chat_id if isinstance(chat_id, int) and 0 < chat_id < PRIVATE_KEYS else DIRECTORY_KEY


__all__ = [
    "METHODS",
    "Call",
    "Method",
    "NoParams",
    "Page",
    "Runner",
    "Surroundings",
    "Tx",
    "load_methods",
    "method",
    "private_key",
]
