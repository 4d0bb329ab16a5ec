"""``imbot.*`` twins of ``im.*`` methods: the same rules, texts and errors, with the bot as the acting person.

    imbot.chat.leave(BOT_ID, CLIENT_ID, …) ──► the bot of the owner ──► im.chat.leave(…) called by the bot

Source: spec ``bitrix24-imbot.md`` §3.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import msgspec

from skvorets.dialects.bitrix24.errors import Fault
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
    enter = method(
        name,
        scope="imbot",
        params=msgspec.defstruct("Params", _BOT_FIELDS, bases=(row.params,), frozen=True, kw_only=True),
        errors={**BOT_ERRORS, **row.errors, **(errors or {})},
        faults={**faults, **BOT_FAULTS},
        mode=row.mode,
        aliases=row.aliases,
        lock=row.lock,
    )
    return enter(_freely(row) if row.mode == "free" else _in_unit(row))


def _in_unit(row: Method) -> Handler:
    async def act(tx: Tx, call: Call, params: Any) -> Any:
        return await row.handler(tx, await as_bot(tx, call, params.BOT_ID), params)

    return act


def _freely(row: Method) -> Handler:
    async def act(call: Call, params: Any) -> Any:
        return await row.handler(await call.surroundings.store.read(as_bot, call, params.BOT_ID), params)

    return act
