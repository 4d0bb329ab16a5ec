"""The audit log: written with its cause, newest first, found by who, what and when."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from skvorets.core import audit
from skvorets.errors import NotAllowedError
from skvorets.storage import audit as rows
from skvorets.storage.audit import Entry, Wanted
from skvorets.storage.database import Tx
from support.world import World


async def _entries(world: World, **wanted: Any) -> list[Entry]:
    return await world.app.store.read(rows.select, Wanted(**wanted))


async def test_an_entry_tells_who_did_what_to_whom_from_where(world: World) -> None:
    details = {"name": "Bob", "address": "192.0.2.7", "changed": ["lastName"]}
    await world.unit(audit.note, world.alice.id, "person.changed", "person", world.bob.id, details)
    (entry,) = await _entries(world, action="person.changed")
    assert (entry.actor_id, entry.subject_kind, entry.subject_id) == (world.alice.id, "person", world.bob.id)
    assert entry.address == "192.0.2.7"
    assert msgspec.json.decode(entry.details) == {"name": "Bob", "changed": ["lastName"]}
    assert entry.at > 0


async def test_an_entry_is_rolled_back_with_its_cause(world: World) -> None:
    async def refused(tx: Tx) -> None:
        await audit.note(tx, world.alice.id, "chat.closed", "chat", 5)
        raise NotAllowedError

    with pytest.raises(NotAllowedError):
        await world.unit(refused)
    assert await _entries(world, action="chat.closed") == []


async def test_details_are_cut_to_what_people_can_read_and_databases_can_hold(world: World) -> None:
    hostile = {"name": "a\0b\ud800" + "x" * 10_000, "ids": list(range(10_000)), "address": "9" * 1_000}
    await world.unit(audit.note, 0, "file.removed", "file", 1, hostile)
    (entry,) = await _entries(world, action="file.removed")
    kept = msgspec.json.decode(entry.details)
    assert kept["name"].startswith("ab?x")
    assert len(kept["name"]) <= audit.MAX_TEXT
    assert kept["ids"] == list(range(audit.MAX_ITEMS))
    assert len(entry.address) == 64


async def test_entries_are_found_by_actor_action_and_time_newest_first(world: World) -> None:
    for actor, number in ((world.alice, 1), (world.bob, 2), (world.alice, 3)):
        await world.unit(audit.note, actor.id, "webhook.revoked", "webhook", number)
    await world.unit(audit.note, world.alice.id, "webhook.created", "webhook", 4)
    mine = await _entries(world, actor_id=world.alice.id, action="webhook.revoked")
    assert [one.subject_id for one in mine] == [3, 1]
    assert [one.subject_id for one in await _entries(world, action="webhook.revoked", limit=2)] == [3, 2]
    older = await _entries(world, action="webhook.revoked", before_id=mine[0].id)
    assert [one.subject_id for one in older] == [2, 1]
    at = mine[0].at
    assert await _entries(world, action="webhook.revoked", since=at + 60_000) == []
    assert await _entries(world, action="webhook.revoked", until=at - 60_000) == []
    assert len(await _entries(world, action="webhook.revoked", since=at - 60_000, until=at + 60_000)) == 3


async def test_old_entries_are_dropped_a_few_at_a_time(world: World) -> None:
    for number in range(5):
        await world.unit(audit.note, 0, "chat.renamed", "chat", number)
    (newest, *_) = await _entries(world, action="chat.renamed")
    dropped = await world.unit(rows.delete_before, newest.at + 1, 3)
    assert dropped == 3
    assert await world.unit(rows.delete_before, 1, 3) == 0
