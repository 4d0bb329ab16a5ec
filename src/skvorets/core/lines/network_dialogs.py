"""People of this portal who write to a line: in their private dialogs with the bot that stands for it.

    he opens the dialog ──► the line's welcome
    he writes           ──► relay.client_writes, or told to the line's server

What he does is done by the same functions as everywhere; ``core/line_hooks.py`` tells here. Rules: spec
``bitrix24-openlines.md`` §4.2, §4.3.
"""

from __future__ import annotations

from typing import Any

import msgspec

from skvorets.core import people as directory
from skvorets.core import reads
from skvorets.core.access import Seat
from skvorets.core.events import record
from skvorets.core.events_network import NetworkUndelivered, NetworkWanted
from skvorets.core.lines import clients, network_texts, relay
from skvorets.core.lines.clients import Visitor
from skvorets.core.lines.network import NETWORK_ENTITY, Place, passed_on, say
from skvorets.core.lines.network_wire import MAX_FILES, Envelope, Writer, decode, encode
from skvorets.core.lines.relay import ClientMessage
from skvorets.core.lines.settings import settings_of
from skvorets.core.messages import MessageChange, apply_change, empty_message, post_system_message
from skvorets.core.people import NewPerson
from skvorets.errors import CoreError
from skvorets.storage import chats, line_clients, lines, members, messages, network_lines, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import NETWORK, LineClient
from skvorets.storage.messages import Message
from skvorets.storage.network_lines import NetworkDialog, NetworkLine
from skvorets.storage.people import Person

# HTTP statuses of the other server that mean: the line is not there any more, it does not take this.
_GONE = frozenset({404, 410})
_CLOSED = 403


async def opened(tx: Tx, chat: Chat, opener: Person, other: Person) -> Chat:
    """Take a new private dialog of a person with a bot of the network; the chat as it is then."""
    bot, person = (opener, other) if opener.kind == "network" else (other, opener)
    line = await network_lines.find(tx, bot.id)
    if line is None or person.kind != "human":
        return chat
    await chats.change(tx, chat.id, entity_type=NETWORK_ENTITY, entity_id=str(bot.id))
    chat = msgspec.structs.replace(chat, entity_type=NETWORK_ENTITY, entity_id=str(bot.id))
    dialog = NetworkDialog(chat.id, bot.id, person.id)
    await network_lines.insert_dialog(tx, dialog)
    if opener is person:
        await _welcome(tx, Place(chat, bot), line, dialog, person)
    return chat


async def person_wrote(tx: Tx, chat: Chat, message: Message) -> None:
    """Pass on what the person wrote. Whatever keeps the line from taking it is said in the dialog."""
    found = await _found(tx, chat, message.author_id)
    params = message.read_params()
    if found is None or "CLASS" in params:
        return
    dialog, line, person = found
    if line.gone_at:
        await _answer(tx, chat, dialog, network_texts.line_is_gone(tx.portal.language))
        return
    quote = await _quote_of(tx, dialog)
    if line.server:
        await _tell_of_message(tx, line, person, message, quote)
        return
    client = await _client_of(tx, line, dialog, person)
    given = ClientMessage(
        text=message.text,
        params={name: value for name, value in passed_on(params).items() if name == "ATTACH"},
        file_ids=tuple(params.get("FILE_ID", ())),
        reply_to=params.get("REPLY_ID", 0),
        posted=message,
        quote=quote,
    )
    try:
        if client is None:
            await _answer(tx, chat, dialog, network_texts.line_is_gone(tx.portal.language))
        elif given.text.strip() or given.file_ids:
            await relay.client_writes(tx, client, given)
    except CoreError:
        await _answer(tx, chat, dialog, network_texts.line_is_closed(tx.portal.language))


async def person_changed(tx: Tx, person: Person, chat: Chat, message: Message, change: MessageChange) -> None:
    """Pass on that the person changed his message."""
    found = await _found(tx, chat, message.author_id)
    if found is None or person.id != message.author_id or change.text is None:
        return
    dialog, line, _ = found
    if line.server:
        await _tell(tx, line, dialog, Envelope(**_about(line, dialog, "change", message), text=change.text.strip()))
        return
    twin = await _twin_of(tx, message)
    client = await line_clients.find(tx, dialog.client_id) if dialog.client_id else None
    if twin is not None and client is not None and (place := await chats.find(tx, twin.chat_id)) is not None:
        guest = await clients.guest_of(tx, client)
        await apply_change(tx, guest, place, twin, MessageChange(text=change.text, previews_links=False))


