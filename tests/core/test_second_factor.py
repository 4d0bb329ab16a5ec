"""The second factor: codes as RFC 6238 has them, each once; recovery codes; what is counted."""

from __future__ import annotations

import base64
import re
import time
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from skvorets.core import second_factor, tokens
from skvorets.core.second_factor import DIGITS, MAX_WRONG_CODES, STEP_S, code_at
from skvorets.errors import NotFoundError, NothingChangedError, TooManyAttemptsError, WrongCodeError
from skvorets.storage import second_factors
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.world import World

# RFC 6238, appendix B: time, the last six of the eight digits for SHA-1.
VECTORS = [
    (59, "287082"),
    (1_111_111_109, "081804"),
    (1_111_111_111, "050471"),
    (1_234_567_890, "005924"),
    (2_000_000_000, "279037"),
    (20_000_000_000, "353130"),
]
# Far from any real one, and in the middle of a step.
NOON = 1_800_000_015_000


@pytest.mark.parametrize(("unix_s", "code"), VECTORS)
def test_codes_are_those_of_the_standard(unix_s: int, code: str) -> None:
    assert code_at(b"12345678901234567890", unix_s) == code


async def at(tx: Tx, now: int, fn: Any, *args: Any) -> Any:
    tx.now = now
    return await fn(tx, *args)


async def begun(world: World, person: Person, now: int = NOON) -> bytes:
    enrolment = await world.unit(at, now, second_factor.begin, person, "Skvorets here")
    return base64.b32decode(enrolment.secret)


