"""Conversations about records of catalogs: made when needed, counted by every message through any door."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from skvorets.core import record_chats, record_messages
from skvorets.core.events import MembersJoined, MessageChanged
from skvorets.core.events_notifications import NotificationAdded
from skvorets.core.record_messages import Page, Words
from skvorets.errors import (
    EmptyMessageError,
    MessageNotFoundError,
    NoSuchFileError,
    NotAllowedError,
    ReplyElsewhereError,
)
from skvorets.storage.database import Tx
from skvorets.storage.messages import Message
from support.world import Actor, World


class Record(NamedTuple):
    """A record that somebody sees."""

    catalog_id: int = 11
    number: int = 5
    title: str = "Договор"


RECORD, OTHER = Record(), Record(number=6, title="")


class Talk:
    """One world's conversations about records."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def say(self, actor: Actor, text: str, record: Record = RECORD, **more: Any) -> Message:
        message: Message = await self.world.unit(_say, actor, record, Words(text=text, **more))
        return message

    async def change(self, actor: Actor, message_id: int, record: Record = RECORD, **words: Any) -> Message:
        message: Message = await self.world.unit(_change, actor, record, message_id, Words(**words))
        return message

    async def delete(self, actor: Actor, message_id: int, *, is_warden: bool = False) -> Message:
        message: Message = await self.world.unit(_delete, actor, message_id, is_warden)
        return message

    async def texts(self, actor: Actor, record: Record = RECORD, **page: Any) -> list[str]:
        _, shown = await self.world.unit(record_messages.messages_about, actor.person, record, Page(**page))
        return [one.text for one in shown]

    async def subscribe(self, actor: Actor, record: Record = RECORD, *, wish: bool = True) -> bool:
        state: bool = await self.world.unit(_subscribe, actor, record, wish)
        return state

    async def state(self, actor: Actor, record: Record = RECORD) -> tuple[int, bool, bool]:
        """Count, news, subscription as a list of records tells them."""
        found = await self.world.unit(record_chats.record_chats, actor.person, [RECORD, OTHER])
        one = found[record.number]
        return one.message_count, one.has_new, one.is_subscribed

    async def read(self, actor: Actor, message_id: int, record: Record = RECORD) -> None:
        await self.world.unit(record_chats.note_read, actor.person, record, message_id)

    async def chat_id(self, record: Record = RECORD) -> int:
        seat = await self.world.unit(record_chats.seat_at, self.world.alice.person, record)
        return int(seat.chat.id)


async def _say(tx: Tx, actor: Actor, record: Record, words: Words) -> Message:
    return await record_messages.write_about(tx, actor.person, record, words)


async def _change(tx: Tx, actor: Actor, record: Record, message_id: int, words: Words) -> Message:
    return await record_messages.change_about(tx, actor.person, record, message_id, words)


async def _delete(tx: Tx, actor: Actor, message_id: int, is_warden: bool) -> Message:  # noqa: FBT001
    return await record_messages.delete_about(tx, actor.person, RECORD, message_id, is_warden=is_warden)


async def _subscribe(tx: Tx, actor: Actor, record: Record, wish: bool) -> bool:  # noqa: FBT001
    return await record_chats.subscribe(tx, actor.person, record, wish=wish)


async def mentions(world: World) -> list[NotificationAdded]:
    """Give the notifications that tell of mentions."""
    told = [one for one in await world.events() if isinstance(one, NotificationAdded)]
    return [one for one in told if one.event == "mention"]


@pytest.fixture
def talk(world: World) -> Talk:
    return Talk(world)


async def test_the_first_message_makes_an_ordinary_chat_without_members(world: World, talk: Talk) -> None:
    await talk.say(world.alice, "Первое")
    chat_id = await talk.chat_id()
    chat = await world.bob.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}")
    wanted = {"name": "Договор", "entity_type": "RECORD", "entity_id": "11|5", "owner": "0"}
    assert {name: chat[name] for name in wanted} == wanted
    assert int(chat["user_counter"]) == 0
    assert await talk.texts(world.bob) == ["Первое"]
    assert await talk.texts(world.bob, OTHER) == []
    joined = [one for one in await world.events() if isinstance(one, MembersJoined)]
    assert [one for one in joined if one.chat_id == chat_id] == []


