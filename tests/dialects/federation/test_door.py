"""``/network/v1/``: what is refused, whoever asks. What works: ``tests/federation/test_two_servers.py``."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from skvorets.core.lines import network_signing
from skvorets.dialects.federation.door import MAX_BODY
from skvorets.storage import network_peers
from skvorets.storage.database import Tx
from skvorets.storage.network_peers import Peer
from support.networks import free_port, open_line, server_at
from support.world import Answer, World

OTHER = "https://other.example"
SECRET = "ab" * 32
CODE = "a" * 32
GOOD: dict[str, Any] = {
    "id": "1",
    "kind": "add",
    "to": "line",
    "code": CODE,
    "dialog": 5,
    "messageId": 7,
    "text": "Hello",
}


async def _peer(world: World) -> None:
    await world.unit(_put, Peer(OTHER, SECRET, "", 0))


async def _put(tx: Tx, peer: Peer) -> None:
    await network_peers.put(tx, peer)


async def _signed(world: World, path: str, body: bytes, **changed: str) -> Answer:
    headers = network_signing.headers_for(SECRET, OTHER, path, body, int(time.time()))
    return await world.post(path, body, "application/json", **{**headers, **changed})


async def _log_length(tx: Tx) -> int:
    return int(await tx.val("SELECT count(*) FROM events"))


@pytest.mark.parametrize(
    "changed",
    [
        *({"kind": "other"}, {"kind": None}, {"to": "x"}, {"code": "x"}, {"code": CODE + "b"}, {"dialog": 0}),
        *({"dialog": -1}, {"dialog": 2**63}, {"dialog": "5"}, {"dialog": 1.5}, {"messageId": -1}, {"messageId": []}),
        *({"text": 5}, {"text": "x" * 20_001}, {"text": "a\0b"}, {"files": {}}, {"files": [{}]}, {"params": []}),
        *({"files": [{"name": "a", "size": 1, "url": "x"}] * 21}, {"writer": {"gender": "X"}}, {"id": ""}, {"id": 5}),
    ],
)
async def test_what_is_not_as_documented_is_refused_and_changes_nothing(world: World, changed: dict[str, Any]) -> None:
    await _peer(world)
    before = await world.app.store.read(_log_length)
    answer = await _signed(world, "/network/v1/events", json.dumps({**GOOD, **changed}).encode())
    assert (answer.status, answer.body["error"]["code"]) == (400, "malformed")
    assert await world.app.store.read(_log_length) == before


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"a":' * 20_000])
async def test_what_is_no_json_is_refused(world: World, body: bytes) -> None:
    await _peer(world)
    for path in ("events", "line"):
        assert (await _signed(world, f"/network/v1/{path}", body)).status == 400
    for path in ("pair", "confirm"):
        assert (await world.post(f"/network/v1/{path}", body, "application/json")).status == 400


async def test_a_body_that_is_too_large_is_refused(world: World) -> None:
    await _peer(world)
    answer = await _signed(world, "/network/v1/events", b" " * (MAX_BODY + 1))
    assert (answer.status, answer.body["error"]["code"]) == (413, "too_large")


async def test_a_line_that_is_not_open_does_not_exist(world: World) -> None:
    await _peer(world)
    answer = await _signed(world, "/network/v1/events", json.dumps(GOOD).encode())
    assert (answer.status, answer.body["error"]["code"]) == (404, "no_such_line")
    answer = await _signed(world, "/network/v1/line", json.dumps({"code": CODE}).encode())
    assert answer.status == 404


async def test_the_card_of_a_line_is_given_to_servers_that_sign(world: World) -> None:
    await _peer(world)
    line = await open_line(world, [world.alice], name="Acme")
    body = json.dumps({"code": line.code}).encode()
    answer = await _signed(world, "/network/v1/line", body)
    assert (answer.status, answer.body) == (200, {"code": line.code, "name": "Acme", "description": "", "avatar": ""})
    assert (await world.post("/network/v1/line", body, "application/json")).status == 401


@pytest.mark.parametrize(
    "changed",
    [
        *({"Network-Server": ""}, {"Network-Server": "https://Other.example"}, {"Network-Server": "other.example"}),
        *({"Network-Timestamp": ""}, {"Network-Timestamp": "x"}, {"Network-Timestamp": "9" * 12}),
        *({"Network-Nonce": ""}, {"Network-Nonce": "short"}, {"Network-Nonce": "n" * 65}),
        *({"Network-Signature": ""}, {"Network-Signature": "v1="}, {"Network-Signature": "v2=" + "a" * 64}),
    ],
)
async def test_nothing_of_a_signature_may_be_changed(world: World, changed: dict[str, str]) -> None:
    await _peer(world)
    answer = await _signed(world, "/network/v1/line", json.dumps({"code": CODE}).encode(), **changed)
    assert (answer.status, answer.body["error"]["code"]) == (401, "wrong_signature")


async def test_a_signature_is_for_one_path(world: World) -> None:
    await _peer(world)
    body = json.dumps(GOOD).encode()
    headers = network_signing.headers_for(SECRET, OTHER, "/network/v1/line", body, int(time.time()))
    assert (await world.post("/network/v1/events", body, "application/json", **headers)).status == 401


async def test_other_paths_and_verbs_are_refused(world: World) -> None:
    for path in ("/network", "/network/v1", "/network/v1/other", "/network/v2/events"):
        assert (await world.post(path, b"{}", "application/json")).status == 404, path
    assert (await world.get("/network/v1/events")).status == 405


async def test_who_begins_many_exchanges_is_slowed_down(world: World) -> None:
    claim = json.dumps({"server": "nonsense", "token": "t" * 20, "half": "a" * 64}).encode()
    answers = [await world.post("/network/v1/pair", claim, "application/json") for _ in range(25)]
    assert {one.status for one in answers} == {400, 429}
    assert answers[-1].body["error"]["code"] == "too_many_requests"


async def test_the_door_can_be_closed(tmp_path: Path) -> None:
    world = server_at(tmp_path, free_port(), network_servers=False)
    await world.open()
    try:
        assert (await world.post("/network/v1/pair", b"{}", "application/json")).status == 404
        refusal = await world.bob.refused("imopenlines.network.join", CODE=f"{CODE}@{OTHER}")
        assert refusal == (400, "SERVER_ERROR")
    finally:
        await world.close()
