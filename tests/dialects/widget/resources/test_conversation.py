"""The end of a conversation, and one that begins while nobody is there."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.lines import finishing
from skvorets.core.lines.settings import WorkingHours
from skvorets.storage import line_sessions
from skvorets.storage.database import Tx
from support.lines import line_of, session_of
from support.widgets import Refused, Window, client_of, window_of
from support.world import World


async def finish(window: Window) -> None:
    """Let alice finish the conversation."""
    world, chat_id = window.world, (await client_of(window)).chat_id

    async def unit(tx: Tx) -> None:
        session = await line_sessions.newest_of_chat(tx, chat_id)
        assert session is not None
        await finishing.finish_session(tx, world.alice.person, session)

    await world.unit(unit)


async def served(world: World, **settings: Any) -> Window:
    """Give a visitor whom alice has answered."""
    window = await window_of(world, await line_of(world, [world.alice], **settings))
    await window.say("Good day")
    chat_id = (await client_of(window)).chat_id
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Hello")
    return window


async def test_who_is_asked_rates(world: World) -> None:
    window = await served(world)
    await finish(window)
    line = window.line.code if window.line else ""
    asked = (await window.post("hello", line=line))["session"]
    assert (asked["status"], asked["asksRating"], asked["vote"]) == ("rating", True, 0)

    session = await window.post("rating", vote=4, comment="Quick")

    assert session["id"] == asked["id"]
    assert (session["asksRating"], session["vote"]) == (False, 4)
    stored = await session_of(world, (await client_of(window)).chat_id)
    assert (stored.vote, stored.vote_comment) == (4, "Quick")


async def test_who_is_not_asked_does_not_rate(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    with pytest.raises(Refused, match="409"):
        await window.post("rating", vote=5)


async def test_a_new_message_begins_anew_after_the_end(world: World) -> None:
    window = await served(world, asks_rating=False)
    await finish(window)
    line = window.line.code if window.line else ""
    first = (await window.post("hello", line=line))["session"]
    assert first["status"] == "closed"

    await window.say("One more thing")

    second = (await window.post("hello", line=line))["session"]
    assert second["id"] > first["id"]
    assert second["status"] == "waiting"


async def test_outside_working_hours_a_letter_is_left(world: World) -> None:
    hours = WorkingHours(is_on=True, days=[], away_text="We are away.")
    window = await window_of(world, await line_of(world, [world.alice], working_hours=hours))

    message = await window.post("offline", name="Ivan", email="i@shop.example", text="Call me", clientId="c")
    again = await window.post("offline", name="Ivan", email="i@shop.example", text="Call me", clientId="c")

    assert (message["author"], message["text"], message["clientId"]) == ("me", "Call me", "c")
    assert again == message
    assert "Call me" in await window.texts()
    visitor = (await window.post("hello", line=window.line.code if window.line else ""))["visitor"]
    assert (visitor["name"], visitor["email"]) == ("Ivan", "i@shop.example")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"name": " ", "email": "i@shop.example", "text": "T"}, "400 empty_name"),
        ({"name": "Ivan", "email": "nobody", "text": "T"}, "400 wrong_email"),
        ({"name": "Ivan", "email": "i@shop.example", "text": " "}, "400 empty_message"),
    ],
)
async def test_half_a_letter_is_refused(world: World, given: dict[str, Any], refusal: str) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    with pytest.raises(Refused, match=refusal):
        await window.post("offline", **given)

    assert await window.texts() == []
    assert (await window.post("hello", line=window.line.code if window.line else ""))["visitor"]["name"] == ""
