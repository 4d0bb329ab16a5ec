"""Uploading, publishing and fetching files over HTTP."""

from __future__ import annotations

from typing import Any, NamedTuple

import aiohttp
import yarl

from support.pictures import base64_of
from support.world import Actor, Answer, World


class Fetched(NamedTuple):
    """What a download gave."""

    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes


async def folder_of(actor: Actor, chat_id: int) -> int:
    """Give the folder of a chat."""
    return int((await actor.call("im.disk.folder.get", CHAT_ID=chat_id))["ID"])


async def upload(actor: Actor, chat_id: int, name: str = "a.txt", data: bytes = b"hello") -> int:
    """Upload a file into a chat's folder; its id."""
    given = {"data": {"NAME": name}, "fileContent": [name, base64_of(data)], "generateUniqueName": True}
    return int((await actor.call("disk.folder.uploadfile", id=await folder_of(actor, chat_id), **given))["ID"])


async def send_file(actor: Actor, chat_id: int, name: str = "a.txt", data: bytes = b"hello", text: str = "") -> int:
    """Upload a file and publish it; its id."""
    file_id = await upload(actor, chat_id, name, data)
    assert await actor.call("im.disk.file.commit", CHAT_ID=chat_id, UPLOAD_ID=file_id, MESSAGE=text) is True
    return file_id


async def newest(actor: Actor, chat_id: int) -> dict[str, Any]:
    """Give the newest message of a chat."""
    page = await actor.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}", LIMIT=1)
    message: dict[str, Any] = page["messages"][0]
    return message


async def shown_files(actor: Actor, chat_id: int) -> list[dict[str, Any]]:
    """Give the file objects of a chat's messages."""
    page = await actor.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}", LIMIT=50)
    found: list[dict[str, Any]] = page["files"]
    return found


async def fetch(world: World, url: str, method: str = "GET", **headers: str) -> Fetched:
    """Ask for an address that the server gave, with nothing but the address; underscores in names of headers mean -."""
    own = {name.replace("_", "-"): value for name, value in headers.items()}
    async with (
        aiohttp.ClientSession(auto_decompress=False) as stranger,
        stranger.request(method, yarl.URL(here(world, url), encoded=True), headers=own) as response,
    ):
        found = {name.lower(): value for name, value in response.headers.items()}
        return Fetched(response.status, found, await response.read())


async def post_form(world: World, url: str, form: aiohttp.FormData) -> Answer:
    """Post a form to an address that the server gave."""
    async with aiohttp.ClientSession() as stranger, stranger.post(here(world, url), data=form) as response:
        return Answer(response.status, await response.json())


def here(world: World, url: str) -> str:
    """Put the server's real port into an address: tests' servers are configured with any."""
    assert url.startswith(world.config.base_url + "/"), url
    return world.url + url.removeprefix(world.config.base_url)
