"""``imbot.bot.list``: a map of all bots by id, the caller's own ones first."""

from __future__ import annotations

from support.bots import registration, robot
from support.queries import count_queries
from support.world import World


async def test_bots_are_listed_by_id(world: World) -> None:
    first = await robot(world, OPENLINE="Y", PROPERTIES={"NAME": "Echo", "LAST_NAME": "Bot"})
    second = await robot(world, code="second")
    answer = await second.owner.ask("imbot.bot.list")
    assert set(answer.body) == {"result", "time"}
    assert answer.result == {
        str(second.id): {"ID": second.id, "NAME": "Echo", "CODE": "second", "OPENLINE": "N"},
        str(first.id): {"ID": first.id, "NAME": "Echo Bot", "CODE": "echo", "OPENLINE": "Y"},
    }
    assert list(answer.result) == [str(second.id), str(first.id)]


async def test_the_list_costs_two_queries(world: World) -> None:
    bot = await robot(world)
    for number in range(3):
        await bot.owner.call("imbot.register", **registration(f"bot{number}"))
    with count_queries(world) as queries:
        assert len(await bot.owner.call("imbot.bot.list")) == 4
    assert queries.count == 2


async def test_a_webhook_sees_its_own_first_and_needs_no_client_id(world: World) -> None:
    other = await robot(world)
    own = await world.alice.call("imbot.register", **registration("own", CLIENT_ID="mine"))
    assert list(await world.alice.call("imbot.bot.list", CLIENT_ID="mine")) == [str(own), str(other.id)]
    assert list(await world.alice.call("imbot.bot.list")) == [str(other.id), str(own)]


async def test_without_bots_the_list_is_empty(world: World) -> None:
    assert await world.alice.call("imbot.bot.list") == []


async def test_another_scope_does_not_do(world: World) -> None:
    webhook = await world.webhook(world.alice, "im")
    assert await webhook.refused("imbot.bot.list") == (403, "insufficient_scope")
