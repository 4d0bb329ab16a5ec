"""``imbot.*`` twins of ``im.*`` methods: the same rules, texts and errors, with the bot as the acting person.

    imbot.chat.leave(BOT_ID, CLIENT_ID, …) ──► the bot of the owner ──► im.chat.leave(…) called by the bot

Source: spec ``bitrix24-imbot.md`` §3.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import msgspec

from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.ownership import BOT_ERRORS, BOT_FAULTS, as_bot
from skvorets.dialects.bitrix24.registry import METHODS, Call, Method, Tx, method

Handler: TypeAlias = Callable[..., Awaitable[Any]]

# What every twin takes beside the parameters of the method that it repeats.
_BOT_FIELDS = [("BOT_ID", int, 0), ("CLIENT_ID", str, "")]


def twin(name: str, of: Handler, *, errors: Mapping[type[Exception], Fault] | None = None) -> Handler:
    """Enter a method that does for a bot what the ``im`` handler ``of`` does for its caller.

    ``errors`` are the rows in which the two are documented differently. The handler's method must be in the table.
    """
    row = next(row for row in METHODS.values() if row.handler is of)
    faults = {field.name: field.fault for field in row.plan if field.fault is not None}
    # Whose bot it is, is asked first: what is missing is told only to its owner.
    required = {one.name: one.type for one in msgspec.structs.fields(row.params) if one.required}
    fields = [*_BOT_FIELDS, *((name, kind | None, None) for name, kind in required.items())]
    missing = {name: faults[name] for name in required}
    enter = method(
        name,
        scope="imbot",
        params=msgspec.defstruct("Params", fields, bases=(row.params,), frozen=True, kw_only=True),
        errors={**BOT_ERRORS, **row.errors, **(errors or {})},
        faults={**faults, **BOT_FAULTS},
        mode=row.mode,
        aliases=row.aliases,
        lock=row.lock,
    )
    return enter(_freely(row, missing) if row.mode == "free" else _in_unit(row, missing))


def _in_unit(row: Method, missing: Mapping[str, Fault]) -> Handler:
    async def act(tx: Tx, call: Call, params: Any) -> Any:
        bots_call = await as_bot(tx, call, params.BOT_ID)
        _require(params, missing)
        return await row.handler(tx, bots_call, params)

    return act


def _freely(row: Method, missing: Mapping[str, Fault]) -> Handler:
    async def act(call: Call, params: Any) -> Any:
        bots_call = await call.surroundings.store.read(as_bot, call, params.BOT_ID)
        _require(params, missing)
        return await row.handler(bots_call, params)

    return act


def _require(params: Any, missing: Mapping[str, Fault]) -> None:
    for name, fault in missing.items():
        if getattr(params, name) is None:
            raise ApiError(fault)
