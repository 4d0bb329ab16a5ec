"""``Message/list``: folders, dates, changes, parts; what the messenger writes is listed, too."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from skvorets.core import letters
from skvorets.storage.database import Tx
from support.megaplan import COMMON, Program, listed, program_of, send_message
from support.queries import count_queries
from support.world import World

LIST = f"{COMMON}/Message/list"
CARD = f"{COMMON}/Message/card"
_DAY_MS = 24 * 3600 * 1000


async def contents(program: Program, **params: Any) -> list[str]:
    return [one["Content"] for one in await listed(program, **params)]


async def test_the_documented_answer(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    await send_message(bob, world.carol.id, "Привет, всем!", subject="Я новый сотрудник")
    await send_message(bob, f"{world.carol.id},{world.alice.id}", "Народ, скажите а кто где обедает?", subject="Обед")
    reply = await bob.get(LIST, Folder="outgoing", Limit="5")
    assert reply.tree["params"] == {"Folder": "outgoing", "Limit": 5}
    first, second = reply.data["messages"]
    assert list(reply.data) == ["messages"]
    assert list(first)[:6] == ["Id", "Subject", "Content", "Folder", "TimeCreated", "To"]
    assert first["To"] == [{"Id": world.carol.id, "Name": "Carol Sidorova"}]
    assert [one["Id"] for one in second["To"]] == [world.carol.id, world.alice.id]
    assert {one["Folder"] for one in (first, second)} == {"outgoing"}
    got = await listed(carol)
    assert [one["Id"] for one in got] == [first["Id"], second["Id"]]
    assert {(one["Folder"], one["IsUnread"]) for one in got} == {("incoming", True)}
    assert (await bob.get(LIST)).tree["params"] == {}


async def test_everything_of_private_dialogs_is_listed_and_nothing_else(world: World) -> None:
    bob = await program_of(world, world.bob)
    await world.carol.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="[b]Bold[/b] from [USER=1]Al[/USER]")
    await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="Back")
    await world.bob.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="Note")
    chat = await world.chat(world.carol, world.bob)
    await world.carol.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="In a group")
    await world.carol.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="Not for Bob")
    assert await contents(bob) == ["Bold from Al", "Note"]
    assert await contents(bob, Folder="outgoing") == ["Back", "Note"]
    assert await contents(bob, Folder="all") == ["Bold from Al", "Back", "Note"]


async def test_words_in_the_chat_of_a_letter_are_letters(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    sent = await send_message(bob, f"{world.carol.id},{world.alice.id}", "Plans?", subject="Plans")
    chat_id = await world.unit(_chat_of, sent["Id"] - 1_000_000)
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Mine")
    (only,) = await listed(bob)
    assert (only["Content"], [one["Id"] for one in only["To"]]) == ("Mine", [world.bob.id, world.carol.id])
    assert await contents(carol) == ["Plans?", "Mine"]
    # Who has left the chat has its letters no more.
    await world.carol.call("im.chat.leave", CHAT_ID=chat_id)
    assert await contents(carol) == []


async def test_what_was_emptied_or_changed_in_the_messenger(world: World) -> None:
    bob = await program_of(world, world.bob)
    ids = [
        await world.carol.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE=text)
        for text in ("One", "Two", "Three")
    ]
    await world.carol.call("im.message.delete", MESSAGE_ID=ids[0])
    await world.carol.call("im.message.update", MESSAGE_ID=ids[1], MESSAGE="Zwei")
    assert await contents(bob) == ["Zwei", "Three"]


async def test_limit_offset_and_order(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    for number in range(5):
        to = f"{world.carol.id},{world.alice.id}" if number % 2 else str(world.carol.id)
        await send_message(bob, to, str(number))
    for program, folder in ((bob, "outgoing"), (carol, "incoming"), (carol, "all")):
        assert await contents(program, Folder=folder) == list("01234")
        assert await contents(program, Folder=folder, Limit=2, Offset=1) == list("12")
        assert await contents(program, Folder=folder, Limit=2, Order="desc") == list("43")
        assert await contents(program, Folder=folder, Offset=4) == list("4")
        assert await contents(program, Folder=folder, Offset=99) == []
        assert await contents(program, Folder=folder, Limit=0) == list("01234")


async def test_days_are_those_of_the_accounts_zone_and_both_included(world: World) -> None:
    bob = await program_of(world, world.bob)
    zone = timedelta(minutes=world.config.utc_offset_minutes)
    begin = int(datetime(2026, 3, 12, tzinfo=UTC).timestamp() * 1000 - zone.total_seconds() * 1000)
    for text, at in (
        ("before", begin - 1),
        ("first", begin),
        ("last", begin + _DAY_MS - 1),
        ("after", begin + _DAY_MS),
    ):
        message_id = await world.carol.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE=text)
        await world.unit(_date, message_id, at)
    assert await contents(bob, DateFrom="2026-03-12", DateTo="2026-03-12") == ["first", "last"]
    assert await contents(bob, DateFrom="2026-03-12") == ["first", "last", "after"]
    assert await contents(bob, DateTo="2026-03-12") == ["before", "first", "last"]
    assert await contents(bob, DateFrom="2026-03-13", DateTo="2026-03-12") == []
    shown = {one["Content"]: one["TimeCreated"] for one in await listed(bob)}
    assert shown["first"] == "2026-03-12 00:00:00"


async def test_only_what_has_changed_since(world: World) -> None:
    bob = await program_of(world, world.bob)
    for text in ("old", "read", "edited", "favourite", "deleted"):
        await world.carol.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE=text)
    by_text = {one["Content"]: one for one in await listed(bob)}
    await asyncio.sleep(0.02)
    since = datetime.now(UTC).isoformat()
    await asyncio.sleep(0.02)
    assert await contents(bob, TimeUpdated=since) == []
    await world.carol.call("im.message.update", MESSAGE_ID=by_text["edited"]["Id"] - 1_000_000, MESSAGE="Edited")
    await bob.post(f"{COMMON}/Favorite/add", {"SubjectType": "message", "SubjectId": by_text["favourite"]["Id"]})
    await bob.post(f"{COMMON}/Message/delete", {"Id": by_text["deleted"]["Id"]})
    await bob.get(CARD, Id=by_text["read"]["Id"])
    await world.carol.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="new")
    assert await contents(bob, TimeUpdated=since) == ["read", "Edited", "favourite", "new"]
    assert await contents(bob, TimeUpdated=since, Folder="deleted") == ["deleted"]
    assert await contents(bob, TimeUpdated=since, Limit=1, Offset=1, Order="desc") == ["favourite"]
    assert await contents(bob, TimeUpdated=since, FavoritesOnly="true") == ["favourite"]
    assert await contents(bob, TimeUpdated="2001-01-01", Folder="outgoing") == []


async def test_reading_in_the_messenger_is_a_change_of_the_last_message_read(world: World) -> None:
    bob = await program_of(world, world.bob)
    last = 0
    for text in ("one", "two"):
        last = await world.carol.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE=text)
    await asyncio.sleep(0.02)
    since = datetime.now(UTC).isoformat()
    await asyncio.sleep(0.02)
    await world.bob.call("im.dialog.read", DIALOG_ID=world.carol.id, MESSAGE_ID=last)
    assert await contents(bob, TimeUpdated=since) == ["two"]
    assert [one["IsUnread"] for one in await listed(bob)] == [False, False]


@pytest.mark.parametrize(
    "moment", ["2026-03-12", "2026-03-12T10:00", "2026-03-12 10:00:00", "2026-03-12T10:00:00.123Z", "20260312T100000"]
)
@pytest.mark.parametrize("offset", ["", "+03:00", "+0300", "-03"])
async def test_moments_of_iso_8601_are_read(world: World, moment: str, offset: str) -> None:
    bob = await program_of(world, world.bob)
    is_readable = moment != "20260312T100000" and not (offset and (moment.endswith("Z") or len(moment) == 10))
    reply = await bob.get(LIST, TimeUpdated=moment + offset)
    assert reply.status == (200 if is_readable else 400)


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({"Folder": "spam"}, "Folder must be one of incoming, outgoing, deleted, all"),
        ({"Folder": "Incoming"}, "Folder must be one of"),
        ({"Limit": "-1"}, "Limit must be a whole number"),
        ({"Limit": "1.5"}, "Limit must be a whole number"),
        ({"Limit": "٣"}, "Limit must be a whole number"),
        ({"Limit": "10001"}, "Limit must not be larger than 10000"),
        ({"Limit": "9" * 1000}, "Limit must be a whole number"),
        ({"Offset": "x"}, "Offset must be a whole number"),
        ({"Limit[]": "5"}, "Limit must be a text"),
        ({"FavoritesOnly": "2"}, "FavoritesOnly must be true or false"),
        ({"DateFrom": "12.03.2026"}, "DateFrom must be a date"),
        ({"DateTo": "2026-02-30"}, "DateTo must be a date"),
        ({"DateTo": "9999-12-31x"}, "DateTo must be a date"),
        ({"TimeUpdated": "yesterday"}, "TimeUpdated must be a moment"),
        ({"TimeUpdated": "2026-03-12T25:00"}, "TimeUpdated must be a moment"),
        ({"TimeUpdated": "0001-01-01T00:00:00+23:59"}, ""),
        ({"Order": "up"}, "Order must be one of"),
    ],
)
async def test_what_cannot_be_read_is_named(world: World, params: dict[str, str], text: str) -> None:
    bob = await program_of(world, world.bob)
    reply = await bob.get(LIST, **params)
    if text:
        assert reply.refusal[0] == 400
        assert text in reply.refusal[1]
    else:
        assert reply.status == 200


async def test_empty_and_unknown_parameters_are_nothing(world: World) -> None:
    bob = await program_of(world, world.bob)
    await send_message(bob, world.bob.id, "x")
    assert await contents(bob, TimeUpdated="", Folder="", Limit=" 5 ", FavoritesOnly="off", Nonsense="1") == ["x"]
    assert await contents(bob, DateTo="9999-12-31", DateFrom="0001-01-01") == ["x"]


async def test_too_many_for_one_answer_are_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "MAX_LISTED", 2)
    bob = await program_of(world, world.bob)
    for _ in range(3):
        await send_message(bob, world.bob.id, "x")
    assert (await bob.get(LIST)).refusal == (400, "more than 2 letters; give a limit")
    assert len(await contents(bob, Limit=2)) == 2


async def test_a_list_takes_five_queries_at_most(world: World) -> None:
    bob = await program_of(world, world.bob)
    for _ in range(2):
        for number in range(3):
            to = f"{world.carol.id},{world.alice.id}" if number else str(world.carol.id)
            file = {"Model[Attaches][0][Name]": "a.txt", "Model[Attaches][0][Content]": "QQ=="}
            await send_message(bob, to, str(number), **file)
        with count_queries(world) as queries:
            assert await contents(bob, Folder="outgoing")
        # owner of the pair, the page, recipients, people, files
        assert queries.count == 5, queries.statements


async def _chat_of(tx: Tx, message_id: int) -> int:
    return int(await tx.val("SELECT chat_id FROM messages WHERE id = $1", message_id))


async def _date(tx: Tx, message_id: int, at: int) -> None:
    await tx.do("UPDATE messages SET created_at = $2 WHERE id = $1", message_id, at)
