"""``Message/delete``: for the caller alone, once and again."""

from __future__ import annotations

import pytest

from support.megaplan import COMMON, listed, program_of, send_message
from support.world import World

DELETE = f"{COMMON}/Message/delete"


async def test_it_goes_to_the_callers_deleted_ones_and_nobody_else_is_affected(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    for to in (str(world.carol.id), f"{world.carol.id},{world.alice.id}"):
        sent = await send_message(bob, to)
        before = len(await world.events())
        for _ in range(2):
            reply = await carol.post(DELETE, {"Id": sent["Id"]})
            assert reply.tree["params"] == {"Id": sent["Id"]}
            assert reply.data == {"message": {"Id": sent["Id"]}}
        assert sent["Id"] not in [one["Id"] for one in await listed(carol)]
        (gone,) = [one for one in await listed(carol, Folder="deleted") if one["Id"] == sent["Id"]]
        assert gone["Folder"] == "deleted"
        assert sent["Id"] in [one["Id"] for one in await listed(bob, Folder="outgoing")]
        assert await listed(bob, Folder="deleted") == []
        assert len(await world.events()) == before
    shown = await world.carol.call("im.dialog.messages.get", DIALOG_ID=world.bob.id)
    assert shown["messages"][0]["text"] == "Hello"


async def test_strangers_and_unknown_messages(world: World) -> None:
    bob, stranger = await program_of(world, world.bob), await program_of(world, world.stranger)
    sent = await send_message(bob, world.carol.id)
    assert (await stranger.post(DELETE, {"Id": sent["Id"]})).refusal == (403, "Access denied")
    assert (await bob.post(DELETE, {"Id": 1_000_999})).refusal == (404, "Message not found")
    assert len(await listed(bob, Folder="outgoing")) == 1


@pytest.mark.parametrize("given", [{}, {"Id": ""}, {"Id": "x"}, {"Id[]": "5"}, {"Id": "1" * 99}])
async def test_an_id_that_is_none_is_refused(world: World, given: dict[str, str]) -> None:
    bob = await program_of(world, world.bob)
    assert (await bob.post(DELETE, given)).refusal[0] == 400
