"""Logging in: the right password, every wrong one alike, the limits, people who may not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import argon2
import pytest

from skvorets.core import logins, password_hashes, people, throttle
from skvorets.core.logins import Attempt
from skvorets.errors import (
    NotAllowedError,
    PersonNotFoundError,
    TakenError,
    TooManyAttemptsError,
    WeakPasswordError,
    WrongNameError,
    WrongSecretError,
)
from skvorets.storage import logins as rows
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.world import World

PASSWORD = "correct horse"
HASH = logins.hash_password(PASSWORD)


@pytest.fixture
async def bob(world: World) -> Person:
    await world.unit(logins.set_password_hash, world.bob.id, "Bob@Example.org", HASH)
    return world.bob.person


async def try_login(world: World, login: str, password: str = PASSWORD, address: str = "192.0.2.1") -> Person:
    return await logins.check_password(world.app.store, Attempt(login, password, address), asyncio.to_thread)


async def fail(world: World, times: int, login: str, address: str = "192.0.2.1") -> None:
    """Fail without hashing: what is counted is counted before."""

    async def say_no(*_: object) -> bool:
        return False

    for _ in range(times):
        with pytest.raises(WrongSecretError):
            await logins.check_password(world.app.store, Attempt(login, "wrong", address), say_no)


@pytest.mark.parametrize("login", ["bob@example.org", "BOB@example.org", "  bob@example.org "])
async def test_the_right_password_gives_the_person(world: World, bob: Person, login: str) -> None:
    assert await try_login(world, login) == bob


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("bob@example.org", "wrong horse"),
        ("bob@example.org", ""),
        ("bob@example.org", "x" * 100_000),
        ("bob@example.org", "\ud800"),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("b\0b", PASSWORD),
        ("\ud800", PASSWORD),
        ("x" * 100_000, PASSWORD),
    ],
)
async def test_everything_else_is_refused_alike(world: World, bob: Person, login: str, password: str) -> None:
    with pytest.raises(WrongSecretError):
        await try_login(world, login, password)


async def test_an_unknown_login_costs_as_much_as_a_wrong_password(
    world: World, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []

    class Counting:
        def verify(self, password_hash: str, password: bytes) -> bool:
            verified.append(password_hash)
            return bool(argon2.PasswordHasher().verify(password_hash, password))

    password_hashes.nobodys_hash()
    monkeypatch.setattr(password_hashes, "_HASHER", Counting())
    for login in ("bob@example.org", "nobody"):
        with pytest.raises(WrongSecretError):
            await try_login(world, login, "wrong horse")
    assert [one.split("$")[1:4] for one in verified] == [HASH.split("$")[1:4]] * 2


async def test_a_disabled_person_cannot_log_in(world: World, bob: Person) -> None:
    await world.unit(_disable, bob.id)
    with pytest.raises(WrongSecretError):
        await try_login(world, "bob@example.org")


async def test_guessing_is_stopped_for_the_account_and_address(world: World, bob: Person) -> None:
    await fail(world, logins.MAX_PER_ACCOUNT_AND_ADDRESS, "bob@example.org")
    with pytest.raises(TooManyAttemptsError):
        await try_login(world, "bob@example.org")
    assert await try_login(world, "bob@example.org", address="192.0.2.2") == bob


async def test_unknown_logins_are_counted_like_known_ones(world: World, bob: Person) -> None:
    await fail(world, logins.MAX_PER_ACCOUNT_AND_ADDRESS, "nobody")
    with pytest.raises(TooManyAttemptsError):
        await try_login(world, "nobody")


async def test_guessing_one_account_from_many_addresses_is_stopped(world: World, bob: Person) -> None:
    for number in range(logins.MAX_PER_ACCOUNT):
        await fail(world, 1, "bob@example.org", f"198.51.100.{number}")
    with pytest.raises(TooManyAttemptsError):
        await try_login(world, "bob@example.org", address="203.0.113.9")


@pytest.mark.parametrize(
    ("addresses", "same"),
    [
        (("192.0.2.7",), "192.0.2.7"),
        (("2001:db8::1", "2001:db8::ffff:2"), "2001:db8::3"),
        (("::ffff:192.0.2.7",), "192.0.2.7"),
    ],
)
async def test_guessing_many_accounts_from_one_network_is_stopped(
    world: World, bob: Person, addresses: tuple[str, ...], same: str
) -> None:
    for number in range(throttle.MAX_PER_ADDRESS):
        await fail(world, 1, f"nobody{number}", addresses[number % len(addresses)])
    with pytest.raises(TooManyAttemptsError):
        await try_login(world, "bob@example.org", address=same)


async def test_attempts_at_the_same_time_cannot_slip_past_the_limit(world: World, bob: Person) -> None:
    compared = 0

    async def say_no(*_: object) -> bool:
        nonlocal compared
        compared += 1
        await asyncio.sleep(0.01)
        return False

    attempt = Attempt("bob@example.org", "wrong", "192.0.2.1")
    tries = [
        logins.check_password(world.app.store, attempt, say_no) for _ in range(3 * logins.MAX_PER_ACCOUNT_AND_ADDRESS)
    ]
    refusals = await asyncio.gather(*tries, return_exceptions=True)
    assert compared == logins.MAX_PER_ACCOUNT_AND_ADDRESS
    assert sum(isinstance(one, TooManyAttemptsError) for one in refusals) == 2 * logins.MAX_PER_ACCOUNT_AND_ADDRESS


async def test_a_success_takes_its_count_back(world: World, bob: Person) -> None:
    await fail(world, logins.MAX_PER_ACCOUNT_AND_ADDRESS - 1, "bob@example.org")
    assert await try_login(world, "bob@example.org") == bob
    await fail(world, logins.MAX_PER_ACCOUNT_AND_ADDRESS, "bob@example.org")
    with pytest.raises(TooManyAttemptsError):
        await try_login(world, "bob@example.org")


async def test_the_count_begins_anew_after_the_window(world: World, bob: Person) -> None:
    await fail(world, logins.MAX_PER_ACCOUNT_AND_ADDRESS, "bob@example.org")

    async def let_time_pass(tx: Tx) -> None:
        await tx.do("UPDATE login_attempts SET until = until - $1", throttle.WINDOW_MS + 1)

    async def count(tx: Tx) -> int:
        kept: int = await tx.val("SELECT count(*) FROM login_attempts")
        return kept

    await fail(world, 1, "other")
    before = await world.unit(count)
    await world.unit(let_time_pass)
    assert await try_login(world, "bob@example.org") == bob
    assert await world.unit(count) < before  # what is over is forgotten


async def test_a_hash_of_old_parameters_is_renewed(world: World, bob: Person) -> None:
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    await world.unit(logins.set_password_hash, bob.id, "bob@example.org", weak)
    assert await try_login(world, "bob@example.org") == bob
    account = await world.unit(rows.find, "bob@example.org")
    assert account.password_hash.split("$")[1:4] == HASH.split("$")[1:4]
    assert await try_login(world, "bob@example.org") == bob


async def test_the_password_is_hashed_with_argon2id_and_never_stored(world: World, bob: Person) -> None:
    account = await world.unit(rows.find, "bob@example.org")
    assert account.password_hash.startswith("md5:$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in account.password_hash
    assert await world.unit(rows.of_people, [bob.id, world.alice.id]) == {bob.id: account}


@pytest.mark.parametrize("password", ["", "1234567", "x" * 1025])
def test_a_password_of_a_bad_length_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        logins.hash_password(password)


@pytest.mark.parametrize(
    ("whom", "error"),
    [
        (lambda world: (987, "new"), PersonNotFoundError),
        (lambda world: (world.carol.id, "bob@example.org"), TakenError),
        (lambda world: (world.carol.id, "  "), WrongNameError),
        (lambda world: (world.carol.id, "a\nb"), WrongNameError),
    ],
)
async def test_an_account_that_cannot_be_is_refused(
    world: World, bob: Person, whom: Callable[[World], tuple[int, str]], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await world.unit(logins.set_password_hash, *whom(world), HASH)


async def test_a_bot_gets_no_account(world: World) -> None:
    robot = await world.add("Robot", kind="bot")
    with pytest.raises(NotAllowedError):
        await world.unit(logins.set_password_hash, robot.id, "robot", HASH)


async def test_a_new_password_replaces_the_old_one(world: World, bob: Person) -> None:
    other = await asyncio.to_thread(logins.hash_password, "another horse")
    await world.unit(logins.set_password_hash, bob.id, "bobby", other)
    assert await try_login(world, "bobby", "another horse") == bob
    with pytest.raises(WrongSecretError):
        await try_login(world, "bob@example.org")


async def _disable(tx: Tx, person_id: int) -> Any:
    await people.change_person(tx, person_id, active=0)
