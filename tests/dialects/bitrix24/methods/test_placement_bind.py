"""``placement.bind``: each place with its options, as the seed shows them; each documented error."""

from __future__ import annotations

from typing import Any

import pytest

from support.placements import HANDLER, TEXTAREA, binding, bound
from support.world import Actor, World


async def owner_of(world: World, *scopes: str) -> Actor:
    return await world.alice.through(await world.install(scopes=scopes or ("im", "placement")))


async def test_the_seeds_example_is_bound(world: World) -> None:
    owner = await owner_of(world)
    answer = await owner.ask("placement.bind", **TEXTAREA)
    assert set(answer.body) == {"result", "time"}
    assert answer.result is True
    (found,) = await bound(world, owner)
    assert (found.placement, found.handler, found.title) == ("IM_TEXTAREA", HANDLER, "")
    assert found.read_phrases()["ru"]["title"] == "Приложение для панели над полем ввода"
    options = {"iconName": "fa-bars", "context": "USER;CHAT", "role": "USER", "color": "GRAPHITE", "extranet": "N"}
    assert found.read_options() == {**options, "width": 200, "height": 100}


ICON = {"iconName": "fa-bug"}
PEOPLE = {"role": "USER", "extranet": "N"}


@pytest.mark.parametrize(
    ("placement", "given", "kept"),
    [
        ("IM_NAVIGATION", ICON, {**ICON, **PEOPLE}),
        ("im_sidebar", {**ICON, "color": "orange"}, {**ICON, **PEOPLE, "context": "ALL", "color": "ORANGE"}),
        ("IM_TEXTAREA", ICON, {**ICON, **PEOPLE, "context": "ALL", "width": 100, "height": 100}),
        ("IM_CONTEXT_MENU", {"context": "crm; lines"}, {**PEOPLE, "context": "LINES;CRM"}),
        (
            "IM_SMILES_SELECTOR",
            {"context": "USER;ALL", "extranet": "Y"},
            {"role": "USER", "extranet": "Y", "context": "ALL"},
        ),
        ("IM_CONTEXT_MENU", {"color": "no", "iconName": "", "other": [1]}, {**PEOPLE, "context": "ALL"}),
        ("IM_CONTEXT_MENU", {"role": "ADMIN"}, {"role": "ADMIN", "extranet": "N", "context": "ALL"}),
    ],
)
async def test_options_have_defaults(world: World, placement: str, given: dict[str, Any], kept: dict[str, Any]) -> None:
    owner = await owner_of(world)
    await owner.call("placement.bind", **binding(placement, **given))
    (found,) = await bound(world, owner)
    assert found.placement == placement.upper()
    assert found.read_options() == kept


async def test_one_place_takes_many_addresses(world: World) -> None:
    owner = await owner_of(world)
    for number in range(3):
        await owner.call("placement.bind", **binding(handler=f"{HANDLER}?n={number}"))
    assert len(await bound(world, owner)) == 3


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({}, "EMPTY_ERROR_ICON_NAME"),
        ({"iconName": ""}, "EMPTY_ERROR_ICON_NAME"),
        ({"iconName": "x" * 51}, "INVALID_ERROR_ICON_NAME"),
        ({"iconName": "12"}, "INVALID_ERROR_ICON_NAME"),
        ({"iconName": "fa-<b>"}, "INVALID_ERROR_ICON_NAME"),
        ({"iconName": ["fa-bug"]}, "INVALID_ERROR_ICON_NAME"),
        ({**ICON, "context": "USER;NOBODY"}, "INVALID_ERROR_CONTEXT"),
        ({**ICON, "context": ["USER"]}, "INVALID_ERROR_CONTEXT"),
        ({**ICON, "role": "BOSS"}, "INVALID_ERROR_ROLE"),
        ({**ICON, "role": {"a": 1}}, "INVALID_ERROR_ROLE"),
        ({**ICON, "extranet": "YES"}, "INVALID_ERROR_EXTRANET"),
        ({**ICON, "color": "WHITE"}, "INVALID_ERROR_COLOR"),
        ({**ICON, "width": 0}, "INVALID_ERROR_WIDTH"),
        ({**ICON, "width": "wide"}, "INVALID_ERROR_WIDTH"),
        ({**ICON, "width": "9" * 5000}, "INVALID_ERROR_WIDTH"),
        ({**ICON, "height": -1}, "INVALID_ERROR_HEIGHT"),
        ({**ICON, "height": [100]}, "INVALID_ERROR_HEIGHT"),
    ],
)
async def test_wrong_options_are_refused(world: World, options: dict[str, Any], code: str) -> None:
    owner = await owner_of(world)
    assert await owner.refused("placement.bind", **binding("IM_TEXTAREA", **options)) == (400, code)
    assert await bound(world, owner) == []