async def test_a_record_without_a_title_is_called_by_its_number(world: World, talk: Talk) -> None:
    await talk.say(world.alice, "x", OTHER)
    assert (await world.bob.call("im.dialog.get", DIALOG_ID=f"chat{await talk.chat_id(OTHER)}"))["name"] == "#6"


async def test_two_first_messages_share_one_chat(world: World, talk: Talk) -> None:
    first, second = await talk.say(world.alice, "1"), await talk.say(world.bob, "2")
    assert first.chat_id == second.chat_id


async def test_a_subscriber_is_a_member_and_hears_of_messages(world: World, talk: Talk) -> None:
    assert await talk.subscribe(world.bob) is True
    assert await talk.subscribe(world.bob) is True
    await talk.say(world.alice, "Новость")
    chat_id = await talk.chat_id()
    recent = {one["id"]: one for one in await world.bob.call("im.recent.get")}
    assert recent[f"chat{chat_id}"]["counter"] == "1"
    assert f"chat{chat_id}" not in {one["id"] for one in await world.alice.call("im.recent.get")}
    assert await talk.state(world.bob) == (1, True, True)
    assert await talk.state(world.alice) == (1, False, False), "writing does not subscribe"
    assert await talk.subscribe(world.bob, wish=False) is False
    assert await talk.subscribe(world.bob, wish=False) is False
    assert f"chat{chat_id}" not in {one["id"] for one in await world.bob.call("im.recent.get")}
    assert await talk.texts(world.bob) == ["Новость"], "no line of the system tells of subscriptions"


async def test_news_are_what_somebody_else_wrote_since_one_read(world: World, talk: Talk) -> None:
    assert await talk.state(world.bob) == (0, False, False)
    first = await talk.say(world.alice, "1")
    assert await talk.state(world.alice) == (1, False, False)
    assert await talk.state(world.bob) == (1, True, False)
    await talk.read(world.bob, first.id)
    assert await talk.state(world.bob) == (1, False, False)
    await talk.say(world.bob, "2")
    assert await talk.state(world.bob) == (2, False, False)
    assert await talk.state(world.alice) == (2, True, False)
    await talk.say(world.alice, "3")
    await talk.say(world.alice, "4")
    assert await talk.state(world.bob) == (4, True, False)
    assert await talk.state(world.carol) == (4, True, False)
    assert await talk.state(world.alice) == (4, True, False), "2 was never read"


async def test_reading_is_one_through_every_door_for_subscribers(world: World, talk: Talk) -> None:
    await talk.subscribe(world.bob)
    message = await talk.say(world.alice, "1")
    dialog = f"chat{await talk.chat_id()}"
    await talk.read(world.bob, message.id)
    assert await talk.state(world.bob) == (1, False, True)
    assert {one["id"]: one["counter"] for one in await world.bob.call("im.recent.get")}[dialog] == "0"
    second = await talk.say(world.alice, "2")
    assert (await talk.state(world.bob))[1] is True
    await world.bob.call("im.dialog.read", DIALOG_ID=dialog, MESSAGE_ID=second.id)
    assert (await talk.state(world.bob))[1] is False
    await world.bob.call("im.dialog.unread", DIALOG_ID=dialog, MESSAGE_ID=message.id)
    assert (await talk.state(world.bob))[1] is True
    await world.bob.call("im.dialog.read", DIALOG_ID=dialog, MESSAGE_ID=second.id)
    await talk.subscribe(world.bob, wish=False)
    assert await talk.state(world.bob) == (2, False, False), "what was read stays read"


async def test_subscribing_reads_nothing(world: World, talk: Talk) -> None:
    message = await talk.say(world.alice, "1")
    await talk.subscribe(world.bob)
    assert await talk.state(world.bob) == (1, True, True)
    await talk.read(world.bob, message.id)
    assert await talk.state(world.bob) == (1, False, True)


