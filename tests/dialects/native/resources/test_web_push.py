"""Subscriptions of browsers at push services."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from skvorets.core.web_push import MAX_SUBSCRIPTIONS
from skvorets.storage import web_push
from support.browsers import Browser, RefusedError, browser_of
from support.push_services import Phone, from_base64
from support.world import World

PATH = "/api/web-push/subscription"


def given(endpoint: str = "https://push.example/abc", phone: Phone | None = None) -> dict[str, object]:
    return {"endpoint": endpoint, "expirationTime": None, "keys": (phone or Phone()).keys}


async def test_the_key_is_a_point_and_stays_the_same(world: World) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.alice) as alice:
        answer = await bob.get("/api/web-push")
        assert answer.keys() == {"publicKey"}
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64(answer["publicKey"]))
        assert await alice.get("/api/web-push") == answer


async def test_a_browser_subscribes_renews_and_ends(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        first, second = Phone(), Phone()
        assert await browser.call("PUT", PATH, given(phone=first)) is None
        assert await browser.call("PUT", PATH, given(phone=second)) is None
        [stored] = await world.app.store.read(web_push.of_person, world.bob.id)
        assert (stored.endpoint, stored.p256dh) == ("https://push.example/abc", second.keys["p256dh"])
        for _ in range(2):
            assert await browser.call("DELETE", PATH, {"endpoint": "https://push.example/abc"}) is None
    assert await world.app.store.read(web_push.of_person, world.bob.id) == []


async def test_a_browser_belongs_to_who_uses_it_now_and_others_cannot_end_it(world: World) -> None:
    async with browser_of(world, world.bob) as bob, browser_of(world, world.carol) as carol:
        await bob.call("PUT", PATH, given())
        await carol.call("PUT", PATH, given())
        assert await world.app.store.read(web_push.of_person, world.bob.id) == []
        await bob.call("DELETE", PATH, {"endpoint": "https://push.example/abc"})
        assert len(await world.app.store.read(web_push.of_person, world.carol.id)) == 1


async def test_a_person_has_a_bounded_number(world: World) -> None:
    async with browser_of(world, world.bob) as browser:
        for number in range(MAX_SUBSCRIPTIONS + 2):
            await browser.call("PUT", PATH, given(f"https://push.example/{number}"))
    kept = await world.app.store.read(web_push.of_person, world.bob.id)
    assert [one.endpoint for one in kept][::19] == ["https://push.example/2", "https://push.example/21"]


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({}, "400 malformed"),
        ({"endpoint": "https://push.example/", "keys": {}}, "400 malformed"),
        ({"endpoint": ["x"], "keys": Phone().keys}, "400 malformed"),
        (given("https://push.example/" + "x" * 2000), "400 malformed"),
        (given("ftp://push.example/"), "400 wrong_protocol"),
        (given("https://user@push.example/"), "400 wrong_address"),
        (given("nonsense"), "400 wrong_protocol"),
        ({"endpoint": "https://push.example/", "keys": {"p256dh": "AAAA", "auth": "AAAA"}}, "400 wrong_keys"),
        ({"endpoint": "https://push.example/", "keys": {**Phone().keys, "auth": "A" * 21}}, "400 wrong_keys"),
        ({"endpoint": "https://push.example/", "keys": {**Phone().keys, "auth": "AAAA"}}, "400 wrong_keys"),
        ({"endpoint": "https://push.example/", "keys": {**Phone().keys, "p256dh": "B" + "A" * 86}}, "400 wrong_keys"),
        ({"endpoint": "https://push.example/", "keys": {**Phone().keys, "p256dh": "я" * 87}}, "400 wrong_keys"),
    ],
)
async def test_what_is_no_subscription_is_refused(world: World, body: object, refusal: str) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match=refusal):
            await browser.call("PUT", PATH, body)
    assert await world.app.store.read(web_push.of_person, world.bob.id) == []


async def test_nobody_subscribes_without_logging_in(world: World) -> None:
    async with Browser(world.url) as nobody:
        for verb, path in (("GET", "/api/web-push"), ("PUT", PATH), ("DELETE", PATH)):
            with pytest.raises(RefusedError, match="401 not_logged_in"):
                await nobody.call(verb, path, given() if verb == "PUT" else None)
