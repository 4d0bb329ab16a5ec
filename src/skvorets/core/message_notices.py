"""Notifications about messages: somebody is mentioned, somebody's message is liked.

    message posted ──mentions──► one to each mentioned member of a group: an active person who has not silenced the chat
    message liked ─────────────► one to its author while he is such a member; taken back with the like
    message deleted ───────────► none of them is left

They come in the unit of work of their cause. Rules: spec ``bitrix24-im.md`` §8.1, §8.3; who is left out is ours.
"""

from __future__ import annotations

from skvorets.core import markup, notice_phrases, notifications
from skvorets.core.mention_names import mentioned_by
from skvorets.core.notifications import PERSONAL, Labels, NewNotification
from skvorets.storage import notifications as rows
from skvorets.storage import people, record_chats
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

MODULE, MENTION, LIKE = "im", "mention", "like"
# Characters of the message that the notification shows.
EXCERPT_CHARS = 200
# Chats in which names are called: in a private dialog the message itself is heard.
_GROUPS = frozenset({"group", "open", "line"})


async def tell_mentioned(tx: Tx, chat: Chat, message: Message) -> None:
    """Tell those whom a new message mentions; no query when it mentions nobody.

    COMPAT(bitrix24): ``[USER=all]`` is for the eyes only: it must not cost a row per member.
    """
    if not message.author_id or chat.kind not in _GROUPS:
        return
    # Who is mentioned about a record hears of it without having subscribed to its conversation.
    is_of_record = chat.entity_type == record_chats.ENTITY_TYPE
    mentioned = [one for one in mentioned_by(message.text, message.read_params()) if one != message.author_id]
    if not mentioned:
        return
    find_listeners = rows.listeners_to_open if is_of_record else rows.listeners_among
    listeners = await find_listeners(tx, chat.id, mentioned)
    author = await people.find(tx, message.author_id) if listeners else None
    if author is None:
        return
    text = notice_phrases.mentioned(tx.portal.language, author, chat, _excerpt(message))
    await notifications.notify_all(tx, _notice(chat, message, author, MENTION, text), listeners)


async def tell_liked(tx: Tx, chat: Chat, message: Message, liker: Person) -> None:
    """Tell the author that somebody likes his message."""
    if message.author_id in {0, liker.id} or not await rows.listeners_among(tx, chat.id, [message.author_id]):
        return
    text = notice_phrases.liked(tx.portal.language, liker, chat, _excerpt(message))
    await notifications.notify_all(tx, _notice(chat, message, liker, LIKE, text), [message.author_id])


async def untell_liked(tx: Tx, message: Message, liker: Person) -> None:
    """Take back what ``tell_liked`` said."""
    await notifications.delete_tagged(tx, Labels(_like_tag(message, liker), "", MODULE))


async def forget_message(tx: Tx, message_id: int) -> None:
    """Remove what was told of a message: its words are gone."""
    await notifications.delete_grouped(tx, Labels(_group_of(message_id), "", MODULE))


def _notice(chat: Chat, message: Message, author: Person, event: str, text: str) -> NewNotification:
    return NewNotification(
        person_id=0,
        author_id=author.id,
        kind=PERSONAL,
        text=text,
        module=MODULE,
        event=event,
        # A message mentions a person once: only likes come again.
        tag=_like_tag(message, author) if event == LIKE else "",
        sub_tag=_group_of(message.id),
        params={"CHAT_ID": chat.id, "MESSAGE_ID": message.id},
        can_answer=True,
    )


def _like_tag(message: Message, liker: Person) -> str:
    return f"IM|LIKE|{message.id}|{liker.id}"


def _group_of(message_id: int) -> str:
    return f"IM|MESSAGE|{message_id}"


def _excerpt(message: Message) -> str:
    words = markup.plain_text(message.text)
    return words if len(words) <= EXCERPT_CHARS else f"{words[: EXCERPT_CHARS - 1]}…"
