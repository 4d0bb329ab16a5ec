"""Two servers agree on a secret, and each proves that it really answers at the address that it claims.

    first                                    second
    token, half ──POST /network/v1/pair────►
                ◄──POST /network/v1/confirm── token, other half      (to the address that the first one claims)
    proof ─────────────────────────────────►                         (that the first one sent the token)
                ◄───────────────────────────  proof                  (that the second one got half and token)

The secret is made of both halves; each half went only to the address of the server that it is for. The secret before is
accepted for as long as nothing newer comes: an exchange that breaks off does no harm.
"""

from __future__ import annotations

import hmac
import secrets

import msgspec

from skvorets.core.lines import network_signing
from skvorets.delivery.outcome import Outcome
from skvorets.delivery.outgoing import Outgoing
from skvorets.errors import LineServerError
from skvorets.storage import network_peers
from skvorets.storage.database import Store, Tx, lock_key
from skvorets.storage.network_peers import Peer

PAIR_PATH, CONFIRM_PATH = "/network/v1/pair", "/network/v1/confirm"
# Seconds for a call within an exchange, and for which one that was begun can be confirmed.
TIMEOUT_S = 10.0
GOOD_FOR_S = 60
# Bytes of an answer.
MAX_ANSWER = 16 * 1024
_MS = 1000
_OK = 200
_KEY = lock_key("network peers")


class Halves(msgspec.Struct, frozen=True):
    """What is sent in both directions."""

    server: str
    token: str
    half: str


class Proof(msgspec.Struct, frozen=True):
    """What is answered in both directions."""

    proof: str


class Pairing:
    """Exchanges secrets as the server with one address."""

    def __init__(self, store: Store, outgoing: Outgoing, server: str) -> None:
        """``server`` is our own address, as others reach us."""
        self._store = store
        self._outgoing = outgoing
        self.server = server

    async def begin(self, other: str) -> None:
        """Agree on a secret with another server. Raises LineServerError."""
        token, half = secrets.token_urlsafe(24), network_signing.new_half()
        await self._store.write(_KEY, _begin, token, other, half)
        outcome = await self.post(f"{other}{PAIR_PATH}", Halves(self.server, token, half))
        await self._store.write(_KEY, network_peers.end_pairing, token)
        if not await self._store.write(_KEY, _finish, other, token, _proof_in(outcome)):
            raise LineServerError

    async def answer(self, other: str, token: str, half: str) -> str:
        """Take part in an exchange that another server begins; our proof. Raises LineServerError."""
        own = network_signing.new_half()
        outcome = await self.post(f"{other}{CONFIRM_PATH}", Halves(self.server, token, own))
        secret = network_signing.secret_of(half, own)
        if not _is(_proof_in(outcome), network_signing.proof(secret, "first", token)):
            raise LineServerError
        await self._store.write(_KEY, _agree, other, secret)
        return network_signing.proof(secret, "second", token)

    async def confirm(self, other: str, token: str, half: str) -> str:
        """Say that we have begun this exchange, and prove it; empty when we have not."""
        return await self._store.write(_KEY, _confirm, other, token, half)

    async def post(self, url: str, given: msgspec.Struct) -> Outcome:
        """POST something unsigned."""
        headers = {"Content-Type": "application/json"}
        body = msgspec.json.encode(given)
        return await self._outgoing.post_form(url, body, headers, timeout_s=TIMEOUT_S, kept_bytes=MAX_ANSWER)


async def _begin(tx: Tx, token: str, server: str, half: str) -> None:
    await network_peers.begin_pairing(tx, token, server, half, forgets_before=tx.now - GOOD_FOR_S * _MS)


async def _confirm(tx: Tx, server: str, token: str, half: str) -> str:
    own = await network_peers.half_of_pairing(tx, token, server, since=tx.now - GOOD_FOR_S * _MS)
    if not own:
        return ""
    await network_peers.end_pairing(tx, token)
    known = await network_peers.find(tx, server)
    secret = network_signing.secret_of(own, half)
    await network_peers.put(tx, Peer(server, known.secret if known else "", secret, tx.now))
    return network_signing.proof(secret, "first", token)


async def _finish(tx: Tx, server: str, token: str, given: str) -> bool:
    known = await network_peers.find(tx, server)
    if known is None or not known.other_secret:
        return False
    if not _is(given, network_signing.proof(known.other_secret, "second", token)):
        return False
    await network_peers.put(tx, Peer(server, known.other_secret, known.secret, tx.now))
    return True


async def _agree(tx: Tx, server: str, secret: str) -> None:
    known = await network_peers.find(tx, server)
    await network_peers.put(tx, Peer(server, secret, known.secret if known else "", tx.now))


def _proof_in(outcome: Outcome) -> str:
    if outcome.status != _OK:
        return ""
    try:
        return msgspec.json.decode(outcome.body_start, type=Proof).proof
    except msgspec.MsgspecError:
        return ""


def _is(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())
