"""How a line, its people and the messages of a talk are shown to the visitor. Shapes: ``shapes.py``.

Only his own chat is looked at: what operators say among themselves is in another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from skvorets.config import Config
from skvorets.core.access import Seat
from skvorets.core.file_links import FileAddresses
from skvorets.core.files import kind_of
from skvorets.core.lines.settings import is_working_time, settings_of
from skvorets.dialects.widget.registry import Visitor
from skvorets.dialects.widget.shapes import (
    Author,
    FileLook,
    LineLooks,
    PersonLook,
    QuoteLook,
    SessionLook,
    Stage,
    VisitorView,
    WidgetMessage,
)
from skvorets.storage import files, line_sessions, messages, people
from skvorets.storage.database import Tx
from skvorets.storage.files import File
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.lines import Line
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

QUOTED_CHARS: Final = 300
"""Characters of a quoted message: two lines of a wide screen."""
VISITOR_FILE_BYTES: Final = 25 * 1024 * 1024
"""Largest file of a visitor, where the server does not take less from anybody."""
_SHOWN_PARAMS: Final = ("ATTACH", "KEYBOARD", "KEYBOARD_UID")


def max_file_bytes(config: Config) -> int:
    """Give how large a file of a visitor may be."""
    return min(VISITOR_FILE_BYTES, config.max_file_bytes)


def line_looks(line: Line, config: Config, now: int) -> LineLooks:
    """Show a line."""
    settings = settings_of(line)
    widget = settings.widget
    return LineLooks(
        code=line.code,
        name=widget.title or line.name,
        description=line.description,
        avatar=_avatar(line.avatar),
        color=widget.color,
        side=widget.side,
        is_open=is_working_time(settings, now),
        away_text=settings.working_hours.away_text,
        welcome_text=settings.welcome_text,
        asks_name=widget.asks_name,
        asks_email=widget.asks_email,
        asks_rating=settings.asks_rating,
        language=widget.language,
        max_file_bytes=max_file_bytes(config),
    )


def visitor_view(visitor: Visitor) -> VisitorView:
    """Show the visitor what is known of him; a name that the line invented is not his."""
    guest = visitor.guest
    name = "" if guest.last_name else guest.first_name
    return VisitorView(id=guest.id, name=name, email=guest.email, is_blocked=bool(visitor.client.blocked))


def person_look(person: Person, visitor: Visitor) -> PersonLook:
    """Show somebody who answers."""
    line = visitor.line
    if not person.is_bot and not visitor.settings.shows_operators:
        return PersonLook(id=person.id, name=line.name, avatar=_avatar(line.avatar), is_bot=False, position="")
    return PersonLook(
        id=person.id,
        name=person.name,
        avatar=_avatar(person.avatar),
        is_bot=person.is_bot,
        position=person.work_position,
    )


async def view_session(tx: Tx, visitor: Visitor) -> tuple[SessionLook | None, PersonLook | None]:
    """Show the newest conversation and who serves: two queries at most, none before his first message."""
    client = visitor.client
    session = await line_sessions.newest_of_chat(tx, client.chat_id) if client.chat_id else None
    if session is None:
        return None, None
    server_id = (session.operator_id or session.bot_id) if session.is_open else 0
    server = await people.find(tx, server_id) if server_id else None
    look = SessionLook(
        id=session.id,
        status=_stage_of(session),
        asks_rating=bool(session.awaits_vote and not session.vote),
        vote=session.vote,
    )
    return look, person_look(server, visitor) if server is not None else None


async def view_messages(
    tx: Tx, visitor: Visitor, seat: Seat, found: Sequence[Message]
) -> tuple[list[WidgetMessage], dict[int, PersonLook]]:
    """Show messages of the visitor's chat, and those who wrote them: four queries at most, none for nothing."""
    if not found:
        return [], {}
    params = {one.id: one.read_params() for one in found}
    file_ids = [one for each in params.values() for one in _ids_in(each.get("FILE_ID"))]
    quoted_ids = {one for each in params.values() for one in _ids_in([each.get("REPLY_ID")])}
    quoted = await messages.find_many(tx, quoted_ids) if quoted_ids else {}
    shown = [*found, *(one for one in quoted.values() if one.chat_id == seat.chat.id)]
    wrote = await people.find_many(tx, {one.author_id for one in shown} - {0, visitor.guest.id})
    around = _Around(
        visitor=visitor,
        likes=await messages.likes_of(tx, params),
        files=await files.find_many(tx, file_ids) if file_ids else {},
        quoted={one.id: one for one in shown},
        people=wrote,
        addresses=FileAddresses("", tx.portal, visitor.guest.id, tx.now),
    )
    looks = {one.id: person_look(one, visitor) for one in wrote.values()}
    return [_message(one, params[one.id], around) for one in found], looks


