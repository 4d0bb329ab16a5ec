"""All bots with their applications, for administrators."""

from __future__ import annotations

import pytest

from support.administration import audit_of, refuses_others
from support.browsers import RefusedError, browser_of
from support.queries import count_queries
from support.world import World


async def test_bots_are_shown_with_their_applications(world: World) -> None:
    application = await world.install()
    me = await world.alice.through(application)
    bot_id = int(
        await me.call("imbot.register", CODE="b", PROPERTIES={"NAME": "Робот"}, EVENT_HANDLER="http://127.0.0.1:9/")
    )
    await world.bob.call("im.chat.add", USERS=[world.bob.id, bot_id])
    async with browser_of(world, world.alice) as browser:
        with count_queries(world) as queries:
            found = await browser.get("/api/admin/bots")
    assert queries.count == 9  # two for the session
    [owner] = found
    [bot] = owner.pop("bots")
    assert bot == {
        "id": bot_id,
        "name": "Робот",
        "avatar": "",
        "code": "b",
        "kind": "ordinary",
        "chats": 1,
        "commands": 0,
        "createdAt": bot["createdAt"],
    }
    assert owner == {
        "id": application.id,
        "name": application.name,
        "kind": "local",
        "isActive": True,
        "transport": "push",
        "installedBy": "Alice Petrova",
        "waiting": owner["waiting"],
        "dead": 0,
        "last": owner["last"],
    }


async def test_a_removed_bot_is_gone_and_its_application_hears_of_it(world: World) -> None:
    me = await world.alice.through(await world.install())
    bot_id = await me.call("imbot.register", CODE="b", PROPERTIES={"NAME": "R"}, EVENT_HANDLER="http://127.0.0.1:9/")
    async with browser_of(world, world.alice) as browser:
        await browser.call("DELETE", f"/api/admin/bots/{bot_id}")
        assert [one["bots"] for one in await browser.get("/api/admin/bots")] == [[]]
        for wrong in (bot_id, world.bob.id, 99999):
            with pytest.raises(RefusedError, match=r"^404 "):
                await browser.call("DELETE", f"/api/admin/bots/{wrong}")
    assert len(await world.events("bot.deleted")) == 1
    assert [(one["subject"], one["name"]) for one in await audit_of(world, "bot.disabled")] == [
        (("bot", int(bot_id)), "R")
    ]


async def test_only_administrators_may(world: World) -> None:
    await refuses_others(world, "GET", "/api/admin/bots")
    await refuses_others(world, "DELETE", "/api/admin/bots/1")
