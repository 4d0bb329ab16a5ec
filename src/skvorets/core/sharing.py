"""Making a chat, a task, a post or an event from a message: the thing is real, and the chat is told where it is.

A new chat has the caller and the message's author; a task is the caller's own; a post is for the members of the chat;
to an event they are invited, if they are not too many. Rules: spec ``bitrix24-im.md`` §4.5, §5, §8.3; seed
"im.message.share".
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import tzinfo
from typing import Any

import msgspec

from skvorets.core import access, calendar, chats, markup, phrases, posts, tasks
from skvorets.core import phrases_sharing as words
from skvorets.core.access import Dialog
from skvorets.core.calendar_zones import wall_time
from skvorets.core.calendars import USER, Place
from skvorets.core.chats import NewChat
from skvorets.core.destinations import FOR_ALL
from skvorets.core.events import MessageChanged, record
from skvorets.core.files import copy_into_chat
from skvorets.core.meetings import MAX_ATTENDEES, Meeting, MeetingRules
from skvorets.core.messages import NewMessage, post_message, post_system_message
from skvorets.core.posts import FileChange, NewPost
from skvorets.core.tasks import NewTask
from skvorets.errors import MessageNotFoundError, NotAllowedError
from skvorets.storage import chats as chat_rows
from skvorets.storage import members, messages, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

# The kind of thing that a chat made from a message belongs to; its id is the message's. [source: im]
THREAD = "THREAD"
# Characters of a message that become the title of what is made from it. [inferred]
MAX_TITLE = 100
_HOUR_MS = 3600 * 1000
_WITHOUT_CODES = str.maketrans("[]", "()")


class Portal(msgspec.Struct, frozen=True):
    """What addresses and dates are written with."""

    base_url: str  # without a final slash
    clock: tzinfo


class _Source(msgspec.Struct, frozen=True):
    """The message that something is made from, as its texts need it."""

    person: Person  # who makes it
    chat: Chat
    message: Message
    title: str  # one line without codes
    quotation: str
    portal: Portal

    @property
    def file_ids(self) -> list[int]:
        """Files that the message shows."""
        return [one for one in self.message.read_params().get("FILE_ID", []) if isinstance(one, int)]

    def address(self, path: str) -> str:
        """Where the person finds what is his."""
        return f"{self.portal.base_url}/company/personal/user/{self.person.id}/{path}"

    def quoted_with_link(self, language: str) -> str:
        """Give the quotation with the way back, for what lies outside the chat."""
        dialog = f"IM_DIALOG=chat{self.chat.id}&IM_MESSAGE={self.message.id}"
        link = words.link_to_message(language, f"{self.portal.base_url}/online/?{dialog}")
        return f"{self.quotation}\n{link}"


async def share_message(tx: Tx, person: Person, dialog: Dialog, message_id: int, kind: str, portal: Portal) -> None:
    """Make a thing of a kind (``KINDS``) from a message of the dialog.

    Raises ChatNotFoundError and its like for a foreign dialog, NotAllowedError for people from outside,
    MessageNotFoundError for a message that is not one of the dialog, deleted or hidden from the person.
    """
    if person.extranet:
        raise NotAllowedError
    seat = await access.chat_to_read(tx, person, dialog)
    message = await messages.find(tx, message_id)
    is_seen = message is not None and message.chat_id == seat.chat.id and message.id >= seat.first_id
    if message is None or not is_seen or message.deleted_at:
        raise MessageNotFoundError
    if seat.member is None:  # what follows is written there
        await chats.seat_to_write(tx, person, dialog)
    await KINDS[kind](tx, await _source(tx, person, seat.chat, message, portal))


async def _as_chat(tx: Tx, source: _Source) -> None:
    person, origin = source.person, source.chat
    author_id = source.message.author_id
    new = NewChat(
        title=source.title,
        entity_type=THREAD,
        entity_id=str(source.message.id),
        member_ids=(author_id,) if author_id else (),
    )
    chat = await chats.create_chat(tx, person, new)
    where = "" if origin.is_private else origin.title.translate(_WITHOUT_CODES)
    back = words.comes_from(tx.portal.language, where, origin.id, source.message.id)
    await post_system_message(tx, chat, person.id, back)
    copies = await copy_into_chat(tx, person, source.file_ids, chat)
    await post_message(
        tx,
        NewMessage(
            chat=chat,
            author_id=person.id,
            actor_id=person.id,
            text=source.quotation,
            params={"FILE_ID": copies} if copies else {},
            calls_bots=not person.is_bot,
        ),
    )
    fresh = await chat_rows.find(tx, chat.id)
    await _note_chat(tx, source, fresh or chat)
    await _tell(tx, source, "chat", f"[CHAT={chat.id}]{chat.title.translate(_WITHOUT_CODES)}[/CHAT]")


async def _as_task(tx: Tx, source: _Source) -> None:
    new = NewTask(
        title=source.title,
        responsible_id=source.person.id,
        description=source.quoted_with_link(tx.portal.language),
        chat_id=source.chat.id,
    )
    task = await tasks.add_task(tx, source.person, new)
    await _tell(tx, source, "task", _link(source, f"tasks/task/view/{task.id}/"))


async def _as_post(tx: Tx, source: _Source) -> None:
    new = NewPost(
        title=source.title,
        text=source.quoted_with_link(tx.portal.language),
        destinations=(FOR_ALL,) if source.chat.is_general else (),
        members_of=None if source.chat.is_general else source.chat,
    )
    post = await posts.add_post(tx, source.person, new, FileChange(attached=source.file_ids))
    await _tell(tx, source, "post", _link(source, f"blog/{post.id}/"))


async def _as_event(tx: Tx, source: _Source) -> None:
    starts_at = tx.now // _HOUR_MS * _HOUR_MS + _HOUR_MS
    content = calendar.Content(
        name=source.title,
        description=source.quoted_with_link(tx.portal.language),
        starts_at=starts_at,
        ends_at=starts_at + _HOUR_MS,
    )
    place = Place(kind=USER, owner_id=source.person.id, chat_id=source.chat.id)
    meeting = await _meeting(tx, source)
    event = await calendar.add_event(tx, source.person, place, content, meeting, source.portal.clock)
    await _tell(tx, source, "event", _link(source, f"calendar/?EVENT_ID={event.id}"))


# What can be made from a message.
KINDS: Mapping[str, Callable[[Tx, _Source], Awaitable[None]]] = {
    "chat": _as_chat,
    "task": _as_task,
    "post": _as_post,
    "event": _as_event,
}


async def _source(tx: Tx, person: Person, chat: Chat, message: Message, portal: Portal) -> _Source:
    author = await people.find(tx, message.author_id) if message.author_id else None
    language = tx.portal.language
    name = (author.name if author else "") or chat.title or phrases.general_chat_title(language)
    when = phrases.moment(language, wall_time(message.created_at, portal.clock))
    plain = markup.plain_text(message.text)
    title = (plain if len(plain) <= MAX_TITLE else plain[: MAX_TITLE - 1].rstrip() + "…") or words.untitled(
        language, name
    )
    quoted = words.quotation(name, when, message.text or phrases.file(language))
    return _Source(person, chat, message, title, quoted, portal)


async def _meeting(tx: Tx, source: _Source) -> Meeting | None:
    """Invite the members of the chat; of one with too many only the message's author."""
    if source.chat.member_count <= MAX_ATTENDEES:
        ids = await members.active_ids_of(tx, source.chat.id)
    else:
        ids = [source.message.author_id]
    others = tuple(one for one in ids if one and one != source.person.id)
    if not others:
        return None
    return Meeting(host_id=source.person.id, attendee_ids=others, rules=MeetingRules(notify=True))


