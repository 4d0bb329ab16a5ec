"""``event.bind``: each rule of the documentation, each error."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from skvorets.core.addresses import MAX_URL_BYTES
from support.world import World
from support.world import test_config as config_for

URL = "https://bot.example.com/handler"


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[World]:
    """Give a server that refuses handlers on its own machine, as a real one does."""
    opened = World(config_for(tmp_path, "", allow_private_handlers=False))
    await opened.open()
    yield opened
    await opened.close()


async def test_an_administrator_binds_for_whoever_causes_the_event(world: World) -> None:
    actor = await world.alice.through(await world.install())
    assert await actor.call("event.bind", EVENT="onAppTest", HANDLER=URL) is True
    assert await actor.call("event.bind", EVENT="ONAPPTEST", HANDLER=URL, AUTH_TYPE=world.bob.id) is True
    assert await actor.call("event.get") == [
        {"event": "ONAPPTEST", "handler": URL, "auth_type": "0", "offline": 0},
        {"event": "ONAPPTEST", "handler": URL, "auth_type": str(world.bob.id), "offline": 0},
    ]


async def test_another_binds_for_himself(world: World) -> None:
    actor = await world.bob.through(await world.install())
    assert await actor.call("event.bind", EVENT="ONAPPTEST", HANDLER=URL) is True
    [handler] = await actor.call("event.get")
    assert handler["auth_type"] == str(world.bob.id)
    answer = await actor.ask("event.bind", EVENT="ONAPPTEST", HANDLER=URL, AUTH_TYPE=world.carol.id)
    assert answer == (
        403,
        {
            "error": "ACCESS_DENIED",
            "error_description": "Access denied! Event binding with AUTH_TYPE requires administrator access rights",
        },
    )
    answer = await actor.ask("event.bind", EVENT="ONAPPTEST", EVENT_TYPE="offline")
    assert answer == (
        403,
        {
            "error": "ACCESS_DENIED",
            "error_description": "Access denied! Offline events binding requires administrator access rights",
        },
    )


async def test_the_longest_address_is_kept_and_a_longer_one_is_refused(world: World) -> None:
    actor = await world.alice.through(await world.install())
    start = f"{URL}?"
    # Random: what repeats itself would be stored packed and always fit.
    longest = start + secrets.token_hex(MAX_URL_BYTES)[: MAX_URL_BYTES - len(start)]
    assert await actor.call("event.bind", EVENT="ONAPPTEST", HANDLER=longest) is True
    assert (await actor.call("event.get"))[0]["handler"] == longest
    assert (await actor.refused("event.bind", EVENT="ONAPPTEST", HANDLER=longest + "0"))[0] == 400
    assert (await actor.refused("event.bind", EVENT="ONAPPTEST", HANDLER=start + "я" * (MAX_URL_BYTES // 2)))[0] == 400


async def test_the_same_binding_twice_is_refused(world: World) -> None:
    actor = await world.alice.through(await world.install())
    await actor.call("event.bind", EVENT="ONAPPTEST", HANDLER=URL)
    answer = await actor.ask("event.bind", EVENT="onapptest", HANDLER=URL)
    assert answer == (
        400,
        {
            "error": "ERROR_CORE",
            "error_description": "Unable to set event handler: Handler already binded",
        },
    )


async def test_an_offline_binding_needs_no_address(world: World) -> None:
    actor = await world.alice.through(await world.install())
    await actor.call("event.bind", EVENT="ONAPPTEST", EVENT_TYPE="offline", AUTH_CONNECTOR="crm")
    assert await actor.call("event.get") == [{"event": "ONAPPTEST", "connector_id": "crm", "offline": 1}]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"HANDLER": URL}, "ERROR_ARGUMENT"),
        ({"EVENT": "ONAPPTEST"}, "ERROR_ARGUMENT"),
        ({"EVENT": ["ONAPPTEST"], "HANDLER": URL}, "ERROR_ARGUMENT"),
        ({"EVENT": "ONCRMLEADADD", "HANDLER": URL}, "ERROR_EVENT_NOT_FOUND"),
        ({"EVENT": "ONIMBOTMESSAGEADD", "HANDLER": URL}, "ERROR_EVENT_NOT_FOUND"),
        ({"EVENT": "ONAPPTEST", "HANDLER": "ftp://bot.example.com/"}, "ERROR_UNSUPPORTED_PROTOCOL"),
        ({"EVENT": "ONAPPTEST", "HANDLER": "nonsense"}, "ERROR_UNSUPPORTED_PROTOCOL"),
        ({"EVENT": "ONAPPTEST", "HANDLER": "https://"}, "ERROR_WRONG_HANDLER_URL"),
        ({"EVENT": "ONAPPTEST", "HANDLER": "https://x.y/" + "x" * 5000}, "ERROR_WRONG_HANDLER_URL"),
        ({"EVENT": "ONAPPTEST", "HANDLER": "http://localhost/"}, "ERROR_WRONG_HANDLER_URL"),
        ({"EVENT": "ONAPPTEST", "HANDLER": "http://127.0.0.1:5000/"}, "ERROR_WRONG_HANDLER_URL"),
        ({"EVENT": "ONAPPTEST", "HANDLER": URL, "OPTIONS": {"a": "x" * 5000}}, "ERROR_ARGUMENT"),
    ],
)
async def test_bad_bindings_are_refused_and_nothing_is_bound(
    strict: World, params: dict[str, object], code: str
) -> None:
    actor = await strict.alice.through(await strict.install(scopes=("im",)))
    assert await actor.refused("event.bind", **params) == (400, code)
    assert await actor.call("event.get") == []


async def test_a_webhook_cannot_bind(world: World) -> None:
    assert await world.alice.refused("event.bind", EVENT="ONAPPTEST", HANDLER=URL) == (403, "WRONG_AUTH_TYPE")
