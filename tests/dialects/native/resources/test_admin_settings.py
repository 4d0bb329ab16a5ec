"""With what the server was started, for administrators; no secrets."""

from __future__ import annotations

import json
from itertools import chain

import msgspec

from skvorets.config import Config
from skvorets.dialects.native.resources.admin_settings import GROUPS
from support.administration import refuses_others
from support.browsers import browser_of
from support.world import World


def test_every_setting_belongs_to_one_group() -> None:
    shown = list(chain.from_iterable(GROUPS.values()))
    assert sorted(shown) == sorted(one.name for one in msgspec.structs.fields(Config))


async def test_settings_are_shown_with_their_variables(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        found = await browser.get("/api/admin/settings")
    assert [one["name"] for one in found] == ["limits", "addresses", "data", "others", "fixed"]
    limits = {one["name"]: one for one in found[0]["settings"]}
    assert limits["bots_per_application"] == {
        "name": "bots_per_application",
        "variable": "SKVORETS_BOTS_PER_APPLICATION",
        "value": world.config.bots_per_application,
        "isDefault": world.config.bots_per_application == 5,
    }
    assert {"name": "push_sockets", "variable": "", "value": 1_000, "isDefault": True} in found[4]["settings"]
    if world.config.database:
        assert world.config.database not in json.dumps(found)


async def test_only_administrators_look(world: World) -> None:
    await refuses_others(world, "GET", "/api/admin/settings")
