"""``access.name``: what codes are called."""

from __future__ import annotations

import pytest

from skvorets.storage import departments
from skvorets.storage.database import Tx
from support.world import World


async def test_codes_that_exist_have_names(world: World) -> None:
    department = await world.unit(_department)
    codes = [
        "G2",
        "AU",
        "CR",
        f"U{world.bob.id}",
        f"IU{world.bob.id}",
        f"D{department}",
        f"DR{department}",
        "U999",
        "X",
    ]
    assert await world.alice.call("access.name", ACCESS=codes) == {
        "G2": {"provider": "", "name": "Все посетители", "provider_id": "other"},
        "AU": {"provider": "", "name": "Все авторизованные пользователи", "provider_id": "other"},
        "CR": {"provider": "", "name": "Автор", "provider_id": "other"},
        f"U{world.bob.id}": {"provider": "Пользователь", "name": "Bob Ivanov", "provider_id": "user"},
        f"IU{world.bob.id}": {"provider": "Отдел", "name": "Bob Ivanov и руководители", "provider_id": "intranet"},
        f"D{department}": {"provider": "Отдел", "name": "Продажи", "provider_id": "intranet"},
        f"DR{department}": {"provider": "Отдел", "name": "Продажи (с подотделами)", "provider_id": "intranet"},
    }


@pytest.mark.parametrize("given", [None, "", [], "AU", 5])
async def test_without_a_list_the_answer_is_false(world: World, given: object) -> None:
    assert await world.bob.call("access.name", ACCESS=given) is False


async def test_unknown_codes_give_an_empty_list(world: World) -> None:
    assert await world.bob.call("access.name", ACCESS=["D999", {"a": 1}, 7]) == []


async def test_people_from_outside_learn_no_names(world: World) -> None:
    department = await world.unit(_department)
    codes = [f"U{world.bob.id}", f"D{department}", f"U{world.outsider.id}"]
    assert list(await world.outsider.call("access.name", ACCESS=codes)) == [f"U{world.outsider.id}"]


async def _department(tx: Tx) -> int:
    return await departments.insert(tx, "Продажи", 0)
