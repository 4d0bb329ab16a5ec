"""The MD5 of a password, passwords for programs, pairs for signing: one way in for every door."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

import argon2
import pytest

from skvorets.core import access_pairs, app_passwords, logins, password_hashes, people_desk
from skvorets.core.logins import Admission, Attempt
from skvorets.core.program_access import end_access_by_own_password
from skvorets.errors import EmptyNameError, NotFoundError, SecondFactorRequiredError, TooLargeError, WrongSecretError
from skvorets.storage import app_passwords as rows
from skvorets.storage import logins as login_rows
from skvorets.storage import second_factors
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.second_factors import SecondFactor
from support.world import World

PASSWORD = "correct horse"
HASH = logins.hash_password(PASSWORD)
MD5 = hashlib.md5(PASSWORD.encode(), usedforsecurity=False).hexdigest()
ADDRESS = "192.0.2.1"


@pytest.fixture
async def bob(world: World) -> Person:
    await world.unit(logins.set_password_hash, world.bob.id, "bob", HASH)
    return world.bob.person


async def enter(world: World, password: str = "", **given: Any) -> Admission:
    return await logins.admit(world.app.store, Attempt("bob", password, ADDRESS, **given), asyncio.to_thread)


async def make(world: World) -> tuple[int, str]:
    new, secret = await world.unit(app_passwords.create, world.bob.person, "Reports", ADDRESS)
    return new.id, secret


async def ask_for_codes(tx: Tx, person_id: int) -> None:
    await second_factors.put(tx, SecondFactor(person_id, "00", tx.now, tx.now, 0))


async def put_old_hash(tx: Tx, person_id: int) -> None:
    old = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    await login_rows.put(tx, login_rows.Login(person_id, "bob", old))


async def hash_of(tx: Tx, person_id: int) -> str:
    return (await login_rows.of_people(tx, [person_id]))[person_id].password_hash


@pytest.mark.parametrize("md5", [MD5, MD5.upper(), f" {MD5} "])
async def test_the_md5_of_the_password_lets_in(world: World, bob: Person, md5: str) -> None:
    assert await enter(world, password_md5=md5) == Admission(bob)


@pytest.mark.parametrize("md5", ["0" * 32, "", MD5[:-1], f"{MD5}0", PASSWORD, "ё" * 32, "\ud800", "x" * 100_000])
async def test_every_other_md5_is_refused(world: World, bob: Person, md5: str) -> None:
    with pytest.raises(WrongSecretError):
        await enter(world, password_md5=md5)


async def test_the_md5_given_as_a_password_is_refused(world: World, bob: Person) -> None:
    with pytest.raises(WrongSecretError):
        await enter(world, MD5)


async def test_a_hash_of_the_old_kind_is_of_no_use_with_the_md5_until_the_password_was_given(
    world: World, bob: Person
) -> None:
    await world.unit(put_old_hash, bob.id)
    with pytest.raises(WrongSecretError):
        await enter(world, password_md5=MD5)
    assert await enter(world, PASSWORD) == Admission(bob)
    assert (await world.unit(hash_of, bob.id)).startswith("md5:$argon2id$")
    assert await enter(world, password_md5=MD5) == Admission(bob)


async def test_a_hash_of_old_parameters_is_renewed_by_the_md5_as_well(world: World, bob: Person) -> None:
    weak = "md5:" + argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(MD5)
    await world.unit(logins.set_password_hash, bob.id, "bob", weak)
    assert await enter(world, password_md5=MD5.upper()) == Admission(bob)
    renewed = await world.unit(hash_of, bob.id)
    assert renewed != weak
    assert not password_hashes.needs_renewal(renewed)
    assert await enter(world, PASSWORD) == Admission(bob)


async def test_who_shows_a_second_factor_is_not_let_in_by_password_alone(world: World, bob: Person) -> None:
    await world.unit(ask_for_codes, bob.id)
    with pytest.raises(SecondFactorRequiredError):
        await enter(world, password_md5=MD5, takes_app_passwords=True)


@pytest.mark.parametrize("as_md5", [False, True])
async def test_a_password_for_programs_needs_no_code(world: World, bob: Person, as_md5: bool) -> None:  # noqa: FBT001
    await world.unit(ask_for_codes, bob.id)
    number, secret = await make(world)
    md5 = hashlib.md5(secret.encode(), usedforsecurity=False).hexdigest()
    given: dict[str, Any] = {"password_md5": md5} if as_md5 else {"password": secret}
    assert await enter(world, **given, takes_app_passwords=True) == Admission(bob, number)
    assert (await world.unit(rows.of_person, bob.id))[0].used_at > 0


async def test_it_opens_no_door_for_people_and_none_of_somebody_else(world: World, bob: Person) -> None:
    _, secret = await make(world)
    with pytest.raises(WrongSecretError):
        await enter(world, secret)
    await world.unit(logins.set_password_hash, world.carol.id, "carol", HASH)
    attempt = Attempt("carol", secret, ADDRESS, takes_app_passwords=True)
    with pytest.raises(WrongSecretError):
        await logins.admit(world.app.store, attempt, asyncio.to_thread)


async def test_a_revoked_one_and_what_was_got_by_it_are_void(world: World, bob: Person) -> None:
    number, secret = await make(world)
    by_own, _ = await world.unit(access_pairs.pair_for, Admission(bob))
    by_it, _ = await world.unit(access_pairs.pair_for, Admission(bob, number))
    key = await world.unit(access_pairs.make_key, Admission(bob, number))
    await world.unit(app_passwords.revoke, bob, number, ADDRESS)
    with pytest.raises(WrongSecretError):
        await enter(world, secret, takes_app_passwords=True)
    with pytest.raises(WrongSecretError):
        await world.unit(access_pairs.owner_of, by_it)
    with pytest.raises(WrongSecretError):
        await world.unit(access_pairs.take_key, key)
    assert await world.unit(access_pairs.owner_of, by_own) == bob
    with pytest.raises(NotFoundError):
        await world.unit(app_passwords.revoke, bob, number, ADDRESS)


@pytest.mark.parametrize("by", ["password", "disabling"])
async def test_all_of_them_end_with_the_password_and_the_account(world: World, bob: Person, by: str) -> None:
    number, secret = await make(world)
    pairs = [(await world.unit(access_pairs.pair_for, Admission(bob, one)))[0] for one in (0, number)]
    if by == "password":
        await world.unit(logins.set_password_hash, bob.id, "bob", HASH)
    else:
        await world.unit(people_desk.disable, world.alice.person, bob.id)
        await world.unit(people_desk.enable, bob.id)
    with pytest.raises(WrongSecretError):
        await enter(world, secret, takes_app_passwords=True)
    for pair in pairs:
        with pytest.raises(WrongSecretError):
            await world.unit(access_pairs.owner_of, pair)
    assert await world.unit(rows.of_person, bob.id) == []


async def test_what_the_own_password_gave_ends_when_it_is_not_enough_any_more(world: World, bob: Person) -> None:
    number, _ = await make(world)
    by_own, _ = await world.unit(access_pairs.pair_for, Admission(bob))
    by_it, _ = await world.unit(access_pairs.pair_for, Admission(bob, number))
    await world.unit(end_access_by_own_password, bob.id)
    assert await world.unit(access_pairs.owner_of, by_it) == bob
    with pytest.raises(WrongSecretError):
        await world.unit(access_pairs.owner_of, by_own)


async def test_a_pair_stays_the_same_and_is_hex(world: World, bob: Person) -> None:
    access_id, secret = await world.unit(access_pairs.pair_for, Admission(bob))
    assert (len(access_id), len(secret)) == (20, 40)
    assert int(access_id, 16) >= 0
    assert int(secret, 16) >= 0
    assert await world.unit(access_pairs.pair_for, Admission(bob)) == (access_id, secret)
    other = await world.unit(access_pairs.pair_for, Admission(world.carol.person))
    assert other[0] != access_id
    assert other[1] != secret


async def test_a_one_time_key_is_good_once(world: World, bob: Person) -> None:
    key = await world.unit(access_pairs.make_key, Admission(bob))
    assert len(key) >= 32
    assert await world.unit(access_pairs.take_key, key) == Admission(bob)
    with pytest.raises(WrongSecretError):
        await world.unit(access_pairs.take_key, key)


async def test_names_and_numbers_of_them_are_limited(
    world: World, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EmptyNameError):
        await world.unit(app_passwords.create, bob, " \n ", ADDRESS)
    monkeypatch.setattr(app_passwords, "MAX_APP_PASSWORDS", 1)
    await make(world)
    with pytest.raises(TooLargeError):
        await make(world)
