"""``Message/card``: the documented object in both formats; reading; strangers."""

from __future__ import annotations

import pytest

from skvorets.core.events import DialogRead
from support.megaplan import COMMON, listed, program_of, send_message
from support.world import World

CARD = f"{COMMON}/Message/card"


async def test_the_documented_answer(world: World) -> None:
    bob = await program_of(world, world.bob)
    sent = await send_message(
        bob, f"{world.alice.id},{world.carol.id}", "По семейным обстоятельствам", subject="Причина"
    )
    reply = await bob.get(CARD, Id=sent["Id"])
    assert reply.tree["params"] == {"Id": sent["Id"]}
    assert reply.data == {"message": sent}


async def test_the_documented_answer_in_xml(world: World) -> None:
    bob = await program_of(world, world.bob)
    text = "<Sidorov> & Ко\x01\x0b\nвторая\ufffe"
    sent = await send_message(bob, f"{world.alice.id},{world.carol.id}", text, subject="Объяснительная")
    root = (await bob.get(f"{CARD}.xml", Id=sent["Id"])).xml
    assert [one.tag for one in root] == ["status", "params", "data"]
    assert (root.findtext("status/code"), root.findtext("status/message")) == ("ok", "")
    assert root.findtext("params/id") == str(sent["Id"])
    message = root.find("data/message")
    assert message is not None
    assert [one.tag for one in message] == [
        *("id", "subject", "content", "folder", "time_created", "to", "author", "time_updated", "attaches"),
        *("is_unread", "is_favorite", "with_answer", "reply"),
    ]
    assert message.findtext("content") == "<Sidorov> & Ко\nвторая"
    assert message.findtext("subject") == "Объяснительная"
    assert [(one.tag, one.findtext("id"), one.findtext("name")) for one in message.findall("to/item")] == [
        ("item", str(world.alice.id), "Alice Petrova"),
        ("item", str(world.carol.id), "Carol Sidorova"),
    ]
    assert (message.findtext("is_unread"), message.findtext("attaches"), message.findtext("reply")) == ("0", "", "")


async def test_the_card_marks_an_incoming_message_read(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    sent = await send_message(bob, world.carol.id)
    later = await send_message(bob, world.carol.id)
    card = (await carol.get(CARD, Id=sent["Id"])).data["message"]
    assert (card["Folder"], card["IsUnread"]) == ("incoming", True)
    assert [one["IsUnread"] for one in await listed(carol)] == [False, True]
    (event,) = await world.events("dialog.read")
    assert isinstance(event, DialogRead)
    assert (event.reader_id, event.message_id, event.unread) == (world.carol.id, sent["Id"] - 1_000_000, 1)
    assert (await carol.get(CARD, Id=sent["Id"])).data["message"]["IsUnread"] is False
    assert len(await world.events("dialog.read")) == 1
    assert (await bob.get(CARD, Id=later["Id"])).data["message"]["IsUnread"] is False
    assert [one["IsUnread"] for one in await listed(carol)] == [False, True]


async def test_a_deleted_message_tells_its_folder(world: World) -> None:
    bob = await program_of(world, world.bob)
    sent = await send_message(bob, world.carol.id)
    await bob.post(f"{COMMON}/Message/delete", {"Id": sent["Id"]})
    assert (await bob.get(CARD, Id=sent["Id"])).data["message"]["Folder"] == "deleted"


async def test_a_message_of_others_is_denied_and_what_is_none_is_not_found(world: World) -> None:
    bob, stranger = await program_of(world, world.bob), await program_of(world, world.stranger)
    sent = await send_message(bob, world.carol.id)
    among = await send_message(bob, f"{world.carol.id},{world.alice.id}")
    for one in (sent, among):
        assert (await stranger.get(CARD, Id=one["Id"])).refusal == (403, "Access denied")
    chat = await world.chat(world.carol, world.bob)
    group = await world.carol.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="In a group")
    for number in (0, 1, 999_999, 1_000_000, group + 1_000_000, 2**62, 1_000_999):
        assert (await bob.get(CARD, Id=number)).refusal == (404, "Message not found")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("", "Id is required"),
        ("x", "Id must be a whole number"),
        ("-5", "Id must be a whole number"),
        ("1e3", "Id must be a whole number"),
        ("9" * 30, "Id must be a whole number"),
        ("\x00", "Id is required"),
    ],
)
async def test_an_id_that_is_none_is_refused(world: World, given: str, text: str) -> None:
    bob = await program_of(world, world.bob)
    assert (await bob.get(CARD, Id=given)).refusal == (400, text)
