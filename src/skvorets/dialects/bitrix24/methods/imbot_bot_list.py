"""``imbot.bot.list``: the bots of the portal, the caller's own ones first.

Source: spec ``bitrix24-imbot.md`` §2.3; seed "imbot.bot.list".
"""

from __future__ import annotations

from typing import Any

from skvorets.core import applications
from skvorets.dialects.bitrix24.ownership import BOT_FAULTS, OwnerParams, client_id_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.storage import bots, people


class Params(OwnerParams, frozen=True, kw_only=True):
    """Parameters as documented. COMPAT(bitrix24): a webhook may leave CLIENT_ID out here, and only here."""


@method("imbot.bot.list", scope="imbot", params=Params, faults=BOT_FAULTS, mode="read")
async def imbot_bot_list(tx: Tx, call: Call, params: Params) -> dict[str, Any] | list[Any]:
    """List all bots but those of the network, by id; no bot at all is an empty list, as PHP writes it."""
    own = call.caller.application or await applications.find_owner_for_webhook(tx, client_id_of(call))
    found = [bot for bot in await bots.every(tx) if bot.kind != "network"]
    found.sort(key=lambda bot: own is None or bot.application_id != own.id)
    names = await people.find_many(tx, [bot.person_id for bot in found])
    return {
        str(bot.person_id): {
            "ID": bot.person_id,
            "NAME": names[bot.person_id].name,
            "CODE": bot.code,
            "OPENLINE": "Y" if bot.serves_lines else "N",
        }
        for bot in found
    } or []
