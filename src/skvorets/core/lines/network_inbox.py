"""What another server tells: its people write to our lines, its lines answer our people.

Whoever calls has checked the signature and that this was not received before, and has fetched the files. Everything is
checked once more against the rows here: a server speaks for its own people and lines only. See ``network_wire.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from skvorets.core import colors, files, folders
from skvorets.core import people as directory
from skvorets.core.attach import normalise_attach
from skvorets.core.content_errors import ContentError
from skvorets.core.events import TypingStarted, record
from skvorets.core.files import Content
from skvorets.core.keyboard import normalise_keyboard
from skvorets.core.lines import clients, network, network_texts, relay
from skvorets.core.lines.clients import Visitor
from skvorets.core.lines.network import Place, key_of, passed_on, say
from skvorets.core.lines.network_wire import PASSED_ON, Envelope, Writer
from skvorets.core.lines.relay import ClientMessage
from skvorets.core.lines.settings import settings_of
from skvorets.core.messages import MessageChange, apply_change, empty_message
from skvorets.core.people import NewPerson
from skvorets.errors import LineClosedError, LineNotFoundError
from skvorets.storage import chats, line_clients, lines, messages, network_lines, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import NETWORK, LineClient
from skvorets.storage.lines import Line
from skvorets.storage.messages import Message
from skvorets.storage.network_lines import NetworkDialog
from skvorets.storage.people import Person


class Received(NamedTuple):
    """A file that was fetched, or the name of one that was not."""

    name: str
    content: Content | None


async def receive(tx: Tx, server: str, envelope: Envelope, received: Sequence[Received]) -> None:
    """Do what the other server tells. Raises LineNotFoundError (it is not there any more), LineClosedError."""
    if envelope.to == "line":
        await _for_line(tx, server, envelope, received)
    else:
        await _for_client(tx, server, envelope, received)


# ------------------------------------------------------------------------------------------- their people, our lines


async def _for_line(tx: Tx, server: str, envelope: Envelope, received: Sequence[Received]) -> None:
    line = await lines.by_code(tx, envelope.code)
    if line is None or not line.networked:
        raise LineNotFoundError
    client, is_new = await _client_of(tx, line, key_of(server, envelope.dialog), envelope.writer)
    if envelope.kind == "open":
        text = settings_of(line).welcome_text
        if is_new and text and line.active:
            await network.tell_client(tx, client, Envelope(kind="add", to="client", code="", dialog=1, text=text))
    elif envelope.kind == "add":
        await _client_wrote(tx, client, envelope, received)
    elif envelope.kind == "typing":
        await relay.client_types(tx, client)
    else:
        await _client_changed(tx, client, envelope)


async def _client_of(tx: Tx, line: Line, key: str, writer: Writer | None) -> tuple[LineClient, bool]:
    known = await line_clients.by_key(tx, line.id, NETWORK, key)
    name = writer.name.strip() if writer else ""
    if known is not None:
        if name and name != (await clients.guest_of(tx, known)).name:
            await clients.rename_client(tx, known, name=name)
        return known, False
    server = key.rpartition("|")[0].partition("://")[2]
    guest = await directory.add_person(
        tx,
        NewPerson(
            first_name=name or server,
            kind="guest",
            gender=writer.gender if writer else "",
            work_position=writer.work_position if writer else "",
            language=writer.language if writer else "",
            color=colors.random_chat_color(clients.looks),
        ),
    )
    new = LineClient(0, line.id, NETWORK, guest.id, 0, 0, 0, key, "", "", "", "", "", 0, 0, 0)
    visitor = Visitor(language=writer.language if writer else "", page_url=key.rpartition("|")[0])
    return await clients.insert_client(tx, line, visitor, new), True


async def _client_wrote(tx: Tx, client: LineClient, envelope: Envelope, received: Sequence[Received]) -> None:
    if client.blocked:
        raise LineClosedError
    client, chat = await clients.ensure_operator_chat(tx, client)
    guest = await clients.guest_of(tx, client)
    text, file_ids = await _with_files(tx, guest, chat, envelope, received)
    if not text.strip() and not file_ids:
        return
    number = await network_lines.add_message(tx, chat.id, remote_id=envelope.message_id)
    if await line_clients.message_of(tx, -number):
        return  # it came before
    answered = await _answered(tx, chat, envelope)
    given = ClientMessage(
        text=text,
        params=_checked(tx, chat, envelope.params, only="ATTACH"),
        file_ids=tuple(file_ids),
        remote_id=number,
        reply_to=-answered if answered else 0,
        quote=envelope.quote,
    )
    await relay.client_writes(tx, client, given)


async def _client_changed(tx: Tx, client: LineClient, envelope: Envelope) -> None:
    """Change or delete what the customer wrote; what is unknown here never came."""
    row = await network_lines.message_by_remote(tx, client.chat_id, envelope.message_id) if client.chat_id else None
    message_id = await line_clients.message_of(tx, -row.id) if row is not None else 0
    message, chat = await messages.find(tx, message_id), await chats.find(tx, client.chat_id)
    if message is None or chat is None or message.author_id != client.person_id:
        return
    await _do(tx, Place(chat, await clients.guest_of(tx, client)), message, envelope, {})


# ------------------------------------------------------------------------------------------- their lines, our people


async def _for_client(tx: Tx, server: str, envelope: Envelope, received: Sequence[Received]) -> None:
    dialog = await network_lines.dialog_of(tx, envelope.dialog)
    place = await _place_of(tx, server, envelope, dialog)
    if dialog is None or place is None:
        raise LineNotFoundError
    if envelope.kind == "add":
        await _line_wrote(tx, place, envelope, received)
    elif envelope.kind == "typing":
        await record(tx, TypingStarted(chat_id=place.chat.id, actor_id=place.bot.id))
    elif envelope.kind in {"change", "delete"} and not envelope.is_yours:
        row = await network_lines.message_by_remote(tx, place.chat.id, envelope.message_id)
        message = await messages.find(tx, row.message_id) if row is not None else None
        if message is not None and message.author_id == place.bot.id:
            params = _checked(tx, place.chat, envelope.params)
            await _do(tx, place, message, envelope, params)


async def _place_of(tx: Tx, server: str, envelope: Envelope, dialog: NetworkDialog | None) -> Place | None:
    """Give the dialog if it is one with a line of this server, and both of its people are still there."""
    line = await network_lines.find(tx, dialog.bot_id) if dialog is not None else None
    if dialog is None or line is None or line.server != server or line.code != envelope.code:
        return None
    found = await people.find_many(tx, [dialog.bot_id, dialog.person_id])
    chat = await chats.find(tx, dialog.chat_id)
    if chat is None or len(found) < 2 or not all(one.active for one in found.values()):  # noqa: PLR2004 — two people
        return None
    return Place(chat, found[dialog.bot_id])


async def _line_wrote(tx: Tx, place: Place, envelope: Envelope, received: Sequence[Received]) -> None:
    text, file_ids = await _with_files(tx, place.bot, place.chat, envelope, received)
    params = _checked(tx, place.chat, envelope.params)
    if file_ids:
        params["FILE_ID"] = file_ids
    if not text.strip() and not file_ids and "ATTACH" not in params:
        return
    if envelope.reply_to:
        params |= await _reply_here(tx, place, envelope)
    number = 0
    if envelope.message_id:
        number = await network_lines.add_message(tx, place.chat.id, remote_id=envelope.message_id)
        known = await network_lines.message(tx, number)
        if known is not None and known.message_id:
            return  # it came before
    message = await say(tx, place, text, params)
    if number:
        await network_lines.note_message(tx, number, message.id)


async def _reply_here(tx: Tx, place: Place, envelope: Envelope) -> dict[str, Any]:
    if envelope.is_reply_to_yours:
        answered = await messages.find(tx, envelope.reply_to)
    else:
        row = await network_lines.message_by_remote(tx, place.chat.id, envelope.reply_to)
        answered = await messages.find(tx, row.message_id) if row is not None else None
    return {"REPLY_ID": answered.id} if answered is not None and answered.chat_id == place.chat.id else {}


# ---------------------------------------------------------------------------------------------------------------- parts


async def _do(tx: Tx, place: Place, message: Message, envelope: Envelope, params: dict[str, Any]) -> None:
    if envelope.kind == "delete":
        await empty_message(tx, place.bot, place.chat, message, is_complete=envelope.is_complete)
    elif envelope.text.strip() or params:
        change = MessageChange(text=envelope.text, params=params, previews_links=False)
        await apply_change(tx, place.bot, place.chat, message, change)


async def _answered(tx: Tx, chat: Chat, envelope: Envelope) -> int:
    """Number of the answered message among those of other servers, 0 = none that is known."""
    if not envelope.reply_to:
        return 0
    if envelope.is_reply_to_yours:
        row = await network_lines.message_of(tx, envelope.reply_to)
    else:
        row = await network_lines.message_by_remote(tx, chat.id, envelope.reply_to)
    return row.id if row is not None and row.chat_id == chat.id else 0


async def _with_files(
    tx: Tx, person: Person, chat: Chat, envelope: Envelope, received: Sequence[Received]
) -> tuple[str, list[int]]:
    """Put what was fetched into the chat's folder; for what was not there are words in the text."""
    text, file_ids = envelope.text, []
    for one in received:
        if one.content is None:
            text = f"{text}\n{network_texts.file_left_out(tx.portal.language, one.name)}".strip()
            continue
        folder = await folders.folder_of_chat(tx, chat, person)
        file_ids.append((await files.add_file(tx, person, folder, one.name or "file", one.content, renames=True)).id)
    return text, file_ids


def _checked(tx: Tx, chat: Chat, given: dict[str, Any], only: str = "") -> dict[str, Any]:
    """Take content as from any program: what is not valid is left out, keyboards keep their links."""
    kept: dict[str, Any] = {}
    for name in PASSED_ON:
        if name not in given or (only and name != only):
            continue
        try:
            value = given[name]
            if name == "ATTACH":
                color = colors.hex_of(chat.color) if chat.color else colors.hex_of(colors.CHAT_COLORS[0])
                kept[name] = normalise_attach(value, default_color=color, now_s=tx.now // 1000)
            else:
                kept[name] = normalise_keyboard(value, bot_id=None)
        except ContentError:
            continue
    return passed_on({name: value for name, value in kept.items() if value is not None})
