"""Files: three steps, permits, who reads them (spec bpium-messages §8)."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from support.bpium import Program, ask, program_of
from support.catalogs import catalog, field, record
from support.world import World

DATA = b"\x89 some bytes \x00\xff"


@pytest.fixture
async def alice(world: World) -> Program:
    return await program_of(world, world.alice)


@pytest.fixture
async def bob(world: World) -> Program:
    return await program_of(world, world.bob)


async def test_a_file_is_announced_sent_completed_attached_and_read(world: World, alice: Program, bob: Program) -> None:
    keys = await alice.post("/files/", {"name": "отчёт.bin", "typeStorage": "remoteStorage", "size": len(DATA)})
    assert set(keys) == {
        *("fileId", "uploadUrl", "redirect", "acl", "fileKey", "AWSAccessKeyId", "police", "signature"),
    }
    assert isinstance(keys["fileId"], int)
    assert await send(world, keys) == 204
    done = {"name": "отчёт.bin", "mimeType": "x/y", "url": keys["fileKey"], "size": 1, "fileId": keys["fileId"]}
    file = await alice.patch(f"/files/{keys['fileId']}", done)
    assert file == {
        "id": keys["fileId"],
        "title": "отчёт.bin",
        "size": len(DATA),
        "url": f"{world.config.base_url}/api/v1/files/{keys['fileId']}",
        "mimeType": "application/octet-stream",
        "metadata": None,
        "typeStorage": "s3",
    }
    assert await alice.patch(f"/files/{keys['fileId']}", done) == file
    assert await bob.refused("GET", f"/files/{keys['fileId']}") == (404, "NotFound")
    made = await catalog(alice, field("file"))
    number = await record(alice, made, f1=[{"id": keys["fileId"]}])
    assert (await bob.get(f"/catalogs/{made}/records/{number}"))["values"]["1"] == [file]
    answer = await bob.ask("GET", f"/files/{keys['fileId']}")
    assert answer.status == 302
    path = answer.headers["Location"].removeprefix(world.config.base_url)
    served = await ask(world, "GET", path)
    assert (served.status, served.body) == (200, DATA)
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert served.headers["Content-Disposition"].startswith("attachment")
    outsider = await program_of(world, world.outsider)
    assert await outsider.refused("GET", f"/files/{keys['fileId']}") == (404, "NotFound")


async def test_a_file_hangs_on_one_record_only(world: World, alice: Program, bob: Program) -> None:
    number = await uploaded(world, alice)
    made = await catalog(alice, field("file", config={"multiselect": True}))
    first = await record(alice, made, f1=[{"id": number}])
    again = {"values": {"1": [{"id": number}]}}
    for program in (alice, bob):
        answer = await program.ask("POST", f"/catalogs/{made}/records", again)
        assert answer.refusal == (400, "BadRequest")
    kept = await bob.patch(f"/catalogs/{made}/records/{first}", {"values": {"1": [{"id": str(number)}]}})
    assert [one["id"] for one in kept["values"]["1"]] == [number]
    await alice.patch(f"/catalogs/{made}/records/{first}", {"values": {"1": []}})
    assert await bob.refused("GET", f"/files/{number}") == (404, "NotFound")
    await record(alice, made, f1=[{"id": number}])


async def test_a_permit_is_good_once_for_its_own_place(world: World, alice: Program) -> None:
    one = await alice.post("/files", {"name": "a.txt"})
    two = await alice.post("/files", {"name": "b.txt"})
    assert await send(world, {**one, "uploadUrl": two["uploadUrl"]}) == 403
    assert await send(world, {**one, "fileKey": two["fileKey"]}) == 403
    assert await send(world, {**one, "police": two["police"]}) == 403
    assert await send(world, {**one, "signature": ""}) == 403
    assert await send(world, one) == 204
    assert await send(world, one) == 403
    assert (await ask(world, "POST", "/api/v1/uploads/1", b"{}")).refusal == (400, "BadRequest")


async def test_steps_out_of_order(world: World, alice: Program, bob: Program) -> None:
    keys = await alice.post("/files", {"name": "a.txt"})
    path, done = f"/files/{keys['fileId']}", {"name": "a.txt", "url": keys["fileKey"]}
    assert await alice.refused("PATCH", path, done) == (400, "BadRequest")
    assert await alice.refused("GET", path) == (404, "NotFound")
    made = await catalog(alice, field("file"))
    values = {"values": {"1": [{"id": keys["fileId"]}]}}
    assert await alice.refused("POST", f"/catalogs/{made}/records", values) == (400, "BadRequest")
    await send(world, keys)
    assert await bob.refused("PATCH", path, done) == (403, "Forbidden")
    assert await alice.refused("PATCH", path, {**done, "url": "elsewhere"}) == (400, "BadRequest")
    assert await alice.refused("PATCH", "/files/999", done) == (404, "NotFound")
    assert (await alice.patch(path, {"url": keys["fileKey"]}))["title"] == "a.txt"


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({}, (400, "BadRequest")),
        ({"name": ""}, (400, "BadRequest")),
        ({"name": "a", "typeStorage": "else"}, (400, "BadRequest")),
        ({"name": "a", "size": "big"}, (400, "BadRequest")),
        ({"name": "a", "size": 1 << 40}, (413, "PayloadTooLarge")),
    ],
)
async def test_wrong_announcements(alice: Program, body: dict[str, Any], refusal: tuple[int, str]) -> None:
    assert await alice.refused("POST", "/files", body) == refusal


async def uploaded(world: World, program: Program) -> int:
    """Bring a file through all three steps; its id."""
    keys = await program.post("/files", {"name": "a.bin"})
    assert await send(world, keys) == 204
    return int((await program.patch(f"/files/{keys['fileId']}", {"url": keys["fileKey"], "name": "a.bin"}))["id"])


async def send(world: World, keys: dict[str, Any], data: bytes = DATA) -> int:
    """Send the bytes as the client does; the status."""
    form = aiohttp.FormData()
    form.add_field("key", keys["fileKey"])
    form.add_field("acl", keys["acl"])
    form.add_field("AWSAccessKeyId", keys["AWSAccessKeyId"])
    form.add_field("Policy", keys["police"])
    form.add_field("Signature", keys["signature"])
    form.add_field("Content-Type", "text/plain")
    form.add_field("file", data, filename="file.json", content_type="application/json")
    url = world.url + keys["uploadUrl"].removeprefix(world.config.base_url)
    async with world.session.post(url, data=form) as response:
        return response.status
