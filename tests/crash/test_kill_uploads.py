"""kill -9 while files are uploaded: a row never names bytes that are not there, and what was answered is there.

Files come in both ways, inside a request and as a form of their own, some of them large enough to be killed half-way.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from crash.conftest import AGAIN_S, Server
from skvorets.storage.blobs import FolderBlobs
from skvorets.storage.database import Tx
from support import world as worlds
from support.files import folder_of
from support.pictures import base64_of
from support.stores import started

pytestmark = [pytest.mark.crash, pytest.mark.slow]

KILLS = 2
# Seconds between the start of the traffic and the kill.
QUIETEST_S, LONGEST_S = 0.3, 1.2
# Bytes of a file: inside a request it comes in one piece, as a form in many.
IN_REQUEST = (10, 300_000)
AS_FORM = (10, 300_000, 4_000_000)


class Uploader:
    """A program that puts one file after the other into a folder and publishes it."""

    def __init__(self, server: Server, session: aiohttp.ClientSession, webhook: str, folder: tuple[int, int]) -> None:
        self.kept: dict[int, str] = {}  # answered: id of the file -> digest of what was sent
        self.is_stopping = False
        self._server = server
        self._session = session
        self._webhook = webhook
        self._chat_id, self._folder_id = folder

    async def run(self, chance: random.Random) -> None:
        number = 0
        while not self.is_stopping:
            number += 1
            sizes, send = (IN_REQUEST, self._in_request) if number % 2 else (AS_FORM, self._as_form)
            data = chance.randbytes(chance.choice(sizes))
            try:
                file_id = await send(data)
                self.kept[file_id] = hashlib.sha256(data).hexdigest()
                await self._call("im.disk.file.commit", CHAT_ID=self._chat_id, UPLOAD_ID=file_id)
            except (aiohttp.ClientError, ValueError, TimeoutError):  # nobody there, or gone in the middle
                await asyncio.sleep(AGAIN_S)

    async def _in_request(self, data: bytes) -> int:
        given = {"data": {"NAME": "a.bin"}, "fileContent": ["a.bin", base64_of(data)], "generateUniqueName": "Y"}
        file = await self._call("disk.folder.uploadfile", id=self._folder_id, **given)
        return int(file["ID"])

    async def _as_form(self, data: bytes) -> int:
        place = await self._call("disk.folder.uploadfile", id=self._folder_id, generateUniqueName="Y")
        body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n' + data + b"\r\n--b--\r\n"

        async def pieces() -> AsyncIterator[bytes]:
            for start in range(0, len(body), 100_000):
                yield body[start : start + 100_000]

        url = self._server.url + place["uploadUrl"][place["uploadUrl"].index("/rest/") :]
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        async with self._session.post(url, data=pieces(), headers=headers) as response:
            answer = await response.json()
        assert response.status == 200, answer
        return int(answer["result"]["ID"])

    async def _call(self, method: str, **params: object) -> dict[str, str]:
        async with self._session.post(f"{self._server.url}{self._webhook}{method}.json", json=params) as response:
            answer = await response.json()
        assert response.status == 200, answer
        result = answer["result"]
        return result if isinstance(result, dict) else {}


@pytest.mark.parametrize("seed", [20240615])
async def test_no_row_is_without_its_bytes(durable: str, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    world = worlds.World(worlds.test_config(tmp_path, durable))
    await world.open()
    people = [world.alice, world.bob, world.carol]
    chat_id = await world.chat(*people)
    place = (chat_id, await folder_of(world.alice, chat_id))
    await world.close()

    server = Server(tmp_path, durable)
    async with aiohttp.ClientSession() as session:
        uploaders = [Uploader(server, session, one.path, place) for one in people]
        await server.start()
        working = [asyncio.create_task(one.run(random.Random(seed + number))) for number, one in enumerate(uploaders)]
        try:
            for _ in range(KILLS):
                await asyncio.sleep(chance.uniform(QUIETEST_S, LONGEST_S))
                await server.kill()
                await server.start()
            await asyncio.sleep(LONGEST_S)
            for one in uploaders:
                one.is_stopping = True
            await asyncio.gather(*working)
        finally:
            for task in working:
                task.cancel()
            await server.kill()

    kept = {file_id: digest for one in uploaders for file_id, digest in one.kept.items()}
    assert len(kept) > KILLS
    async with started(durable, tmp_path) as store:
        rows = await store.read(_every_file)
    blobs = FolderBlobs(world.config.blobs_path)
    for _, digest, size, _ in rows:
        with blobs.open(digest) as file:
            data = file.read()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (size, digest)
    assert {file_id: digest for file_id, digest, _, _ in rows if file_id in kept} == kept
    assert len({name for _, _, _, name in rows}) == len(rows)


async def _every_file(tx: Tx) -> list[tuple[int, str, int, str]]:
    rows = await tx.rows("SELECT id, digest, size, name_key FROM files WHERE is_folder = 0 AND deleted_at = 0")
    return [(row[0], row[1], row[2], row[3]) for row in rows]
