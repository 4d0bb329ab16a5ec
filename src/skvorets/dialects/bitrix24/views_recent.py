"""Lines of the recent list.

Source: spec ``bitrix24-im.md`` §4.7; seed: samples of ``im.recent.get`` and ``im.recent.list``.

``load_recents`` fetches what a page needs beyond its lines: chats' standings and people, at most four queries, and one
for the sessions of open lines when there are such chats.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Literal, TypeAlias

from skvorets.core import phrases
from skvorets.core.attach import preview_text
from skvorets.core.markup import plain_text
from skvorets.core.recents import Recent
from skvorets.dialects.bitrix24.markup_html import to_html
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.dialects.bitrix24.views_chats import Standing, chat_view, hex_of, standing_of
from skvorets.dialects.bitrix24.views_people import load_people
from skvorets.storage import line_sessions, members
from skvorets.storage.database import Tx
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.messages import Message

# COMPAT(bitrix24): the system (author 0) is an object with nothing but its id. [seed]
_SYSTEM: View = {"id": 0}


# How texts of messages are written: without codes in one line, as they were sent, or as HTML.
TextForm: TypeAlias = Literal["plain", "original", "html"]


async def load_recents(tx: Tx, lines: Sequence[Recent], frame: Frame, form: TextForm = "plain") -> list[View]:
    """Give the documented items of a page with the messages' texts in this form."""
    shown = [line for line in lines if not line.chat.is_private]
    special = await members.special_of(tx, [line.chat.id for line in shown]) if shown else {}
    standings = {
        line.chat.id: standing_of(special.get(line.chat.id, ()), line.unread, line.unread_id) for line in shown
    }
    people = await load_people(tx, _people_of(lines), frame)
    sessions = await line_sessions.newest_of_chats(tx, [one.chat.id for one in shown if one.chat.kind == "line"])
    return [
        recent_view(line, message_view(line, frame, tx.portal.language, form), people, frame)
        | _chat_part(line, standings, frame)
        | _session_part(sessions.get(line.chat.id), frame)
        for line in lines
    ]


def recent_view(line: Recent, message: View, people: Mapping[int, View], frame: Frame) -> View:
    """Give an item without the chat's object; ``people`` holds partners and authors."""
    chat, partner = line.chat, people.get(line.partner_id, _SYSTEM)
    avatar = {"url": frame.picture(chat.avatar), "color": hex_of(chat)}
    if chat.is_private:
        avatar = {"url": partner.get("avatar", ""), "color": partner.get("color", "")}
    return {
        "id": line.partner_id if chat.is_private else f"chat{chat.id}",
        "chat_id": chat.id,
        "type": "user" if chat.is_private else "chat",
        "avatar": avatar,
        "title": partner.get("name", "") if chat.is_private else chat.title,
        "message": message,
        "counter": line.unread,
        "last_id": line.member.read_id,
        "pinned": bool(line.member.pinned_at),
        "unread": bool(line.member.marked_unread),
        "has_reminder": False,
        "date_update": frame.clock.atom(line.changed_at),
        "date_last_activity": frame.clock.atom(line.said_at),
        "user": partner if chat.is_private else people.get(message["author_id"], _SYSTEM),
        "options": [],
    }


def message_view(line: Recent, frame: Frame, language: str, form: TextForm) -> View:
    """Give the newest message in short; id 0 and no text when nothing was said yet."""
    message = line.message
    params = {} if message is None else message.read_params()
    return {
        "id": 0 if message is None else message.id,
        "text": "" if message is None else _text(message, params, frame, language, form),
        "file": bool(params.get("FILE_ID")),
        "attach": bool(params.get("ATTACH")),
        "author_id": 0 if message is None else message.author_id,
        "date": frame.clock.atom(line.said_at if message is None else message.created_at),
        "status": "delivered" if line.is_seen else "received",
        "uuid": None if message is None else message.client_id,
    }


def _chat_part(line: Recent, standings: Mapping[int, Standing], frame: Frame) -> View:
    if line.chat.is_private:
        return {}
    return {"chat": chat_view(line.chat, line.member, frame, standings[line.chat.id])}


def _session_part(session: LineSession | None, frame: Frame) -> View:
    """Give what only chats of open lines have: the newest session."""
    if session is None:
        return {}
    shown = {"id": session.id, "status": session.status, "date_create": frame.clock.atom(session.started_at)}
    return {"lines": shown}


def _text(message: Message, params: View, frame: Frame, language: str, form: TextForm) -> str:
    if message.deleted_at:
        written = frame.clock.local(message.created_at)
        return phrases.deleted_message(language, phrases.moment(language, written))
    if form == "original":
        return message.text
    parts = [to_html(message.text, frame.clock) if form == "html" else plain_text(message.text)]
    if params.get("FILE_ID"):
        parts.append(phrases.file(language))
    if params.get("ATTACH"):
        shown = preview_text(params["ATTACH"])
        shown = phrases.attachment(language) if shown is None else shown
        parts.append(escape(shown) if form == "html" else shown)
    return " ".join(filter(None, parts))


def _people_of(lines: Iterable[Recent]) -> Iterable[int]:
    for line in lines:
        if line.chat.is_private:
            yield line.partner_id
        elif line.message is not None:
            yield line.message.author_id
