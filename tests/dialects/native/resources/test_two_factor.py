"""``/api/two-factor``, and logging in with it."""

from __future__ import annotations

import pytest

from skvorets.core import access_pairs, logins, second_factor
from skvorets.core.logins import Admission
from skvorets.errors import WrongSecretError
from skvorets.storage.database import Tx
from support.browsers import Browser, RefusedError, browser_of
from support.codes import Phone
from support.world import Actor, World

PASSWORD = "correct horse"
HASH = logins.hash_password(PASSWORD)
LOGIN = "bob@example.com"


async def prepare(world: World, actor: Actor | None = None) -> None:
    await world.unit(logins.set_password_hash, (actor or world.bob).id, LOGIN, HASH)


async def switch_on(browser: Browser) -> tuple[Phone, list[str]]:
    begun = await browser.call("POST", "/api/two-factor", {"password": PASSWORD})
    phone = Phone(begun["secret"])
    confirmed = await browser.call("PUT", "/api/two-factor", {"code": phone.code(-1)})
    return phone, confirmed["recoveryCodes"]


async def log_in(world: World, code: str = "", password: str = PASSWORD) -> None:
    async with Browser(world.url) as browser:
        await browser.call("POST", "/api/session", {"login": LOGIN, "password": password, "code": code})
        assert (await browser.get("/api/session"))["me"]["id"] == world.bob.id


async def test_from_beginning_to_end(world: World) -> None:
    await prepare(world)
    async with browser_of(world, world.bob) as browser:
        assert await browser.get("/api/two-factor") == {"isOn": False, "since": 0, "recoveryCodes": 0}
        begun = await browser.call("POST", "/api/two-factor", {"password": PASSWORD})
        assert set(begun) == {"secret", "address", "qr"}
        assert begun["address"].startswith("otpauth://totp/Skvorets%20")
        assert LOGIN.replace("@", "%40") in begun["address"]
        assert set(begun["qr"]) == {"size", "path"}
        assert await browser.get("/api/two-factor") == {"isOn": False, "since": 0, "recoveryCodes": 0}
        await log_in(world)
        phone = Phone(begun["secret"])
        with pytest.raises(RefusedError, match="401 wrong_code"):
            await browser.call("PUT", "/api/two-factor", {"code": phone.wrong()})
        codes = (await browser.call("PUT", "/api/two-factor", {"code": phone.code(-1)}))["recoveryCodes"]
        state = await browser.get("/api/two-factor")
        assert state.pop("since") > 0
        assert state == {"isOn": True, "recoveryCodes": len(codes)}
        for path, verb, given in (
            ("/api/two-factor", "POST", {"password": PASSWORD}),
            ("/api/two-factor", "PUT", {"code": phone.code()}),
        ):
            with pytest.raises(RefusedError, match="409 nothing_changed"):
                await browser.call(verb, path, given)
        assert await browser.call("DELETE", "/api/two-factor", {"password": PASSWORD, "code": codes[0]}) is None
        await log_in(world)


async def test_what_programs_got_by_the_password_alone_is_void(world: World) -> None:
    await prepare(world)
    access_id, _ = await world.unit(access_pairs.pair_for, Admission(world.bob.person))
    async with browser_of(world, world.bob) as browser:
        await switch_on(browser)
    with pytest.raises(WrongSecretError):
        await world.unit(access_pairs.owner_of, access_id)


async def test_the_password_alone_opens_nothing(world: World) -> None:
    await prepare(world)
    async with browser_of(world, world.bob) as browser:
        phone, codes = await switch_on(browser)
    with pytest.raises(RefusedError, match="401 second_factor_required"):
        await log_in(world)
    with pytest.raises(RefusedError, match="401 wrong_secret"):
        await log_in(world, phone.code(), password="wrong")
    with pytest.raises(RefusedError, match="401 wrong_code"):
        await log_in(world, phone.wrong())
    await log_in(world, phone.code())
    with pytest.raises(RefusedError, match="401 wrong_code"):
        await log_in(world, phone.code(-1))
    await log_in(world, codes[3])
    with pytest.raises(RefusedError, match="401 wrong_code"):
        await log_in(world, codes[3])


async def test_who_does_not_know_the_password_hears_of_no_code(world: World) -> None:
    await prepare(world)
    async with browser_of(world, world.bob) as browser:
        await switch_on(browser)
    with pytest.raises(RefusedError, match="401 wrong_secret"):
        await log_in(world, password="wrong")


