"""``im.user.get``: the documented user object, its errors, what people from outside see."""

from __future__ import annotations

import pytest

from support.world import World


async def test_the_caller_himself_when_no_id_is_given(world: World) -> None:
    found = await world.bob.call("im.user.get")
    activity = found.pop("last_activity_date")
    assert activity is False or isinstance(activity, str)
    assert found == {
        "id": world.bob.id,
        "active": True,
        "name": "Bob Ivanov",
        "first_name": "Bob",
        "last_name": "Ivanov",
        "work_position": "",
        "color": found["color"],
        "avatar": "",
        "avatar_hr": "",
        "gender": "M",
        "birthday": "",
        "extranet": False,
        "network": False,
        "bot": False,
        "connector": False,
        "external_auth_id": "default",
        "status": "online",
        "idle": False,
        "mobile_last_date": False,
        "desktop_last_date": False,
        "absent": False,
        "departments": [],
        "phones": False,
        "website": "",
        "email": "",
        "bot_data": None,
        "type": "user",
    }


async def test_another_person(world: World) -> None:
    assert (await world.alice.call("im.user.get", ID=str(world.carol.id)))["name"] == "Carol Sidorova"


@pytest.mark.parametrize("wrong", ["", "x", 0, -1, [1], {"a": 1}])
async def test_a_wrong_id_is_refused(world: World, wrong: object) -> None:
    assert await world.alice.refused("im.user.get", ID=wrong) == (400, "ID_EMPTY")


async def test_an_unknown_person_is_refused(world: World) -> None:
    assert await world.alice.refused("im.user.get", ID=10**12) == (400, "USER_NOT_EXISTS")


async def test_people_from_outside_see_those_who_share_a_chat_with_them(world: World) -> None:
    await world.chat(world.alice, world.outsider)
    assert (await world.outsider.call("im.user.get", ID=world.alice.id))["id"] == world.alice.id
    assert (await world.outsider.call("im.user.get"))["extranet"] is True
    hidden = await world.outsider.ask("im.user.get", ID=world.bob.id)
    absent = await world.outsider.ask("im.user.get", ID=10**12)
    assert hidden.refusal[1] == "ACCESS_DENIED"
    assert hidden.body == absent.body
