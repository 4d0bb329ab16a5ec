"""The door ``/pull/``: an application takes its events itself, by long poll or as a stream of server-sent events.

    GET  /pull/events?after=&limit=&wait=   ─► {"events": […], "next": 17}
    GET  /pull/stream?limit=                ─► event: event / id: 17 / data: {…}     (Last-Event-ID = after)
    POST /pull/ack   {"offset": 17}         ─► {"acknowledged": [17]}
    POST /pull/nack  {"offset": 17, "delay": 30}   ─► {"state": "waiting", …}

Who may: the application by its client id and secret (Basic), one who holds an access token of it and may speak for
it, or an inbound webhook (``/pull/USER/SECRET/events?CLIENT_ID=…``). Refusals are JSON ``{"error": CODE}``. Cookies are
never looked at. Documented in docs/delivery.md, "Pull".
"""

from __future__ import annotations

import contextlib
import logging
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple, TypeAlias

import msgspec
from aiohttp import web

from skvorets.delivery.pull_access import NotRecognisedError, PullCredentials, PullReader, read_credentials
from skvorets.delivery.pull_desk import NotServingError, PullDesk
from skvorets.delivery.pull_queue import EndedError, PullQueue, Reading, SupersededError, UnknownOffsetError
from skvorets.delivery.pull_wire import (
    HEARTBEAT,
    AckBody,
    BadRequestError,
    EventWriter,
    NackBody,
    PollQuery,
    StreamQuery,
    read_ack,
    read_body,
    read_nack,
    read_query,
)

# A comment line is sent when nothing else was for so long: proxies cut what is silent, and we notice who is gone.
HEARTBEAT_S = 15.0
# Events written to a stream at a time.
STREAM_BATCH = 50
# Seconds after which a stream ends even when nobody says so: whoever reads shows again who he is.
MAX_STREAM_S = 3600.0


class Visit(NamedTuple):
    """A request of somebody who is recognised."""

    request: web.BaseRequest
    queue: PullQueue
    expires_at: int  # when what he has shown ends (unix seconds), 0 = never


AskReader: TypeAlias = Callable[[PullCredentials], Awaitable[PullReader | None]]

_REFUSALS: Mapping[type[Exception], tuple[int, str]] = {
    NotRecognisedError: (401, "not_recognised"),
    BadRequestError: (400, "malformed"),
    UnknownOffsetError: (409, "unknown_offset"),
    SupersededError: (409, "superseded"),
    NotServingError: (503, "not_serving"),
    EndedError: (503, "not_serving"),
}
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_encoder = msgspec.json.Encoder()

_log = logging.getLogger(__name__)


class PullDoor:
    """Serves ``/pull/``."""

    def __init__(self, desk: PullDesk, ask_reader: AskReader, writer: EventWriter) -> None:
        """Hand out what the desk has to those whom ``ask_reader`` recognises."""
        self._desk = desk
        self._ask_reader = ask_reader
        self._writer = writer
        self._actions: Mapping[tuple[str, str], Callable[[Visit], Awaitable[web.StreamResponse]]] = {
            ("events", "GET"): self._poll,
            ("stream", "GET"): self._stream,
            ("ack", "POST"): self._acknowledge,
            ("nack", "POST"): self._refuse,
        }

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        try:
            return await self._answer(request)
        except tuple(_REFUSALS) as error:
            status, code = _REFUSALS[type(error)]
            return _json(status, {"error": code, "error_description": str(error) or (type(error).__doc__ or "")})
        except ConnectionError:
            raise  # nobody is left to be told
        except Exception:  # noqa: BLE001 — logged in full, told without details
            _log.exception("%s %s failed", request.method, request.path.partition("?")[0].rpartition("/")[2])
            return _json(500, {"error": "failure"})

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        name = request.path.rstrip("/").rpartition("/")[2]
        if name not in {one for one, _ in self._actions}:
            return _json(404, {"error": "not_found"})
        action = self._actions.get((name, request.method))
        if action is None:
            return _json(405, {"error": "wrong_method"})
        reader = await self._ask_reader(read_credentials(request))
        if reader is None:
            raise NotRecognisedError
        if not reader.is_pulling:
            return _json(409, {"error": "pushed", "error_description": "Its events are posted to its handlers."})
        return await action(Visit(request, self._desk.queue(reader.application_id), reader.expires_at))

    async def _poll(self, visit: Visit) -> web.StreamResponse:
        request, queue = visit.request, visit.queue
        given = read_query(request, PollQuery)
        reading = await queue.begin(given.after)
        ends_at = time.monotonic() + given.wait
        while not (found := await queue.take(reading, given.limit)):
            left = ends_at - time.monotonic()
            if left <= 0:
                break
            await queue.wait(reading, left)
            if _is_gone(request):
                return _json(400, {"error": "gone"})
        body = b'{"events":[%s],"next":%d}' % (b",".join(map(self._writer.write, found)), queue.last_offset)
        return web.Response(body=body, content_type="application/json", headers=_HEADERS)

    async def _stream(self, visit: Visit) -> web.StreamResponse:
        given = read_query(visit.request, StreamQuery)
        reading = await visit.queue.begin(given.after)
        headers = {**_HEADERS, "Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
        response = web.StreamResponse(headers=headers)
        with contextlib.suppress(ConnectionError):  # who has gone gets the rest when he comes again
            await response.prepare(visit.request)
            await response.write(HEARTBEAT)
            try:
                await self._write_events(visit, reading, response, given.limit)
                name = b"end"
            except EndedError:
                name = b"end"
            except SupersededError:
                name = b"superseded"
            await response.write(b"event: %s\ndata: {}\n\n" % name)
        return response

    async def _write_events(self, visit: Visit, reading: Reading, response: web.StreamResponse, limit: int) -> None:
        """Write what is there and what comes, at most ``limit`` of it unacknowledged, until it is time to end."""
        queue = visit.queue
        ends_at = min(time.time() + MAX_STREAM_S, visit.expires_at or math.inf)
        while time.time() < ends_at and not _is_gone(visit.request):
            room = min(STREAM_BATCH, limit - queue.outstanding)
            found = await queue.take(reading, room) if room > 0 else []
            if found:
                await response.write(b"".join(map(self._writer.write_frame, found)))
                continue
            waiting_since = time.monotonic()
            if room > 0:
                await queue.wait(reading, HEARTBEAT_S)
            else:
                await queue.wait_for_room(reading, limit, HEARTBEAT_S)
            if time.monotonic() - waiting_since >= HEARTBEAT_S:
                await response.write(HEARTBEAT)

    async def _acknowledge(self, visit: Visit) -> web.StreamResponse:
        receipts = read_ack(await read_body(visit.request, AckBody))
        return _json(200, {"acknowledged": await visit.queue.acknowledge(receipts)})

    async def _refuse(self, visit: Visit) -> web.StreamResponse:
        refused = await visit.queue.refuse(read_nack(await read_body(visit.request, NackBody)))
        if refused is None:
            raise UnknownOffsetError
        return _json(200, {"state": refused.state, "nextAt": refused.next_at, "returned": refused.returned})


def _is_gone(request: web.BaseRequest) -> bool:
    return request.transport is None or request.transport.is_closing()


def _json(status: int, answer: Mapping[str, object]) -> web.Response:
    headers = {**_HEADERS, "WWW-Authenticate": 'Basic realm="pull"'} if status == 401 else _HEADERS  # noqa: PLR2004
    return web.Response(body=_encoder.encode(answer), status=status, content_type="application/json", headers=headers)
