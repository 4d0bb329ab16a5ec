"""What the operators see of a visitor who does not write: he reads, he is writing; and his push socket.

POST /widget/api/read     {messageId}   he has read up to this message
POST /widget/api/typing
POST /widget/api/ticket   → {ticket, expiresIn}   opens /push/ws?ticket=…&since=… once: events of his talk alone
"""

from __future__ import annotations

import msgspec

from skvorets.core.lines import relay
from skvorets.dialects.widget.given import Id
from skvorets.dialects.widget.registry import Call, Nothing, route
from skvorets.dialects.widget.shapes import PushTicket
from skvorets.storage.database import Tx


class Read(msgspec.Struct, frozen=True, rename="camel"):
    """Up to which message."""

    message_id: Id


@route("POST", "read", given=Read)
async def mark_read(tx: Tx, call: Call[Read]) -> None:
    """Mark what the visitor has read."""
    await relay.client_reads(tx, call.client, call.given.message_id)


@route("POST", "typing")
async def type_on(tx: Tx, call: Call[Nothing]) -> None:
    """Show that the visitor is writing."""
    await relay.client_types(tx, call.client)


@route("POST", "ticket", mode="free", counts="tickets")
async def give_ticket(call: Call[Nothing]) -> PushTicket:
    """Give what opens a push socket."""
    ticket, expires_in = call.services.issue_ticket(call.client)
    return PushTicket(ticket, expires_in)
