"""The npm package bp-api 0.8.1, unchanged, in Node: sections, catalogs, records, files, histories."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from support.bpium import PASSWORD, program_of
from support.js_programs import js_programs, run_js
from support.world import World
from support.world import test_config as config_for_tests

pytestmark = pytest.mark.clients


@pytest.fixture
async def server(tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[World]:
    """Give a server that knows its own address: uploads go to one that it names."""
    opened = World(msgspec.structs.replace(config_for_tests(tmp_path, ""), listen=f"127.0.0.1:{unused_tcp_port}"))
    await opened.open()
    yield opened
    await opened.close()


async def test_bp_api_works_with_catalogs_records_and_files(server: World) -> None:
    await program_of(server, server.alice)
    got = await run_js(
        js_programs() / "bp_records.mjs",
        HOST=server.url.removeprefix("http://"),
        EMAIL="alice@example.com",
        PASSWORD=PASSWORD,
        PERSON_ID=str(server.bob.id),
    )
    assert got["created"]["values"] == got["catalog"]
    assert [one["id"] for one in got["catalog"]["fields"]] == ["1", "2", "3", "4", "5", "6"]
    assert got["one"]["title"] == "Заявка 1"
    bob = {"id": str(server.bob.id), "title": "Bob Ivanov", "isRemoved": False}
    assert got["one"]["values"] == {"2": "Заявка 1", "3": 1, "4": ["1", "2"], "5": [bob], "6": []}
    assert [(one["id"], one["values"]) for one in got["listed"]] == [
        (str(number), {"2": f"Заявка {number}"}) for number in (8, 7, 6)
    ]
    assert [one["id"] for one in got["nested"]] == ["11", "1"]
    assert got["all"] == 12
    assert (got["file"]["title"], got["file"]["size"], got["file"]["typeStorage"]) == ("смета.txt", 10, "s3")
    assert got["changed"]["title"] == "Иначе"
    assert [one["id"] for one in got["changed"]["values"]["6"]] == [got["file"]["id"]]
    assert got["history"] == ["UPDATE", "UPDATE", "CREATE"]
    assert (got["smaller"]["name"], len(got["smaller"]["fields"])) == ("Иные заявки", 4)
    assert got["renamed"]["name"] == "Другой"
    assert got["missing"] == got["unknown"] == got["gone"] == {"status": 404, "name": "NotFound"}
