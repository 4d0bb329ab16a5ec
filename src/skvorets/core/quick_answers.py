"""Answering a notification about a message: the words are posted into its chat, as the person's own message.

Rules: spec ``bitrix24-im.md`` §14.2; seed "im.notify.answer".
"""

from __future__ import annotations

from skvorets.core import access, chats, notice_phrases
from skvorets.core.access import Dialog
from skvorets.core.message_notices import LIKE, MENTION, MODULE
from skvorets.core.messages import NewMessage, post_message
from skvorets.core.notifications import ANSWER_HANDLERS
from skvorets.errors import MessageNotFoundError, NotAllowedError, NotFoundError
from skvorets.storage.database import Tx
from skvorets.storage.notifications import Notification
from skvorets.storage.people import Person


def enter() -> None:
    """Let notifications about messages be answered."""
    for event in (MENTION, LIKE):
        ANSWER_HANDLERS[f"{MODULE}|{event}"] = answer_message


async def answer_message(tx: Tx, person: Person, notification: Notification, text: str) -> str | None:
    """Post the answer, as a reply while the message is there; None when the person no longer takes part in the chat."""
    about = notification.read_params()
    dialog = Dialog(chat_id=about["CHAT_ID"])
    try:
        await access.chat_of_member(tx, person, dialog)
        seat = await chats.seat_to_write(tx, person, dialog)
    except (NotFoundError, NotAllowedError):
        return None
    words = NewMessage(
        chat=seat.chat,
        author_id=person.id,
        actor_id=person.id,
        text=text,
        reply_to=about["MESSAGE_ID"] if await _is_there(tx, person, about["MESSAGE_ID"]) else 0,
    )
    await post_message(tx, words)
    return notice_phrases.answered(tx.portal.language)


async def _is_there(tx: Tx, person: Person, message_id: int) -> bool:
    try:
        message, _ = await access.message_to_read(tx, person, message_id)
    except MessageNotFoundError:
        return False
    return not message.deleted_at
