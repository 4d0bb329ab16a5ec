"""Runs one call of one method: what the table checks, typed parameters, the unit of work, the documented error.

Used by the endpoint for a request and by ``batch`` for each of its commands.
Order of checks: method exists → caller → rate limit → scope → kind of authorisation → parameters (spec §4).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any

from skvorets.dialects.bitrix24 import entity_dialogs, envelope, errors
from skvorets.dialects.bitrix24.caller import Caller
from skvorets.dialects.bitrix24.envelope import Clock, Timing
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.limits import PROFILES, Limiter, LimitProfile, Operating
from skvorets.dialects.bitrix24.params import read_params
from skvorets.dialects.bitrix24.registry import METHODS, Call, Method, Surroundings
from skvorets.dialects.bitrix24.values import BadValue, to_int
from skvorets.php_forms import Value

# Keys of authorisation never reach a method. [source: rest]
_AUTH_NAMES = ("AUTH", "ACCESS_TOKEN", "SESSID")
# The budget of operating time is charged with the commands of a batch one by one, not once more with their sum.
_UNCHARGED = frozenset({"batch"})
_MILLISECONDS = 1000

_log = logging.getLogger(__name__)


class Execution:
    """Runs calls within the surroundings of one portal."""

    def __init__(self, surroundings: Surroundings) -> None:
        """Prepare the counters of this process."""
        self.surroundings = surroundings
        self.limiter = Limiter()
        self.operating = Operating()
        self._clock = Clock(surroundings.config.utc_offset_minutes)

    def admit(self, caller: Caller, address: str) -> None:
        """Count the request against the caller's limits. Raises ApiError: overload, too many requests."""
        if self.surroundings.config.overloaded:
            raise ApiError(errors.OVERLOAD_LIMIT)
        profile = self._profile(caller)
        if not profile.bucket:
            return
        # All programs at one address share the portal's bucket; an application with limits of its own has its own.
        key = f"{caller.application.id}:{address}" if caller.application and caller.limit_profile else address
        if not self.limiter.admit(profile, key):
            raise ApiError(errors.QUERY_LIMIT_EXCEEDED)

    async def run(self, method: Method, caller: Caller, given: dict[str, Value], address: str) -> dict[str, Any]:
        """Run a method; its whole answer with the ``time`` block. Raises ApiError for every refusal."""
        began, ticks = time.time(), time.perf_counter()
        self._check(method, caller)
        for name in _AUTH_NAMES:
            given.pop(name, None)
        start = _start_of(given)
        call = Call(method.name, caller, given, start, self.surroundings, self, address)
        named = _named(method, given, start)
        if entity := entity_dialogs.entity_of(named.get("DIALOG_ID")):
            named = {**named, "DIALOG_ID": await entity_dialogs.find(self.surroundings.store, caller.person, entity)}
        params = read_params(method.params, method.plan, named)
        processing_began = time.perf_counter()
        try:
            result = await self._in_unit(method, call, params)
        except ApiError:
            raise
        except Exception as error:
            raise self._documented(method, error) from error
        finished = time.perf_counter()
        timing = self._timing(method, caller, began, (finished - ticks, finished - processing_began))
        return envelope.success(result, timing)

    async def run_command(self, call: Call, name: str, given: dict[str, Value]) -> dict[str, Any]:
        """Run a command of a batch; its answer, ``result`` or ``error``. Never raises ApiError."""
        try:
            return await self.run(_find_for_batch(name), call.caller, given, call.address)
        except ApiError as error:
            return envelope.failure(error)

    async def _in_unit(self, method: Method, call: Call, params: Any) -> Any:
        store = self.surroundings.store
        if method.mode == "write":
            return await store.write(method.lock(call, params), method.handler, call, params)
        if method.mode == "read":
            return await store.read(method.handler, call, params)
        if method.mode == "scan":
            return await store.scan(method.handler, call, params)
        return await method.handler(call, params)

    def _check(self, method: Method, caller: Caller) -> None:
        if not method.is_open_to(caller.scopes):
            raise ApiError(errors.INSUFFICIENT_SCOPE if caller.application else errors.INSUFFICIENT_SCOPE_WEBHOOK)
        if method.needs == "application" and caller.application is None:
            raise ApiError(errors.WRONG_AUTH_TYPE)
        if method.is_for_admins and not caller.person.admin:
            raise ApiError(errors.ADMINISTRATOR_REQUIRED)
        if self.operating.is_spent(self._profile(caller), _owner(caller), method.name):
            raise ApiError(errors.OPERATION_TIME_LIMIT)

    def _profile(self, caller: Caller) -> LimitProfile:
        return PROFILES[caller.limit_profile or self.surroundings.config.limits]

    def _timing(self, method: Method, caller: Caller, began: float, seconds: tuple[float, float]) -> Timing:
        """Build the ``time`` block, charge the method's budget; ``seconds``: the whole and the processing."""
        duration, processing = seconds
        charged = 0.0 if method.name in _UNCHARGED else processing
        operating, reset_at = self.operating.charge(_owner(caller), method.name, charged)
        dates = self._atom(began), self._atom(began + duration)
        return Timing(began, began + duration, duration, processing, *dates, reset_at, operating)

    def _atom(self, unix_seconds: float) -> str:
        return self._clock.atom(int(unix_seconds * _MILLISECONDS))

    @staticmethod
    def _documented(method: Method, error: Exception) -> ApiError:
        fault: Fault | None = errors.fault_of(error, method.errors)
        if fault is None:
            _log.error("%s failed", method.name, exc_info=error)
            fault = errors.INTERNAL_SERVER_ERROR
        return ApiError(fault)


def find_method(name: str) -> Method:
    """Find a method by its name in any case. Raises ApiError ERROR_METHOD_NOT_FOUND."""
    found = METHODS.get(name) or METHODS.get(name.lower())
    if found is None:
        raise ApiError(errors.METHOD_NOT_FOUND)
    return found


def _find_for_batch(name: str) -> Method:
    method = find_method(name)
    if not method.is_allowed_in_batch:
        raise ApiError(errors.BATCH_METHOD_NOT_ALLOWED)
    return method


def _owner(caller: Caller) -> int:
    """Key of the budget: the application, or the webhook as a negative number."""
    return -caller.webhook_id if caller.application is None else caller.application.id


def _start_of(given: Mapping[str, Value]) -> int | None:
    """Read the standard paging parameter: an offset, -1 = do not count, None = not given or no number."""
    value = given.get("START")
    if value is None or value == "":
        return None
    try:
        return to_int(value)
    except BadValue:
        return None


def _named(method: Method, given: dict[str, Value], start: int | None) -> dict[str, Value]:
    """Give the parameters under their documented names; a positive ``start`` stands for OFFSET. [source: im]"""
    if method.aliases:
        others = {name: given[other] for other, name in method.aliases.items() if other in given}
        given = {**others, **given}
    if start is not None and start > 0:
        return {**given, "OFFSET": start}
    return given
