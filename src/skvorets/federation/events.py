"""What another server is to be told about a line: an ``EventDialect`` beside those that speak to handlers.

    log: network.wanted ──► a delivery to the server ──► signed anew for each attempt ──► POST /network/v1/events
         network.undelivered ◄── it came to no end ──► said in the chat

Retries, the breaker, dead letters and replay are those of all deliveries; a chat is a lane, so its messages keep their
order. The id of the delivery is that of the envelope: what comes twice is taken once.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from skvorets.config import Config
from skvorets.core.events import Event
from skvorets.core.events_network import NetworkUndelivered, NetworkWanted
from skvorets.core.file_links import FileAddresses
from skvorets.core.lines import network_dialogs, network_signing, network_wire
from skvorets.core.lines.network_wire import WireFile
from skvorets.delivery.contracts import NETWORK_EVENT, EventDialect, Request
from skvorets.delivery.schedule import FLEETING_POLICY, NETWORK_POLICY
from skvorets.storage import files, network_peers
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery, NewDelivery
from skvorets.storage.event_log import StoredEvent

EVENTS_PATH = "/network/v1/events"
_KINDS = frozenset({NetworkWanted.kind, NetworkUndelivered.kind})
_MS = 1000
_encoder = msgspec.json.Encoder()


class NetworkRequest(msgspec.Struct, frozen=True):
    """A signed POST; the webhook's own signature is not used."""

    body: bytes
    headers: dict[str, str]
    secrets: tuple[str, ...] = ()


class NetworkEvents:
    """Plans and builds what goes to other servers."""

    def __init__(self, server: str) -> None:
        """Speak as the server with this address."""
        self._server = server

    async def concerns(self, tx: Tx, stored: StoredEvent) -> bool:
        """Only what is to be told, and what could not be."""
        del tx
        return stored.kind in _KINDS

    async def plan(self, tx: Tx, event: Event) -> Sequence[NewDelivery]:
        """One delivery in the lane of its chat; what could not be told is said in the chat."""
        if isinstance(event, NetworkUndelivered):
            await network_dialogs.undelivered(tx, event)
        if not isinstance(event, NetworkWanted):
            return []
        return [
            NewDelivery(
                application_id=0,
                handler_id=0,
                url=f"{event.server}{EVENTS_PATH}",
                event=NETWORK_EVENT,
                data=_encoder.encode(event).decode(),
                chat_id=event.lane_id,
                policy=(FLEETING_POLICY if event.is_fleeting else NETWORK_POLICY).name,
            )
        ]

    async def build(self, tx: Tx, delivery: Delivery) -> NetworkRequest | None:
        """Sign the envelope, with addresses of its files that are good from now; None without a secret."""
        wanted = msgspec.json.decode(delivery.data, type=NetworkWanted)
        peer = await network_peers.find(tx, wanted.server)
        if peer is None or not peer.secret:
            return None
        addresses = FileAddresses(self._server, tx.portal, wanted.reader_id, tx.now)
        found = await files.find_many(tx, wanted.file_ids)
        shown = [found[one] for one in wanted.file_ids if one in found]
        envelope = msgspec.structs.replace(
            network_wire.decode(wanted.body),
            id=f"{delivery.id}-{delivery.created_at}",  # a server set back to a backup counts from there again
            files=[WireFile(one.name, one.size, addresses.download(one)) for one in shown],
        )
        body = network_wire.encode(envelope).encode()
        signed = network_signing.headers_for(peer.secret, self._server, EVENTS_PATH, body, tx.now // _MS)
        return NetworkRequest(body, {"Content-Type": "application/json", **signed})


class WithNetwork:
    """The events of a dialect, and what goes to other servers."""

    def __init__(self, dialect: EventDialect, network: NetworkEvents) -> None:
        """What goes to other servers is told from the rest by the delivery's event."""
        self._dialect = dialect
        self._network = network

    async def concerns(self, tx: Tx, stored: StoredEvent) -> bool:
        """Ask both."""
        return await self._network.concerns(tx, stored) or await self._dialect.concerns(tx, stored)

    async def plan(self, tx: Tx, event: Event) -> Sequence[NewDelivery]:
        """Ask both."""
        return [*await self._dialect.plan(tx, event), *await self._network.plan(tx, event)]

    async def build(self, tx: Tx, delivery: Delivery) -> Request | None:
        """Ask the one whose delivery it is."""
        if delivery.event == NETWORK_EVENT:
            return await self._network.build(tx, delivery)
        return await self._dialect.build(tx, delivery)


def with_network(config: Config, dialect: EventDialect) -> EventDialect:
    """Let what people write to lines of other servers go out, too."""
    return WithNetwork(dialect, NetworkEvents(network_signing.server_of(config.base_url)))
