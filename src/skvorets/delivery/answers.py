"""Reading what comes back: the beginning of a handler's answer, a whole page within limits, Retry-After."""

from __future__ import annotations

import asyncio
import time
from email.utils import parsedate_to_datetime

import aiohttp

from skvorets.delivery.failures import RequestError
from skvorets.delivery.outcome import Failure, FailureKind, Fetched

# Bytes of a handler's answer that are read (so that the connection can be kept) and that are kept for the log.
MAX_ANSWER_BYTES = 4096
KEPT_ANSWER_BYTES = 512
# The status is known already; a body that takes longer is not worth a waiting worker.
ANSWER_BODY_TIMEOUT_S = 2.0
READ_CHUNK_BYTES = 16 * 1024
# Digits of a Retry-After in seconds that are looked at; nine are decades, more would only feed the parser.
MAX_RETRY_AFTER_DIGITS = 9


class Reading:
    """One GET under way: the address it has come to, the most bytes and the media types it takes.

    ``takes_start``: of a longer page the beginning is enough.
    """

    def __init__(self, url: str, max_bytes: int, accept: tuple[str, ...], *, takes_start: bool = False) -> None:
        self.url = url
        self._takes_start = takes_start
        self._max_bytes = max_bytes
        self._accept = accept

    def failed(self, failure: Failure, status: int | None = None) -> Fetched:
        """Say that the page was not got."""
        return Fetched(url=self.url, status=status, failure=failure)

    async def read(self, response: aiohttp.ClientResponse) -> Fetched:
        """Read the last hop's body, if it is of an accepted type and size. Raises RequestError."""
        status, content_type = response.status, response.content_type
        if not _is_accepted(content_type, self._accept):
            return self.failed(Failure(FailureKind.WRONG_TYPE, content_type), status)
        parts = bytearray()
        async for chunk in response.content.iter_chunked(READ_CHUNK_BYTES):
            parts += chunk
            if len(parts) > self._max_bytes and self._takes_start:
                del parts[self._max_bytes :]
                response.close()  # the rest is not waited for
                break
            if len(parts) > self._max_bytes:
                return self.failed(Failure(FailureKind.TOO_LARGE), status)
        charset = response.charset or ""
        return Fetched(url=self.url, status=status, content_type=content_type, charset=charset, body=bytes(parts))


async def read_start(response: aiohttp.ClientResponse, kept_bytes: int = KEPT_ANSWER_BYTES) -> bytes:
    """Read the beginning of an answer, at most so many bytes of it.

    What is longer, late or broken off does not matter: the status has been heard.
    """
    start = bytearray()
    try:
        if response.content.is_eof():  # it came together with the head, as it mostly does
            return response.content.read_nowait(kept_bytes)
        async with asyncio.timeout(ANSWER_BODY_TIMEOUT_S):
            read_bytes = max(MAX_ANSWER_BYTES, kept_bytes)
            while len(start) < read_bytes and (chunk := await response.content.read(read_bytes)):
                start += chunk
    except RequestError:
        response.close()
    return bytes(start[:kept_bytes])


def parse_retry_after(text: str) -> float | None:
    """Read Retry-After (RFC 9110, 10.2.3): seconds or a date; None when absent, past or not readable."""
    text = text.strip()
    if not text:  # nearly always; the reader of dates takes its time to refuse it
        return None
    if text.isascii() and text.isdigit():
        return float(text[:MAX_RETRY_AFTER_DIGITS])
    try:
        seconds = parsedate_to_datetime(text).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return seconds if seconds > 0 else None


def _is_accepted(content_type: str, accept: tuple[str, ...]) -> bool:
    return any(content_type == each or (each.endswith("/*") and content_type.startswith(each[:-1])) for each in accept)
