"""A chat kept by hand: what a person with a pencil would count, and the units of work that it is compared with."""

from __future__ import annotations

from skvorets.core import access, members, messages, reads
from skvorets.core.access import Dialog
from skvorets.core.messages import NewMessage
from skvorets.storage.database import Tx
from skvorets.storage.people import Person


class Shown:
    """A message as the naive count knows it."""

    def __init__(self, id: int, author: int, *, is_quiet: bool) -> None:
        """Begin with a message just sent."""
        self.id = id
        self.author = author
        self.is_quiet = is_quiet
        self.is_emptied = False
        self.is_removed = False


class Naive:
    """A chat: all messages, where each member has read to, who has silenced or marked it."""

    def __init__(self) -> None:
        """Begin with an empty chat without members."""
        self.messages: list[Shown] = []
        self.read: dict[int, int] = {}  # person -> number of messages that he has read from the beginning
        self.first: dict[int, int] = {}  # person -> number of messages hidden from him
        self.muted: set[int] = set()
        self.marked: set[int] = set()

    def unread(self, person: int) -> int:
        """Count what a member has not read."""
        return sum(
            not (one.is_quiet or one.is_removed or one.author == person) for one in self.messages[self.read[person] :]
        )

    def present(self, person: int) -> list[Shown]:
        """Give the messages that a member sees."""
        return [one for one in self.messages[self.first[person] :] if not one.is_removed]

    def add(self, shown: Shown, actor: int) -> None:
        """Note a new message; who caused it has read everything."""
        self.messages.append(shown)
        if actor in self.read:
            self.read[actor] = len(self.messages)
            self.marked.discard(actor)

    def read_to(self, person: int, shown: Shown) -> None:
        """Note that a member has read up to a message; a mark by hand goes unless he had read further already."""
        number = self.messages.index(shown) + 1
        if number >= self.read[person]:
            self.read[person] = number
            self.marked.discard(person)

    def unread_from(self, person: int, shown: Shown) -> None:
        """Note that a message and what follows is unread again."""
        number = self.messages.index(shown)
        if number < self.read[person]:
            self.read[person] = number
            self.marked.discard(person)

    def join(self, person: int, *, shows_history: bool) -> None:
        """Note a new member: he has read everything."""
        self.read[person] = len(self.messages)
        self.first[person] = 0 if shows_history else len(self.messages)

    def leave(self, person: int) -> None:
        """Note that a member is gone with all that was his."""
        del self.read[person], self.first[person]
        self.muted.discard(person)
        self.marked.discard(person)


async def send(tx: Tx, chat_id: int, person: Person, is_quiet: bool) -> int:  # noqa: FBT001 — a unit's argument
    seat = await access.chat_of_member(tx, person, Dialog(chat_id=chat_id))
    params = {"NOTIFY": "N"} if is_quiet else {}
    new = NewMessage(chat=seat.chat, author_id=person.id, actor_id=person.id, text="x", params=params)
    return (await messages.post_message(tx, new)).id


async def read(tx: Tx, chat_id: int, person: Person, message_id: int | None) -> None:
    await reads.read_up_to(tx, await access.chat_of_member(tx, person, Dialog(chat_id=chat_id)), message_id)


async def unread(tx: Tx, chat_id: int, person: Person, message_id: int) -> None:
    await reads.mark_unread_from(tx, await access.chat_of_member(tx, person, Dialog(chat_id=chat_id)), message_id)


async def delete(tx: Tx, chat_id: int, person: Person, message_id: int, is_complete: bool) -> None:  # noqa: FBT001
    del chat_id
    await messages.delete_message(tx, person, message_id, is_complete=is_complete)


async def invite(tx: Tx, chat_id: int, person: Person, other: Person, shows_history: bool) -> None:  # noqa: FBT001
    seat = await access.chat_of_member(tx, person, Dialog(chat_id=chat_id))
    await members.add_members(tx, person, seat, [other.id], shows_history=shows_history)


async def leave(tx: Tx, chat_id: int, person: Person) -> None:
    await members.leave_chat(tx, person, await access.chat_of_member(tx, person, Dialog(chat_id=chat_id)))


async def newer_lines(tx: Tx, chat_id: int, above_id: int) -> list[tuple[int, int]]:
    rows = await tx.rows(
        "SELECT id, author_id FROM messages WHERE chat_id = $1 AND id > $2 ORDER BY id", chat_id, above_id
    )
    return [(row[0], row[1]) for row in rows]
