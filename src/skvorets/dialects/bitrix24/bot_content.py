"""What the methods share that speak for a bot: content, and which units of work wait for each other.

Source: spec ``bitrix24-imbot.md`` §4, §5.3.
"""

from __future__ import annotations

from collections.abc import Mapping

from skvorets.core.access import Dialog
from skvorets.core.answers import Words
from skvorets.dialects.bitrix24.content import read_content, without_empty
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.ownership import OwnerParams
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Tx, private_key
from skvorets.errors import EmptyMessageError, NotAllowedError, NotFoundError
from skvorets.storage.bots import Bot
from skvorets.storage.chats import Chat
from skvorets.storage.database import lock_key

_NOT_ADDED = Fault("WRONG_REQUEST", "Message isn't added")
# After ``BOT_ERRORS``: whatever else keeps a bot from writing.
NOT_ADDED_ERRORS: Mapping[type[Exception], Fault] = {NotFoundError: _NOT_ADDED, NotAllowedError: _NOT_ADDED}


class BotWords(OwnerParams, frozen=True, kw_only=True):
    """The parameters of a new message of a bot."""

    MESSAGE: str = ""  # BB codes; required also beside ATTACH; longer than 20,000 characters is cut
    SYSTEM: bool = False  # show it as a line of the system
    ATTACH: Structure | None = None
    KEYBOARD: Structure | None = None
    MENU: Structure | None = None
    URL_PREVIEW: bool = True  # may links be shown as cards
    SKIP_CONNECTOR: bool = False  # keep it from the client of an open line


def require_text(given: BotWords) -> None:
    """Refuse a message without text before anything is opened for it. Raises EmptyMessageError."""
    if not given.MESSAGE.strip():
        raise EmptyMessageError


def words_of(tx: Tx, given: BotWords, bot: Bot, chat: Chat) -> Words:
    """Give the checked words of a bot for a chat. Raises ContentError."""
    content = read_content(given, chat, bot_id=bot.person_id, now=tx.now)
    return Words(
        text=given.MESSAGE,
        params=without_empty(content),
        is_system=given.SYSTEM,
        previews_links=given.URL_PREVIEW,
        skips_connector=given.SKIP_CONNECTOR,
    )


def dialog_lock(bot_id: int, dialog: Dialog | None) -> int:
    """Give the key of a bot's dialog for ``Store.write``; without BOT_ID a private dialog has the person's."""
    if dialog is None or dialog.chat_id:
        return dialog.chat_id if dialog is not None else lock_key("bot", bot_id)
    return private_key(bot_id, dialog.person_id) if bot_id else lock_key("person", dialog.person_id)
