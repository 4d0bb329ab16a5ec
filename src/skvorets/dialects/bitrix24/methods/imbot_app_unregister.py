"""``imbot.app.unregister``: remove a chat application.

Source: spec ``bitrix24-imbot.md`` §11.2; seed "imbot.app.unregister".
"""

from __future__ import annotations

from skvorets.core.chat_apps import chat_app_of, unregister_chat_app
from skvorets.dialects.bitrix24.chat_app_fields import APP_ERRORS, CHAT_APP_ID_ERROR
from skvorets.dialects.bitrix24.ownership import BOT_FAULTS, OwnerParams, acting_application
from skvorets.dialects.bitrix24.registry import Call, Tx, method


class Params(OwnerParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    APP_ID: int = 0


@method(
    "imbot.app.unregister",
    scope="imbot",
    params=Params,
    faults={**BOT_FAULTS, "APP_ID": CHAT_APP_ID_ERROR},
    errors=APP_ERRORS,
)
async def imbot_app_unregister(tx: Tx, call: Call, params: Params) -> bool:
    """Remove it; true."""
    await unregister_chat_app(tx, await chat_app_of(tx, await acting_application(tx, call), params.APP_ID))
    return True
