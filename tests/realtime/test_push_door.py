"""The door of push: tickets, credentials, foreign pages, malformed requests."""

from __future__ import annotations

import msgspec
import pytest

from skvorets.realtime import door, tickets
from support.push import Push, listen, refusal_of, say, ticket_of, until_gone
from support.world import World


async def test_a_ticket_is_good_once(world: World) -> None:
    ticket = await ticket_of(world.bob)
    async with Push(world, ticket):
        assert await refusal_of(world, f"?ticket={ticket}") == (401, "not_recognised")


async def test_a_ticket_is_good_for_half_a_minute(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tickets.TICKET_S == 30
    monkeypatch.setattr(tickets, "TICKET_S", -1)
    ticket = await ticket_of(world.bob)
    assert await refusal_of(world, f"?ticket={ticket}") == (401, "not_recognised")


async def test_a_ticket_that_we_did_not_write_opens_nothing(world: World) -> None:
    ticket = await ticket_of(world.bob)
    forged = ticket[:8] + ("A" if ticket[8] != "A" else "B") + ticket[9:]
    for wrong in (forged, "", "x", "%D1%8F" * len(ticket), ticket + "A", "A" * 10_000 + ticket[:4]):
        assert await refusal_of(world, f"?ticket={wrong[:4000]}") == (401, "not_recognised")
    assert await refusal_of(world, "") == (401, "not_recognised")


async def test_a_token_opens_the_door_as_well(world: World) -> None:
    application = await world.install()
    chat_id = await world.chat(world.alice, world.bob)
    async with await listen(await world.bob.through(application)) as bob:
        await say(world.alice, chat_id, "by token")
        await bob.texts("by token")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"auth":5}',
        b'{"auth":{"a":1}}',
        b'{"auth":"a","webhook":"b"}',
        b'{"auth":"' + b"a" * 5000 + b'"}',
        b"[" * 4000,
    ],
)
async def test_a_malformed_request_for_a_ticket_is_refused(world: World, body: bytes) -> None:
    answer = await world.post("/push/ticket", body, "application/json")
    assert (answer.status, answer.body) == (400, {"error": "malformed"})


async def test_unknown_credentials_get_no_ticket(world: World) -> None:
    narrow = await world.webhook(world.bob, "task")
    for shown in (
        {"auth": "no such token"},
        {"webhook": "1/secret"},
        {"webhook": "nonsense"},
        {"webhook": narrow.path.removeprefix("/rest/").rstrip("/")},  # may not read messages
    ):
        answer = await world.post("/push/ticket", msgspec.json.encode(shown), "application/json")
        assert (answer.status, answer.body) == (401, {"error": "not_recognised"})


async def test_wrong_doors_are_refused(world: World) -> None:
    assert (await world.get("/push/ticket")).status == 405
    assert (await world.post("/push/ws")).status == 405
    assert (await world.get("/push/elsewhere")).status == 404
    ticket = await ticket_of(world.bob)
    plain = await world.get(f"/push/ws?ticket={ticket}")
    assert (plain.status, plain.body) == (400, {"error": "not_a_websocket"})
    async with Push(world, ticket):  # and the ticket is still good
        pass


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1.evil.example", "null", "http://[", "127.0.0.1"]
)
async def test_a_page_of_another_site_cannot_connect(world: World, origin: str) -> None:
    ticket = await ticket_of(world.bob)
    assert await refusal_of(world, f"?ticket={ticket}", Origin=origin) == (403, "foreign_origin")


async def test_our_own_page_can_connect(world: World) -> None:
    async with await listen(world.bob, Origin=world.config.base_url):
        pass


async def test_one_person_has_a_bounded_number_of_sockets(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MAX_SOCKETS", 2)
    async with await listen(world.bob), await listen(world.bob), await listen(world.alice):
        assert await refusal_of(world, f"?ticket={await ticket_of(world.bob)}") == (429, "too_many_sockets")
    await until_gone(world)
    async with await listen(world.bob):
        pass
