"""``imopenlines.network.join``, see spec ``bitrix24-openlines.md`` §4.2."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.lines import lines as line_rules
from skvorets.core.lines.lines import LineChange
from support.browsers import browser_of
from support.networks import change_line, open_line
from support.world import World

METHOD = "imopenlines.network.join"


async def test_the_answer_is_the_id_of_a_bot_of_the_network(world: World) -> None:
    line = await open_line(world, [world.alice], name="Support of Acme")
    bot_id = await world.bob.call(METHOD, CODE=line.code)
    assert type(bot_id) is int
    bot = await world.bob.call("im.user.get", ID=bot_id)
    assert (bot["name"], bot["bot"], bot["network"], bot["external_auth_id"]) == (
        "Support of Acme",
        True,
        True,
        "network",
    )
    assert bot["bot_data"]["type"] == "network"
    assert bot_id not in {int(one["ID"]) for one in (await world.alice.call("imbot.bot.list") or {}).values()}


async def test_a_line_that_is_joined_already_gives_the_same_bot(world: World) -> None:
    line = await open_line(world, [world.alice])
    first = await world.bob.call(METHOD, CODE=line.code)
    assert await world.carol.call(METHOD, CODE=line.code.upper()) == first
    other = await open_line(world, [world.alice], name="Sales")
    assert await world.carol.call(METHOD, CODE=other.code) != first


@pytest.mark.parametrize("code", ["", "x", "a588e1a88baaf301b9d0b0b33b1eefc2b", ["a"], {"a": "b"}])
async def test_a_code_of_another_length_is_refused(world: World, code: Any) -> None:
    assert await world.bob.refused(METHOD, CODE=code) == (400, "CODE")
    assert await world.bob.refused(METHOD) == (400, "CODE")


async def test_an_unknown_line_and_one_that_is_not_open_for_it_look_alike(world: World) -> None:
    line = await open_line(world, [world.alice])
    await world.unit(change_line, line.id, {"networked": 0})
    for code in (line.code, "0" * 31 + "f", "z" * 32):
        answer = await world.bob.ask(METHOD, CODE=code)
        assert answer.refusal == (400, "NOT_FOUND")
        assert answer.body["error_description"] == "Openline is not found"


async def test_an_inactive_line_cannot_be_joined(world: World) -> None:
    line = await open_line(world, [world.alice])
    await world.unit(change_line, line.id, {"active": 0})
    assert await world.bob.refused(METHOD, CODE=line.code) == (400, "INACTIVE")


async def test_people_from_outside_join_nothing(world: World) -> None:
    line = await open_line(world, [world.alice])
    assert await world.outsider.refused(METHOD, CODE=line.code) == (403, "ACCESS_DENIED")


async def test_the_scope_is_needed(world: World) -> None:
    line = await open_line(world, [world.alice])
    narrow = await world.webhook(world.bob, "im")
    assert await narrow.refused(METHOD, CODE=line.code) == (403, "insufficient_scope")


async def test_the_bot_follows_its_line(world: World) -> None:
    line = await open_line(world, [world.alice])
    bot_id = await world.bob.call(METHOD, CODE=line.code)
    await world.unit(
        line_rules.change_line, world.alice.person, line.id, LineChange(name="Help", description="All day")
    )
    bot = await world.bob.call("im.user.get", ID=bot_id)
    assert (bot["name"], bot["work_position"]) == ("Help", "All day")
    await world.unit(line_rules.delete_line, world.alice.person, line.id)
    assert (await world.bob.call("im.user.get", ID=bot_id))["active"] is False
    assert await world.bob.refused("im.message.add", DIALOG_ID=bot_id, MESSAGE="Hello") == (403, "ACCESS_ERROR")


async def test_a_line_is_not_brought_into_a_chat(world: World) -> None:
    line = await open_line(world, [world.alice])
    bot_id = await world.bob.call(METHOD, CODE=line.code)
    chat_id = await world.chat(world.bob, world.carol)
    await world.bob.refused("im.chat.user.add", CHAT_ID=chat_id, USERS=[bot_id])
    assert bot_id not in await world.bob.call("im.chat.user.list", CHAT_ID=chat_id)


async def test_a_bot_that_an_administrator_has_removed_is_made_anew(world: World) -> None:
    line = await open_line(world, [world.alice])
    first = await world.bob.call(METHOD, CODE=line.code)
    await world.bob.call("im.message.add", DIALOG_ID=first, MESSAGE="Hello")
    async with browser_of(world, world.alice) as alice:
        await alice.call("DELETE", f"/api/admin/bots/{first}")
    await world.unit(line_rules.change_line, world.alice.person, line.id, LineChange(name="Help"))
    assert (await world.bob.call("im.user.get", ID=first))["active"] is False
    second = await world.bob.call(METHOD, CODE=line.code)
    assert second != first
    assert await world.bob.call("im.message.add", DIALOG_ID=second, MESSAGE="Hello again") > 0
    assert await world.bob.call(METHOD, CODE=line.code) == second
