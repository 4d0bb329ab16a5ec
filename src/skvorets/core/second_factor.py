"""The second factor: one-time codes of an application on the person's phone (TOTP), and recovery codes for its loss.

    begin ──► key shown once (text, QR) ──► confirm by a code ──► recovery codes shown once ──► asked at every log-in

The key is derived from the portal's secret and a random seed, so it is nowhere stored and never shown again. Each code
is good once; wrong ones are counted per person, only after the right password: nobody is locked out by strangers.
Rules: RFC 6238 (SHA-1, 6 digits, 30 s), RFC 4226 §7.3, OWASP ASVS 6.5, 6.6.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from urllib.parse import quote

import msgspec

from skvorets.core import audit, throttle, tokens
from skvorets.errors import NotFoundError, NothingChangedError, WrongCodeError
from skvorets.storage import logins, second_factors
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.second_factors import SecondFactor

STEP_S = 30
DIGITS = 6
# A phone's clock may be wrong by so many steps, and a code may be typed that was shown just before.
DRIFT_STEPS = 1
RECOVERY_CODES = 10
# Wrong codes of one person within a window. Three of a million codes are good at a time.
MAX_WRONG_CODES = 10
# How long what was begun may be confirmed, milliseconds.
BEGUN_MS = 3600 * 1000

_SEED_BYTES = 16
# Characters of a recovery code: 50 bits, without those that look alike.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_RECOVERY_LENGTH = 10
_MILLISECONDS = 1000
# Longest code that is looked at, characters.
_MAX_CODE = 64


class Enrolment(msgspec.Struct, frozen=True):
    """What the person takes into his application; shown once."""

    secret: str  # base32
    address: str  # otpauth://…


class State(msgspec.Struct, frozen=True):
    """What a person has."""

    is_on: bool
    since: int  # unix milliseconds, 0 = off
    recovery_codes: int  # how many are left


async def state_of(tx: Tx, person_id: int) -> State:
    """Tell what a person has."""
    factor = await second_factors.find(tx, person_id)
    if factor is None or not factor.confirmed_at:
        return State(is_on=False, since=0, recovery_codes=0)
    return State(True, factor.confirmed_at, await second_factors.count_recovery_codes(tx, person_id))


async def begin(tx: Tx, person: Person, issuer: str) -> Enrolment:
    """Make a key; it is asked for after ``confirm`` only. Raises NothingChangedError when one is in use."""
    known = await second_factors.find(tx, person.id)
    if known is not None and known.confirmed_at:
        raise NothingChangedError
    seed = secrets.token_hex(_SEED_BYTES)
    await second_factors.put(tx, SecondFactor(person.id, seed, tx.now, 0, 0))
    account = (await logins.of_people(tx, [person.id])).get(person.id)
    secret = base64.b32encode(tokens.second_factor_key(tx.portal, seed)).decode()
    # By hand: some applications show the "+" that stands for a space in forms.
    label = f"{quote(issuer, safe='')}:{quote(account.login if account else person.name, safe='')}"
    return Enrolment(secret, f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer, safe='')}")


async def confirm(tx: Tx, person: Person, code: str) -> list[str]:
    """Ask for codes from now on, since the person can give one; the recovery codes.

    Raises WrongCodeError, NotFoundError (nothing was begun, or too long ago), NothingChangedError (it is on).
    """
    factor = await second_factors.find(tx, person.id)
    if factor is None or (not factor.confirmed_at and tx.now - factor.begun_at > BEGUN_MS):
        raise NotFoundError
    if factor.confirmed_at:
        raise NothingChangedError
    step = _step_of(tx, factor, code)
    if step is None:
        raise WrongCodeError
    await second_factors.put(tx, msgspec.structs.replace(factor, confirmed_at=tx.now, last_step=step))
    await audit.note(tx, person.id, "two_factor.enabled", "person", person.id)
    return await renew_recovery_codes(tx, person.id)


async def renew_recovery_codes(tx: Tx, person_id: int) -> list[str]:
    """Give new recovery codes; those before are good no more."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    await second_factors.put_recovery_codes(tx, person_id, [_hash(tx, person_id, code) for code in codes])
    return [f"{code[:5]}-{code[5:]}" for code in codes]


async def is_asked_for(tx: Tx, person_id: int) -> bool:
    """Does this person show a second factor when he logs in?"""
    factor = await second_factors.find(tx, person_id)
    return factor is not None and factor.confirmed_at > 0


async def accept(tx: Tx, person_id: int, code: str) -> bool:
    """Use a code up; False for a wrong one, which stays counted: commit in both cases.

    Raises TooManyAttemptsError. True as well for who has no second factor.
    """
    factor = await second_factors.find(tx, person_id)
    if factor is None or not factor.confirmed_at:
        return True
    counted = throttle.limit(MAX_WRONG_CODES, "code", str(person_id))
    await throttle.count(tx, [counted])
    step = _step_of(tx, factor, code)
    if step is not None:
        await second_factors.put(tx, msgspec.structs.replace(factor, last_step=step))
    elif not await second_factors.take_recovery_code(tx, person_id, _hash(tx, person_id, code)):
        return False
    await throttle.forget(tx, counted)
    return True


async def switch_off(tx: Tx, person_id: int, actor_id: int) -> None:
    """Ask for no codes any more. Raises NothingChangedError. Whether the actor may do it was checked by the caller."""
    if not await second_factors.delete(tx, person_id):
        raise NothingChangedError
    await audit.note(tx, actor_id, "two_factor.disabled", "person", person_id)


def code_at(key: bytes, unix_s: int) -> str:
    """Give the code that an application shows at a time."""
    # With the first code: it is a tenth of a second of the start.
    from cryptography.hazmat.primitives.hashes import SHA1  # noqa: PLC0415
    from cryptography.hazmat.primitives.twofactor.totp import TOTP  # noqa: PLC0415

    # RFC 6238 names SHA-1, and applications know nothing else; its weakness does not touch HMAC.
    totp = TOTP(key, DIGITS, SHA1(), STEP_S, enforce_key_length=False)  # noqa: S303
    return totp.generate(unix_s).decode()


def _step_of(tx: Tx, factor: SecondFactor, code: str) -> int | None:
    """Number of the 30 seconds whose code this is; None for wrong and spent ones."""
    digits = "".join(code[:_MAX_CODE].split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    key = tokens.second_factor_key(tx.portal, factor.seed)
    now = tx.now // _MILLISECONDS // STEP_S
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        if step > factor.last_step and hmac.compare_digest(code_at(key, step * STEP_S), digits):
            return step
    return None


def _hash(tx: Tx, person_id: int, code: str) -> str:
    """Digest of a recovery code, written with or without its dash, in any letter case."""
    plain = "".join(one for one in code[:_MAX_CODE].lower() if one.isascii() and one.isalnum())
    return hmac.digest(tx.portal.secret, f"recovery:{person_id}:{plain}".encode(), "sha256").hex()
