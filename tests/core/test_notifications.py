"""Notifications as the core keeps them: told, replaced, read, answered, gone; and nobody touches another one's."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from skvorets.core import notifications
from skvorets.core.events_notifications import MailWanted, NotificationAdded, NotificationsDeleted, NotificationsRead
from skvorets.core.notifications import CONFIRM, PERSONAL, Button, Labels, NewNotification
from skvorets.storage import chats, members
from skvorets.storage import notifications as rows
from skvorets.storage.database import Tx
from skvorets.storage.notifications import Notification
from skvorets.storage.people import Person
from support.world import Actor, World


def new(person: Actor, text: str = "hello", **more: Any) -> NewNotification:
    return NewNotification(person_id=person.id, text=text, **more)


async def listed(world: World, person: Actor) -> list[Notification]:
    async def read(tx: Tx) -> list[Notification]:
        asking = await rows.page(tx, person.id, below_id=rows.NO_UPPER_ID, limit=50, to_confirm=True)
        return asking + await rows.page(tx, person.id, below_id=rows.NO_UPPER_ID, limit=50, to_confirm=False)

    found: list[Notification] = await world.unit(read)
    return found


async def test_a_person_is_told_and_the_event_is_for_him_alone(world: World) -> None:
    first = await world.unit(
        notifications.notify,
        new(
            world.bob,
            " [USER=1][/USER] hello ",
            author_id=world.alice.id,
            kind=PERSONAL,
            event="mention",
            tag="T",
            title="Title",
            params={"A": 1},
            can_answer=True,
        ),
    )
    [kept] = await listed(world, world.bob)
    assert (kept.id, kept.person_id, kept.author_id, kept.kind) == (first, world.bob.id, world.alice.id, 2)
    assert kept.text == "[USER=1]Alice Petrova[/USER] hello"
    assert kept.read_params() == {"A": 1, "CAN_ANSWER": "Y"}
    assert (kept.module, kept.event, kept.tag, kept.title, kept.is_read) == ("im", "mention", "T", "Title", 0)
    [event] = await world.events("notification.added")
    assert isinstance(event, NotificationAdded)
    assert (event.id, event.person_id, event.text, event.params) == (first, world.bob.id, kept.text, kept.read_params())
    assert await listed(world, world.alice) == []


async def test_the_same_is_told_to_many(world: World) -> None:
    people = [world.bob, world.carol, world.stranger]
    ids = await world.unit(notifications.notify_all, new(world.bob), [one.id for one in people])
    assert sorted(ids) == sorted(one.id for one in people)
    assert len(set(ids.values())) == 3
    assert [(await listed(world, one))[0].id for one in people] == [ids[one.id] for one in people]


async def test_each_person_gets_one_chat_that_stands_for_his_notifications(world: World) -> None:
    for _ in range(2):
        await world.unit(notifications.notify, new(world.bob))
    chat_id = await world.unit(rows.chat_id_of, world.bob.id)
    chat = await world.unit(chats.find, chat_id)
    assert (chat.kind, chat.owner_id, chat.member_count) == ("notifications", world.bob.id, 1)
    assert await world.unit(members.ids_of, chat_id) == [world.bob.id]
    seat = await world.unit(notifications.seat_of, world.bob.person)
    assert seat.chat.id == chat_id
    other = await world.unit(notifications.seat_of, world.carol.person)
    assert other.chat.id != chat_id
    assert other.taken.person_id == world.carol.id


async def test_people_told_at_once_get_one_chat_each(world: World) -> None:
    await asyncio.gather(*(world.app.store.write(key, notifications.notify, new(world.bob)) for key in range(20)))
    assert len(await listed(world, world.bob)) == 20


async def test_nobody_cannot_be_told(world: World) -> None:
    with pytest.raises(LookupError):
        await world.unit(notifications.notify_all, new(world.bob), [world.bob.id, 999])
    assert await listed(world, world.bob) == []


async def test_a_newer_one_with_the_same_tag_takes_its_place(world: World) -> None:
    first = await world.unit(notifications.notify, new(world.bob, "old", tag="T"))
    await world.unit(notifications.notify, new(world.carol, "other person", tag="T"))
    await world.unit(notifications.notify, new(world.bob, "other program", tag="T", client_id="app"))
    await world.unit(notifications.notify, new(world.bob, "other module", tag="T", module="calendar"))
    await world.unit(notifications.notify, new(world.bob, "no tag"))
    await world.unit(notifications.notify, new(world.bob, "no tag"))
    await world.unit(notifications.notify, new(world.bob, "new", tag="T"))
    texts = sorted(one.text for one in await listed(world, world.bob))
    assert texts == ["new", "no tag", "no tag", "other module", "other program"]
    assert [one.text for one in await listed(world, world.carol)] == ["other person"]
    [gone] = await world.events("notification.deleted")
    assert gone == NotificationsDeleted(person_id=world.bob.id, ids=[first], unread=4)


async def test_tags_at_once_leave_one(world: World) -> None:
    await asyncio.gather(
        *(world.app.store.write(key, notifications.notify, new(world.bob, tag="T")) for key in range(20))
    )
    assert len(await listed(world, world.bob)) == 1


async def test_reading_from_one_on_and_unreading(world: World) -> None:
    ids = [await world.unit(notifications.notify, new(world.bob)) for _ in range(4)]
    foreign = await world.unit(notifications.notify, new(world.carol))
    assert await world.unit(notifications.read_from, world.bob.person, ids[2]) == 2
    assert [one.is_read for one in await listed(world, world.bob)] == [1, 1, 0, 0]
    assert await world.unit(notifications.read_some, world.bob.person, [ids[0], foreign, 999]) == 1
    assert [one.is_read for one in await listed(world, world.carol)] == [0]
    events = await world.events("notification.read")
    assert events == [
        NotificationsRead(person_id=world.bob.id, is_read=True, ids=[], first_id=ids[2], unread=2),
        NotificationsRead(person_id=world.bob.id, is_read=True, ids=[ids[0]], unread=1),
    ]


async def test_reading_what_is_read_says_nothing(world: World) -> None:
    assert await world.unit(notifications.read_from, world.bob.person, 0) == 0
    assert await world.events("notification.read") == []


async def test_only_own_ones_can_be_deleted(world: World) -> None:
    first = await world.unit(notifications.notify, new(world.bob))
    assert not await world.unit(notifications.delete, world.carol.person, first)
    assert await world.unit(notifications.delete, world.bob.person, first)
    assert not await world.unit(notifications.delete, world.bob.person, first)
    assert await world.events("notification.deleted") == [
        NotificationsDeleted(person_id=world.bob.id, ids=[first], unread=0)
    ]


async def test_a_group_tag_removes_everybodys_of_one_program(world: World) -> None:
    for person in (world.bob, world.carol):
        for client_id in ("app", "other"):
            await world.unit(notifications.notify, new(person, client_id, sub_tag="S", client_id=client_id))
    assert await world.unit(notifications.delete_grouped, Labels("S", "app", "im"))
    assert not await world.unit(notifications.delete_grouped, Labels("S", "app", "im"))
    assert not await world.unit(notifications.delete_grouped, Labels("", "app", "im"))
    assert [one.text for person in (world.bob, world.carol) for one in await listed(world, person)] == ["other"] * 2


async def test_mail_is_wanted_only_with_a_text_for_it(world: World) -> None:
    await world.unit(notifications.notify, new(world.bob))
    await world.unit(notifications.notify, new(world.bob, out_text="  "))
    last = await world.unit(notifications.notify, new(world.bob, out_text=" by mail ", title="[B]T[/B]\r\nX: y"))
    assert await world.events("mail.wanted") == [
        MailWanted(person_id=world.bob.id, notification_id=last, subject="T X: y", text="by mail")
    ]


@pytest.mark.parametrize(
    ("more", "subject"),
    [
        ({}, "Уведомление"),
        ({"author_id": 1}, "Уведомление от Alice Petrova"),
        ({"author_id": 1, "sender_name": "Robot"}, "Уведомление от Robot"),
        ({"author_id": 999}, "Уведомление"),
    ],
)
async def test_the_mail_says_who_tells(world: World, more: dict[str, Any], subject: str) -> None:
    await world.unit(notifications.notify, new(world.bob, out_text="x", **more))
    [event] = await world.events("mail.wanted")
    assert isinstance(event, MailWanted)
    assert event.subject == subject


async def test_the_mail_is_plain(world: World) -> None:
    out = (
        f"[B]Hi[/B] [USER={world.carol.id}][/USER]\nsee [URL=https://example.org/a]here[/URL] or https://example.org/b"
    )
    await world.unit(notifications.notify, new(world.bob, out_text=out))
    [event] = await world.events("mail.wanted")
    assert isinstance(event, MailWanted)
    assert event.text == "Hi Carol Sidorova\nsee here (https://example.org/a) or https://example.org/b"


async def _take(tx: Tx, person: Person, notification: Notification, value: str) -> str | None:
    del tx
    return None if value == "refused" else f"{person.first_name} {notification.id} {value}"


async def test_buttons_call_the_handler_of_their_module(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(notifications.CONFIRM_HANDLERS, "test|ask", _take)
    buttons = (Button("Yes", "Y", "#00ff00"), Button("No", "N"), Button("Broken", "refused"))
    asking = new(world.bob, kind=CONFIRM, module="test", event="ask", buttons=buttons)
    first = await world.unit(notifications.notify, asking)
    assert notifications.read_buttons((await listed(world, world.bob))[0]) == list(buttons)
    for person, value in ((world.carol, "Y"), (world.bob, "X"), (world.bob, "refused")):
        assert await world.unit(notifications.confirm, person.person, first, value) is None
    assert len(await listed(world, world.bob)) == 1
    assert await world.unit(notifications.confirm, world.bob.person, first, "Y") == f"Bob {first} Y"
    assert await listed(world, world.bob) == []
    assert await world.unit(notifications.confirm, world.bob.person, first, "Y") is None


async def test_words_call_the_handler_of_their_module(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(notifications.ANSWER_HANDLERS, "test|talk", _take)
    first = await world.unit(notifications.notify, new(world.bob, module="test", event="talk", can_answer=True))
    silent = await world.unit(notifications.notify, new(world.bob, module="test", event="talk"))
    alien = await world.unit(notifications.notify, new(world.bob, module="test", event="other", can_answer=True))
    for person, which, text in (
        (world.carol, first, "x"),
        (world.bob, silent, "x"),
        (world.bob, alien, "x"),
        (world.bob, first, "refused"),
        (world.bob, 999, "x"),
    ):
        assert await world.unit(notifications.answer, person.person, which, text) is None
    assert await world.unit(notifications.answer, world.bob.person, first, "hi") == f"Bob {first} hi"
    assert [one.is_read for one in await listed(world, world.bob)] == [0, 0, 1]


async def test_old_ones_are_pruned_a_few_at_a_time(world: World) -> None:
    for _ in range(3):
        await world.unit(notifications.notify, new(world.bob))

    async def prune(tx: Tx, before: int) -> int:
        return await rows.prune(tx, before=before, limit=2)

    assert await world.unit(prune, 1000) == 0
    assert [await world.unit(prune, 2**60) for _ in range(3)] == [2, 1, 0]
    assert await listed(world, world.bob) == []
