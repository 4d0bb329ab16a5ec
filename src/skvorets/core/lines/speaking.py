"""What goes from the operators' chat to the customer: their messages, and what the line says by itself."""

from __future__ import annotations

from typing import Any, Final

from skvorets.core.lines import clients, outlets
from skvorets.core.lines.outlets import Copy
from skvorets.core.messages import NewMessage, post_message
from skvorets.storage import line_clients
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LineClient
from skvorets.storage.messages import Message

AUTOMATIC_CLASS: Final = "bx-messenger-content-item-ol-output"
"""CLASS of texts that the line sends by itself. [source: imol]"""
# Params that belong to one of the chats only.
_NOT_COPIED = frozenset({"CLASS", "FILE_ID", "REPLY_ID", "URL_ID", "NOTIFY"})


async def send_to_client(
    tx: Tx, client: LineClient, text: str, *, author_id: int = 0, params: dict[str, Any] | None = None
) -> Message:
    """Send a text that the line says by itself: both sides see it. ``author_id`` 0 = the line."""
    client, chat = await clients.ensure_operator_chat(tx, client)
    message = await post_message(
        tx,
        NewMessage(
            chat=chat,
            author_id=author_id,
            actor_id=0,
            text=text,
            params={"CLASS": AUTOMATIC_CLASS, **(params or {})},
            calls_bots=False,
            previews_links=False,
            is_relayed=True,
        ),
    )
    await pass_on(tx, client, chat, message)
    return message


async def pass_on(tx: Tx, client: LineClient, chat: Chat, message: Message) -> None:
    """Hand a message of the operators' chat over to the customer."""
    params = message.read_params()
    copied = {name: value for name, value in params.items() if name not in _NOT_COPIED}
    reply_id = params.get("REPLY_ID")
    copy = Copy(
        message=message,
        chat=chat,
        params=copied,
        file_ids=list(params.get("FILE_ID", ())),
        reply_to=await line_clients.client_message_of(tx, reply_id) if reply_id else 0,
    )
    twin_id = await outlets.send(tx, client, copy)
    if twin_id:
        await line_clients.pair(tx, message.id, twin_id)
