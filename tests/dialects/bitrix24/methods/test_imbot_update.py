"""``imbot.update``: what is given changes, what is wrong changes nothing."""

from __future__ import annotations

import json

import pytest

from skvorets.core.events import PersonChanged
from skvorets.core.events_people import PersonUpdated
from skvorets.storage import bots, handlers, people
from support.bots import HANDLER, log, new_events, registration, robot
from support.world import World


async def test_looks_code_and_addresses_change(world: World) -> None:
    bot = await robot(world)
    known = len(await log(world))
    fields = {
        "CODE": "renamed", "EVENT_HANDLER": f"{HANDLER}/new", "TYPE": "S", "OPENLINE": "Y",
        "PROPERTIES": {"NAME": "Updated", "COLOR": "MINT", "WORK_POSITION": "Second"},
    }  # fmt: skip
    answer = await bot.owner.ask("imbot.update", BOT_ID=bot.id, FIELDS=fields)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    person = await world.app.store.read(people.find, bot.id)
    assert person is not None
    assert (person.name, person.color, person.work_position) == ("Updated", "MINT", "Second")
    found = await world.app.store.read(bots.find, bot.id)
    assert found is not None
    assert (found.code, found.kind, found.serves_lines) == ("renamed", "ordinary", 0)
    for event in ("ONIMBOTMESSAGEADD", "ONIMBOTMESSAGEUPDATE", "ONIMBOTMESSAGEDELETE", "ONIMBOTDELETE"):
        [handler] = await world.app.store.read(handlers.for_event, event)
        assert handler.url == f"{HANDLER}/new"
    changed, updated = await new_events(world, known)
    assert changed == PersonChanged(subject_id=bot.id)
    assert isinstance(updated, PersonUpdated)
    assert updated.subject_id == bot.id


async def test_what_is_not_given_stays(world: World) -> None:
    bot = await robot(world, PROPERTIES={"NAME": "Echo", "LAST_NAME": "Bot", "EMAIL": "echo@example.com"})
    await bot.call("imbot.update", FIELDS=json.dumps({"PROPERTIES": {"LAST_NAME": ""}}))
    person = await world.app.store.read(people.find, bot.id)
    assert person is not None
    assert (person.name, person.email) == ("Echo", "echo@example.com")
    [handler] = await world.app.store.read(handlers.for_event, "ONIMBOTMESSAGEADD")
    assert handler.url == HANDLER


@pytest.mark.parametrize(
    ("fields", "code", "text"),
    [
        (None, "WRONG_REQUEST", "Update fields can't be empty"),
        ("", "WRONG_REQUEST", "Update fields can't be empty"),
        ("abc", "WRONG_REQUEST", "Update fields can't be empty"),
        ([1], "WRONG_REQUEST", "Update fields can't be empty"),
        ({"TYPE": "S"}, "WRONG_REQUEST", "Update fields can't be empty"),
        ({"CODE": ""}, "WRONG_REQUEST", "Bot can't be updated"),
        ({"CODE": {"a": 1}}, "WRONG_REQUEST", "Bot can't be updated"),
        ({"CODE": "other"}, "WRONG_REQUEST", "Bot can't be updated"),
        ({"PROPERTIES": {"EMAIL": "dora@example.com"}}, "WRONG_REQUEST", "Bot can't be updated"),
        ({"PROPERTIES": {"NAME": "", "LAST_NAME": ""}}, "NAME_ERROR", "Bot name isn't specified"),
        ({"PROPERTIES": {"NAME": ["x"]}}, "NAME_ERROR", "Bot name isn't specified"),
        ({"EVENT_HANDLER": "nowhere"}, "EVENT_MESSAGE_ADD_ERROR", "Wrong handler URL"),
        ({"EVENT_MESSAGE_UPDATE": "nowhere"}, "EVENT_MESSAGE_UPDATE_ERROR", "Wrong handler URL"),
        ({"EVENT_MESSAGE_DELETE": "nowhere"}, "EVENT_MESSAGE_DELETE_ERROR", "Wrong handler URL"),
        ({"EVENT_WELCOME_MESSAGE": "nowhere"}, "EVENT_WELCOME_MESSAGE_ERROR", "Wrong handler URL"),
        ({"EVENT_BOT_DELETE": "nowhere"}, "EVENT_BOT_DELETE_ERROR", "Wrong handler URL"),
    ],
)
async def test_what_is_wrong_is_refused_and_changes_nothing(world: World, fields: object, code: str, text: str) -> None:
    await world.add("Dora", email="dora@example.com")
    bot = await robot(world)
    await bot.owner.call("imbot.register", **registration("other"))
    known = len(await log(world))
    answer = await bot.owner.ask("imbot.update", BOT_ID=bot.id, FIELDS=fields)
    assert answer.refusal == (400, code)
    assert answer.body["error_description"] == text
    assert len(await log(world)) == known
    found = await world.app.store.read(bots.find, bot.id)
    assert found is not None
    assert found.code == "echo"


async def test_only_the_owner_may(world: World) -> None:
    bot = await robot(world)
    stranger = await world.alice.through(await world.install(name="Stranger"))
    fields = {"PROPERTIES": {"NAME": "Stolen"}}
    assert await stranger.refused("imbot.update", BOT_ID=bot.id, FIELDS=fields) == (400, "APP_ID_ERROR")
    assert await bot.owner.refused("imbot.update", FIELDS=fields) == (400, "BOT_ID_ERROR")
    assert await world.alice.refused("imbot.update", BOT_ID=bot.id, FIELDS=fields) == (403, "ACCESS_DENIED")


async def test_the_client_id_may_stand_in_fields(world: World) -> None:
    bot_id = await world.alice.call("imbot.register", **registration(CLIENT_ID="mine"))
    fields = {"PROPERTIES": {"NAME": "Updated"}, "CLIENT_ID": "mine"}
    assert await world.alice.call("imbot.update", BOT_ID=bot_id, FIELDS=fields) is True
    assert await world.alice.call("imbot.update", BOT_ID=bot_id, FIELDS=json.dumps(fields)) is True
