"""The HTTP client's exceptions in our words; one table instead of ``except`` clauses all over the place."""

from __future__ import annotations

import aiohttp

from skvorets.delivery.outcome import Failure, FailureKind
from skvorets.delivery.resolving import AddressRefusedError
from skvorets.delivery.sent_body import SentBody

# What a request can end with; everything else is a mistake of ours and goes up.
RequestError = (aiohttp.ClientError, TimeoutError)
# Longest text of an error that is kept, characters.
MAX_DETAIL = 200


def classify(error: Exception, body: SentBody | None, *, is_time_over: bool) -> Failure:
    """Say what happened. ``body`` is None for requests without one; those count as sent."""
    was_sent = body is None or body.was_sent
    return Failure(_kind(error, was_sent=was_sent, is_time_over=is_time_over), _detail(error))


def _kind(error: Exception, *, was_sent: bool, is_time_over: bool) -> FailureKind:
    if is_time_over:
        return FailureKind.SENT_THEN_TIMEOUT if was_sent else FailureKind.TIMEOUT_BEFORE_SENT
    match error:
        case aiohttp.ClientConnectorError(os_error=AddressRefusedError()):
            return FailureKind.REFUSED_ADDRESS
        case aiohttp.ClientConnectorDNSError():
            return FailureKind.DNS
        case aiohttp.ClientSSLError():
            return FailureKind.TLS
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return FailureKind.CONNECT
        case aiohttp.InvalidURL():
            return FailureKind.BAD_URL
        case aiohttp.ClientConnectionError() | TimeoutError():
            return FailureKind.SENT_THEN_LOST if was_sent else FailureKind.LOST_BEFORE_SENT
    return FailureKind.BAD_ANSWER


def _detail(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:MAX_DETAIL]
