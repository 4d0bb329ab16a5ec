"""Applications through the native API: made, shown, changed; secrets shown once, or when asked for."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import pytest

from skvorets.core import tokens
from support.browsers import Browser, RefusedError, browser_of
from support.handlers import Handlers
from support.wire_events import bot_of
from support.world import World

NEW = {"name": "Отчёты", "scopes": ["im", "imbot"], "handlerUrl": "http://127.0.0.1:9/bot"}


async def _add(browser: Browser, **more: Any) -> Any:
    return await browser.call("POST", "/api/dev/applications", {**NEW, **more})


async def test_a_new_application_is_installed_and_its_secret_is_shown_once(world: World, handlers: Handlers) -> None:
    script = handlers.at("/install")
    async with browser_of(world, world.alice) as browser:
        made = await _add(browser, handlerUrl=script.url)
        listed = await browser.get("/api/dev/applications")
        shown = await browser.get(f"/api/dev/applications/{made['application']['id']}")
    received = await script.next()
    assert received.event == "ONAPPINSTALL"
    assert made["application"]["state"] == "installed"
    assert made["application"]["clientId"] == made["environment"]["clientId"]
    assert len(made["clientSecret"]) > 30
    secrets = [made["clientSecret"], received.form["auth"]["application_token"], "whsec_"]
    assert not [one for one in secrets if one in json.dumps([listed, shown, made["environment"]])]
    assert listed["applications"][0]["name"] == "Отчёты"
    assert listed["limits"] == ["open", "bitrix24-cloud", "enterprise"]
    assert "safe" in listed["policies"]


async def test_what_events_are_recognised_by_is_shown_on_demand(world: World) -> None:
    application = await world.install()
    async with browser_of(world, world.alice) as browser:
        shown = await browser.call("POST", f"/api/dev/applications/{application.id}/reveal")
    portal = world.app.store.portal
    assert shown == {
        "portal": world.app.config.base_url,
        "clientId": application.client_id,
        "memberId": portal.member_id,
        "applicationToken": tokens.application_token(portal, application.id, application.installation),
        "signingKey": tokens.signing_secret(portal, f"{application.id}:1"),
    }


async def test_a_rotated_secret_replaces_the_one_before(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        made = await _add(browser)
        found = made["application"]
        secret = (await browser.call("POST", f"/api/dev/applications/{found['id']}/secret"))["clientSecret"]
    assert secret != made["clientSecret"]
    for given, status in ((secret, 200), (made["clientSecret"], 401)):
        auth = _basic(found["clientId"], given)
        await world.app.store.write(1, _pull_now, found["id"])
        assert await _status_of_pull(world, auth) == status


async def test_one_application_is_shown_with_its_bots_commands_and_subscriptions(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    application = await world.install(name="Robots")
    bot = await bot_of(world, application, script, "echo")
    phrases = [{"LANGUAGE_ID": "en", "TITLE": "Echo"}]
    await bot.call("imbot.command.register", COMMAND="echo", COMMON="Y", LANG=phrases, EVENT_COMMAND_ADD=script.url)
    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")
    await script.take(2)
    async with browser_of(world, world.alice) as browser:
        shown = await browser.get(f"/api/dev/applications/{application.id}")
    [one] = shown["bots"]
    assert (one["id"], one["code"], one["name"]) == (bot.id, "echo", "Echo")
    assert one["commands"] == [{"name": "echo", "isCommon": True, "isHidden": False}]
    events = {one["event"]: one for one in shown["subscriptions"]}
    assert {"ONIMBOTMESSAGEADD", "ONIMCOMMANDADD"} <= set(events)
    assert {one["url"] for one in events.values()} == {script.url}
    assert events["ONIMBOTMESSAGEADD"]["isHeld"] is False
    assert shown["application"]["installedBy"] == "Alice Petrova"


async def test_it_can_be_changed_within_its_version_and_its_handlers_stay(world: World, handlers: Handlers) -> None:
    application = await world.install(name="Robots")
    await bot_of(world, application, handlers.at("/bot"), "echo")
    change = {
        "name": "Роботы",
        "scopes": ["imbot"],
        "handlerUrl": "http://127.0.0.1:9/new",
        "limits": "enterprise",
        "delivery": "at-least-once",
        "transport": "pull",
    }
    async with browser_of(world, world.alice) as browser:
        await browser.call("PATCH", f"/api/dev/applications/{application.id}", change)
        shown = await browser.get(f"/api/dev/applications/{application.id}")
    assert {name: shown["application"][name] for name in change} == change
    assert shown["application"]["version"] == 1
    assert shown["subscriptions"]


async def test_only_administrators_make_them_and_others_see_what_they_installed(world: World) -> None:
    application = await world.install()
    own = await world.bob.call("imbot.register", **_registration())
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="403 administrators_only"):
            await _add(browser)
        [mine] = (await browser.get("/api/dev/applications"))["applications"]
        assert (mine["kind"], mine["name"]) == ("webhook", "my")
        assert (await browser.get(f"/api/dev/applications/{mine['id']}"))["bots"][0]["id"] == own
        for verb, path in (("GET", ""), ("PATCH", ""), ("POST", "/reveal"), ("POST", "/secret"), ("POST", "/install")):
            with pytest.raises(RefusedError, match="404 not_found"):
                await browser.call(verb, f"/api/dev/applications/{application.id}{path}")
    async with browser_of(world, world.stranger) as browser:
        assert (await browser.get("/api/dev/applications"))["applications"] == []
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.get(f"/api/dev/applications/{mine['id']}")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"handlerUrl": "ftp://example.com/"}, "wrong_protocol"),
        ({"handlerUrl": "http://user@example.com/"}, "wrong_address"),
        ({"name": ""}, "malformed"),
        ({"name": "  "}, "malformed"),
        ({"name": "a\0"}, "malformed"),
        ({"name": ["a"]}, "malformed"),
        ({"scopes": []}, "malformed"),
        ({"scopes": ["nothing"]}, "unknown_scope"),
        ({"transport": "pigeon"}, "unknown_choice"),
    ],
)
async def test_bad_input_changes_nothing(world: World, change: dict[str, Any], refusal: str) -> None:
    application = await world.install()
    async with browser_of(world, world.alice) as browser:
        before = await browser.get("/api/dev/applications")
        for verb, path in (("POST", ""), ("PATCH", f"/{application.id}")):
            with pytest.raises(RefusedError, match=f"400 {refusal}"):
                await browser.call(verb, f"/api/dev/applications{path}", {**NEW, **change})
        assert await browser.get("/api/dev/applications") == before


def _registration() -> dict[str, Any]:
    return {
        "CODE": "my",
        "CLIENT_ID": "my",
        "EVENT_HANDLER": "http://127.0.0.1:9/bot",
        "PROPERTIES": {"NAME": "Mine"},
    }


def _basic(client_id: str, secret: str) -> str:
    import base64  # noqa: PLC0415 — here only

    return "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()


async def _status_of_pull(world: World, auth: str) -> int:
    address, headers = f"{world.url}/pull/events?wait=0", {"Authorization": auth}
    while True:
        async with world.session.get(address, headers=headers) as response:
            if response.status != HTTPStatus.SERVICE_UNAVAILABLE:  # changed a moment ago: its reader is to come again
                return response.status


async def _pull_now(tx: Any, application_id: int) -> None:
    from skvorets.core import applications  # noqa: PLC0415 — here only

    await applications.change_settings(tx, 0, application_id, applications.Settings(transport="pull"))
