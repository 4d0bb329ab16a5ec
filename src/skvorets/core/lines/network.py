"""The connector ``network``: what operators do reaches a person of a portal, this one or another.

    here     the private dialog of the person with the line's bot: the bot says it
    there    told to the other server, which lets its bot say it (``network_wire.py``)

The other way round: ``network_dialogs.py`` for people of this portal, ``network_inbox.py`` for those of others.
Rules: spec ``bitrix24-openlines.md`` §4.2.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from skvorets.core import reads
from skvorets.core.access import Seat
from skvorets.core.events import TypingStarted, record
from skvorets.core.events_network import NetworkWanted
from skvorets.core.line_hooks import NETWORK_ENTITY as NETWORK_ENTITY  # noqa: PLC0414 — exported
from skvorets.core.lines.copies import copy_files
from skvorets.core.lines.network_wire import MAX_FILES, PASSED_ON, Envelope, encode
from skvorets.core.lines.outlets import Copy
from skvorets.core.messages import MessageChange, NewMessage, apply_change, empty_message, post_message
from skvorets.storage import chats, lines, members, messages, network_lines, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LineClient
from skvorets.storage.messages import Message
from skvorets.storage.people import Person


class Place(NamedTuple):
    """Where a person of this portal writes to a line."""

    chat: Chat
    bot: Person


class Address(NamedTuple):
    """Where a person of another portal writes to a line."""

    server: str
    dialog: int
    code: str


async def send(tx: Tx, client: LineClient, copy: Copy) -> int:
    """Hand over a new message; its id on the customer's side, below 0 on another server."""
    params = passed_on(copy.params)
    if not client.client_chat_id:
        return await _send_away(tx, client, copy, params)
    place = await _place_of(tx, client)
    if copy.file_ids:
        params["FILE_ID"] = await copy_files(tx, place.bot, copy.file_ids, place.chat)
    if copy.reply_to > 0:
        params["REPLY_ID"] = copy.reply_to
    return (await say(tx, place, copy.message.text, params)).id


async def change(tx: Tx, client: LineClient, person: Person, twin_id: int, wanted: MessageChange) -> None:
    """Change a message on the customer's side: there it is the bot who does it."""
    del person
    params = passed_on(wanted.params)
    if not client.client_chat_id:
        text = await _text_of(tx, twin_id) if wanted.text is None else wanted.text
        await _tell_about(tx, client, twin_id, "change", text=text, params=params)
        return
    place, known = await _place_of(tx, client), await messages.find(tx, twin_id)
    if known is not None:
        wanted = msgspec.structs.replace(wanted, params=params, previews_links=False)
        await apply_change(tx, place.bot, place.chat, known, wanted)


async def delete(tx: Tx, client: LineClient, person: Person, twin_id: int, *, is_complete: bool) -> None:
    """Delete a message on the customer's side."""
    del person
    if not client.client_chat_id:
        await _tell_about(tx, client, twin_id, "delete", is_complete=is_complete)
        return
    place, known = await _place_of(tx, client), await messages.find(tx, twin_id)
    if known is not None:
        await empty_message(tx, place.bot, place.chat, known, is_complete=is_complete)


async def read(tx: Tx, client: LineClient, twin_id: int) -> None:
    """Show the customer that his message was read; people of other portals do not learn that."""
    if not client.client_chat_id:
        return
    place = await _place_of(tx, client)
    member = await members.find(tx, place.chat.id, place.bot.id)
    if member is not None:
        await reads.read_up_to(tx, Seat(place.chat, member), twin_id)


async def typing(tx: Tx, client: LineClient, person: Person) -> None:
    """Show the customer that somebody is writing."""
    del person
    if client.client_chat_id:
        place = await _place_of(tx, client)
        await record(tx, TypingStarted(chat_id=place.chat.id, actor_id=place.bot.id))
        return
    await tell_client(tx, client, Envelope(kind="typing", to="client", code="", dialog=1), is_fleeting=True)