ADDRESS = "ERROR_WRONG_HANDLER_URL"


@pytest.mark.parametrize(
    ("given", "code", "text"),
    [
        ({"PLACEMENT": None}, "ERROR_ARGUMENT", "Argument 'PLACEMENT' is null or empty"),
        ({"PLACEMENT": " "}, "ERROR_ARGUMENT", "Argument 'PLACEMENT' is null or empty"),
        ({"PLACEMENT": {"a": 1}}, "ERROR_ARGUMENT", "Argument 'PLACEMENT' is null or empty"),
        ({"HANDLER": None}, "ERROR_ARGUMENT", "Argument 'HANDLER' is null or empty"),
        ({"HANDLER": ["x"]}, "ERROR_ARGUMENT", "Argument 'HANDLER' is null or empty"),
        ({"PLACEMENT": "CRM_LEAD_LIST_MENU"}, "ERROR_PLACEMENT_NOT_FOUND", "Placement not found"),
        ({"USER_ID": 1}, "ERROR_PLACEMENT_USER_MODE", "User mode is not available"),
        ({"HANDLER": "javascript:alert(1)"}, "ERROR_UNSUPPORTED_PROTOCOL", "Unsupported placement handler protocol"),
        ({"HANDLER": "https://a b.example.com"}, ADDRESS, "Wrong handler URL"),
        ({"HANDLER": "https://" + "x" * 5000}, ADDRESS, "Wrong handler URL"),
    ],
)
async def test_what_is_wrong_is_refused(world: World, given: dict[str, Any], code: str, text: str) -> None:
    owner = await owner_of(world)
    answer = await owner.ask("placement.bind", **{**binding(), **given})
    assert answer.refusal == (400, code)
    assert answer.body["error_description"] == text
    assert await bound(world, owner) == []


async def test_the_same_address_is_bound_once(world: World) -> None:
    owner = await owner_of(world)
    await owner.call("placement.bind", **binding())
    answer = await owner.ask("placement.bind", **binding(context="USER"))
    assert answer.refusal == (400, "ERROR_CORE")
    assert answer.body["error_description"] == "Unable to set placement handler: Handler already binded"
    assert len(await bound(world, owner)) == 1
    await (await owner_of(world)).call("placement.bind", **binding())


async def test_who_may(world: World) -> None:
    application = await world.install()
    assert await (await world.bob.through(application)).refused("placement.bind", **binding()) == (403, "ACCESS_DENIED")
    answer = await world.alice.ask("placement.bind", **binding())
    assert answer.refusal == (403, "WRONG_AUTH_TYPE")
    assert answer.body["error_description"] == (
        "Current authorization type is denied for this method Application context required"
    )
    without = await owner_of(world, "im")
    assert await without.refused("placement.bind", **binding()) == (403, "insufficient_scope")
    elsewhere = await owner_of(world, "placement")
    assert await elsewhere.refused("placement.bind", **binding()) == (400, "ERROR_PLACEMENT_NOT_FOUND")
