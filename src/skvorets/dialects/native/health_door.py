"""``GET /health``: does the server work? For load balancers and watchers, without logging in; nothing else is told.

200 {"status": "ok"}      the database answers
503 {"status": "down"}    it does not
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from aiohttp import web

from skvorets.storage import statistics
from skvorets.storage.database import Store

PATIENCE_S: Final = 5.0
"""A database that takes longer for the simplest question does not answer."""
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_log = logging.getLogger(__name__)


class HealthDoor:
    """Asks the database each time."""

    def __init__(self, store: Store) -> None:
        """Ask this store."""
        self._store = store

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/health``."""
        if request.path != "/health":
            return web.Response(status=404, text="Not found\n")
        if request.method not in {"GET", "HEAD"}:
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._store.read(statistics.ping)
        except Exception as error:  # noqa: BLE001 — whatever it is: the database does not answer
            _log.warning("the database does not answer: %r", error)
            return web.json_response({"status": "down"}, status=503, headers=_HEADERS)
        return web.json_response({"status": "ok"}, headers=_HEADERS)
