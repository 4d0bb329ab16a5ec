"""``/api/two-factor``: codes of an application on the phone, asked for beside the password.

GET    /api/two-factor                  whether they are asked for, since when, how many recovery codes are left
POST   /api/two-factor                  begin: the key, as text and as QR code; shown once
PUT    /api/two-factor                  confirm by a code: asked for from now on; the recovery codes, shown once
DELETE /api/two-factor                  switch it off, by password and code
POST   /api/two-factor/recovery-codes   new recovery codes, by password and code; those before are good no more

Wrong passwords and codes are counted as at the log-in. Confirming logs out the person's other browsers.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec

from skvorets.core import logins, second_factor
from skvorets.core.logins import Attempt
from skvorets.core.program_access import end_access_by_own_password
from skvorets.core.qr_code import draw_qr_code
from skvorets.core.session_ends import end_sessions
from skvorets.core.throttle import ATTEMPTS_KEY
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.errors import NothingChangedError, WrongCodeError
from skvorets.storage.database import Tx

# Where codes are used up and factors change, one after another.
_KEY = ATTEMPTS_KEY
_Code = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Password = Annotated[str, msgspec.Meta(max_length=1024)]


class State(msgspec.Struct, frozen=True, rename="camel"):
    """What the person has."""

    is_on: bool
    since: int  # unix milliseconds, 0 = off
    recovery_codes: int  # how many are left


class Beginning(msgspec.Struct, frozen=True):
    """Who wants to begin."""

    password: _Password


class Qr(msgspec.Struct, frozen=True):
    """A drawing of ``size`` × ``size`` units: the dark part as data of an SVG path, the rest is light."""

    size: int
    path: str


class Enrolment(msgspec.Struct, frozen=True):
    """What the person takes into his application."""

    secret: str  # base32, to be typed
    address: str  # otpauth://…
    qr: Qr  # of the address


class Confirmation(msgspec.Struct, frozen=True):
    """A code that the application shows."""

    code: _Code


class Proof(msgspec.Struct, frozen=True):
    """Password and a code: of the application or a recovery code."""

    password: _Password
    code: _Code


class RecoveryCodes(msgspec.Struct, frozen=True, rename="camel"):
    """Codes for the loss of the phone, each good once."""

    recovery_codes: list[str]


@route("GET", "/api/two-factor", mode="read")
async def get_state(tx: Tx, call: Call[Nothing]) -> State:
    """Tell what the person has."""
    state = await second_factor.state_of(tx, call.person.id)
    return State(state.is_on, state.since, state.recovery_codes)


@route("POST", "/api/two-factor", body=Beginning, mode="free")
async def begin(call: Call[Beginning]) -> Enrolment:
    """Make a key. Refusals: wrong_secret, too_many_attempts, nothing_changed (it is on)."""
    services = call.services
    await _confirm_password(call, call.given.password)
    begun = await services.store.write(_KEY, second_factor.begin, call.person, f"Skvorets {services.config.domain}")
    drawn = await asyncio.to_thread(draw_qr_code, begun.address)
    return Enrolment(begun.secret, begun.address, Qr(drawn.size, drawn.path))


@route("PUT", "/api/two-factor", body=Confirmation, lock=lambda _call: ATTEMPTS_KEY)
async def confirm(tx: Tx, call: Call[Confirmation]) -> RecoveryCodes:
    """Ask for codes from now on. Refusals: wrong_code, not_found (nothing was begun), nothing_changed."""
    codes = await second_factor.confirm(tx, call.person, call.given.code)
    await end_sessions(tx, call.person.id, call.session.id)
    await end_access_by_own_password(tx, call.person.id)
    return RecoveryCodes(codes)


@route("DELETE", "/api/two-factor", body=Proof, mode="free")
async def switch_off(call: Call[Proof]) -> None:
    """Ask for no codes any more. Refusals: wrong_secret, wrong_code, too_many_attempts, nothing_changed."""
    await _prove(call)
    await call.services.store.write(_KEY, second_factor.switch_off, call.person.id, call.person.id)


@route("POST", "/api/two-factor/recovery-codes", body=Proof, mode="free")
async def renew_recovery_codes(call: Call[Proof]) -> RecoveryCodes:
    """Give new recovery codes. Refusals: wrong_secret, wrong_code, too_many_attempts, nothing_changed (it is off)."""
    await _prove(call)
    return RecoveryCodes(await call.services.store.write(_KEY, second_factor.renew_recovery_codes, call.person.id))


async def _prove(call: Call[Proof]) -> None:
    store = call.services.store
    await _confirm_password(call, call.given.password)
    if not await store.read(second_factor.is_asked_for, call.person.id):
        raise NothingChangedError
    if not await store.write(_KEY, second_factor.accept, call.person.id, call.given.code):
        raise WrongCodeError


async def _confirm_password(call: Call[Beginning] | Call[Proof], password: str) -> None:
    attempt = Attempt("", password, call.address)
    await logins.confirm_password(call.services.store, call.person, attempt, asyncio.to_thread)