async def say(tx: Tx, place: Place, text: str, params: dict[str, Any] | None = None) -> Message:
    """Let the bot of a line say something to a person of this portal."""
    return await post_message(
        tx,
        NewMessage(
            chat=place.chat,
            author_id=place.bot.id,
            actor_id=0,
            text=text,
            params=params or {},
            calls_bots=False,
            previews_links=False,
            is_relayed=True,
        ),
    )


async def tell_client(
    tx: Tx, client: LineClient, envelope: Envelope, *, file_ids: list[int] | None = None, is_fleeting: bool = False
) -> None:
    """Tell the customer's server something; where and about which line is put in here."""
    address = await _address_of(tx, client)
    body = encode(msgspec.structs.replace(envelope, code=address.code, dialog=address.dialog))
    await record(
        tx,
        NetworkWanted(
            server=address.server,
            lane_id=client.chat_id,
            body=body,
            file_ids=file_ids or [],
            reader_id=client.person_id,
            is_fleeting=is_fleeting,
        ),
    )


def key_of(server: str, dialog: int) -> str:
    """Name a person's dialog on another server, as ``line_clients.external_key``."""
    return f"{server}|{dialog}"


def passed_on(params: dict[str, Any]) -> dict[str, Any]:
    """Give the content that can be shown on the other side: of keyboards the links (no bot is there)."""
    kept = {name: params[name] for name in PASSED_ON if name in params}
    keyboard = kept.get("KEYBOARD")
    if isinstance(keyboard, list):
        shown = [one for one in keyboard if one.get("TYPE") == "NEWLINE" or one.get("LINK")]
        if any(one.get("LINK") for one in shown):
            kept["KEYBOARD"] = shown
        else:
            del kept["KEYBOARD"]
    return kept


async def _send_away(tx: Tx, client: LineClient, copy: Copy, params: dict[str, Any]) -> int:
    number = await network_lines.add_message(tx, copy.chat.id, message_id=copy.message.id)
    answered = await network_lines.message(tx, -copy.reply_to) if copy.reply_to < 0 else None
    envelope = Envelope(
        kind="add",
        to="client",
        code="",
        dialog=1,
        message_id=copy.message.id,
        text=copy.message.text,
        params=params,
        reply_to=(answered.remote_id or answered.message_id) if answered else 0,
        is_reply_to_yours=bool(answered and answered.remote_id),
    )
    await tell_client(tx, client, envelope, file_ids=copy.file_ids[:MAX_FILES])
    return -number


async def _text_of(tx: Tx, twin_id: int) -> str:
    known = await network_lines.message(tx, -twin_id)
    message = await messages.find(tx, known.message_id) if known is not None and known.message_id else None
    return message.text if message is not None else ""


async def _tell_about(tx: Tx, client: LineClient, twin_id: int, kind: Any, **more: Any) -> None:
    known = await network_lines.message(tx, -twin_id)
    if known is not None:
        message_id, is_yours = known.remote_id or known.message_id, bool(known.remote_id)
        envelope = Envelope(kind=kind, to="client", code="", dialog=1, message_id=message_id, is_yours=is_yours, **more)
        await tell_client(tx, client, envelope)


async def _place_of(tx: Tx, client: LineClient) -> Place:
    dialog = await network_lines.dialog_of(tx, client.client_chat_id)
    chat = await chats.find(tx, client.client_chat_id)
    bot = None if dialog is None else await people.find(tx, dialog.bot_id)
    if chat is None or bot is None:
        raise LookupError(client.client_chat_id)
    return Place(chat, bot)


async def _address_of(tx: Tx, client: LineClient) -> Address:
    server, _, dialog = client.external_key.rpartition("|")
    line = await lines.find(tx, client.line_id)
    if line is None:
        raise LookupError(client.line_id)
    return Address(server, int(dialog), line.code)