async def _note_chat(tx: Tx, source: _Source, chat: Chat) -> None:
    """Let the message say which chat was made from it, as it is at this moment."""
    message = source.message
    params: dict[str, Any] = {
        **message.read_params(),
        "CHAT_ID": chat.id,
        "CHAT_MESSAGE": chat.last_seq,
        "CHAT_LAST_DATE": wall_time(tx.now // 1000 * 1000, source.portal.clock).isoformat(),
        "CHAT_USER": await members.ids_of(tx, chat.id),
    }
    await messages.change(tx, msgspec.structs.replace(message, params=msgspec.json.encode(params).decode()))
    await record(
        tx,
        MessageChanged(
            id=message.id,
            chat_id=message.chat_id,
            author_id=message.author_id,
            actor_id=source.person.id,
            created_at=message.created_at,
            edited_at=message.edited_at,
            text=message.text,
            params=params,
        ),
    )


def _link(source: _Source, path: str) -> str:
    return f"[URL={source.address(path)}]{source.title.translate(_WITHOUT_CODES)}[/URL]"


async def _tell(tx: Tx, source: _Source, kind: str, link: str) -> None:
    """Tell the chat of the message where the thing is."""
    await post_system_message(tx, source.chat, source.person.id, words.made(tx.portal.language, kind, link))
