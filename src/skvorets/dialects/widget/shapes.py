"""Shapes of the widget's answers. Times are unix milliseconds, addresses are relative to this server."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

Author: TypeAlias = Literal["me", "operator", "bot", "system"]
"""``system`` is the line itself: its welcome and other texts that it sends by itself."""
Stage: TypeAlias = Literal["new", "waiting", "bot", "operator", "rating", "closed"]


class LineLooks(msgspec.Struct, frozen=True, rename="camel"):
    """A line as its visitors see it."""

    code: str
    name: str
    description: str
    avatar: str  # address of a square picture, empty = none
    color: str  # as #1f6feb
    side: Literal["right", "left"]
    is_open: bool  # are operators there at this time?
    away_text: str
    welcome_text: str
    asks_name: bool
    asks_email: bool
    asks_rating: bool
    language: str  # ru, en or empty: the page's
    max_file_bytes: int


class PersonLook(msgspec.Struct, frozen=True, rename="camel"):
    """Somebody who answers; where the line hides its operators, its own name and picture."""

    id: int
    name: str
    avatar: str
    is_bot: bool
    position: str


class SessionLook(msgspec.Struct, frozen=True, rename="camel"):
    """The visitor's newest conversation."""

    id: int
    status: Stage
    asks_rating: bool  # is he asked now?
    vote: int  # 1 to 5, 0 = none


class VisitorView(msgspec.Struct, frozen=True, rename="camel"):
    """The visitor himself."""

    id: int
    name: str  # empty: he has not said it
    email: str
    is_blocked: bool  # he may read what was said, and do nothing else


class FileLook(msgspec.Struct, frozen=True, rename="camel"):
    """A file of a message; its addresses are good for its reader and for a limited time."""

    id: int
    name: str
    size: int  # bytes
    type: Literal["image", "video", "audio", "file"]
    width: int  # of pictures, pixels
    height: int
    url: str
    preview_url: str  # of pictures, otherwise empty
    download_url: str


class QuoteLook(msgspec.Struct, frozen=True, rename="camel"):
    """The answered message, in short."""

    id: int
    author: Author
    author_id: int
    text: str
    files: int  # how many it shows
    is_deleted: bool


class WidgetMessage(msgspec.Struct, frozen=True, rename="camel"):
    """One message."""

    id: int
    seq: int
    author: Author
    author_id: int
    created_at: int
    edited_at: int | None
    is_deleted: bool
    text: str
    params: dict[str, Any]  # ATTACH, KEYBOARD, KEYBOARD_UID
    files: list[FileLook]
    likes: int
    is_liked: bool  # by the visitor
    reply_to: QuoteLook | None
    client_id: str | None  # that of the visitor's own program


class Hello(msgspec.Struct, frozen=True, rename="camel"):
    """What a page that opens begins with."""

    line: LineLooks
    visitor: VisitorView | None  # None: a stranger
    operator: PersonLook | None  # who serves him now: a person or a bot
    session: SessionLook | None
    unread: int


class Welcomed(msgspec.Struct, frozen=True):
    """A new visitor, and the secret for his browser, told once."""

    token: str
    visitor: VisitorView


class MessagePage(msgspec.Struct, frozen=True, rename="camel"):
    """A part of the talk."""

    messages: list[WidgetMessage]  # as they were written
    people: dict[int, PersonLook]
    has_more: bool  # in the direction that was asked for
    read_id: int  # up to there the visitor has read
    seen_id: int  # up to there he was read


class PushTicket(msgspec.Struct, frozen=True, rename="camel"):
    """What opens a push socket, once."""

    ticket: str
    expires_in: int  # seconds
