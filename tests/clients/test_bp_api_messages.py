"""The npm package bp-api 0.8.1, unchanged, in Node: messages of a record."""

from __future__ import annotations

import pytest

from support.bpium import PASSWORD, program_of
from support.js_programs import js_programs, run_js
from support.world import World

pytestmark = pytest.mark.clients


async def test_bp_api_writes_reads_changes_and_deletes_messages(world: World) -> None:
    await program_of(world, world.alice)
    await program_of(world, world.bob)
    got = await run_js(
        js_programs() / "bp_messages.mjs",
        HOST=world.url.removeprefix("http://"),
        EMAIL="alice@example.com",
        OTHER_EMAIL="bob@example.com",
        PASSWORD=PASSWORD,
        CATALOG_ID="$users",
        RECORD_ID=str(world.carol.id),
        MENTIONED_ID=str(world.carol.id),
    )
    assert got["before"] == []
    first, second = got["listed"]
    assert (first["id"], first["text"], first["author"]["recordTitle"]) == (
        got["first"]["id"],
        "Привет!",
        "Alice Petrova",
    )
    assert (second["reply"]["id"], second["reply"]["reply"]) == (first["id"], None)
    assert [one["recordId"] for one in second["mention"]] == [str(world.carol.id)]
    assert [one["title"] for one in second["attachments"]] == ["Смета"]
    assert got["foreign"] == {"status": 403, "name": "Forbidden"}
    assert (got["subscribed"], got["unsubscribed"]) == ({"subscribe": True}, {"subscribe": False})
    changed, _, deleted = got["after"]
    assert (changed["text"], changed["updatedDate"] is not None) == ("Привет, всем!", True)
    assert (deleted["id"], deleted["deleted"], deleted["text"]) == (got["third"]["id"], True, "")
    assert got["missing"] == {"status": 404, "name": "NotFound"}
    assert int(got["history"]["id"]) > 0
    [comment] = [one for one in got["comments"] if one["id"] == got["history"]["id"]]
    assert (comment["actionType"], comment["payload"]) == ("COMMENT", {"message": "Комментарий"})
