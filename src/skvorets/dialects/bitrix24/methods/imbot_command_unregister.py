"""``imbot.command.unregister``: remove a slash command.

Source: spec ``bitrix24-imbot.md`` §5.3; seed "imbot.command.unregister".
"""

from __future__ import annotations

from skvorets.core.commands import command_of, unregister_command
from skvorets.dialects.bitrix24.command_fields import COMMAND_ERRORS, COMMAND_ID_ERROR
from skvorets.dialects.bitrix24.ownership import BOT_FAULTS, OwnerParams, acting_application
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(OwnerParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    COMMAND_ID: int = 0


@method(
    "imbot.command.unregister",
    scope="imbot",
    params=Params,
    faults={**BOT_FAULTS, "COMMAND_ID": COMMAND_ID_ERROR},
    errors=COMMAND_ERRORS,
)
async def imbot_command_unregister(tx: Tx, call: Call, params: Params) -> bool:
    """Remove the command; true."""
    application = await acting_application(tx, call)
    await unregister_command(tx, await command_of(tx, application, params.COMMAND_ID))
    return True
