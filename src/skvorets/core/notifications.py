"""Notifications: what a person is told beside the messages of his chats. The only ways in which they come and go.

Some ask for an answer by buttons (``confirm``), some take words (``answer``); what an answer does is decided by the
handler that the notification's module entered under "module|event". A person sees and changes only his own.
Rules: spec ``bitrix24-im.md`` §4.9, §14.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

import msgspec

from skvorets.core import mail_text, markup, notice_phrases
from skvorets.core.access import Seat
from skvorets.core.events import record
from skvorets.core.events_notifications import MailWanted, NotificationAdded, NotificationsDeleted, NotificationsRead
from skvorets.core.mention_names import with_names
from skvorets.storage import members, notifications, people
from skvorets.storage.database import Tx
from skvorets.storage.notifications import Labels, Notification, Removed
from skvorets.storage.people import Person

# Kinds as on the wire: asks for an answer by buttons; of a person; of the system. [source: im]
CONFIRM, PERSONAL, SYSTEM = 1, 2, 4
# Colours of buttons that agree and refuse.
ACCEPT_COLOR, DECLINE_COLOR = "#8bc84b", "#ef4b57"
# Characters of a tag, a group tag and a title that are kept. Undocumented.
MAX_LABEL = 255
# The param that lets a person answer with words. [source: im]
_CAN_ANSWER = "CAN_ANSWER"

# What a button or an answer does: gives the text that is shown then; None = this value or answer is not taken.
Handler: TypeAlias = Callable[[Tx, Person, Notification, str], Awaitable[str | None]]
# By "module|event"; entered where the thing is done that the notification is about.
CONFIRM_HANDLERS: dict[str, Handler] = {}
ANSWER_HANDLERS: dict[str, Handler] = {}


class Button(msgspec.Struct, frozen=True):
    """A button of a notification that asks for an answer."""

    text: str
    value: str  # what the handler gets
    color: str = ""  # #rrggbb, empty = the client's own


class NewNotification(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is to be told."""

    person_id: int
    author_id: int = 0  # 0 = the system
    kind: int = SYSTEM  # CONFIRM, PERSONAL or SYSTEM
    text: str  # with BB codes
    module: str = "im"
    event: str = "default"
    tag: str = ""  # an older one with the same tag, of the same program and module, is removed first
    sub_tag: str = ""  # groups notifications so that they can be removed together
    title: str = ""
    params: dict[str, Any] = {}
    buttons: tuple[Button, ...] = ()
    can_answer: bool = False  # with words
    out_text: str | None = None  # goes out by e-mail; None or empty = nothing does
    sender_name: str = ""  # who tells, in the subject of the e-mail; empty = the author's name
    client_id: str = ""  # the program whose tags these are, empty = the server itself


async def notify(tx: Tx, new: NewNotification) -> int:
    """Tell a person something; the notification's id. Raises LookupError when there is no such person."""
    return (await notify_all(tx, new, [new.person_id]))[new.person_id]


async def notify_all(tx: Tx, new: NewNotification, person_ids: Sequence[int]) -> dict[int, int]:
    """Tell many people the same (``new.person_id`` is not looked at); ids by person.

    The same few statements however many they are. Raises LookupError when one of them does not exist.
    """
    if new.tag:
        await _tell_removed(tx, await notifications.remove_tagged(tx, _tag_of(new), person_ids))
    row = _row(new, await with_names(tx, markup.cut(new.text.strip())), tx.now)
    ids = await notifications.insert(tx, row, person_ids)
    known = await notifications.chat_ids_of(tx, ids)
    if len(known) < len(ids):
        await notifications.open_chats(tx, [one for one in ids if one not in known])
    mail = await _mail(tx, new)
    for person_id, notification_id in ids.items():
        await _tell_added(tx, msgspec.structs.replace(row, id=notification_id, person_id=person_id))
        if mail is not None:
            subject, text = mail
            wanted = MailWanted(person_id=person_id, notification_id=notification_id, subject=subject, text=text)
            await record(tx, wanted)
    return ids


async def read_from(tx: Tx, person: Person, first_id: int, *, is_read: bool = True) -> int:
    """Mark all notifications from an id on as read, or unread again; what is unread then."""
    return await _read_range(tx, person, (first_id, 0), is_read=is_read)


async def read_up_to(tx: Tx, person: Person, last_id: int) -> int | None:
    """Mark a notification and all older ones as read; id of the newest of them, None when there are none."""
    newest = await notifications.newest_id(tx, person.id, min(last_id, notifications.NO_UPPER_ID))
    if newest is not None:
        await _read_range(tx, person, (0, newest), is_read=True)
    return newest


async def read_some(
    tx: Tx, person: Person, ids: Sequence[int], *, is_read: bool = True, with_confirmations: bool = True
) -> int:
    """Mark some notifications as read, or unread again; what is unread then. Foreign ones are left alone."""
    changed = await notifications.mark(tx, person.id, ids, is_read=is_read, with_confirmations=with_confirmations)
    unread = await count_unread(tx, person)
    if changed:
        await record(tx, NotificationsRead(person_id=person.id, is_read=is_read, ids=changed, unread=unread))
    return unread


async def count_unread(tx: Tx, person: Person) -> int:
    """Count the person's unread notifications."""
    return (await notifications.count_unread(tx, [person.id])).get(person.id, 0)


async def delete(tx: Tx, person: Person, notification_id: int) -> bool:
    """Remove one of the person's own notifications; was there one?"""
    return await _tell_removed(tx, await notifications.remove(tx, notification_id, person.id))


async def delete_tagged(tx: Tx, labels: Labels) -> bool:
    """Remove what a program sent with this tag, to whomever; was there anything?"""
    return await _tell_removed(tx, await notifications.remove_tagged(tx, labels))


