"""``placement.get``: the documented list of the application's own placements."""

from __future__ import annotations

from support.placements import HANDLER, TEXTAREA, binding
from support.queries import count_queries
from support.world import World


async def test_the_documented_list(world: World) -> None:
    owner = await world.alice.through(await world.install(name="App"))
    assert await owner.call("placement.get") == []
    await owner.call("placement.bind", **TEXTAREA)
    await owner.call("placement.bind", **{**binding(role="ADMIN"), "TITLE": "", "DESCRIPTION": "What it is"})
    other = await world.alice.through(await world.install(name="Other"))
    await other.call("placement.bind", **binding())
    with count_queries(world) as queries:
        answer = await owner.ask("placement.get")
    assert set(answer.body) == {"result", "time"}
    assert queries.count == 1
    title = "Приложение для панели над полем ввода"
    assert answer.result == [
        {
            "placement": "IM_TEXTAREA",
            "userId": 0,
            "handler": HANDLER,
            "options": {
                "iconName": "fa-bars",
                "context": "USER;CHAT",
                "role": "USER",
                "extranet": "N",
                "color": "GRAPHITE",
                "width": 200,
                "height": 100,
            },
            "title": title,
            "description": "",
            "langAll": {"ru": {"TITLE": title, "DESCRIPTION": "", "GROUP_NAME": ""}},
        },
        {
            "placement": "IM_CONTEXT_MENU",
            "userId": 0,
            "handler": HANDLER,
            "options": {"context": "ALL", "role": "ADMIN", "extranet": "N"},
            "title": "App",
            "description": "What it is",
            "langAll": [],
        },
    ]


async def test_who_may(world: World) -> None:
    bob = await world.bob.through(await world.install())
    assert await bob.refused("placement.get") == (403, "ACCESS_DENIED")
    assert await world.alice.refused("placement.get") == (403, "WRONG_AUTH_TYPE")


async def test_an_application_takes_its_placements_along(world: World) -> None:
    from skvorets.core import applications  # noqa: PLC0415 — only here

    application = await world.install()
    owner = await world.alice.through(application)
    await owner.call("placement.bind", **binding())
    await world.unit(applications.uninstall_application, world.alice.person, application.id)
    await world.unit(applications.install_application, world.alice.person, application.id)
    again = await world.unit(applications.finish_installation, world.alice.person, application.id)
    assert await (await world.alice.through(again)).call("placement.get") == []
