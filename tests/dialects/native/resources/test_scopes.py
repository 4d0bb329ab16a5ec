"""Rights in words, and that there are words for every right that a method needs."""

from __future__ import annotations

from skvorets.core.scopes import SCOPES
from skvorets.dialects.bitrix24.registry import METHODS, load_methods
from support.browsers import browser_of
from support.world import ALL_SCOPES, World


async def test_rights_are_listed_in_both_languages(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        found = await browser.get("/api/dev/scopes")
    assert {one["name"] for one in found} == set(SCOPES)
    assert all(set(one) == {"name", "ru", "en"} and one["ru"] != one["en"] for one in found)


def test_every_right_that_a_method_needs_has_words() -> None:
    load_methods()
    assert {row.scope for row in METHODS.values() if row.scope} <= set(SCOPES)
    assert set(ALL_SCOPES) == set(SCOPES)
