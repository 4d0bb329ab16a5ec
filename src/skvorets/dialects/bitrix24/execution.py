"""Runs one call of one method: what the table checks, typed parameters, the unit of work, the documented error.

Used by the endpoint for a request and by ``batch`` for each of its commands.
Order of checks: method exists → caller → rate limit → scope → kind of authorisation → parameters (spec §4).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any

from skvorets.dialects.bitrix24 import errors
from skvorets.dialects.bitrix24.caller import Caller
from skvorets.dialects.bitrix24.envelope import Timing
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.limits import PROFILES, LimitProfile, Limiter, Operating
from skvorets.dialects.bitrix24.params import read_params
from skvorets.dialects.bitrix24.php_forms import Value
from skvorets.dialects.bitrix24.registry import METHODS, Call, Method, Surroundings
from skvorets.dialects.bitrix24.values import BadValue, to_int

_log = logging.getLogger(__name__)


class Execution:
    """Runs calls within the surroundings of one portal."""

    def __init__(self, surroundings: Surroundings) -> None:
        """Prepare the counters of this process."""
        self.surroundings = surroundings
        self.limiter = Limiter()
        self.operating = Operating()

    def admit(self, caller: Caller, address: str) -> None:
        """Count the request against the caller's limits. Raises ApiError: overload, too many requests."""
        if self.surroundings.config.overloaded:
            raise ApiError(errors.OVERLOAD_LIMIT)
        profile = self._profile(caller)
        if profile.bucket and not self.limiter.admit(profile, address):
            raise ApiError(errors.QUERY_LIMIT_EXCEEDED)

    async def run(self, method: Method, caller: Caller, given: Mapping[str, Value], address: str) -> tuple[Any, float]:
        """Run a method; its result and the seconds of processing. Raises ApiError for every refusal."""
        self._check(method, caller)
        call = Call(method.name, caller, given, _start_of(given), self.surroundings, address)
        params = read_params(method.params, method.plan, _named(given, method.aliases))
        began = time.perf_counter()
        try:
            result = await self._in_unit(method, call, params)
        except ApiError:
            raise
        except Exception as error:
            raise self._documented(method, error) from error
        return result, time.perf_counter() - began

    def charge(self, caller: Caller, method: str, seconds: float) -> tuple[float, int]:
        """Charge processing time to the method's budget; see ``Operating.charge``."""
        return self.operating.charge(_owner(caller), method, seconds)

    async def _in_unit(self, method: Method, call: Call, params: Any) -> Any:  # noqa: ANN401 — any method's
        store = self.surroundings.store
        if method.mode == "write":
            return await store.write(method.lock(call, params), method.handler, call, params)
        if method.mode == "read":
            return await store.read(method.handler, call, params)
        if method.mode == "scan":
            return await store.scan(method.handler, call, params)
        return await method.handler(call, params)

    def _check(self, method: Method, caller: Caller) -> None:
        if method.scope and method.scope not in caller.scopes:
            raise ApiError(errors.INSUFFICIENT_SCOPE if caller.application else errors.INSUFFICIENT_SCOPE_WEBHOOK)
        if method.needs == "application" and caller.application is None:
            raise ApiError(errors.WRONG_AUTH_TYPE)
        if method.is_for_admins and not caller.person.admin:
            raise ApiError(errors.ADMINISTRATOR_REQUIRED)
        if self.operating.is_spent(self._profile(caller), _owner(caller), method.name):
            raise ApiError(errors.OPERATION_TIME_LIMIT)

    def _profile(self, caller: Caller) -> LimitProfile:
        return PROFILES[caller.limit_profile or self.surroundings.config.limits]

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


def timing(began: float, duration: float, processing: float, charge: tuple[float, int], dates: tuple[str, str]) -> Timing:
    """Build the ``time`` block; ``began`` is unix seconds, the durations are seconds."""
    operating, reset_at = charge
    return Timing(began, began + duration, duration, processing, dates[0], dates[1], reset_at, operating)


def _owner(caller: Caller) -> int:
    """Key of the budget: the application, or the webhook as a negative number."""
    return -caller.webhook_id if caller.application is None else caller.application.id


def _start_of(given: Mapping[str, Value]) -> int | None:
    value = given.get("START")
    if value is None or value == "":
        return None
    try:
        return to_int(value)
    except BadValue:
        return None


def _named(given: Mapping[str, Value], aliases: Mapping[str, str]) -> Mapping[str, Value]:
    if not aliases:
        return given
    return {**{documented: given[other] for other, documented in aliases.items() if other in given}, **given}