async def test_guessing_codes_is_stopped(world: World) -> None:
    await prepare(world)
    async with browser_of(world, world.bob) as browser:
        phone, _ = await switch_on(browser)
    for number in range(second_factor.MAX_WRONG_CODES):
        with pytest.raises(RefusedError, match="401 wrong_code"):
            await log_in(world, phone.wrong())
        if number % 3 == 0 and number < second_factor.MAX_WRONG_CODES - 1:
            # That the password is right does not begin the count anew.
            with pytest.raises(RefusedError, match="401 second_factor_required"):
                await log_in(world)
    with pytest.raises(RefusedError, match="429 too_many_attempts"):
        await log_in(world, phone.code())


async def test_other_browsers_must_log_in_anew(world: World) -> None:
    await prepare(world)
    async with browser_of(world, world.bob) as browser, browser_of(world, world.bob) as other:
        await switch_on(browser)
        assert await browser.get("/api/session")
        with pytest.raises(RefusedError, match="401 not_logged_in"):
            await other.get("/api/session")


async def test_password_and_code_are_wanted_to_switch_it_off(world: World) -> None:
    await prepare(world)
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="401 wrong_secret"):
            await browser.call("POST", "/api/two-factor", {"password": "wrong"})
        with pytest.raises(RefusedError, match="409 nothing_changed"):
            await browser.call("DELETE", "/api/two-factor", {"password": PASSWORD, "code": "123456"})
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.call("PUT", "/api/two-factor", {"code": "123456"})
        phone, codes = await switch_on(browser)
        for verb, path in (("DELETE", "/api/two-factor"), ("POST", "/api/two-factor/recovery-codes")):
            with pytest.raises(RefusedError, match="401 wrong_secret"):
                await browser.call(verb, path, {"password": "wrong", "code": phone.code()})
            with pytest.raises(RefusedError, match="401 wrong_code"):
                await browser.call(verb, path, {"password": PASSWORD, "code": phone.wrong()})
        given = {"password": PASSWORD, "code": phone.code()}
        renewed = (await browser.call("POST", "/api/two-factor/recovery-codes", given))["recoveryCodes"]
        assert not set(renewed) & set(codes)
        with pytest.raises(RefusedError, match="401 wrong_code"):
            await browser.call("DELETE", "/api/two-factor", {"password": PASSWORD, "code": codes[0]})
        await browser.call("DELETE", "/api/two-factor", {"password": PASSWORD, "code": renewed[0]})
        assert not (await browser.get("/api/two-factor"))["isOn"]


async def test_it_is_written_down(world: World) -> None:
    await prepare(world)
    async with browser_of(world, world.bob) as browser:
        _, codes = await switch_on(browser)
        await browser.call("DELETE", "/api/two-factor", {"password": PASSWORD, "code": codes[0]})
    noted = await world.unit(_noted)
    assert [one for one in noted if one.startswith("two_factor")] == ["two_factor.enabled", "two_factor.disabled"]


async def _noted(tx: Tx) -> list[str]:
    return [row[0] for row in await tx.rows("SELECT action FROM audit_log ORDER BY id")]


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("POST", {}),
        ("POST", {"password": ["x"]}),
        ("POST", {"password": "x" * 1025}),
        ("PUT", {}),
        ("PUT", {"code": ""}),
        ("PUT", {"code": "x" * 65}),
        ("PUT", {"code": 123456}),
        ("DELETE", {"password": PASSWORD}),
    ],
)
async def test_bad_input_is_refused(world: World, verb: str, given: object) -> None:
    async with browser_of(world, world.bob) as browser:
        with pytest.raises(RefusedError, match="400 malformed"):
            await browser.call(verb, "/api/two-factor", given)


async def test_strangers_are_refused(world: World) -> None:
    async with Browser(world.url) as browser:
        for verb in ("GET", "POST", "PUT", "DELETE"):
            with pytest.raises(RefusedError, match="401 not_logged_in"):
                await browser.call(verb, "/api/two-factor", {"password": "x", "code": "x"})


async def test_who_has_no_log_in_has_no_password_to_confirm(world: World) -> None:
    async with browser_of(world, world.carol) as browser:
        with pytest.raises(RefusedError, match="401 wrong_secret"):
            await browser.call("POST", "/api/two-factor", {"password": PASSWORD})