def code(key: bytes, now: int = NOON) -> str:
    return code_at(key, now // 1000)


async def switched_on(world: World, person: Person) -> tuple[bytes, list[str]]:
    key = await begun(world, person)
    return key, await world.unit(at, NOON, second_factor.confirm, person, code(key))


async def accepted(world: World, person: Person, given: str, now: int) -> bool:
    found: bool = await world.unit(at, now, second_factor.accept, person.id, given)
    return found


async def test_the_address_for_the_application_names_portal_and_person(world: World) -> None:
    enrolment = await world.unit(second_factor.begin, world.bob.person, "Skvorets here:8080")
    parts = urlsplit(enrolment.address)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert unquote(parts.path) == f"/Skvorets here:8080:{world.bob.person.name}"
    assert "+" not in enrolment.address
    assert parse_qs(parts.query) == {"secret": [enrolment.secret], "issuer": ["Skvorets here:8080"]}
    assert re.fullmatch(r"[A-Z2-7]{32}", enrolment.secret)


async def test_the_key_is_nowhere_stored(world: World) -> None:
    key = await begun(world, world.bob.person)
    factor = await world.unit(second_factors.find, world.bob.id)
    assert factor is not None
    assert key.hex() not in str(factor)
    assert key == tokens.second_factor_key(world.app.store.portal, factor.seed)


async def test_what_is_begun_is_not_asked_for_before_it_is_confirmed(world: World) -> None:
    key = await begun(world, world.bob.person)
    assert not await world.unit(second_factor.is_asked_for, world.bob.id)
    with pytest.raises(WrongCodeError):
        await world.unit(at, NOON, second_factor.confirm, world.bob.person, "000000" if code(key) != "000000" else "1")
    assert not await world.unit(second_factor.is_asked_for, world.bob.id)
    await world.unit(at, NOON, second_factor.confirm, world.bob.person, code(key))
    assert await world.unit(second_factor.is_asked_for, world.bob.id)
    with pytest.raises(NothingChangedError):
        await world.unit(second_factor.begin, world.bob.person, "x")
    with pytest.raises(NothingChangedError):
        await world.unit(at, NOON, second_factor.confirm, world.bob.person, code(key))


async def test_what_was_begun_long_ago_cannot_be_confirmed(world: World) -> None:
    with pytest.raises(NotFoundError):
        await world.unit(second_factor.confirm, world.bob.person, "123456")
    key = await begun(world, world.bob.person)
    late = NOON + second_factor.BEGUN_MS + 1
    with pytest.raises(NotFoundError):
        await world.unit(at, late, second_factor.confirm, world.bob.person, code(key, late))


async def test_each_code_is_good_once(world: World) -> None:
    key, _ = await switched_on(world, world.bob.person)
    assert not await accepted(world, world.bob.person, code(key), NOON)  # it has confirmed
    later = NOON + STEP_S * 1000
    assert await accepted(world, world.bob.person, f" {code(key, later)[:3]} {code(key, later)[3:]} ", later)
    assert not await accepted(world, world.bob.person, code(key, later), later)


@pytest.mark.parametrize(("steps", "is_good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
async def test_clocks_may_differ_by_one_step(world: World, steps: int, is_good: object) -> None:
    key, _ = await switched_on(world, world.bob.person)
    later = NOON + 100 * STEP_S * 1000
    assert await accepted(world, world.bob.person, code(key, later + steps * STEP_S * 1000), later) is is_good


@pytest.mark.parametrize("given", ["", "12345", "1234567", "abcdef", "１２３４５６", "\ud800", "x" * 100_000, "٣٣٣٣٣٣"])
async def test_what_is_no_code_is_refused(world: World, given: str) -> None:
    await switched_on(world, world.bob.person)
    assert not await accepted(world, world.bob.person, given, NOON + 3600_000)


async def test_a_recovery_code_stands_for_a_code_once(world: World) -> None:
    _, codes = await switched_on(world, world.bob.person)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert all(re.fullmatch(r"[a-z2-9]{5}-[a-z2-9]{5}", one) for one in codes)
    assert await accepted(world, world.bob.person, codes[0], NOON)
    assert not await accepted(world, world.bob.person, codes[0], NOON)
    assert await accepted(world, world.bob.person, codes[1].upper().replace("-", " "), NOON)
    state = await world.unit(second_factor.state_of, world.bob.id)
    assert state.recovery_codes == second_factor.RECOVERY_CODES - 2


async def test_recovery_codes_are_the_persons_own(world: World) -> None:
    _, codes = await switched_on(world, world.bob.person)
    await switched_on(world, world.carol.person)
    assert not await accepted(world, world.carol.person, codes[0], NOON)


async def test_guessing_codes_is_stopped_for_the_person_alone(world: World) -> None:
    key, _ = await switched_on(world, world.bob.person)
    other, _ = await switched_on(world, world.carol.person)
    # Counting goes by the real clock's window, which these times are within.
    now = NOON + 600_000
    for _ in range(MAX_WRONG_CODES):
        assert not await accepted(world, world.bob.person, "nonsense", now)
    with pytest.raises(TooManyAttemptsError):
        await accepted(world, world.bob.person, code(key, now), now)
    assert await accepted(world, world.carol.person, code(other, now), now)


async def test_a_right_code_takes_wrong_ones_back(world: World) -> None:
    key, _ = await switched_on(world, world.bob.person)
    now = NOON + 600_000
    for round_ in range(2):
        for _ in range(MAX_WRONG_CODES - 1):
            assert not await accepted(world, world.bob.person, "nonsense", now)
        then = now + round_ * STEP_S * 1000
        assert await accepted(world, world.bob.person, code(key, then), then)


async def test_it_can_be_switched_off(world: World) -> None:
    await switched_on(world, world.bob.person)
    await world.unit(second_factor.switch_off, world.bob.id, world.bob.id)
    assert not await world.unit(second_factor.is_asked_for, world.bob.id)
    assert await accepted(world, world.bob.person, "anything", NOON)
    with pytest.raises(NothingChangedError):
        await world.unit(second_factor.switch_off, world.bob.id, world.bob.id)


def test_a_code_is_quick_to_make() -> None:
    begin = time.perf_counter()
    for number in range(100):
        assert len(code_at(b"k" * 20, number * STEP_S)) == DIGITS
    assert time.perf_counter() - begin < 0.5