async def person_deleted(tx: Tx, person: Person, chat: Chat, message: Message, *, is_complete: bool) -> None:
    """Pass on that the person deleted his message."""
    found = await _found(tx, chat, message.author_id)
    if found is None or person.id != message.author_id:
        return
    dialog, line, _ = found
    if line.server:
        await _tell(tx, line, dialog, Envelope(**_about(line, dialog, "delete", message), is_complete=is_complete))
        return
    twin = await _twin_of(tx, message)
    client = await line_clients.find(tx, dialog.client_id) if dialog.client_id else None
    if twin is not None and client is not None and (place := await chats.find(tx, twin.chat_id)) is not None:
        await empty_message(tx, await clients.guest_of(tx, client), place, twin, is_complete=is_complete)


async def person_read(tx: Tx, chat: Chat, reader_id: int, message_id: int) -> None:
    """Show operators that the person has read; those of other servers do not learn that."""
    dialog = await network_lines.dialog_of(tx, chat.id)
    if dialog is None or reader_id != dialog.person_id or not dialog.client_id:
        return
    client = await line_clients.find(tx, dialog.client_id)
    twin_id = await line_clients.newest_client_pair_up_to(tx, chat.id, message_id)
    found = await members.chat_and_member(tx, client.chat_id, client.person_id) if client is not None else None
    if twin_id and found is not None and found[1] is not None:
        await reads.read_up_to(tx, Seat(*found), twin_id)


async def person_types(tx: Tx, person: Person, chat_id: int) -> None:
    """Show operators that the person is writing."""
    dialog = await network_lines.dialog_of(tx, chat_id)
    line = await network_lines.find(tx, dialog.bot_id) if dialog is not None else None
    if dialog is None or line is None or person.id != dialog.person_id:
        return
    if line.server:
        envelope = Envelope(kind="typing", to="line", code=line.code, dialog=dialog.chat_id)
        await _tell(tx, line, dialog, envelope, is_fleeting=True)
    elif dialog.client_id and (client := await line_clients.find(tx, dialog.client_id)) is not None:
        await relay.client_types(tx, client)


async def undelivered(tx: Tx, event: NetworkUndelivered) -> None:
    """Say in the chat that something did not reach the other server."""
    envelope, language = decode(event.body), tx.portal.language
    chat = await chats.find(tx, event.lane_id)
    if chat is None or envelope.kind not in {"open", "add"}:
        return
    dialog = await network_lines.dialog_of(tx, chat.id)
    if dialog is None:
        await post_system_message(tx, chat, 0, network_texts.not_delivered_to_client(language, event.server))
        return
    if event.status in _GONE:
        await network_lines.set_gone(tx, dialog.bot_id, tx.now)
        await _answer(tx, chat, dialog, network_texts.line_is_gone(language))
    elif event.status == _CLOSED:
        await _answer(tx, chat, dialog, network_texts.line_is_closed(language))
    else:
        await _answer(tx, chat, dialog, network_texts.not_delivered(language, event.server))


async def _welcome(tx: Tx, place: Place, line: NetworkLine, dialog: NetworkDialog, person: Person) -> None:
    if line.server:
        envelope = Envelope(kind="open", to="line", code=line.code, dialog=dialog.chat_id, writer=_writer(person))
        await _tell(tx, line, dialog, envelope)
        return
    row = await lines.find(tx, line.line_id)
    if row is not None and row.active and not row.deleted_at and (text := settings_of(row).welcome_text):
        await say(tx, place, text)


async def _found(tx: Tx, chat: Chat, author_id: int) -> tuple[NetworkDialog, NetworkLine, Person] | None:
    """Give dialog, line and person when the message is the person's, not the bot's or the system's."""
    dialog = await network_lines.dialog_of(tx, chat.id)
    if dialog is None or author_id != dialog.person_id:
        return None
    line, person = await network_lines.find(tx, dialog.bot_id), await people.find(tx, dialog.person_id)
    return None if line is None or person is None else (dialog, line, person)


