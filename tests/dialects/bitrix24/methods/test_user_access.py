"""``user.access``: codes that mean the caller."""

from __future__ import annotations

import pytest

from skvorets.storage import departments
from skvorets.storage.database import Tx
from support.world import World


@pytest.mark.parametrize("codes", [None, "", [], "CR", ["SG1_K", "G1", "nonsense", "U0", "D" + "9" * 30], {"a": "CR"}])
async def test_codes_of_others_mean_only_administrators(world: World, codes: object) -> None:
    assert await world.bob.call("user.access", ACCESS=codes) is False
    assert await world.alice.call("user.access", ACCESS=codes) is True


async def test_people_departments_and_everybody(world: World) -> None:
    top, below = await world.unit(_departments, world.bob.id, world.carol.id)
    mine = [f"U{world.bob.id}", f"D{below}", f"DR{below}", f"DR{top}", f"IU{world.bob.id}", "AU", "G2"]
    for code in mine:
        assert await world.bob.call("user.access", ACCESS=["D99999", code]) is True, code
        assert await world.bob.call("user.access", ACCESS=code) is True, code
    for code in (f"D{top}", f"U{world.carol.id}", f"IU{world.carol.id}"):
        assert await world.bob.call("user.access", ACCESS=[code]) is False, code
    assert await world.carol.call("user.access", ACCESS=[f"IU{world.bob.id}"]) is True  # she heads the line above him
    assert await world.stranger.call("user.access", ACCESS=[f"IU{world.bob.id}", f"DR{top}"]) is False


async def _departments(tx: Tx, worker_id: int, head_id: int) -> tuple[int, int]:
    top = await departments.insert(tx, "Company", 0)
    below = await departments.insert(tx, "Sales", top)
    await departments.set_head(tx, top, head_id)
    await departments.add_person(tx, below, worker_id)
    return top, below
