"""The second step of ``disk.folder.uploadfile``: a form posted to the address of the first."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from support.chats import dismiss
from support.files import fetch, folder_of, here, post_form
from support.world import Actor, World

KEYS = {"result", "time"}


async def address_of(actor: Actor, folder_id: int, **more: Any) -> str:
    found = await actor.call("disk.folder.uploadfile", id=folder_id, **more)
    return str(found["uploadUrl"])


def form_with(data: bytes, name: str = "a.bin", field: str = "file") -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # as browsers and curl write names
    form.add_field("comment", "before")
    form.add_field(field, data, filename=name)
    form.add_field("comment", "after")
    return form


async def names_in(world: World, folder_id: int) -> list[str]:
    return [one["NAME"] for one in await world.alice.call("disk.folder.getchildren", id=folder_id)]


def files_on_disk(world: World) -> int:
    return sum(path.is_file() for path in world.config.blobs_path.rglob("*"))


async def test_the_file_is_kept_and_answered_like_the_method(world: World) -> None:
    folder_id = await folder_of(world.alice, await world.chat(world.alice, world.bob))
    data = bytes(range(256)) * 4000  # more than the pieces in which it is written
    answer = await post_form(world, await address_of(world.alice, folder_id), form_with(data, "отчёт.bin"))
    assert set(answer.body) == KEYS
    file = answer.result
    assert (file["NAME"], file["SIZE"], file["CREATED_BY"]) == ("отчёт.bin", str(len(data)), str(world.alice.id))
    direct = await world.alice.call(
        "disk.folder.uploadfile", id=folder_id, data={"NAME": "b"}, fileContent=["b", "YQ=="]
    )
    assert set(file) == set(direct)
    assert (await fetch(world, file["DOWNLOAD_URL"])).body == data


async def test_names_are_unique_as_the_first_step_said(world: World) -> None:
    folder_id = await folder_of(world.alice, await world.chat(world.alice, world.bob))
    plain = await address_of(world.alice, folder_id)
    assert (await post_form(world, plain, form_with(b"1"))).status == 200
    assert (await post_form(world, plain, form_with(b"2"))).refusal == (400, "DISK_OBJ_22000")
    renaming = await address_of(world.alice, folder_id, generateUniqueName=True)
    assert (await post_form(world, renaming, form_with(b"3"))).result["NAME"] == "a (1).bin"


async def test_equal_names_at_the_same_time_are_all_kept(world: World) -> None:
    folder_id = await folder_of(world.alice, await world.chat(world.alice, world.bob))
    address = await address_of(world.alice, folder_id, generateUniqueName=True)
    await asyncio.gather(*(post_form(world, address, form_with(b"%d" % number)) for number in range(8)))
    assert sorted(await names_in(world, folder_id)) == sorted(["a.bin", *(f"a ({n}).bin" for n in range(1, 8))])


async def test_rights_are_asked_again(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    folder_id = await folder_of(world.alice, chat_id)
    bobs, carols = await address_of(world.bob, folder_id), await address_of(world.alice, folder_id)
    await world.bob.call("im.chat.leave", CHAT_ID=chat_id)
    assert (await post_form(world, bobs, form_with(b"x"))).refusal == (400, "ERROR_NOT_FOUND")
    await dismiss(world, world.alice)
    assert (await post_form(world, carols, form_with(b"x"))).refusal == (401, "invalid_token")
    assert files_on_disk(world) == 0


@pytest.mark.parametrize("token", ["", "x", "A" * 55, "%00", "ы"])
async def test_without_a_token_of_ours_nothing_is_taken(world: World, token: str) -> None:
    url = f"{world.config.base_url}/rest/upload.json?token={token}"
    assert (await post_form(world, url, form_with(b"x"))).refusal == (401, "invalid_token")
    assert files_on_disk(world) == 0


async def test_a_download_address_is_no_upload_address(world: World) -> None:
    folder_id = await folder_of(world.alice, await world.chat(world.alice, world.bob))
    file = (await post_form(world, await address_of(world.alice, folder_id), form_with(b"x"))).result
    token = file["DOWNLOAD_URL"].split("/")[-2]
    url = f"{world.config.base_url}/rest/upload.json?token={token}"
    assert (await post_form(world, url, form_with(b"y"))).refusal == (401, "invalid_token")


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_file_that_is_too_large_is_refused_and_forgotten(world: World, is_told: bool) -> None:  # noqa: FBT001
    limited = world.config.max_file_bytes
    folder_id = await folder_of(world.alice, await world.chat(world.alice, world.bob))
    address = await address_of(world.alice, folder_id)
    piece = b"x" * 1_000_000

    async def body() -> Any:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(limited // len(piece) + 1):
            yield piece
        yield b"\r\n--b--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    if is_told:
        headers["Content-Length"] = str(limited + 10_000_000)
    try:
        async with world.session.post(here(world, address), data=body(), headers=headers) as response:
            assert (response.status, (await response.json())["error"]) == (413, "ERROR_CORE")
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError):
        pass  # the server did not wait for the rest
    assert await names_in(world, folder_id) == []
    for _ in range(100):
        if not files_on_disk(world):
            break
        await asyncio.sleep(0.02)
    assert files_on_disk(world) == 0


@pytest.mark.parametrize(
    ("content_type", "body", "refusal"),
    [
        ("multipart/form-data; boundary=b", b"", (400, "ERROR_CORE")),
        ("multipart/form-data; boundary=b", b"--b--\r\n", (400, "ERROR_ARGUMENT")),
        ("multipart/form-data", b"x", (400, "ERROR_CORE")),
        ("application/json", b"{}", (400, "ERROR_CORE")),
        ("", b"x", (400, "ERROR_CORE")),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nno file\r\n--b--\r\n',
            (400, "ERROR_ARGUMENT"),
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut off',
            (400, "ERROR_CORE"),
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"; filename=".."\r\n\r\nx\r\n--b--\r\n',
            (400, "DISK_BASE_SERVICE_22001"),
        ),
        (
            "multipart/form-data; boundary=b",
            b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n--b--\r\n",
            (400, "ERROR_ARGUMENT"),
        ),
    ],
)
async def test_what_is_no_form_with_a_file_is_refused(
    world: World, content_type: str, body: bytes, refusal: tuple[int, str]
) -> None:
    folder_id = await folder_of(world.alice, await world.chat(world.alice, world.bob))
    path = here(world, await address_of(world.alice, folder_id)).removeprefix(world.url)
    answer = await world.post(path, body, content_type)
    assert answer.refusal == refusal
    assert await names_in(world, folder_id) == []
    assert files_on_disk(world) == 0


async def test_whoever_hangs_up_leaves_nothing(world: World) -> None:
    folder_id = await folder_of(world.alice, await world.chat(world.alice, world.bob))
    path = here(world, await address_of(world.alice, folder_id)).removeprefix(world.url)
    _, writer = await asyncio.open_connection("127.0.0.1", world.app.port)
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 999999"
    part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    writer.write(f"{head}\r\n\r\n{part}".encode() + b"x" * 400_000)
    await writer.drain()
    for _ in range(200):
        if files_on_disk(world):
            break
        await asyncio.sleep(0.02)
    writer.close()
    for _ in range(200):
        if not files_on_disk(world):
            break
        await asyncio.sleep(0.02)
    assert files_on_disk(world) == 0
    assert await names_in(world, folder_id) == []


async def test_getting_the_address_is_a_call_of_an_unknown_method(world: World) -> None:
    assert (await world.get("/rest/upload.json?token=x")).refusal == (404, "ERROR_METHOD_NOT_FOUND")
