"""Who has signed a request: a server with which secrets were exchanged, now, and not a second time."""

from __future__ import annotations

from aiohttp import web

from skvorets.core.lines import network_signing
from skvorets.core.lines.network_signing import Signed
from skvorets.dialects.federation.errors import unsigned
from skvorets.storage import network_peers
from skvorets.storage.database import Store, Tx, lock_key

# What came is remembered for so long, milliseconds: longer than anything is repeated.
REMEMBERED_MS = 7 * 24 * 3600 * 1000
_FORGET_EVERY_MS = 3600 * 1000
_MS = 1000


class Signatures:
    """Checks signatures of one process; the numbers used once are in the database."""

    def __init__(self, store: Store) -> None:
        """Begin with the next request."""
        self._store = store
        self._forgot_at = 0

    async def server_of(self, request: web.BaseRequest, body: bytes) -> str:
        """Give the address of the server that has signed this. Raises ApiError 401."""
        given = request.headers
        server = given.get(network_signing.SERVER, "")
        signed = Signed(
            request.method,
            request.path,
            given.get(network_signing.TIMESTAMP, ""),
            given.get(network_signing.NONCE, ""),
            body,
        )
        if not server or network_signing.server_of(server) != server:
            raise unsigned()
        if not await self._store.read(_is_good, server, signed, given.get(network_signing.SIGNATURE, "")):
            raise unsigned()
        if not await self._store.write(lock_key("network nonces"), self._use_once, server, signed.nonce):
            raise unsigned()
        return server

    async def _use_once(self, tx: Tx, server: str, nonce: str) -> bool:
        if tx.now - self._forgot_at > _FORGET_EVERY_MS:
            self._forgot_at = tx.now
            await network_peers.forget_received(tx, tx.now - REMEMBERED_MS)
        return await network_peers.note_received(tx, server, f"n:{nonce}")


async def _is_good(tx: Tx, server: str, signed: Signed, given: str) -> bool:
    if not network_signing.is_timely(signed, tx.now // _MS):
        return False
    peer = await network_peers.find(tx, server)
    return peer is not None and network_signing.is_signed_by(given, signed, peer.secret, peer.other_secret)
