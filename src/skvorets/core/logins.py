"""Logging in with a password, and a second factor where there is one: one function for every door.

    count the attempt ──► find the account ──► compare in a thread ──► active human? ──► code ──► take the count back
          │                     └──► a password for programs, where the door takes those: no code ──────────►┘
          │ too many             (an unknown login is compared with a password that nobody has)
          └──► TooManyAttemptsError

An attempt is counted before the password is compared, so that many at once cannot slip past the limit; success takes
the count back. Unknown logins take the same time, are counted alike and get the same answer as wrong passwords. That a
code is wanted is told only to who knows the password. Some doors get the password's MD5 only: ``password_hashes``.
Rules: OWASP ASVS 6.3.1 (brute force), 6.3.4 (same strength on every path), 6.3.8 (no enumeration).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import msgspec

from skvorets.core import app_passwords, audit, password_hashes, second_factor, throttle
from skvorets.core.password_hashes import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, hash_password
from skvorets.core.program_access import end_program_access
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

__all__ = [
    "MAX_PASSWORD_LENGTH",
    "MIN_PASSWORD_LENGTH",
    "Admission",
    "Attempt",
    "admit",
    "can_log_in",
    "check_password",
    "confirm_password",
    "hash_password",
    "normalize_login",
    "set_password_hash",
]

# Runs a slow function without holding up the caller's event loop: ``asyncio.to_thread``.
InThread: TypeAlias = Callable[..., Awaitable[Any]]

# Characters.
MAX_LOGIN_LENGTH = 255

# Wrong passwords within one window, per what is counted; see core/throttle.py. A colleague behind the same address is
# not locked out by one who forgot his password, and guessing one account from many addresses stays hopeless.
MAX_PER_ACCOUNT_AND_ADDRESS = 10
MAX_PER_ACCOUNT = 50


class Attempt(msgspec.Struct, frozen=True):
    """What somebody sent in order to log in."""

    login: str
    password: str
    address: str  # network address of the caller
    code: str = ""  # of the second factor, or a recovery code; empty = none given
    new_password: str = ""  # to be used from now on instead of a one-time one
    password_md5: str = ""  # instead of the password: its MD5 in hex, of any letter case
    takes_app_passwords: bool = False  # is this a door for programs, which cannot be asked for a code?


class Admission(msgspec.Struct, frozen=True):
    """Who has logged in, and how."""

    person: Person
    app_password_id: int = 0  # of the password for programs that was given, 0 = his own


async def check_password(store: Store, attempt: Attempt, in_thread: InThread) -> Person:
    """Give the person who logs in; raises as ``admit`` does."""
    return (await admit(store, attempt, in_thread)).person


async def admit(store: Store, attempt: Attempt, in_thread: InThread) -> Admission:
    """Let a person in.

    Raises WrongSecretError, TooManyAttemptsError, SecondFactorRequiredError (come again with a code), WrongCodeError,
    NewPasswordRequiredError (come again with one: this was a one-time password), WeakPasswordError (the new one).
    This is no unit of work: hashing stands between two of them, done by ``in_thread`` (``asyncio.to_thread``).
    """
    login = normalize_login(attempt.login)
    limits = _limits(login, attempt.address)
    account, person, app_password_id = await _compare(store, attempt, limits, in_thread)
    if app_password_id:
        await store.write(ATTEMPTS_KEY, _succeed_as_program, limits, app_password_id)
        return Admission(person, app_password_id)
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
        return Admission(person)
    renewed = None
    if password_hashes.needs_renewal(account.password_hash):
        md5 = password_hashes.clean_md5(attempt.password_md5) or password_hashes.md5_of(attempt.password)
        renewed = await in_thread(password_hashes.hash_md5, md5)
    await store.write(ATTEMPTS_KEY, _succeed, limits, account, renewed)
    return Admission(person)


async def confirm_password(store: Store, person: Person, attempt: Attempt, in_thread: InThread) -> Login:
    """See whether it is really the person himself who is logged in, before something weighty; his account.

    ``attempt`` needs no login. A code is not asked for. Raises WrongSecretError, TooManyAttemptsError. No unit of work.
    """
    own = (await store.read(logins.of_people, [person.id])).get(person.id)
    if own is None:
        raise WrongSecretError
    limits = _limits(own.login, attempt.address)
    attempt = msgspec.structs.replace(attempt, login=own.login, takes_app_passwords=False)
    account, _, _ = await _compare(store, attempt, limits, in_thread)
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


async def set_password_hash(tx: Tx, person_id: int, login: str, password_hash: str, kept_session: int = 0) -> None:
    """Let a person log in, or change login and password; browsers that are logged in, all but one, must log in anew.

    So must his programs: what they sign with and their passwords are good no more.

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
    await end_program_access(tx, person_id)


async def _compare(
    store: Store, attempt: Attempt, limits: list[Limit], in_thread: InThread
) -> tuple[Login, Person, int]:
    """Count the attempt and compare the password; account, person, number of the password for programs or 0.

    Raises WrongSecretError, TooManyAttemptsError.
    """
    login = normalize_login(attempt.login)
    await store.write(ATTEMPTS_KEY, throttle.count, limits)
    account = await store.read(logins.find, login) if login else None
    md5 = password_hashes.clean_md5(attempt.password_md5)
    known = account.password_hash if account is not None and (md5 or not attempt.password_md5) else None
    app_password_id = 0
    if attempt.takes_app_passwords and account is not None:
        given = md5 or password_hashes.md5_of(attempt.password)
        app_password_id = await store.read(app_passwords.find, account.person_id, given)
    is_right = app_password_id > 0 or await in_thread(password_hashes.is_right, known, attempt.password, md5)
    person = None if account is None else await store.read(people.find, account.person_id)
    if not is_right or account is None or person is None or not can_log_in(person):
        await store.write(ATTEMPTS_KEY, _note_refusal, account.person_id if account else 0, attempt.address)
        raise WrongSecretError
    return account, person, app_password_id


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
    await _take_back(tx, limits)
    if password_hash is not None:
        await logins.replace_hash(tx, account, password_hash)


async def _succeed_as_program(tx: Tx, limits: list[Limit], app_password_id: int) -> None:
    await _take_back(tx, limits)
    await app_passwords.note_use(tx, app_password_id)


async def _succeed_anew(tx: Tx, limits: list[Limit], account: Login, password_hash: str, address: str) -> None:
    """Put the chosen password in place of the one-time one, unless an administrator has set another one meanwhile."""
    if not await logins.choose(tx, account, password_hash):
        raise WrongSecretError
    await _succeed(tx, limits, account, None)
    await audit.note(tx, account.person_id, "password.changed", "person", account.person_id, {"address": address})


async def _take_back(tx: Tx, limits: list[Limit]) -> None:
    """Take back the attempt that was counted; what one forgot at this address is forgotten."""
    together, *others = limits
    await throttle.forget(tx, together)
    await throttle.take_back(tx, others)


def _limits(login: str, address: str) -> list[Limit]:
    """What is counted: account and address together, account, address."""
    network = throttle.network_of(address)
    return [
        limit(MAX_PER_ACCOUNT_AND_ADDRESS, "both", login, network),
        limit(MAX_PER_ACCOUNT, "account", login),
        throttle.limit_of_address(address),
    ]