async def test_deleted_messages_are_neither_counted_nor_news(world: World, talk: Talk) -> None:
    first = await talk.say(world.alice, "1")
    await talk.read(world.bob, first.id)
    second = await talk.say(world.alice, "2")
    await talk.delete(world.alice, second.id)
    assert await talk.state(world.bob) == (1, False, False)
    assert await talk.texts(world.bob) == ["1", ""]
    await talk.delete(world.alice, first.id)
    assert await talk.state(world.bob) == (0, False, False)
    await talk.delete(world.alice, first.id)
    assert await talk.state(world.bob) == (0, False, False)


async def test_messages_of_other_doors_count_as_well(world: World, talk: Talk) -> None:
    await talk.subscribe(world.bob)
    dialog = f"chat{await talk.chat_id()}"
    message_id = await world.bob.call("im.message.add", DIALOG_ID=dialog, MESSAGE="Из мессенджера")
    assert await talk.state(world.alice) == (1, True, False)
    await world.bob.call("im.message.delete", MESSAGE_ID=message_id)
    assert await talk.state(world.alice) == (0, False, False)
    await world.carol.call("im.message.add", DIALOG_ID=dialog, MESSAGE="И я")
    assert (await talk.state(world.carol))[2] is True, "writing in the messenger joins an open chat"
    assert (await talk.texts(world.alice))[-1] == "И я"


async def test_catalogs_count_conversations_with_news(world: World, talk: Talk) -> None:
    await talk.say(world.alice, "1")
    last = await talk.say(world.alice, "2", OTHER)
    await talk.say(world.bob, "x", Record(catalog_id=12))
    assert await world.unit(record_chats.new_chats, world.bob.person, [11, 12, 13]) == {11: 2, 12: 0, 13: 0}
    await talk.read(world.bob, last.id, OTHER)
    assert await world.unit(record_chats.new_chats, world.bob.person, [11, 12, 13]) == {11: 1, 12: 0, 13: 0}


async def test_who_is_mentioned_is_notified_without_a_subscription(world: World, talk: Talk) -> None:
    await talk.say(world.alice, f"[USER={world.bob.id}]Bob[/USER], посмотри", mentions=[world.carol.id, world.alice.id])
    told = await mentions(world)
    assert sorted(one.person_id for one in told) == [world.bob.id, world.carol.id]
    await talk.say(world.alice, "без имён")
    assert len(await mentions(world)) == 2


async def test_people_from_outside_are_not_told_of_what_they_may_not_read(world: World, talk: Talk) -> None:
    await talk.say(world.alice, "тайна", mentions=[world.outsider.id])
    assert not await mentions(world)


async def test_only_the_author_changes_at_any_time(world: World, talk: Talk) -> None:
    message = await talk.say(world.alice, "было", mentions=[world.bob.id])
    with pytest.raises(NotAllowedError):
        await talk.change(world.bob, message.id, text="чужое")
    changed = await talk.change(world.alice, message.id, text="стало")
    assert (changed.text, changed.read_params()["MENTIONS"]) == ("стало", [world.bob.id])
    assert changed.edited_at
    again = await talk.change(world.alice, message.id, mentions=[])
    assert "MENTIONS" not in again.read_params()
    with pytest.raises(EmptyMessageError):
        await talk.change(world.alice, message.id, text=" ")
    changes = [one for one in await world.events() if isinstance(one, MessageChanged)]
    assert [(one.text, one.actor_id) for one in changes] == [("стало", world.alice.id)] * 2


async def test_a_change_that_differs_in_nothing_is_noted(world: World, talk: Talk) -> None:
    message = await talk.say(world.alice, "то же")
    assert (await talk.change(world.alice, message.id, text="то же")).edited_at > 0


