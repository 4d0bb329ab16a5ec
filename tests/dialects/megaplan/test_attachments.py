"""``/apiattach/…`` and ``File/downloadAttach``: the bytes, for those alone who have the message."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from support.megaplan import COMMON, Program, program_of, quote, raw, send_message
from support.world import World

DOWNLOAD = f"{COMMON}/File/downloadAttach"
DATA = b"<html>" + bytes(range(256)) * 10


async def message_with_file(world: World, bob: Program, name: str = 'Отчёт "1".html') -> Any:
    content = base64.b64encode(DATA).decode()
    file = {"Model[Attaches][0][Name]": name, "Model[Attaches][0][Content]": content}
    return await send_message(bob, world.carol.id, "See", **file)


async def test_sender_and_recipient_get_the_bytes(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    (attach,) = (await message_with_file(world, bob))["Attaches"]
    assert attach["Url"].startswith("/apiattach/")
    for program in (bob, carol):
        got = await program.send("GET", attach["Url"])
        assert (got.status, got.body) == (200, DATA)
        assert got.headers["Content-Length"] == str(len(DATA))
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Content-Disposition"].startswith("attachment; filename=")
    head = await bob.send("HEAD", attach["Url"])
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(DATA)))


@pytest.mark.parametrize("extension", ["", ".easy", ".api"])
async def test_the_method_for_it_gives_the_same(world: World, extension: str) -> None:
    bob = await program_of(world, world.bob)
    (attach,) = (await message_with_file(world, bob))["Attaches"]
    got = await bob.send("GET", f"{DOWNLOAD}{extension}?url={quote(attach['Url'], safe='')}")
    assert (got.status, got.body) == (200, DATA)
    assert (await bob.get(DOWNLOAD)).refusal == (400, "url is required")
    for url in (
        "/files/1",
        "http://[",
        "/apiattach/0/x",
        "/apiattach/x",
        "/apiattach/987654/x",
        "/apiattach/" + "9" * 30,
    ):
        assert (await bob.get(DOWNLOAD, url=url)).refusal == (404, "File not found")


async def test_others_do_not(world: World) -> None:
    bob, stranger = await program_of(world, world.bob), await program_of(world, world.stranger)
    (attach,) = (await message_with_file(world, bob))["Attaches"]
    assert (await stranger.send("GET", attach["Url"])).refusal == (403, "Access denied")
    assert (await stranger.get(DOWNLOAD, url=attach["Url"])).refusal == (403, "Access denied")
    assert (await raw(world, "GET", attach["Url"])).refusal[0] == 401
    assert (await bob.send("GET", "/apiattach/987654/x")).refusal == (404, "File not found")
    assert (await bob.send("POST", attach["Url"])).refusal == (405, "Only GET here")


async def test_a_file_of_a_group_is_no_attachment(world: World) -> None:
    bob = await program_of(world, world.bob)
    chat = await world.chat(world.bob, world.carol)
    folder = await world.bob.call("im.disk.folder.get", CHAT_ID=chat)
    content = ["a.txt", base64.b64encode(b"x").decode()]
    file = await world.bob.call("disk.folder.uploadfile", id=folder["ID"], data={"NAME": "a.txt"}, fileContent=content)
    assert (await bob.send("GET", f"/apiattach/{file['ID']}/a.txt")).refusal == (404, "File not found")


async def test_a_file_of_a_message_that_was_emptied_is_gone(world: World) -> None:
    bob = await program_of(world, world.bob)
    sent = await message_with_file(world, bob)
    await world.bob.call("im.message.delete", MESSAGE_ID=sent["Id"] - 1_000_000)
    assert (await bob.send("GET", sent["Attaches"][0]["Url"])).refusal == (404, "File not found")
