"""What tests of the administrators' pages share: the audit log, and who is refused."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from skvorets.storage import audit
from skvorets.storage.audit import Wanted
from support.browsers import RefusedError, browser_of
from support.world import World


async def audit_of(world: World, action: str) -> list[dict[str, Any]]:
    """Give the entries of an action, newest first, with their details spread out."""
    found = await world.app.store.read(audit.select, Wanted(action=action, limit=200))
    return [
        {
            "actor": one.actor_id,
            "subject": (one.subject_kind, one.subject_id),
            "address": one.address,
            **msgspec.json.decode(one.details),
        }
        for one in found
    ]


async def refuses_others(world: World, verb: str, path: str, given: object = None) -> None:
    """See that employees and outsiders are refused, and those who are not logged in."""
    for actor in (world.bob, world.outsider):
        async with browser_of(world, actor) as browser:
            with pytest.raises(RefusedError, match="403 administrators_only"):
                await browser.call(verb, path, given)
            browser.cookie = ""
            with pytest.raises(RefusedError, match="401 not_logged_in"):
                await browser.call(verb, path, given)
