"""``/api/push``: the way to the socket that tells a browser what happens. See docs/push.md.

POST /api/push/ticket  a ticket, good once and for half a minute: ``GET {address}?ticket=…&since=…`` opens the socket
"""

from __future__ import annotations

import msgspec

from skvorets.dialects.native.push import issuer_of
from skvorets.dialects.native.registry import Call, Nothing, route

# On the same host and port as the page.
_ADDRESS = "/push/ws"


class Ticket(msgspec.Struct, frozen=True, rename="camel"):
    """What opens a socket."""

    ticket: str
    expires_in: int  # seconds
    address: str  # path of the socket at this server


@route("POST", "/api/push/ticket", mode="free")
async def give_ticket(call: Call[Nothing]) -> Ticket:
    """Let the browser open a socket, which ends with its session."""
    ticket, expires_in = issuer_of(call.services)(call.session)
    return Ticket(ticket, expires_in, _ADDRESS)
