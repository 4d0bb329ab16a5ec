"""How people look in the native API. Times are unix milliseconds, 0 = never."""

from __future__ import annotations

import msgspec


class PersonView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A person or bot as lists, messages and panels show one."""

    id: int
    kind: str  # human, bot, guest, network
    name: str
    first_name: str
    last_name: str
    position: str
    avatar: str  # address of a small square picture, empty = none: a client draws initials
    color: str  # #rrggbb, behind the initials
    is_active: bool
    is_extranet: bool
    status: str  # online, dnd, away, break: what the person has chosen
    idle_since: int  # 0 = not away
    last_seen_at: int
    is_here: bool  # has an open connection, or was here a moment ago


class ContactView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What a person's card says besides."""

    person: PersonView
    picture: str  # address of the large picture, empty = none
    email: str
    www: str
    work_phone: str
    mobile: str
    inner_phone: str
    birthday: str  # YYYY-MM-DD or empty
    gender: str  # M, F or empty
    departments: list[str]  # full names, "Company / Sales"
    chat_id: int  # of the private dialog, 0 = none yet
    common_chat_ids: list[int]  # chats in which both are, newest first
    commands: list[str]  # of a bot, with slashes
