"""The counters of a person, compared after every step of random histories in several chats with a count by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import msgspec
from hypothesis import strategies as st

from skvorets.core import access, chats, people, reads, recents
from skvorets.core.access import Dialog
from skvorets.core.chats import NewChat
from skvorets.core.counters import Counters, counters_of
from skvorets.core.people import NewPerson
from skvorets.core.recents import Wanted
from skvorets.storage import members
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.people import Person
from support.naive_chat import Naive, Shown, delete, invite, leave, newer_lines, read, send, unread
from support.stores import AnyStore, started

CAST = 4
CHATS = 6


class Step(NamedTuple):
    """Something that somebody does in some chat; numbers are taken modulo what there is."""

    kind: str
    who: int
    chat: int
    which: int = 0


KINDS = (
    *("send", "send", "send", "quiet", "read", "read all", "read everything", "unread", "empty", "remove"),
    *("join", "join blind", "leave", "mute", "ring", "mark", "unmark"),
)
STEPS = st.lists(
    st.builds(Step, st.sampled_from(KINDS), st.integers(0, CAST - 1), st.integers(0, CHATS - 1), st.integers(0, 30)),
    min_size=5,
    max_size=60,
)
# A mark by hand, a silenced chat, own messages after the mark, and everything read at the end.
ALL_AT_ONCE = [
    *(Step("send", 1, 0), Step("mute", 0, 0), Step("send", 1, 2), Step("mark", 0, 4), Step("mark", 0, 0)),
    *(Step("send", 0, 2), Step("unread", 0, 2, 0), Step("send", 1, 2), Step("remove", 1, 2, 3), Step("quiet", 1, 2)),
    Step("read everything", 0, 0),
]


class Place(NamedTuple):
    """A chat with its count by hand."""

    chat_id: int
    naive: Naive
    is_private: bool


class Company:
    """Runs the steps against the store and the naive counts."""

    def __init__(self, store: AnyStore, cast: list[Person], places: list[Place]) -> None:
        self.store = store
        self.cast = cast
        self.places = places

    async def begin(self) -> None:
        """Take over what creating the chats made."""
        for place in self.places:
            await self._take_over(place, self.cast[0])

    async def take(self, step: Step) -> None:
        """Do one step, if the person may."""
        person, place = self.cast[step.who], self.places[step.chat % len(self.places)]
        naive = place.naive
        if step.kind == "read everything":
            await self.store.write(DIRECTORY_KEY, _read_everything, person)
            self._has_read_everything(person.id)
        elif person.id not in naive.read:
            return
        elif step.kind in {"send", "quiet"}:
            message_id = await self._do(place, send, person, step.kind == "quiet")
            naive.add(Shown(message_id, person.id, is_quiet=step.kind == "quiet"), person.id)
        elif step.kind in {"mark", "unmark"}:
            await self._mark(place, person, is_marked=step.kind == "mark")
        elif step.kind in {"join", "join blind", "leave", "mute", "ring"}:
            if not place.is_private:
                await self._with_members(step, place, person)
        else:
            await self._with_message(step, place, person)

    async def check(self) -> None:
        """Compare the counters of everybody, and the numbers of the recent list."""
        for person in self.cast:
            found, lines = await self.store.read(_counters, person)
            assert found == self._expected(person.id)
            by_hand = {place.chat_id: place.naive.unread(person.id) for place in self._of(person.id)}
            assert lines == {chat_id: by_hand[chat_id] for chat_id in lines}

    def _expected(self, person_id: int) -> Counters:
        expected = Counters()
        for place in self._of(person_id):
            count, is_marked = place.naive.unread(person_id), person_id in place.naive.marked
            key = place.chat_id
            counts, marked = expected.chats, expected.marked_chats
            if place.is_private:
                others = [one for one in place.naive.read if one != person_id]
                key = others[0] if others else person_id
                counts, marked = expected.dialogs, expected.marked_dialogs
                expected.total_dialogs += max(count, int(is_marked))
            elif person_id in place.naive.muted:
                counts = expected.muted_chats
            else:
                expected.total_chats += max(count, int(is_marked))
            if count:
                counts[key] = count
            if is_marked:
                marked.append(key)
        return expected

    def _of(self, person_id: int) -> Iterator[Place]:
        return (place for place in self.places if person_id in place.naive.read)

    def _has_read_everything(self, person_id: int) -> None:
        for place in self._of(person_id):
            place.naive.read[person_id] = len(place.naive.messages)
            place.naive.marked.discard(person_id)

    async def _mark(self, place: Place, person: Person, *, is_marked: bool) -> None:
        await self._do(place, _mark, person, is_marked)
        if is_marked:
            place.naive.marked.add(person.id)
            return
        if present := place.naive.present(person.id):
            place.naive.read_to(person.id, present[-1])
        place.naive.marked.discard(person.id)

    async def _with_members(self, step: Step, place: Place, person: Person) -> None:
        naive, other = place.naive, self.cast[step.which % CAST]
        if step.kind in {"mute", "ring"}:
            await self._do(place, _mute, person, step.kind == "mute")
            (naive.muted.add if step.kind == "mute" else naive.muted.discard)(person.id)
        elif step.kind == "leave":
            if len(naive.read) > 1:
                await self._do(place, leave, person)
                naive.leave(person.id)
                await self._take_over(place, None)
        elif other.id not in naive.read:
            await self._do(place, invite, person, other, step.kind == "join")
            naive.join(other.id, shows_history=step.kind == "join")
            await self._take_over(place, person)

    async def _with_message(self, step: Step, place: Place, person: Person) -> None:
        naive = place.naive
        present = naive.present(person.id)
        if not present:
            return
        chosen = present[step.which % len(present)]
        if step.kind == "read all":
            await self._do(place, read, person, None)
            naive.read_to(person.id, present[-1])
        elif step.kind == "read":
            await self._do(place, read, person, chosen.id)
            naive.read_to(person.id, chosen)
        elif step.kind == "unread":
            await self._do(place, unread, person, chosen.id)
            naive.unread_from(person.id, chosen)
        elif chosen.author == person.id and not (step.kind == "empty" and chosen.is_emptied):
            await self._do(place, delete, person, chosen.id, step.kind == "remove")
            chosen.is_emptied = True
            chosen.is_removed = step.kind == "remove"

    async def _take_over(self, place: Place, actor: Person | None) -> None:
        """Note the messages of the system that a step caused; its actor has read them."""
        known = max((one.id for one in place.naive.messages), default=0)
        for message_id, author in await self.store.read(newer_lines, place.chat_id, known):
            place.naive.add(Shown(message_id, author, is_quiet=False), actor.id if actor else 0)

    async def _do(self, place: Place, unit: Any, person: Person, *args: Any) -> Any:
        return await self.store.write(place.chat_id, unit, place.chat_id, person, *args)


async def _mark(tx: Tx, chat_id: int, person: Person, is_marked: bool) -> None:  # noqa: FBT001 — a unit's argument
    seat = await access.chat_of_member(tx, person, Dialog(chat_id=chat_id))
    await recents.mark_unread(tx, seat, is_marked=is_marked)


async def _mute(tx: Tx, chat_id: int, person: Person, is_muted: bool) -> None:  # noqa: FBT001 — a unit's argument
    seat = await access.chat_of_member(tx, person, Dialog(chat_id=chat_id))
    await chats.mute_chat(tx, person, seat, is_muted=is_muted)


async def _read_everything(tx: Tx, person: Person) -> None:
    await reads.read_everything(tx, person)


async def _counters(tx: Tx, person: Person) -> tuple[Counters, dict[int, int]]:
    found = await counters_of(tx, person)
    lines, _ = await recents.recents_of(tx, person, Wanted())
    return msgspec.structs.replace(found, total_notifications=0), {line.chat.id: line.unread for line in lines}


async def _found(tx: Tx) -> tuple[list[Person], list[Place]]:
    """Make four people, a group, an open chat, three dialogs of two and notes to oneself."""
    cast = [await people.add_person(tx, NewPerson(first_name=f"P{number}")) for number in range(CAST)]
    # Everybody's chat would hear of each open one; here it is nobody's.
    await members.remove_all(tx, [(await people.general_chat(tx)).id])
    await tx.do("UPDATE chats SET is_general = 0")
    places = []
    for creator, other, is_open in ((0, 1, False), (0, 2, True)):
        new = NewChat(title="T", member_ids=(cast[other].id,), is_open=is_open)
        chat = await chats.create_chat(tx, cast[creator], new)
        places.append(_place(chat.id, cast[creator], cast[other], is_private=False))
    for one, other in ((0, 1), (0, 2), (1, 2), (0, 0)):
        seat = await chats.open_private(tx, cast[one], cast[other])
        places.append(_place(seat.chat.id, cast[one], cast[other], is_private=True))
    return cast, places


def _place(chat_id: int, *members: Person, is_private: bool) -> Place:
    naive = Naive()
    for one in members:
        naive.join(one.id, shows_history=True)
    return Place(chat_id, naive, is_private)


def test_the_counters_equal_the_count_by_hand(engine: str, database: str, tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        opening = started(database, tmp_path)
        store = runner.run(opening.__aenter__())

        @hypothesis.settings(max_examples=60 if engine == "sqlite" else 10)
        @hypothesis.given(steps=STEPS)
        @hypothesis.example(steps=ALL_AT_ONCE)
        def play(steps: list[Step]) -> None:
            runner.run(_play(store, steps))

        try:
            play()
        finally:
            runner.run(opening.__aexit__(None, None, None))


async def _play(store: AnyStore, steps: list[Step]) -> None:
    cast, places = await store.write(DIRECTORY_KEY, _found)
    company = Company(store, cast, places)
    await company.begin()
    await company.check()
    for step in steps:
        await company.take(step)
        await company.check()
