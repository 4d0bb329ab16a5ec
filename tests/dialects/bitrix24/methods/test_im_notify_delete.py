"""``im.notify.delete``: an own one by id, everybody's of the calling program by tags; nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events_notifications import NotificationsDeleted
from support.notices import texts, told
from support.world import World

DELETE = "im.notify.delete"
ADD = "im.notify.personal.add"


async def test_an_own_one_by_id(world: World) -> None:
    first, kept = await told(world, world.bob), await told(world, world.bob, "kept")
    answer = await world.bob.ask(DELETE, ID=first)
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    assert await texts(world.bob) == ["kept"]
    assert await world.bob.call(DELETE, ID=first) is False
    assert await world.carol.call(DELETE, ID=kept) is False
    assert await texts(world.bob) == ["kept"]
    assert await world.events("notification.deleted") == [
        NotificationsDeleted(person_id=world.bob.id, ids=[first], unread=1)
    ]


@pytest.mark.parametrize("label", ["TAG", "SUB_TAG"])
async def test_by_a_tag_from_everybody_but_only_of_the_same_program(world: World, label: str) -> None:
    one = await world.alice.through(await world.install(name="One"))
    other = await world.alice.through(await world.install(name="Other"))
    for person in (world.bob, world.carol):
        await one.call(ADD, USER_ID=person.id, MESSAGE="one", **{label: "T"})
        await other.call(ADD, USER_ID=person.id, MESSAGE="other", **{label: "T"})
        await one.call(ADD, USER_ID=person.id, MESSAGE="else", **{label: "U"})
    assert await one.call(DELETE, **{label: "T"}) is True
    assert await one.call(DELETE, **{label: "T"}) is False
    assert await texts(world.bob) == await texts(world.carol) == ["else", "other"]


async def test_webhooks_must_name_their_program(world: World) -> None:
    await world.alice.call(ADD, USER_ID=world.bob.id, MESSAGE="x", TAG="T", SUB_TAG="S", CLIENT_ID="mine")
    for params in ({"TAG": "T"}, {"SUB_TAG": "S"}):
        answer = await world.alice.ask(DELETE, **params)
        assert answer.refusal == (403, "ACCESS_DENIED")
        assert answer.body["error_description"] == "Access denied! Client ID not specified"
        assert await world.alice.call(DELETE, **params, CLIENT_ID="yours") is False
    assert await texts(world.bob) == ["x"]
    assert await world.alice.call(DELETE, SUB_TAG="S", CLIENT_ID="mine") is True
    assert await texts(world.bob) == []


async def test_a_webhook_cannot_pretend_to_be_an_application(world: World) -> None:
    application = await world.install()
    alice = await world.alice.through(application)
    await alice.call(ADD, USER_ID=world.bob.id, MESSAGE="x", TAG="T", SUB_TAG="S")
    for params in ({"TAG": "T"}, {"SUB_TAG": "S"}):
        assert await world.bob.call(DELETE, **params, CLIENT_ID=application.client_id) is False
    assert await texts(world.bob) == ["x"]


async def test_the_servers_own_tags_cannot_be_reached(world: World) -> None:
    await told(world, world.bob, tag="IM|LIKE|1|2", sub_tag="IM|MESSAGE|1", module="rest")
    alice = await world.alice.through(await world.install())
    assert await alice.call(DELETE, TAG="IM|LIKE|1|2") is False
    assert await alice.call(DELETE, SUB_TAG="IM|MESSAGE|1") is False
    assert await texts(world.bob) == ["hello"]


@pytest.mark.parametrize("params", [{}, {"ID": 0}, {"ID": -5}, {"ID": "x"}, {"ID": [1]}, {"TAG": " "}, {"TAG": [1]}])
async def test_something_must_be_named(world: World, params: dict[str, Any]) -> None:
    answer = await world.bob.ask(DELETE, **params)
    assert answer.refusal == (400, "PARAMS_ERROR")
    assert answer.body["error_description"] == "Incorrect params"
