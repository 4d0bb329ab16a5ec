"""The npm package megaplanjs 1.0.3, unchanged, in Node: logging in, messages, employees."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core import access_pairs
from skvorets.core.logins import Admission
from support.js_programs import js_programs, run_js
from support.megaplan import PASSWORD, open_account
from support.world import World

pytestmark = pytest.mark.clients


async def test_megaplanjs_logs_in_and_works_with_messages(world: World) -> None:
    login, other_login = await open_account(world, world.alice), await open_account(world, world.bob)
    got = await run_js(
        js_programs() / "megaplan.mjs",
        PORT=str(world.app.port),
        LOGIN=login,
        OTHER_LOGIN=other_login,
        PASSWORD=PASSWORD,
        OTHER_ID=str(world.bob.id),
        ONE_TIME_KEY=await world.unit(access_pairs.make_key, Admission(world.alice.person)),
    )
    sent = got["sent"]
    assert (sent["subject"], sent["content"], sent["folder"]) == ("Обед", "Привет, всем!", "outgoing")
    assert [one["name"] for one in entries(sent["attaches"])] == ["Отчёт.txt"]
    (incoming,) = entries(got["incoming"])
    assert (incoming["id"], incoming["is_unread"], incoming["author"]["id"]) == (sent["id"], True, world.alice.id)
    assert (got["card"]["id"], got["card"]["content"]) == (sent["id"], "Привет, всем!")
    assert (got["answer"]["subject"], got["answer"]["reply"]) == ("Re: Обед", sent["id"])
    assert got["gone"] == {"id": sent["id"]}
    assert [one["id"] for one in entries(got["deleted"])] == [sent["id"]]
    assert [one["id"] for one in entries(got["outgoing"])] == [sent["id"]]
    assert got["refusal"]["error"] == {"code": "error", "message": "Message not found"}
    assert got["wrong"]["error"] == {"code": "error", "message": "Wrong login or password"}
    assert {one["first_name"] for one in entries(got["employees"]["employees"])} >= {"Alice", "Bob", "Carol"}
    assert got["datetime"]
    shown = await world.bob.call("im.dialog.messages.get", DIALOG_ID=world.alice.id)
    assert [one["text"] for one in shown["messages"]] == ["И тебе", "Привет, всем!"]


def entries(value: Any) -> list[Any]:
    """Give the entries of a list, which the package turns into an object keyed by index."""
    return list(value.values()) if isinstance(value, dict) else value
