"""Conversations about records of catalogs: one ordinary chat for each, made when somebody first writes or subscribes.

    first message or subscription ──► open chat, entity RECORD "catalog|record", title = the record's, no owner
    subscribed                    ──► member of it: sees it in the messenger, hears of every message
    record renamed, deleted       ──► the chat is renamed, parted from it

Whoever may see the record reads and writes here without being a member; who may see it says ``core/records.py``, which
gave the record. Rules: spec ``bpium-messages.md`` §4.5, §4.6.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from skvorets.core import members, reads
from skvorets.core.access import Seat
from skvorets.core.chats import MAX_TITLE
from skvorets.core.events import ChatChanged, MembersLeft, record
from skvorets.storage import chats
from skvorets.storage import members as member_rows
from skvorets.storage import record_chats as rows
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from skvorets.storage.people import Person
from skvorets.storage.record_chats import RecordChat, RecordSeat

# Colour of all these chats: they differ by their titles.
_COLOR = "AZURE"


class Topic(Protocol):
    """A record that the person was found to see, as far as its conversation needs it."""

    @property
    def catalog_id(self) -> int: ...  # noqa: D102 — a number, also of system catalogs
    @property
    def number(self) -> int: ...  # noqa: D102 — within the catalog
    @property
    def title(self) -> str: ...  # noqa: D102


async def seat_at(tx: Tx, person: Person, topic: Topic) -> RecordSeat | None:
    """Give the conversation about a record; None while nobody wrote or subscribed."""
    return await rows.seat(tx, person.id, topic.catalog_id, topic.number)


async def open_chat(tx: Tx, person: Person, topic: Topic) -> RecordSeat:
    """Give the conversation about a record, made when there is none.

    No line of the system tells of it: nobody was invited.
    """
    found = await seat_at(tx, person, topic)
    if found is not None:
        return found
    chat_id = await chats.insert(tx, _new_chat(topic, tx.now))
    await rows.insert(tx, chat_id, topic.catalog_id, topic.number)
    made = await seat_at(tx, person, topic)
    if made is None:
        raise LookupError(chat_id)
    return made


async def is_subscribed(tx: Tx, person: Person, topic: Topic) -> bool:
    """Tell whether the person hears of every message about a record."""
    seat = await seat_at(tx, person, topic)
    return seat is not None and seat.member is not None


async def subscribe(tx: Tx, person: Person, topic: Topic, *, wish: bool) -> bool:
    """Subscribe the person to the conversation about a record or end that; the new state. It may be so already."""
    if wish:
        await subscribe_people(tx, person, topic, [person])
        return True
    seat = await seat_at(tx, person, topic)
    if seat is None or seat.member is None:
        return False
    await member_rows.delete(tx, seat.chat.id, person.id)
    if seat.member.read_at:
        await rows.mark_read(tx, person.id, seat.chat.id, seat.member.read_id)
    await record(tx, MembersLeft(chat_id=seat.chat.id, person_ids=[person.id], actor_id=person.id))
    await members.note_extranet(tx, seat.chat, person)
    return False


async def subscribe_people(tx: Tx, actor: Person, topic: Topic, people: Iterable[Person]) -> None:
    """Subscribe people who may see the record; those who are subscribed stay so."""
    wanted = {one.id: one for one in people}
    if not wanted:
        return
    chat = (await open_chat(tx, actor, topic)).chat
    present = await member_rows.present_among(tx, chat.id, wanted)
    new = [one for one in wanted.values() if one.id not in present]
    if not new:
        return
    await members.seat_members(tx, chat, new, actor, shows_history=True)
    if any(one.extranet for one in new) and not chat.extranet:
        await chats.change(tx, chat.id, extranet=1)


async def record_chats(tx: Tx, person: Person, topics: Iterable[Topic]) -> dict[int, RecordChat]:
    """Say what a list of records of one catalog tells of the conversations about them, by number: one query."""
    listed = list(topics)
    known = await rows.states(tx, person.id, listed[0].catalog_id, [one.number for one in listed]) if listed else {}
    return {
        one.number: known.get(one.number) or RecordChat(one.number, 0, has_new=False, is_subscribed=False)
        for one in listed
    }


async def new_chats(tx: Tx, person: Person, catalog_ids: Iterable[int]) -> dict[int, int]:
    """Count the conversations with something new for the person, by catalog: one query."""
    wanted = sorted(set(catalog_ids))
    return {**dict.fromkeys(wanted, 0), **await rows.count_new(tx, person.id, wanted)}


def is_behind(seat: RecordSeat, shown: Message) -> bool:
    """Tell whether the person has not read up to this message yet."""
    member = seat.member
    if member is not None and (member.read_seq < shown.seq or member.marked_unread):
        return True
    return (member is None or not member.read_at) and seat.read_id < shown.id


async def note_read(tx: Tx, person: Person, topic: Topic, message_id: int) -> None:
    """Mark the conversation as read up to a message that was shown."""
    seat = await seat_at(tx, person, topic)
    if seat is None:
        return
    if seat.member is None or not seat.member.read_at:
        await rows.mark_read(tx, person.id, seat.chat.id, message_id)
    if seat.member is not None:
        await reads.read_up_to(tx, Seat(seat.chat, seat.member), message_id)


async def rename(tx: Tx, actor: Person, topic: Topic) -> None:
    """Give the chat of a record that has a new title that title; nothing when there is no chat."""
    seat = await seat_at(tx, actor, topic)
    title = _title_of(topic)
    if seat is None or seat.chat.title == title:
        return
    await chats.change(tx, seat.chat.id, title=title)
    await record(tx, ChatChanged(chat_id=seat.chat.id, actor_id=actor.id, changed=["title"]))


async def part_from_records(tx: Tx, catalog_id: int, numbers: Iterable[int]) -> None:
    """Part chats from records that are deleted: their members keep them, the records' numbers lead nowhere."""
    await rows.forget(tx, catalog_id, numbers)


async def part_from_catalog(tx: Tx, catalog_id: int) -> None:
    """Part all chats from the records of a catalog that is deleted."""
    await rows.forget_catalog(tx, catalog_id)


def _title_of(topic: Topic) -> str:
    return topic.title.strip()[:MAX_TITLE] or f"#{topic.number}"


def _new_chat(topic: Topic, now: int) -> Chat:
    return Chat(
        id=0,
        kind="open",
        title=_title_of(topic),
        description="",
        color=_COLOR,
        avatar="",
        owner_id=0,
        extranet=0,
        is_general=0,
        entity_type=rows.ENTITY_TYPE,
        entity_id=f"{topic.catalog_id}|{topic.number}",
        entity_data_1="",
        entity_data_2="",
        entity_data_3="",
        created_at=now,
        member_count=0,
        last_seq=0,
        last_message_id=0,
        last_message_at=0,
    )
