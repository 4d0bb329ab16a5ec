"""Logging in with a password: one function for every door.

    count the attempt ──► find the account ──► compare in a thread ──► active human? ──► take the count back
          │ too many             (an unknown login is compared with a password that nobody has)
          └──► TooManyAttemptsError

An attempt is counted before the password is compared, so that many at once cannot slip past the limit; success takes
the count back. Unknown logins take the same time, are counted alike and get the same answer as wrong passwords.
Rules: OWASP ASVS 6.3.1 (brute force), 6.3.4 (same strength on every path), 6.3.8 (no enumeration).
"""

from __future__ import annotations

import functools
import hashlib
import ipaddress
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import argon2
import msgspec

from skvorets.core.session_ends import end_sessions
from skvorets.errors import (
    NotAllowedError,
    PersonNotFoundError,
    TakenError,
    TooManyAttemptsError,
    WeakPasswordError,
    WrongNameError,
    WrongSecretError,
)
from skvorets.storage import logins, people
from skvorets.storage.database import Store, Tx, lock_key
from skvorets.storage.logins import Attempts, Login
from skvorets.storage.people import Person

# Runs a slow function without holding up the caller's event loop: ``asyncio.to_thread``.
InThread: TypeAlias = Callable[..., Awaitable[Any]]

# Characters. Eight is the least that NIST SP 800-63B allows; the most keeps hashing from being a way to burn our time.
MIN_PASSWORD_LENGTH = 8
MAX_PASSWORD_LENGTH = 1024
MAX_LOGIN_LENGTH = 255

# Wrong passwords within one window, per what is counted. A colleague behind the same address is not locked out by one
# who forgot his password, and guessing one account from many addresses stays hopeless.
WINDOW_MS = 15 * 60 * 1000
MAX_PER_ACCOUNT_AND_ADDRESS = 10
MAX_PER_ACCOUNT = 50
MAX_PER_ADDRESS = 100

# Argon2id as OWASP recommends for servers: 19 MiB, two passes, one lane; some 20 ms.
_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Networks of IPv6 users are /64: one user has all addresses of it.
_IPV6_PREFIX = 64
# Attempts are counted one after another.
_ATTEMPTS_KEY = lock_key("login")


class Attempt(msgspec.Struct, frozen=True):
    """What somebody sent in order to log in."""

    login: str
    password: str
    address: str  # network address of the caller


async def check_password(store: Store, attempt: Attempt, in_thread: InThread) -> Person:
    """Give the person who logs in. Raises WrongSecretError, TooManyAttemptsError.

    This is no unit of work: hashing stands between two of them, done by ``in_thread`` (``asyncio.to_thread``).
    """
    login = normalize_login(attempt.login)
    await store.write(_ATTEMPTS_KEY, _count_attempt, login, attempt.address)
    account = await store.read(logins.find, login) if login else None
    known = None if account is None else account.password_hash
    is_right: bool = await in_thread(_is_right, known, attempt.password)
    person = None if account is None else await store.read(people.find, account.person_id)
    if not is_right or account is None or person is None or not can_log_in(person):
        raise WrongSecretError
    renewed = None
    if _HASHER.check_needs_rehash(account.password_hash):
        renewed = await in_thread(_HASHER.hash, attempt.password)
    await store.write(_ATTEMPTS_KEY, _take_back, login, attempt.address, account, renewed)
    return person


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


async def set_password_hash(tx: Tx, person_id: int, login: str, password_hash: str) -> None:
    """Let a person log in, or change login and password; browsers that are logged in must log in anew.

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
    await end_sessions(tx, person_id)


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


async def _count_attempt(tx: Tx, login: str, address: str) -> None:
    limits = _limits(login, address)
    counted = {key: await logins.attempts(tx, key) for key in limits}
    if any(one is not None and one.failures >= limits[key] for key, one in counted.items()):
        raise TooManyAttemptsError
    await logins.forget_old_attempts(tx)
    for key, one in counted.items():
        before = one or Attempts(0, tx.now + WINDOW_MS)
        await logins.put_attempts(tx, key, Attempts(before.failures + 1, before.until))


async def _take_back(tx: Tx, login: str, address: str, account: Login, password_hash: str | None) -> None:
    together, of_account, of_address = _limits(login, address)
    await logins.forget_attempts(tx, together)
    for key in (of_account, of_address):
        one = await logins.attempts(tx, key)
        if one is not None:
            await logins.put_attempts(tx, key, Attempts(max(0, one.failures - 1), one.until))
    if password_hash is not None:
        await logins.replace_hash(tx, account, password_hash)


def _limits(login: str, address: str) -> dict[str, int]:
    """Give what is counted with its limit: account and address together, account, address."""
    network = _network(address)
    return {
        _digest("both", login, network): MAX_PER_ACCOUNT_AND_ADDRESS,
        _digest("account", login): MAX_PER_ACCOUNT,
        _digest("address", network): MAX_PER_ADDRESS,
    }


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False))
    return str(parsed)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