async def test_deleting_is_for_the_author_and_for_wardens(world: World, talk: Talk) -> None:
    message = await talk.say(world.alice, "текст")
    with pytest.raises(NotAllowedError):
        await talk.delete(world.bob, message.id)
    gone = await talk.delete(world.bob, message.id, is_warden=True)
    assert (gone.text, gone.deleted_at > 0) == ("", True)
    with pytest.raises(MessageNotFoundError):
        await talk.change(world.alice, message.id, text="снова")


async def test_messages_of_another_record_are_not_here(world: World, talk: Talk) -> None:
    elsewhere = await talk.say(world.alice, "там", OTHER)
    here = await talk.say(world.alice, "здесь")
    with pytest.raises(MessageNotFoundError):
        await talk.change(world.alice, elsewhere.id, text="x")
    with pytest.raises(ReplyElsewhereError):
        await talk.say(world.alice, "ответ", reply_to=elsewhere.id)
    with pytest.raises(ReplyElsewhereError):
        await talk.change(world.alice, here.id, reply_to=here.id)
    answer = await talk.say(world.bob, "ответ", reply_to=here.id)
    assert answer.read_params()["REPLY_ID"] == here.id
    assert "REPLY_ID" not in (await talk.change(world.bob, answer.id, reply_to=0)).read_params()
    await talk.delete(world.alice, here.id)
    with pytest.raises(ReplyElsewhereError):
        await talk.say(world.alice, "поздно", reply_to=here.id)


async def test_a_page_is_any_part_in_either_order(world: World, talk: Talk) -> None:
    made = [await talk.say(world.alice, text) for text in "abcde"]
    assert await talk.texts(world.bob) == list("abcde")
    assert await talk.texts(world.bob, limit=2, offset=1) == list("bc")
    assert await talk.texts(world.bob, limit=2, is_newest_first=True) == list("ed")
    assert await talk.texts(world.bob, above_id=made[2].id) == list("de")


async def test_an_empty_message_is_refused_and_makes_no_chat(world: World, talk: Talk) -> None:
    with pytest.raises(EmptyMessageError):
        await talk.say(world.alice, "  ")
    with pytest.raises(NoSuchFileError):
        await talk.say(world.alice, "файл", file_ids=[10**6])
    assert await world.unit(record_chats.seat_at, world.alice.person, RECORD) is None


async def test_the_chat_follows_the_title_and_cannot_be_renamed_otherwise(world: World, talk: Talk) -> None:
    await talk.say(world.alice, "x")
    await talk.subscribe(world.bob)
    dialog = f"chat{await talk.chat_id()}"
    await world.unit(record_chats.rename, world.alice.person, RECORD._replace(title="Новый"))
    assert (await world.bob.call("im.dialog.get", DIALOG_ID=dialog))["name"] == "Новый"
    await world.unit(record_chats.rename, world.alice.person, RECORD._replace(number=99))
    assert len(await world.events("chat.changed")) == 1


async def test_the_chat_of_a_deleted_record_stays_with_its_members_only(world: World, talk: Talk) -> None:
    await talk.subscribe(world.bob)
    await talk.say(world.alice, "x")
    dialog = f"chat{await talk.chat_id()}"
    await world.unit(record_chats.part_from_records, 11, [5])
    assert await talk.texts(world.alice) == []
    found = await world.bob.call("im.dialog.messages.get", DIALOG_ID=dialog)
    assert [one["text"] for one in found["messages"]] == ["x"]
    await talk.say(world.alice, "y", OTHER)
    await world.unit(record_chats.part_from_catalog, 11)
    assert await talk.texts(world.alice, OTHER) == []


async def test_a_program_cannot_pretend_to_be_the_chat_of_a_record(world: World, talk: Talk) -> None:
    pretended = await world.bob.call("im.chat.add", USERS=[world.carol.id], ENTITY_TYPE="RECORD", ENTITY_ID="11|5")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{pretended}", MESSAGE="подделка")
    assert await talk.state(world.alice) == (0, False, False)
    await talk.say(world.alice, "настоящее")
    assert await talk.chat_id() != pretended
    assert await talk.texts(world.bob) == ["настоящее"]
