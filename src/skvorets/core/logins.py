"""Logging in with a password, and a second factor where there is one: one function for every door.

    count the attempt ──► find the account ──► compare in a thread ──► active human? ──► code ──► take the count back
          │ too many             (an unknown login is compared with a password that nobody has)
          └──► TooManyAttemptsError

An attempt is counted before the password is compared, so that many at once cannot slip past the limit; success takes
the count back. Unknown logins take the same time, are counted alike and get the same answer as wrong passwords. That a
code is wanted is told only to who knows the password.
Rules: OWASP ASVS 6.3.1 (brute force), 6.3.4 (same strength on every path), 6.3.8 (no enumeration).
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import argon2
import msgspec

from skvorets.core import audit, second_factor, throttle
from skvorets.core.session_ends import end_sessions
from skvorets.core.throttle import ATTEMPTS_KEY, Limit, limit
from skvorets.errors import (
    NewPasswordRequiredError,
    NotAllowedError,
    PersonNotFoundError,
    SecondFactorRequiredError,
    TakenError,
    WeakPasswordError,
    WrongCodeError,
    WrongNameError,
    WrongSecretError,
)
from skvorets.storage import logins, people
from skvorets.storage.database import Store, Tx
from skvorets.storage.logins import Login
from skvorets.storage.people import Person

# Runs a slow function without holding up the caller's event loop: ``asyncio.to_thread``.
InThread: TypeAlias = Callable[..., Awaitable[Any]]

# Characters. Eight is the least that NIST SP 800-63B allows; the most keeps hashing from being a way to burn our time.
MIN_PASSWORD_LENGTH = 8
MAX_PASSWORD_LENGTH = 1024
MAX_LOGIN_LENGTH = 255

# Wrong passwords within one window, per what is counted; see core/throttle.py. A colleague behind the same address is
# not locked out by one who forgot his password, and guessing one account from many addresses stays hopeless.
MAX_PER_ACCOUNT_AND_ADDRESS = 10
MAX_PER_ACCOUNT = 50

# Argon2id as OWASP recommends for servers: 19 MiB, two passes, one lane; some 20 ms.
_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class Attempt(msgspec.Struct, frozen=True):
    """What somebody sent in order to log in."""

    login: str
    password: str
    address: str  # network address of the caller
    code: str = ""  # of the second factor, or a recovery code; empty = none given
    new_password: str = ""  # to be used from now on instead of a one-time one


async def check_password(store: Store, attempt: Attempt, in_thread: InThread) -> Person:
    """Give the person who logs in.

    Raises WrongSecretError, TooManyAttemptsError, SecondFactorRequiredError (come again with a code), WrongCodeError,
    NewPasswordRequiredError (come again with one: this was a one-time password), WeakPasswordError (the new one).
    This is no unit of work: hashing stands between two of them, done by ``in_thread`` (``asyncio.to_thread``).
    """
    login = normalize_login(attempt.login)
    limits = _limits(login, attempt.address)
    account, person = await _compare(store, attempt, limits, in_thread)
    chosen = await _replacement(store, attempt, limits, account, in_thread)
    if await store.read(second_factor.is_asked_for, person.id):
        if not attempt.code:
            await store.write(ATTEMPTS_KEY, throttle.take_back, limits)
            raise SecondFactorRequiredError
        if not await store.write(ATTEMPTS_KEY, second_factor.accept, person.id, attempt.code):
            await store.write(ATTEMPTS_KEY, _note_refusal, person.id, attempt.address)
            raise WrongCodeError
    if chosen is not None:
        await store.write(ATTEMPTS_KEY, _succeed_anew, limits, account, chosen, attempt.address)
        return person
    renewed = None
    if _HASHER.check_needs_rehash(account.password_hash):
        renewed = await in_thread(_HASHER.hash, attempt.password)
    await store.write(ATTEMPTS_KEY, _succeed, limits, account, renewed)
    return person


async def confirm_password(store: Store, person: Person, attempt: Attempt, in_thread: InThread) -> Login:
    """See whether it is really the person himself who is logged in, before something weighty; his account.

    ``attempt`` needs no login. A code is not asked for. Raises WrongSecretError, TooManyAttemptsError. No unit of work.
    """
    own = (await store.read(logins.of_people, [person.id])).get(person.id)
    if own is None:
        raise WrongSecretError
    limits = _limits(own.login, attempt.address)
    attempt = msgspec.structs.replace(attempt, login=own.login)
    account, _ = await _compare(store, attempt, limits, in_thread)
    await store.write(ATTEMPTS_KEY, _succeed, limits, account, None)
    return account


def can_log_in(person: Person) -> bool:
    """Is this an active human? Bots, guests and people of the network have no door of their own."""
    return bool(person.active) and person.kind == "human"


def normalize_login(text: str) -> str:
    """Write a login as it is stored and compared: lower case, no space around; "" when it can be nobody's."""
    login = text.strip().lower()
    if not login or len(login) > MAX_LOGIN_LENGTH or not login.isprintable():
        return ""
    return login


