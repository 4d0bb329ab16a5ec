"""A conversation's end, and one that begins while nobody is there.

POST /widget/api/rating    {vote: 1..5, comment}   → the session; 409 session_closed where nothing is to be rated
POST /widget/api/offline   {name, email, text, clientId?} → the message; outside working hours, to be answered later
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from skvorets.core.lines import finishing, relay
from skvorets.core.lines.relay import ClientMessage
from skvorets.dialects.widget.given import Name, Text
from skvorets.dialects.widget.registry import Call, route
from skvorets.dialects.widget.resources.coming import note_myself
from skvorets.dialects.widget.resources.messages import show
from skvorets.dialects.widget.shapes import SessionLook, WidgetMessage
from skvorets.dialects.widget.views import view_session
from skvorets.errors import SessionClosedError
from skvorets.storage.database import Tx


class Rating(msgspec.Struct, frozen=True):
    """How the visitor was served."""

    vote: Annotated[int, msgspec.Meta(ge=1, le=5)]
    comment: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Letter(msgspec.Struct, frozen=True, rename="camel"):
    """What somebody leaves who found nobody."""

    name: Name
    email: Name
    text: Text
    client_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)] | None = None


@route("POST", "rating", given=Rating)
async def rate(tx: Tx, call: Call[Rating]) -> SessionLook:
    """Rate the newest conversation."""
    await finishing.rate_session(tx, call.client, call.given.vote, call.given.comment)
    session, _ = await view_session(tx, call.visitor)
    if session is None:
        raise SessionClosedError
    return session


@route("POST", "offline", given=Letter, counts="messages")
async def leave_letter(tx: Tx, call: Call[Letter]) -> WidgetMessage:
    """Take a message with the name and address of its author."""
    given = call.given
    await note_myself(tx, call.visitor, given.name, given.email)
    new = ClientMessage(text=given.text, client_id=given.client_id)
    return await show(tx, call, await relay.client_writes(tx, call.client, new))
