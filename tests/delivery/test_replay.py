"""Dead letters are kept and can be sent again: one, a range, all of a handler."""

from __future__ import annotations

from skvorets.storage.applications import Application
from support.deliveries import restart, until
from support.handlers import Handlers, HandlerScript
from support.wire_events import bot_of, group
from support.world import World

DEAD_LETTERS = 4


async def _dead_letters(world: World, script: HandlerScript) -> Application:
    """Let messages 2..5 of a dialog die; the joining, which is delivery 1, arrives."""
    application = await world.install(name="Robots")
    bot = await bot_of(world, application, script, "echo", TYPE="S")
    chat_id = await group(world.bob, bot.id)
    await script.next()
    script.answer(*[500] * DEAD_LETTERS)
    for number in range(DEAD_LETTERS):
        await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"lost {number}")
    await script.take(DEAD_LETTERS)
    found = await until(world, lambda rows: len(rows) == 1 + DEAD_LETTERS and all(one.finished_at for one in rows))
    assert [one.state for one in found] == ["delivered", *["dead"] * DEAD_LETTERS]
    return application


def _text(received: object) -> str:
    return str(received.form["data"]["PARAMS"]["MESSAGE"])  # type: ignore[attr-defined]


async def test_one_dead_letter_is_sent_again_under_its_id_with_the_next_number(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    await _dead_letters(world, script)
    before = script.requests[2]

    assert await world.app.delivery.replay_one(3)

    again = await script.next()
    assert again.header("webhook-id") == before.header("webhook-id")
    assert again.header("webhook-attempt") == "2"
    assert _text(again) == _text(before) == "lost 1"
    assert again.form["auth"]["access_token"] != before.form["auth"]["access_token"]
    found = await until(world, lambda rows: all(one.finished_at for one in rows))
    assert [one.state for one in found] == ["delivered", "dead", "delivered", "dead", "dead"]
    assert not await world.app.delivery.replay_one(999)


async def test_a_range_is_sent_again_in_order(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    application = await _dead_letters(world, script)

    assert await world.app.delivery.replay_range(application.id, 3, 4) == 2

    assert [_text(one) for one in await script.take(2)] == ["lost 1", "lost 2"]
    await until(world, lambda rows: [one.state for one in rows].count("dead") == 2)


async def test_all_dead_letters_of_a_handler_are_sent_again_also_after_a_restart(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    application = await _dead_letters(world, script)
    await restart(world)

    assert await world.app.delivery.replay_handler(application.id, "http://127.0.0.1/another") == 0
    assert await world.app.delivery.replay_handler(application.id, script.url) == DEAD_LETTERS

    assert [_text(one) for one in await script.take(DEAD_LETTERS)] == [f"lost {n}" for n in range(DEAD_LETTERS)]
    await until(world, lambda rows: all(one.state == "delivered" for one in rows))
