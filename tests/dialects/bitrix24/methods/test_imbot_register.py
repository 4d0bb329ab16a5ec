"""``imbot.register``: the documented reply, each documented error in its order, effects, owners."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events import BotRegistered, MessageAdded
from skvorets.storage import bots, handlers, people
from skvorets.storage.database import Tx
from skvorets.storage.handlers import Handler
from skvorets.storage.people import Person
from support.bots import HANDLER, log, registration
from support.pictures import base64_of, picture
from support.world import Actor, World

PNG = base64_of(picture())


async def person(world: World, bot_id: int) -> Person:
    found = await world.app.store.read(people.find, bot_id)
    assert found is not None
    return found


async def bound(world: World) -> dict[str, str]:
    """Addresses by event of all applications."""

    async def every(tx: Tx) -> list[Handler]:
        return [one for number in range(1, 10) for one in await handlers.of_application(tx, number)]

    return {one.event: one.url for one in await world.app.store.read(every)}


async def owner(world: World, **more: Any) -> Actor:
    return await world.alice.through(await world.install(**more))


async def test_a_bot_becomes_a_person_whom_the_general_chat_hears_of(world: World) -> None:
    app = await owner(world)
    properties = {
        "NAME": " Echo ", "LAST_NAME": "Bot", "COLOR": "mint", "EMAIL": "echo@example.com",
        "PERSONAL_BIRTHDAY": "2016-03-11", "WORK_POSITION": "Best", "PERSONAL_WWW": "http://test.example.com",
        "PERSONAL_GENDER": "F", "PERSONAL_PHOTO": PNG,
    }  # fmt: skip
    answer = await app.ask("imbot.register", **registration(TYPE="B", PROPERTIES=properties))
    assert set(answer.body) == {"result", "time"}
    assert type(answer.result) is int
    bot = await person(world, answer.result)
    assert (bot.kind, bot.active, bot.name, bot.color, bot.email) == ("bot", 1, "Echo Bot", "MINT", "echo@example.com")
    assert (bot.birthday, bot.work_position, bot.www, bot.gender) == (
        "2016-03-11", "Best", "http://test.example.com", "F",
    )  # fmt: skip
    assert world.app.blobs.exists(bot.avatar)
    [event] = await world.events("bot.registered")
    assert isinstance(event, BotRegistered)
    assert event.bot_id == answer.result
    message = (await world.events("message.added"))[-1]
    assert isinstance(message, MessageAdded)
    assert f"[USER={answer.result}]Echo Bot[/USER]" in message.text
    assert (message.author_id, message.actor_id, message.calls_bots) == (0, world.alice.id, False)


async def test_wrong_looks_are_ignored_and_a_position_is_given(world: World) -> None:
    app = await owner(world)
    properties = {
        "LAST_NAME": "Echo", "COLOR": "BLACK", "PERSONAL_BIRTHDAY": "yesterday", "PERSONAL_GENDER": "X",
        "PERSONAL_WWW": "javascript:alert(1)", "PERSONAL_PHOTO": "/* base64 image */",
    }  # fmt: skip
    bot = await person(world, await app.call("imbot.register", **registration(PROPERTIES=properties)))
    assert (bot.name, bot.color, bot.birthday, bot.gender, bot.www, bot.avatar) == ("Echo", "", "", "", "", "")
    assert bot.work_position == "Чат-бот"


async def test_a_bot_has_no_login(world: World) -> None:
    app = await owner(world)
    bot_id = await app.call("imbot.register", **registration())

    async def logins(tx: Tx) -> object:
        return await tx.val("SELECT count(*) FROM logins WHERE person_id = $1", bot_id)

    assert await world.app.store.read(logins) == 0


@pytest.mark.parametrize(
    ("given", "events"),
    [
        ({}, {"ONIMBOTMESSAGEADD", "ONIMBOTJOINCHAT", "ONIMBOTDELETE"}),
        ({"TYPE": "H"}, {"ONIMBOTMESSAGEADD", "ONIMBOTJOINCHAT", "ONIMBOTDELETE"}),
        ({"TYPE": "?"}, {"ONIMBOTMESSAGEADD", "ONIMBOTJOINCHAT", "ONIMBOTDELETE"}),
        *(
            (
                more,
                {
                    "ONIMBOTMESSAGEADD", "ONIMBOTMESSAGEUPDATE", "ONIMBOTMESSAGEDELETE", "ONIMBOTJOINCHAT",
                    "ONIMBOTDELETE",
                },
            )
            for more in ({"TYPE": "S"}, {"TYPE": "O"}, {"OPENLINE": "Y"})
        ),
    ],
)  # fmt: skip
async def test_changes_are_bound_for_supervisors_and_lines_only(
    world: World, given: dict[str, str], events: set[str]
) -> None:
    await (await owner(world)).call("imbot.register", **registration(**given))
    assert await bound(world) == dict.fromkeys(events, HANDLER)


async def test_a_line_bot_serves_lines_and_is_not_announced(world: World) -> None:
    bot_id = await (await owner(world)).call("imbot.register", **registration(TYPE="O", OPENLINE="N"))
    bot = await world.app.store.read(bots.find, bot_id)
    assert bot is not None
    assert (bot.kind, bot.serves_lines) == ("line", 1)
    assert await world.events("message.added") == []


async def test_each_event_may_have_its_own_address(world: World) -> None:
    app = await owner(world)
    given = {
        "EVENT_MESSAGE_ADD": f"{HANDLER}/1",
        "EVENT_WELCOME_MESSAGE": f"{HANDLER}/2",
        "EVENT_BOT_DELETE": f"{HANDLER}/3",
    }
    await app.call("imbot.register", CODE="echo", PROPERTIES={"NAME": "Echo"}, **given)
    assert await bound(world) == {
        "ONIMBOTMESSAGEADD": f"{HANDLER}/1", "ONIMBOTJOINCHAT": f"{HANDLER}/2", "ONIMBOTDELETE": f"{HANDLER}/3",
    }  # fmt: skip


async def test_the_same_code_is_the_same_bot_and_moves_the_addresses(world: World) -> None:
    app = await owner(world)
    first = await app.call("imbot.register", **registration())
    again = registration(EVENT_HANDLER=f"{HANDLER}/new", PROPERTIES={"NAME": "Other"}, TYPE="S")
    assert await app.call("imbot.register", **again) == first
    assert (await person(world, first)).name == "Echo"
    assert await bound(world) == dict.fromkeys(
        ("ONIMBOTMESSAGEADD", "ONIMBOTJOINCHAT", "ONIMBOTDELETE"), f"{HANDLER}/new"
    )
    assert len(await world.events("bot.registered")) == 1
    second = await app.call("imbot.register", **registration("second"))
    assert second != first
    assert set((await bound(world)).values()) == {HANDLER}
    other = await owner(world, name="Other")
    assert await other.call("imbot.register", **registration()) != first


async def test_an_application_has_five_bots(world: World) -> None:
    app = await owner(world)
    first = [await app.call("imbot.register", **registration(f"bot{number}")) for number in range(5)]
    answer = await app.ask("imbot.register", **registration("bot5"))
    assert answer.refusal == (400, "MAX_COUNT_ERROR")
    assert answer.body["error_description"] == "Has reached the maximum number of bots for application (max: 5)"
    assert await app.call("imbot.register", **registration("bot4")) == first[4]
    await app.call("imbot.unregister", BOT_ID=first[0])
    assert await app.call("imbot.register", **registration("bot5")) not in first


@pytest.mark.parametrize(
    ("given", "code", "text"),
    [
        ({"EVENT_HANDLER": ""}, "EVENT_MESSAGE_ADD_ERROR", 'Handler for "Message add" event isn\'t specified'),
        ({"EVENT_HANDLER": "ftp://a.example.com"}, "EVENT_MESSAGE_ADD_ERROR", "Wrong handler URL"),
        ({"EVENT_HANDLER": {"a": "b"}}, "EVENT_MESSAGE_ADD_ERROR", "Wrong handler URL"),
        ({"EVENT_HANDLER": "http://a.example.com/" + "x" * 5000}, "EVENT_MESSAGE_ADD_ERROR", "Wrong handler URL"),
        ({"EVENT_MESSAGE_UPDATE": "nowhere"}, "EVENT_MESSAGE_UPDATE_ERROR", "Wrong handler URL"),
        ({"EVENT_MESSAGE_DELETE": "nowhere"}, "EVENT_MESSAGE_DELETE_ERROR", "Wrong handler URL"),
        ({"EVENT_WELCOME_MESSAGE": "nowhere"}, "EVENT_WELCOME_MESSAGE_ERROR", "Wrong handler URL"),
        ({"EVENT_BOT_DELETE": "nowhere"}, "EVENT_BOT_DELETE_ERROR", "Wrong handler URL"),
        (
            {"EVENT_HANDLER": "", "EVENT_MESSAGE_ADD": HANDLER},
            "EVENT_WELCOME_MESSAGE_ERROR",
            'Handler for "Welcome message" event isn\'t specified',
        ),
        (
            {"EVENT_HANDLER": "", "EVENT_MESSAGE_ADD": HANDLER, "EVENT_WELCOME_MESSAGE": HANDLER},
            "EVENT_BOT_DELETE_ERROR",
            'Handler for "Bot delete" event isn\'t specified',
        ),
        ({"CODE": " "}, "CODE_ERROR", "Bot code isn't specified"),
        ({"CODE": ["a"]}, "CODE_ERROR", "Bot code isn't specified"),
        ({"CODE": "x" * 256}, "WRONG_REQUEST", "Bot can't be created"),
        ({"PROPERTIES": ""}, "NAME_ERROR", "Bot name isn't specified"),
        ({"PROPERTIES": "Echo"}, "NAME_ERROR", "Bot name isn't specified"),
        ({"PROPERTIES": {"NAME": " ", "LAST_NAME": ""}}, "NAME_ERROR", "Bot name isn't specified"),
        ({"PROPERTIES": {"NAME": {"a": "b"}}}, "NAME_ERROR", "Bot name isn't specified"),
    ],
)
async def test_what_is_wrong_is_refused_and_changes_nothing(
    world: World, given: dict[str, object], code: str, text: str
) -> None:
    app = await owner(world)
    before = len(await log(world))
    answer = await app.ask("imbot.register", **{**registration(), **given})
    assert answer.refusal == (400, code)
    assert answer.body["error_description"] == text
    assert len(await log(world)) == before
    assert await bound(world) == {}


async def test_a_real_persons_mail_is_refused(world: World) -> None:
    await world.add("Dora", email="Dora@Example.com")
    app = await owner(world)
    given = registration(PROPERTIES={"NAME": "Echo", "EMAIL": "dora@example.com"})
    assert await app.refused("imbot.register", **given) == (400, "WRONG_REQUEST")


async def test_a_handler_is_missed_before_a_code_and_a_code_before_a_name(world: World) -> None:
    app = await owner(world)
    assert await app.refused("imbot.register") == (400, "EVENT_MESSAGE_ADD_ERROR")
    assert await app.refused("imbot.register", EVENT_HANDLER=HANDLER) == (400, "CODE_ERROR")
    assert await app.refused("imbot.register", EVENT_HANDLER=HANDLER, CODE="x") == (400, "NAME_ERROR")


async def test_a_webhook_needs_a_client_id_before_all(world: World) -> None:
    answer = await world.alice.ask("imbot.register")
    assert answer.refusal == (403, "ACCESS_DENIED")
    assert answer.body["error_description"] == "Access denied! Client ID not specified"
    assert await world.alice.refused("imbot.register", CLIENT_ID="x" * 256) == (403, "ACCESS_DENIED")
    assert await world.alice.refused("imbot.register", CLIENT_ID=["x"]) == (403, "ACCESS_DENIED")


async def test_webhooks_of_one_client_id_own_the_same_bots(world: World) -> None:
    first = await world.alice.call("imbot.register", **registration(CLIENT_ID="secret"))
    assert await world.bob.call("imbot.register", **registration(CLIENT_ID="secret")) == first
    assert await world.bob.call("imbot.register", **registration(CLIENT_ID="other")) != first


async def test_another_scope_does_not_do(world: World) -> None:
    webhook = await world.webhook(world.alice, "im")
    assert await webhook.refused("imbot.register", **registration()) == (403, "insufficient_scope")
