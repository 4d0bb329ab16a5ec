"""What applications are told of their own life, and of their bots' end: spec bitrix24-events §5.6, §5.7."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qsl

from skvorets.core import applications
from skvorets.core.applications import ApplicationUpdate
from skvorets.core.tokens import application_token
from skvorets.storage import applications as rows
from skvorets.storage.database import Tx
from support.handlers import Handlers, Received
from support.wire_events import bot_of, check_auth
from support.world import Actor, World

MINIMAL_KEYS = {"domain", "member_id", "application_token"}
ENDPOINT_KEYS = {"server_endpoint", "client_endpoint"}


async def test_an_installed_application_gets_its_tokens_at_the_installation_address(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/install")

    await world.install(install_url=script.url, handler_url=handlers.at("/app").url)

    form = (await script.next()).form
    assert list(form) == ["event", "event_handler_id", "data", "ts", "auth"]
    assert (form["event"], form["event_handler_id"]) == ("ONAPPINSTALL", "0")
    assert form["data"] == {"VERSION": "1", "ACTIVE": "Y", "INSTALLED": "Y", "LANGUAGE_ID": "ru"}
    check_auth(world, form["auth"], world.alice.id)
    assert not handlers.at("/app").requests
    admin = Actor(world, world.alice.person, "/rest/", form["auth"]["access_token"])
    assert (await admin.call("app.info"))["INSTALLED"] is True


async def test_an_update_is_told_with_both_versions(world: World, handlers: Handlers) -> None:
    script = handlers.at("/install")
    application = await world.install(install_url=script.url)
    await script.next()

    await world.unit(applications.update_application, world.alice.person, application.id, ApplicationUpdate(name="New"))

    form = (await script.next()).form
    assert form["event"] == "ONAPPUPDATE"
    assert form["data"] == {"LANGUAGE_ID": "ru", "VERSION": "2", "PREVIOUS_VERSION": "1"}
    check_auth(world, form["auth"], world.alice.id)


async def test_uninstalling_is_told_without_tokens_and_for_each_bot(world: World, handlers: Handlers) -> None:
    script, bots = handlers.at("/install"), handlers.at("/bots")
    application = await world.install(install_url=script.url)
    await script.next()
    one = await bot_of(world, application, bots, "one")
    two = await bot_of(world, application, bots, "two")

    await world.unit(applications.uninstall_application, world.alice.person, application.id)

    form = (await script.next()).form
    assert form["event"] == "ONAPPUNINSTALL"
    assert form["data"] == {"LANGUAGE_ID": "ru", "CLEAN": "1"}
    assert set(form["auth"]) == MINIMAL_KEYS | ENDPOINT_KEYS
    portal = world.app.store.portal
    assert form["auth"]["application_token"] == application_token(portal, application.id, application.installation)
    told = [received.form for received in await bots.take(2)]
    assert [(each["event"], each["data"]) for each in told] == [
        ("ONIMBOTDELETE", {"BOT_ID": str(one.id), "BOT_CODE": "one"}),
        ("ONIMBOTDELETE", {"BOT_ID": str(two.id), "BOT_CODE": "two"}),
    ]
    assert all(set(each["auth"]) == MINIMAL_KEYS for each in told)


async def test_a_removed_bot_is_told_once_though_its_handler_removes_it_again(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await bot_of(world, await world.install(name="Robots"), script, "echo")
    refusals: list[Any] = []

    async def remove_again(received: Received) -> None:
        refusals.append(await bot.refused("imbot.unregister"))

    script.react = remove_again
    await bot.call("imbot.unregister")

    form = (await script.next()).form
    assert form["event"] == "ONIMBOTDELETE"
    assert form["data"] == {"BOT_ID": str(bot.id), "BOT_CODE": "echo"}
    check_auth(world, form["auth"], world.alice.id, has_refresh=False)
    await world.app.delivery.stop()
    assert [code for _, code in refusals] == ["BOT_ID_ERROR"]
    assert not script.untaken
    await world.app.delivery.start()


async def test_a_test_event_comes_to_the_bound_handler_with_its_query(world: World, handlers: Handlers) -> None:
    script = handlers.at("/app")
    alice = await world.alice.through(await world.install())
    await alice.call("event.bind", EVENT="OnAppTest", HANDLER=script.url)

    await alice.call("event.test", any="thing", nested={"a": [1, 2]})

    form = (await script.next()).form
    assert form["event"] == "ONAPPTEST"
    assert int(form["event_handler_id"]) > 0
    query = {key.lower(): value for key, value in form["data"]["QUERY"].items()}
    assert query == {"any": "thing", "nested": {"a": ["1", "2"]}}
    check_auth(world, form["auth"], world.alice.id)


async def test_a_handler_with_auth_type_acts_for_that_person(world: World, handlers: Handlers) -> None:
    bots, bound = handlers.at("/bots"), handlers.at("/bound")
    application = await world.install(name="Robots")
    bot = await bot_of(world, application, bots, "echo")
    await bot.owner.call("event.bind", EVENT="ONIMBOTMESSAGEADD", HANDLER=bound.url, AUTH_TYPE=world.carol.id)

    await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="hello")

    form = (await bound.next()).form
    assert form["event"] == "ONIMBOTMESSAGEADD"
    check_auth(world, form["auth"], world.carol.id)
    joined, message = await bots.take(2)
    assert (joined.event, message.event) == ("ONIMBOTJOINCHAT", "ONIMBOTMESSAGEADD")
    check_auth(world, message.form["auth"], world.bob.id)


async def test_an_application_that_is_not_installed_or_switched_off_is_told_nothing(
    world: World, handlers: Handlers
) -> None:
    script, witness = handlers.at("/bot"), handlers.at("/witness")
    application = await world.install(name="Robots")
    bot = await bot_of(world, application, script, "echo")
    other = await bot_of(world, await world.install(name="Witness"), witness, "witness")
    for values in ({"installed": 0}, {"installed": 1, "active": 0}):
        await world.unit(_change, application.id, values)
        await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="anybody there?")
    await world.bob.call("im.message.add", DIALOG_ID=other.id, MESSAGE="and you?")
    await witness.take(2)
    await asyncio.sleep(0)
    assert not script.requests


async def test_bots_of_webhooks_are_told_apart_by_the_query_and_get_no_tokens(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot_id = await world.alice.call(
        "imbot.register",
        CODE="hook",
        CLIENT_ID="my bot/1",
        EVENT_HANDLER=f"{script.url}?x=1",
        PROPERTIES={"NAME": "Hook"},
    )

    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="hello")

    received = (await script.take(2))[1]
    assert parse_qsl(received.path.partition("?")[2]) == [("x", "1"), ("CLIENT_ID", "my bot/1")]
    form = received.form
    assert set(form["auth"]) == MINIMAL_KEYS | ENDPOINT_KEYS
    assert form["auth"]["domain"] == world.app.config.domain
    entry = form["data"]["BOT"][str(bot_id)]
    assert entry["AUTH"] == {
        "domain": world.app.config.domain,
        "member_id": world.app.store.portal.member_id,
        "client_id": "my bot/1",
        "application_token": form["auth"]["application_token"],
    }
    assert set(entry) == {"domain", "member_id", "client_id", "application_token", "AUTH", "BOT_ID", "BOT_CODE"}


async def _change(tx: Tx, application_id: int, values: dict[str, int]) -> None:
    await rows.change(tx, application_id, **values)