class _Around(msgspec.Struct, frozen=True):
    """What the messages of a page name."""

    visitor: Visitor
    likes: Mapping[int, list[int]]
    files: Mapping[int, File]
    quoted: Mapping[int, Message]  # of the visitor's chat alone
    people: Mapping[int, Person]
    addresses: FileAddresses


def _message(message: Message, params: dict[str, Any], around: _Around) -> WidgetMessage:
    likes = around.likes.get(message.id, [])
    author = _author(message, around)
    return WidgetMessage(
        id=message.id,
        seq=message.seq,
        author=author,
        author_id=message.author_id,
        created_at=message.created_at,
        edited_at=message.edited_at or None,
        is_deleted=message.deleted_at > 0,
        text=message.text,
        params={name: params[name] for name in _SHOWN_PARAMS if params.get(name)},
        files=[_file(one, around) for one in _files_of(message, params, around)],
        likes=len(likes),
        is_liked=around.visitor.guest.id in likes,
        reply_to=_quote(params.get("REPLY_ID"), around),
        client_id=message.client_id if author == "me" else None,
    )


def _author(message: Message, around: _Around) -> Author:
    if message.author_id == around.visitor.guest.id:
        return "me"
    person = around.people.get(message.author_id)
    if person is None:
        return "system"
    return "bot" if person.is_bot else "operator"


def _files_of(message: Message, params: dict[str, Any], around: _Around) -> Iterable[File]:
    found = (around.files.get(one) for one in _ids_in(params.get("FILE_ID")))
    return (one for one in found if one is not None and one.chat_id == message.chat_id)


def _file(file: File, around: _Around) -> FileLook:
    addresses = around.addresses
    return FileLook(
        id=file.id,
        name=file.name,
        size=file.size,
        type=kind_of(file),  # type: ignore[arg-type] # one of the four
        width=file.width,
        height=file.height,
        url=addresses.show(file),
        preview_url=addresses.preview(file),
        download_url=addresses.download(file),
    )


def _quote(message_id: object, around: _Around) -> QuoteLook | None:
    quoted_id = next(iter(_ids_in(message_id)), 0)
    if not quoted_id:
        return None
    quoted = around.quoted.get(quoted_id)
    if quoted is None:
        return QuoteLook(id=quoted_id, author="system", author_id=0, text="", files=0, is_deleted=True)
    return QuoteLook(
        id=quoted.id,
        author=_author(quoted, around),
        author_id=quoted.author_id,
        text=quoted.text[:QUOTED_CHARS],
        files=len(_ids_in(quoted.read_params().get("FILE_ID"))),
        is_deleted=quoted.deleted_at > 0,
    )


def _ids_in(value: object) -> list[int]:
    """Give the ids of a param, which is one or a list of them."""
    many = value if isinstance(value, list) else [value]
    return [one for one in many if isinstance(one, int) and not isinstance(one, bool) and one > 0]


def _stage_of(session: LineSession) -> Stage:
    if not session.is_open:
        return "closed"
    if session.awaits_vote and not session.vote:
        return "rating"
    if session.operator_id:
        return "operator"
    if session.bot_id:
        return "bot"
    return "waiting" if session.queued_at else "new"


def _avatar(digest: str) -> str:
    return f"/files/avatar/{digest}" if digest else ""
