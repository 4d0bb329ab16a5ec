"""``im.message.like``: like a message or take it back.

Source: spec ``bitrix24-im.md`` §8.3; seed "im.message.like".
"""

from __future__ import annotations

from skvorets.core.messages import like_message
from skvorets.dialects.bitrix24.errors import MESSAGE_ID_ERROR, WITHOUT_CHANGES
from skvorets.dialects.bitrix24.naming import MessageParams, lock_of_message, message_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import MessageNotFoundError

# What each ACTION wishes for; whatever else it says means auto.
WISHES = {"plus": True, "minus": False}


class Params(MessageParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    ACTION: str = "auto"  # auto, plus or minus


@method(
    "im.message.like",
    scope="im",
    params=Params,
    faults={"MESSAGE_ID": MESSAGE_ID_ERROR},
    errors={MessageNotFoundError: WITHOUT_CHANGES},
    lock=lock_of_message,
)
async def im_message_like(tx: Tx, call: Call, params: Params) -> bool:
    """Change the mark of the caller."""
    wish = WISHES.get(params.ACTION.strip().lower())
    await like_message(tx, call.caller.person, message_of(params), wish=wish)
    return True
