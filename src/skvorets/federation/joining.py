"""Joins lines, fetches what messages of other servers bring with them. See ``core/lines/network_join.py``."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import msgspec

from skvorets.config import Config
from skvorets.core.files import Content
from skvorets.core.lines import network_join, network_signing
from skvorets.core.lines.network_inbox import Received
from skvorets.core.lines.network_wire import LineCard, WireFile
from skvorets.delivery.outcome import FailureKind, Fetched, Outcome
from skvorets.delivery.outgoing import Outgoing
from skvorets.errors import (
    ImageTooLargeError,
    LineClosedError,
    LineNotFoundError,
    LineServerError,
    WrongImageError,
    WrongLineCodeError,
)
from skvorets.federation.pairing import MAX_ANSWER, TIMEOUT_S, Pairing
from skvorets.media.files import keep
from skvorets.media.thumbnails import fit_within, in_decoder
from skvorets.storage import network_peers
from skvorets.storage.blobs import BlobStore
from skvorets.storage.database import DIRECTORY_KEY, Store
from skvorets.storage.people import Person

LINE_PATH = "/network/v1/line"
# Bytes of a file that is taken from another server: it lies in memory for a moment.
MAX_FILE = 20 * 1024 * 1024
# Bytes of a line's picture, and its sides in pixels.
MAX_PICTURE = 5 * 1024 * 1024
PICTURE_PX = 1024
# Seconds for one file; the other server waits for our answer meanwhile.
FILE_TIMEOUT_S = 20.0
_ANY_TYPE = ("application/*", "audio/*", "font/*", "image/*", "model/*", "text/*", "video/*", "message/*")
# Of failures, those that will be so the next time, too.
_FOR_GOOD = frozenset({FailureKind.TOO_LARGE, FailureKind.WRONG_TYPE, FailureKind.BAD_URL, FailureKind.REFUSED_ADDRESS})
_OK, _UNSIGNED, _CLOSED, _ABSENT = 200, 401, 403, frozenset({404, 410})


class _Wanted(msgspec.Struct, frozen=True):
    code: str


class LineNetwork:
    """Joins lines for the people of this portal."""

    def __init__(self, config: Config, store: Store, blobs: BlobStore, outgoing: Outgoing) -> None:
        """``outgoing`` is started by its owner."""
        self._store = store
        self._blobs = blobs
        self._outgoing = outgoing
        self._is_open = config.network_servers
        self._max_file = min(MAX_FILE, config.max_file_bytes)
        self.pairing = Pairing(store, outgoing, network_signing.server_of(config.base_url))

    @property
    def server(self) -> str:
        """Our own address."""
        return self.pairing.server

    async def join(self, person: Person, code: str) -> int:
        """Join a line by its code; the id of its bot. Raises as ``network_join.Joining`` says."""
        address = network_join.read_code(code)
        if address is None:
            raise WrongLineCodeError
        network_join.require_employee(person)
        if address.server in {"", self.server}:
            return await self._store.write(DIRECTORY_KEY, network_join.join_here, person, address.code)
        if not self._is_open or not self.server:
            raise LineServerError
        card = await self._card(address.server, address.code)
        avatar = await self._picture(address.server, card.avatar)
        return await self._store.write(DIRECTORY_KEY, network_join.join_there, person, address.server, card, avatar)

    async def fetch(self, server: str, wanted: Sequence[WireFile]) -> list[Received]:
        """Fetch the files of a message; those that cannot be had are told by their names.

        Raises LineServerError when it is worth another try.
        """
        return [Received(one.name, await self._file(server, one)) for one in wanted]

    async def _card(self, server: str, code: str) -> LineCard:
        peer = await self._store.read(network_peers.find, server)
        outcome = None
        if peer is not None and peer.secret:
            outcome = await self._ask(server, peer.secret, code)
        if outcome is None or outcome.status == _UNSIGNED:
            await self.pairing.begin(server)
            peer = await self._store.read(network_peers.find, server)
            if peer is None:
                raise LineServerError
            outcome = await self._ask(server, peer.secret, code)
        if outcome.status in _ABSENT:
            raise LineNotFoundError
        if outcome.status == _CLOSED:
            raise LineClosedError
        try:
            card = msgspec.json.decode(outcome.body_start, type=LineCard) if outcome.status == _OK else None
        except msgspec.MsgspecError:
            card = None
        if card is None or card.code != code or not card.name.strip() or "\0" in f"{card.name}{card.description}":
            raise LineServerError
        return card

    async def _ask(self, server: str, secret: str, code: str) -> Outcome:
        body = msgspec.json.encode(_Wanted(code))
        signed = network_signing.headers_for(secret, self.server, LINE_PATH, body, int(time.time()))
        headers = {"Content-Type": "application/json", **signed}
        return await self._outgoing.post_form(
            f"{server}{LINE_PATH}", body, headers, timeout_s=TIMEOUT_S, kept_bytes=MAX_ANSWER
        )

    async def _picture(self, server: str, url: str) -> str:
        """Keep the line's picture; a line whose picture cannot be had has none."""
        if not url.startswith(f"{server}/"):
            return ""
        fetched = await self._outgoing.get(url, max_bytes=MAX_PICTURE, accept=("image/*",), timeout_s=TIMEOUT_S)
        if fetched.status != _OK or not fetched.body:
            return ""
        try:
            picture = await in_decoder(fit_within, fetched.body, PICTURE_PX, PICTURE_PX)
        except (WrongImageError, ImageTooLargeError):
            return ""
        return await asyncio.to_thread(self._blobs.put, picture.data)

    async def _file(self, server: str, wanted: WireFile) -> Content | None:
        if wanted.size > self._max_file or not wanted.url.startswith(f"{server}/files/"):
            return None
        fetched = await self._outgoing.get(
            wanted.url, max_bytes=self._max_file, accept=_ANY_TYPE, timeout_s=FILE_TIMEOUT_S
        )
        if fetched.status == _OK and fetched.failure is None:
            return await asyncio.to_thread(keep, self._blobs, fetched.body)
        if _is_for_good(fetched):
            return None
        raise LineServerError


def _is_for_good(fetched: Fetched) -> bool:
    if fetched.failure is not None:
        return fetched.failure.kind in _FOR_GOOD
    return fetched.status is not None and 400 <= fetched.status < 500  # noqa: PLR2004 — 4xx: so it will stay