async def _client_of(tx: Tx, line: NetworkLine, dialog: NetworkDialog, person: Person) -> LineClient | None:
    """Give the customer that a person of this portal is for a line of this portal; None when the line is gone."""
    row = await lines.find(tx, line.line_id)
    if row is None or row.deleted_at:
        return None
    known = await line_clients.find(tx, dialog.client_id) if dialog.client_id else None
    if known is not None:
        guest = await clients.guest_of(tx, known)
        if guest.name != person.name:
            await clients.rename_client(tx, known, name=person.name)
        return known
    guest = await directory.add_person(
        tx,
        NewPerson(
            first_name=person.first_name,
            last_name=person.last_name,
            kind="guest",
            gender=person.gender,
            avatar=person.avatar,
            work_position=person.work_position,
            language=person.language,
        ),
    )
    new = LineClient(0, row.id, NETWORK, guest.id, dialog.chat_id, 0, 0, "", "", "", "", "", "", 0, 0, 0)
    client = await clients.insert_client(tx, row, Visitor(language=person.language), new)
    await network_lines.change_dialog(tx, dialog.chat_id, client_id=client.id)
    return client


async def _quote_of(tx: Tx, dialog: NetworkDialog) -> str:
    """Give what the line had written by itself, once: operators shall know what the person answers."""
    if not dialog.quote_id:
        return ""
    await network_lines.change_dialog(tx, dialog.chat_id, quote_id=0)
    message, bot = await messages.find(tx, dialog.quote_id), await people.find(tx, dialog.bot_id)
    if message is None or bot is None or message.deleted_at:
        return ""
    return network_texts.quote(tx.portal.language, bot.name, message.text)


async def _tell_of_message(tx: Tx, line: NetworkLine, person: Person, message: Message, quote: str) -> None:
    dialog = NetworkDialog(message.chat_id, line.bot_id, person.id)
    params = message.read_params()
    answered = await network_lines.message_of(tx, params["REPLY_ID"]) if "REPLY_ID" in params else None
    await network_lines.add_message(tx, message.chat_id, message_id=message.id)
    envelope = Envelope(
        **{**_about(line, dialog, "add", message), "is_yours": False},
        writer=_writer(person),
        text=message.text,
        params={name: value for name, value in passed_on(params).items() if name == "ATTACH"},
        reply_to=(answered.remote_id or answered.message_id) if answered else 0,
        is_reply_to_yours=bool(answered and answered.remote_id),
        quote=quote,
    )
    await _tell(tx, line, dialog, envelope, file_ids=params.get("FILE_ID", [])[:MAX_FILES])


async def _tell(
    tx: Tx,
    line: NetworkLine,
    dialog: NetworkDialog,
    envelope: Envelope,
    *,
    file_ids: list[int] | None = None,
    is_fleeting: bool = False,
) -> None:
    await record(
        tx,
        NetworkWanted(
            server=line.server,
            lane_id=dialog.chat_id,
            body=encode(envelope),
            file_ids=file_ids or [],
            reader_id=dialog.person_id,
            is_fleeting=is_fleeting,
        ),
    )


def _about(line: NetworkLine, dialog: NetworkDialog, kind: str, message: Message) -> dict[str, Any]:
    return {"kind": kind, "to": "line", "code": line.code, "dialog": dialog.chat_id, "message_id": message.id}


def _writer(person: Person) -> Writer:
    return Writer(person.name, person.gender or "", person.language, person.work_position)  # type: ignore[arg-type]


async def _twin_of(tx: Tx, message: Message) -> Message | None:
    twin_id = await line_clients.message_of(tx, message.id)
    return await messages.find(tx, twin_id) if twin_id else None


async def _answer(tx: Tx, chat: Chat, dialog: NetworkDialog, text: str) -> None:
    bot = await people.find(tx, dialog.bot_id)
    if bot is not None:
        await say(tx, Place(chat, bot), text)
