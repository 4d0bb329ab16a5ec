"""``/api/placements``: what is shown to whom at which place, and what is posted when it opens."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from skvorets.core import applications, tokens
from support.bots import registration
from support.browsers import Browser, RefusedError, browser_of
from support.placements import HANDLER, TEXTAREA, binding
from support.queries import count_queries
from support.world import Actor, World


async def titles(browser: Browser, query: str) -> list[str]:
    return [one["title"] for one in (await browser.get(f"/api/placements?{query}"))["placements"]]


async def bind(owner: Actor, title: str, placement: str = "IM_CONTEXT_MENU", **options: Any) -> None:
    await owner.call("placement.bind", **{**binding(placement, f"{HANDLER}?{title}", **options), "TITLE": title})


async def test_options_say_who_sees_it_where(world: World) -> None:
    owner = await world.alice.through(await world.install())
    for context in ("ALL", "USER", "CHAT", "LINES", "CRM", "USER;LINES"):
        await bind(owner, context, context=context)
    await bind(owner, "admins", role="ADMIN")
    await bind(owner, "outside", extranet="Y")
    await bind(owner, "elsewhere", "IM_SMILES_SELECTOR")
    await bind(owner, "navigation", "IM_NAVIGATION", iconName="fa-cloud")
    bot_id = await owner.call("imbot.register", **registration())
    chat = await world.chat(world.bob, world.alice, world.outsider)
    deal = await world.chat(world.bob, ENTITY_TYPE="CRM")
    line = await world.chat(world.bob, ENTITY_TYPE="LINES")
    menu = "placement=im_context_menu&dialogId"
    async with browser_of(world, world.bob) as browser:
        assert await titles(browser, f"{menu}={world.carol.id}") == ["ALL", "USER", "USER;LINES", "outside"]
        assert await titles(browser, f"{menu}={bot_id}") == ["ALL", "outside"]
        assert await titles(browser, f"{menu}=chat{chat}") == ["ALL", "CHAT", "outside"]
        assert await titles(browser, f"{menu}=chat{deal}") == ["ALL", "CRM", "outside"]
        assert await titles(browser, f"{menu}=chat{line}") == ["ALL", "LINES", "USER;LINES", "outside"]
        assert await titles(browser, f"dialogId=chat{chat}") == ["ALL", "CHAT", "outside", "elsewhere"]
        assert await titles(browser, "") == ["navigation"]
        assert await titles(browser, "placement=NOWHERE") == []
    async with browser_of(world, world.alice) as browser:
        assert await titles(browser, f"{menu}=chat{chat}") == ["ALL", "CHAT", "admins", "outside"]
    async with browser_of(world, world.outsider) as browser:
        assert await titles(browser, f"{menu}=chat{chat}") == ["outside"]
        assert await titles(browser, "") == []
    async with browser_of(world, world.stranger) as browser:
        with pytest.raises(RefusedError, match=r"404 (?:not_found|no_such_\w+)"):
            await titles(browser, f"{menu}=chat{chat}")


async def test_one_entry_and_what_the_list_costs(world: World) -> None:
    application = await world.install(name="App")
    owner = await world.alice.through(application)
    await owner.call("placement.bind", **TEXTAREA)
    for number in range(5):
        await bind(owner, str(number))
    async with browser_of(world, world.bob) as browser:
        with count_queries(world) as queries:
            first = (await browser.get(f"/api/placements?dialogId={world.carol.id}"))["placements"][0]
    assert queries.count == 5  # session, its person, the other person, dialog, placements
    assert type(first.pop("id")) is int
    assert first == {
        "applicationId": application.id,
        "placement": "IM_TEXTAREA",
        "title": "Приложение для панели над полем ввода",
        "description": "",
        "group": "",
        "icon": "fa-bars",
        "color": "GRAPHITE",
        "width": 200,
        "height": 100,
    }


async def test_nothing_is_shown_of_what_is_not_installed(world: World) -> None:
    application = await world.install()
    owner = await world.alice.through(application)
    await bind(owner, "one")
    await world.unit(applications.uninstall_application, world.alice.person, application.id)
    async with browser_of(world, world.alice) as browser:
        assert await titles(browser, f"dialogId={world.bob.id}") == []


async def test_what_is_posted_when_it_opens(world: World) -> None:
    application = await world.install(name="App", scopes=("im", "placement"))
    owner = await world.alice.through(application)
    await owner.call("placement.bind", **{**TEXTAREA, "HANDLER": f"{HANDLER}?own=1"})
    async with browser_of(world, world.bob) as browser:
        entry = (await browser.get(f"/api/placements?dialogId={world.carol.id}"))["placements"][0]
        given = {"dialogId": str(world.carol.id)}
        opened = await browser.call("POST", f"/api/placements/{entry['id']}/open", given)
    base = urlsplit(world.config.base_url)
    sid = opened["appSid"]
    assert len(sid) == 32
    assert opened["url"].partition("?")[0] == HANDLER
    query = dict(parse_qsl(urlsplit(opened["url"]).query))
    assert query == {"own": "1", "DOMAIN": base.netloc, "PROTOCOL": "0", "LANG": "ru", "APP_SID": sid}
    assert opened["name"] == f"{base.netloc}|0|{sid}"
    fields = opened["fields"]
    bob = Actor(world, world.bob.person, "/rest/", fields["AUTH_ID"])
    assert (await bob.call("profile"))["ID"] == str(world.bob.id)
    assert tokens.read(world.app.store.portal, fields["REFRESH_ID"]) is not None
    assert {name: value for name, value in fields.items() if name not in {"AUTH_ID", "REFRESH_ID"}} == {
        "AUTH_EXPIRES": "3600",
        "SERVER_ENDPOINT": f"{world.config.base_url}/rest/",
        "APPLICATION_TOKEN": tokens.application_token(world.app.store.portal, application.id, application.installation),
        "APPLICATION_SCOPE": "im,placement",
        "member_id": world.app.store.portal.member_id,
        "status": "L",
        "PLACEMENT": "IM_TEXTAREA",
        "PLACEMENT_OPTIONS": json.dumps({"dialogId": str(world.carol.id), "URI": "/online/"}, separators=(",", ":")),
    }
    assert (opened["title"], opened["width"], opened["height"]) == ("Приложение для панели над полем ввода", 200, 100)
    assert opened["init"] == {
        "DOMAIN": base.netloc,
        "PROTOCOL": "0",
        "PATH": "/rest",
        "LANG": "ru",
        "AUTH_ID": fields["AUTH_ID"],
        "REFRESH_ID": fields["REFRESH_ID"],
        "AUTH_EXPIRES": "3600",
        "MEMBER_ID": world.app.store.portal.member_id,
        "IS_ADMIN": False,
        "APP_OPTIONS": {},
        "USER_OPTIONS": {},
        "PLACEMENT": "IM_TEXTAREA",
        "PLACEMENT_OPTIONS": {"dialogId": str(world.carol.id), "URI": "/online/"},
        "INSTALL": False,
        "FIRST_RUN": True,
    }


async def test_the_menu_of_a_message_hands_the_message_over(world: World) -> None:
    owner = await world.alice.through(await world.install())
    await bind(owner, "menu")
    await bind(owner, "navigation", "IM_NAVIGATION", iconName="fa-cloud")
    chat = await world.chat(world.bob, world.carol)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat}", MESSAGE="hi")
    elsewhere = await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="hi")
    async with browser_of(world, world.bob) as browser:
        menu = (await browser.get(f"/api/placements?dialogId=chat{chat}"))["placements"][0]["id"]
        navigation = (await browser.get("/api/placements"))["placements"][0]["id"]
        where = {"dialogId": f"chat{chat}", "messageId": message_id}
        opened = await browser.call("POST", f"/api/placements/{menu}/open", where)
        options = {"dialogId": f"chat{chat}", "messageId": str(message_id), "URI": "/online/"}
        assert opened["init"]["PLACEMENT_OPTIONS"] == options
        opened = await browser.call("POST", f"/api/placements/{navigation}/open", {})
        assert opened["init"]["PLACEMENT_OPTIONS"] == {"URI": "/online/"}
        for wrong, given in (
            (menu, {}),
            (menu, {"dialogId": f"chat{chat}"}),
            (menu, {**where, "messageId": elsewhere}),
            (menu, {**where, "dialogId": str(world.stranger.id)}),
            (navigation, where),
            (2**40, where),
        ):
            with pytest.raises(RefusedError, match=r"404 (?:not_found|no_such_\w+)"):
                await browser.call("POST", f"/api/placements/{wrong}/open", given)
    async with browser_of(world, world.stranger) as browser:
        with pytest.raises(RefusedError, match=r"404 (?:not_found|no_such_\w+)"):
            await browser.call("POST", f"/api/placements/{menu}/open", where)