def hash_password(password: str) -> str:
    """Hash a new password; some 20 ms, so do it outside of units of work. Raises WeakPasswordError."""
    if not MIN_PASSWORD_LENGTH <= len(password) <= MAX_PASSWORD_LENGTH:
        raise WeakPasswordError(f"a password has {MIN_PASSWORD_LENGTH} to {MAX_PASSWORD_LENGTH} characters")
    return _HASHER.hash(_bytes(password))


async def set_password_hash(tx: Tx, person_id: int, login: str, password_hash: str, kept_session: int = 0) -> None:
    """Let a person log in, or change login and password; browsers that are logged in, all but one, must log in anew.

    Raises PersonNotFoundError, NotAllowedError (not a human), WrongNameError (no login), TakenError.
    """
    person = await people.find(tx, person_id)
    if person is None:
        raise PersonNotFoundError
    if person.kind != "human":
        raise NotAllowedError
    normal = normalize_login(login)
    if not normal:
        raise WrongNameError
    holder = await logins.find(tx, normal)
    if holder is not None and holder.person_id != person_id:
        raise TakenError
    await logins.put(tx, Login(person_id, normal, password_hash))
    await end_sessions(tx, person_id, kept_session)


@functools.cache
def _nobodys_hash() -> str:
    return _HASHER.hash("the password of nobody")


def _is_right(password_hash: str | None, password: str) -> bool:
    """Compare; an unknown login or an absurd password takes as long as any."""
    nobodys = _nobodys_hash()
    is_possible = password_hash is not None and len(password) <= MAX_PASSWORD_LENGTH
    try:
        _HASHER.verify((password_hash or nobodys) if is_possible else nobodys, _bytes(password[:MAX_PASSWORD_LENGTH]))
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
    return is_possible


def _bytes(password: str) -> bytes:
    # JSON may bring lone surrogates, which UTF-8 does not know.
    return password.encode("utf-8", "surrogatepass")


async def _compare(store: Store, attempt: Attempt, limits: list[Limit], in_thread: InThread) -> tuple[Login, Person]:
    """Count the attempt and compare the password. Raises WrongSecretError, TooManyAttemptsError."""
    login = normalize_login(attempt.login)
    await store.write(ATTEMPTS_KEY, throttle.count, limits)
    account = await store.read(logins.find, login) if login else None
    known = None if account is None else account.password_hash
    is_right: bool = await in_thread(_is_right, known, attempt.password)
    person = None if account is None else await store.read(people.find, account.person_id)
    if not is_right or account is None or person is None or not can_log_in(person):
        await store.write(ATTEMPTS_KEY, _note_refusal, account.person_id if account else 0, attempt.address)
        raise WrongSecretError
    return account, person


async def _replacement(
    store: Store, attempt: Attempt, limits: list[Limit], account: Login, in_thread: InThread
) -> str | None:
    """Hash what shall stand in place of a one-time password; None for an ordinary one. Raises as told above."""
    if not await store.read(logins.is_one_time, account.person_id):
        return None
    if not attempt.new_password:
        await store.write(ATTEMPTS_KEY, throttle.take_back, limits)
        raise NewPasswordRequiredError
    if attempt.new_password == attempt.password:
        raise WeakPasswordError("the new password must be another one")
    hashed: str = await in_thread(hash_password, attempt.new_password)
    return hashed


async def _note_refusal(tx: Tx, person_id: int, address: str) -> None:
    """Write down that somebody could not log in; logins that nobody has are not worth a line."""
    if person_id:
        await audit.note(tx, 0, "session.refused", "person", person_id, {"address": address})


async def _succeed(tx: Tx, limits: list[Limit], account: Login, password_hash: str | None) -> None:
    together, *others = limits
    await throttle.forget(tx, together)
    await throttle.take_back(tx, others)
    if password_hash is not None:
        await logins.replace_hash(tx, account, password_hash)


async def _succeed_anew(tx: Tx, limits: list[Limit], account: Login, password_hash: str, address: str) -> None:
    """Put the chosen password in place of the one-time one, unless an administrator has set another one meanwhile."""
    if not await logins.choose(tx, account, password_hash):
        raise WrongSecretError
    await _succeed(tx, limits, account, None)
    await audit.note(tx, account.person_id, "password.changed", "person", account.person_id, {"address": address})


def _limits(login: str, address: str) -> list[Limit]:
    """What is counted: account and address together, account, address."""
    network = throttle.network_of(address)
    return [
        limit(MAX_PER_ACCOUNT_AND_ADDRESS, "both", login, network),
        limit(MAX_PER_ACCOUNT, "account", login),
        throttle.limit_of_address(address),
    ]
