"""``imbot.message.add``: send a message as the bot.

Source: spec ``bitrix24-imbot.md`` §4.1; seed "imbot.message.add".
"""

from __future__ import annotations

from skvorets.core import answers
from skvorets.core.access import Dialog
from skvorets.dialects.bitrix24.bot_content import NOT_ADDED_ERRORS, BotWords, dialog_lock, require_text, words_of
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY, MESSAGE_EMPTY, ApiError
from skvorets.dialects.bitrix24.ownership import BOT_ERRORS, BOT_FAULTS, acting_bot
from skvorets.dialects.bitrix24.registry import Call, Tx, method, private_key


class Params(BotWords, frozen=True, kw_only=True):
    """Parameters as documented."""

    BOT_ID: int = 0  # may be left out when the owner has one bot
    DIALOG_ID: Dialog | None = None  # chatN or the id of a person; or the two below
    FROM_USER_ID: int = 0  # a notice into the private dialog of two people, in this one's name …
    TO_USER_ID: int = 0  # … to this one

    @property
    def pair(self) -> tuple[int, int] | None:
        """The two people, when both are named."""
        return (self.FROM_USER_ID, self.TO_USER_ID) if self.FROM_USER_ID > 0 and self.TO_USER_ID > 0 else None


def _lock(call: Call, params: Params) -> int:
    return private_key(*params.pair) if params.pair else dialog_lock(params.BOT_ID, params.DIALOG_ID)


@method(
    "imbot.message.add",
    scope="imbot",
    params=Params,
    faults={**BOT_FAULTS, "DIALOG_ID": DIALOG_ID_EMPTY, "MESSAGE": MESSAGE_EMPTY},
    errors={**BOT_ERRORS, **NOT_ADDED_ERRORS},
    lock=_lock,
)
async def imbot_message_add(tx: Tx, call: Call, params: Params) -> int:
    """Post the message; its id."""
    bot, person = await acting_bot(tx, call, params.BOT_ID)
    if params.pair is not None:
        require_text(params)
        chat, author = await answers.chat_between(tx, params.pair)
        return (await answers.say_between(tx, person, author, chat, words_of(tx, params, bot, chat))).id
    if params.DIALOG_ID is None:
        raise ApiError(DIALOG_ID_EMPTY)
    require_text(params)
    chat = await answers.chat_to_speak(tx, person, params.DIALOG_ID)
    return (await answers.say(tx, person, chat, words_of(tx, params, bot, chat))).id
