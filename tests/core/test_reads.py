"""Unread as arithmetic, compared after every step of random histories with a count by hand."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import pytest
from hypothesis import strategies as st

from skvorets.core import chats, people, reads
from skvorets.core.chats import NewChat
from skvorets.core.people import NewPerson
from skvorets.errors import CannotEditError, CoreError
from skvorets.storage import members as member_rows
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.people import Person
from support.naive_chat import Naive, Shown, delete, invite, leave, newer_lines, read, send, unread
from support.stores import AnyStore, started

CAST = 4


class Step(NamedTuple):
    """Something that somebody does; numbers are taken modulo what there is."""

    kind: str
    who: int
    which: int


KINDS = (
    "send",
    "send",
    "quiet",
    "read",
    "read all",
    "unread",
    "empty",
    "remove",
    "remove",
    "join",
    "join blind",
    "leave",
)
STEPS = st.lists(
    st.builds(Step, st.sampled_from(KINDS), st.integers(0, CAST - 1), st.integers(0, 30)), min_size=5, max_size=60
)

# Own messages after the mark, of which a quiet one is removed: it was not among those that lessen the count.
REMOVED_QUIET_OWN_ONE = [Step("send", 0, 0), Step("quiet", 0, 0), Step("unread", 0, 1), Step("remove", 0, 2)]


class Play:
    """Runs the steps against the store and the naive count."""

    def __init__(self, store: AnyStore, cast: list[Person], chat_id: int) -> None:
        self.store = store
        self.cast = cast
        self.chat_id = chat_id
        self.naive = Naive()

    async def begin(self) -> None:
        """Take over what creating the chat made."""
        for one in self.cast[:2]:
            self.naive.join(one.id, shows_history=True)
        await self._take_over(self.cast[0])

    async def take(self, step: Step) -> None:
        """Do one step, if the person may."""
        person = self.cast[step.who]
        if person.id not in self.naive.read:
            return
        present = self.naive.present(person.id)
        chosen = present[step.which % len(present)] if present else None
        if step.kind in {"send", "quiet"}:
            await self._send(person, is_quiet=step.kind == "quiet")
        elif step.kind in {"join", "join blind"}:
            await self._join(person, self.cast[step.which % CAST], shows_history=step.kind == "join")
        elif step.kind == "leave":
            if len(self.naive.read) > 1:
                await self._leave(person)
        elif step.kind == "read all":
            await self._do(read, person, None)
            if present:
                self.naive.read_to(person.id, present[-1])
        elif chosen is not None:
            await self._with_message(step.kind, person, chosen)

    async def _with_message(self, kind: str, person: Person, chosen: Shown) -> None:
        if kind == "read":
            await self._do(read, person, chosen.id)
            self.naive.read_to(person.id, chosen)
        elif kind == "unread":
            await self._do(unread, person, chosen.id)
            self.naive.unread_from(person.id, chosen)
        elif chosen.author != person.id or (kind == "empty" and chosen.is_emptied):
            with pytest.raises(CannotEditError):
                await self._do(delete, person, chosen.id, kind == "remove")
        else:
            await self._do(delete, person, chosen.id, kind == "remove")
            chosen.is_emptied = True
            chosen.is_removed = kind == "remove"

    async def _send(self, person: Person, *, is_quiet: bool) -> None:
        message_id = await self._do(send, person, is_quiet)
        self.naive.add(Shown(message_id, person.id, is_quiet=is_quiet), person.id)

    async def _join(self, person: Person, other: Person, *, shows_history: bool) -> None:
        if other.id in self.naive.read:
            with pytest.raises(CoreError):
                await self._do(invite, person, other, shows_history)
            return
        await self._do(invite, person, other, shows_history)
        self.naive.join(other.id, shows_history=shows_history)
        await self._take_over(person)

    async def _leave(self, person: Person) -> None:
        await self._do(leave, person)
        self.naive.leave(person.id)
        await self._take_over(None)

    async def _take_over(self, actor: Person | None) -> None:
        """Note the messages of the system that a step caused; its actor has read them."""
        known = max((one.id for one in self.naive.messages), default=0)
        for message_id, author in await self.store.read(newer_lines, self.chat_id, known):
            self.naive.add(Shown(message_id, author, is_quiet=False), actor.id if actor else 0)

    async def check(self) -> None:
        """Compare all counters."""
        found, count, many = await self.store.read(_counters, self.chat_id, [one.id for one in self.cast])
        assert found == {person_id: self.naive.unread(person_id) for person_id in self.naive.read}
        assert {person_id: many.get(person_id, 0) for person_id in found} == found
        assert count == len(self.naive.read)

    async def _do(self, unit: Any, person: Person, *args: Any) -> Any:
        return await self.store.write(self.chat_id, unit, self.chat_id, person, *args)


async def _counters(tx: Tx, chat_id: int, ids: list[int]) -> tuple[dict[int, int], int, dict[int, int]]:
    """Each member's unread messages one by one and by the way of lists, and the chat's number of members."""
    found, many, count = {}, {}, 0
    for person_id in ids:
        pair = await member_rows.chat_and_member(tx, chat_id, person_id)
        assert pair is not None
        chat, member = pair
        count = chat.member_count
        if member is not None:
            found[person_id] = await reads.unread_in(tx, chat, member)
            many[person_id] = (await reads.unread_in_many(tx, [(chat, member)])).get(chat_id, 0)
    return found, count, many


async def _make_cast(tx: Tx) -> list[Person]:
    return [await people.add_person(tx, NewPerson(first_name=f"P{number}")) for number in range(CAST)]


async def _make_chat(tx: Tx, cast: list[Person]) -> int:
    return (await chats.create_chat(tx, cast[0], NewChat(title="T", member_ids=(cast[1].id,)))).id


def test_unread_equals_the_count_by_hand(engine: str, database: str, tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        opening = started(database, tmp_path)
        store = runner.run(opening.__aenter__())
        cast = runner.run(store.write(DIRECTORY_KEY, _make_cast))

        @hypothesis.settings(max_examples=100 if engine == "sqlite" else 12)
        @hypothesis.given(steps=STEPS)
        @hypothesis.example(steps=REMOVED_QUIET_OWN_ONE)
        def play(steps: list[Step]) -> None:
            runner.run(_play(store, cast, steps))

        try:
            play()
        finally:
            runner.run(opening.__aexit__(None, None, None))


async def _play(store: AnyStore, cast: list[Person], steps: list[Step]) -> None:
    chat_id = await store.write(DIRECTORY_KEY, _make_chat, cast)
    play = Play(store, cast, chat_id)
    await play.begin()
    await play.check()
    for step in steps:
        await play.take(step)
        await play.check()