async def delete_grouped(tx: Tx, labels: Labels) -> bool:
    """Remove what a program sent with this group tag, to whomever; was there anything?"""
    return await _tell_removed(tx, await notifications.remove_grouped(tx, labels))


async def confirm(tx: Tx, person: Person, notification_id: int, value: str) -> str | None:
    """Press a button: what is shown then. The notification is gone.

    None, and nothing happens, when it is not one of the person's that asks, or has no button with this value.
    """
    found = await notifications.find(tx, notification_id, person.id)
    handler = None if found is None or found.kind != CONFIRM else CONFIRM_HANDLERS.get(_key(found))
    if found is None or handler is None or value not in {button.value for button in read_buttons(found)}:
        return None
    shown = await handler(tx, person, found, value)
    if shown is not None:
        await delete(tx, person, found.id)
    return shown


async def answer(tx: Tx, person: Person, notification_id: int, text: str) -> str | None:
    """Answer with words: what is shown then. The notification is read.

    None, and nothing happens, when it is not one of the person's that takes answers, or this one is not taken.
    """
    found = await notifications.find(tx, notification_id, person.id)
    if found is None or found.read_params().get(_CAN_ANSWER) != "Y" or _key(found) not in ANSWER_HANDLERS:
        return None
    shown = await ANSWER_HANDLERS[_key(found)](tx, person, found, text)
    if shown is not None:
        await read_some(tx, person, [found.id])
    return shown


async def seat_of(tx: Tx, person: Person) -> Seat:
    """Give the chat that stands for the person's notifications, made when there was none: it can be pinned, marked …"""
    chat_id = await notifications.chat_id_of(tx, person.id)
    if chat_id is None:
        await notifications.open_chats(tx, [person.id])
        chat_id = await notifications.chat_id_of(tx, person.id)
    found = await members.chat_and_member(tx, chat_id or 0, person.id)
    if found is None:
        raise LookupError(person.id)
    return Seat(*found)


async def _read_range(tx: Tx, person: Person, ids: tuple[int, int], *, is_read: bool) -> int:
    first_id, last_id = ids
    changed = await notifications.mark_range(
        tx, person.id, first_id, last_id or notifications.NO_UPPER_ID, is_read=is_read
    )
    unread = await count_unread(tx, person)
    if changed:
        event = NotificationsRead(
            person_id=person.id, is_read=is_read, ids=[], first_id=first_id, last_id=last_id, unread=unread
        )
        await record(tx, event)
    return unread


def read_buttons(notification: Notification) -> list[Button]:
    """Give the buttons of a notification that asks for an answer."""
    return msgspec.json.decode(notification.buttons, type=list[Button]) if notification.buttons else []


def _key(notification: Notification) -> str:
    return f"{notification.module}|{notification.event}"


def _tag_of(new: NewNotification) -> Labels:
    return Labels(new.tag[:MAX_LABEL], new.client_id, new.module)


def _row(new: NewNotification, text: str, now: int) -> Notification:
    params = {**new.params, _CAN_ANSWER: "Y"} if new.can_answer else new.params
    return Notification(
        id=0,
        person_id=0,
        author_id=new.author_id,
        kind=new.kind,
        module=new.module,
        event=new.event,
        client_id=new.client_id,
        tag=new.tag[:MAX_LABEL],
        sub_tag=new.sub_tag[:MAX_LABEL],
        title=new.title[:MAX_LABEL],
        text=text,
        params=msgspec.json.encode(params).decode() if params else None,
        buttons=msgspec.json.encode(new.buttons).decode() if new.buttons else None,
        created_at=now,
        is_read=0,
    )


async def _tell_added(tx: Tx, row: Notification) -> None:
    added = NotificationAdded(
        id=row.id,
        person_id=row.person_id,
        author_id=row.author_id,
        created_at=row.created_at,
        type=row.kind,
        module=row.module,
        event=row.event,
        tag=row.tag,
        sub_tag=row.sub_tag,
        title=row.title,
        text=row.text,
        params=row.read_params() or None,
        buttons=msgspec.json.decode(row.buttons) if row.buttons else [],
    )
    await record(tx, added)


async def _mail(tx: Tx, new: NewNotification) -> tuple[str, str] | None:
    """Give subject and text of the e-mail; None when none is to go out."""
    text = mail_text.plain_lines(await with_names(tx, markup.cut((new.out_text or "").strip())))
    if not text:
        return None
    subject = mail_text.plain_line(new.title)
    if not subject:
        author = await people.find(tx, new.author_id) if new.author_id and not new.sender_name else None
        name = new.sender_name or (author.name if author else "")
        subject = notice_phrases.mail_subject(tx.portal.language, name)
    return subject, text


async def _tell_removed(tx: Tx, removed: list[Removed]) -> bool:
    if not removed:
        return False
    by_person: dict[int, list[int]] = {}
    for one in removed:
        by_person.setdefault(one.person_id, []).append(one.id)
    unread = await notifications.count_unread(tx, by_person)
    for person_id, ids in sorted(by_person.items()):
        await record(tx, NotificationsDeleted(person_id=person_id, ids=sorted(ids), unread=unread.get(person_id, 0)))
    return True


__all__ = [
    "ACCEPT_COLOR",
    "ANSWER_HANDLERS",
    "CONFIRM",
    "CONFIRM_HANDLERS",
    "DECLINE_COLOR",
    "PERSONAL",
    "SYSTEM",
    "Button",
    "Labels",
    "NewNotification",
    "Notification",
    "answer",
    "confirm",
    "count_unread",
    "delete",
    "delete_grouped",
    "delete_tagged",
    "notify",
    "notify_all",
    "read_buttons",
    "read_from",
    "read_some",
    "read_up_to",
    "seat_of",
]
