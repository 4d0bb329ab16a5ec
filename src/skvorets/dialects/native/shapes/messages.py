"""How messages and their files look in the native API. Times are unix milliseconds, 0 = never."""

from __future__ import annotations

from typing import Any

import msgspec


class FileView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A file in a chat."""

    id: int
    chat_id: int
    author_id: int
    name: str
    size: int  # bytes
    type: str  # image, video, audio, file
    media_type: str
    width: int  # of a picture, pixels; 0 = not known
    height: int
    created_at: int
    url: str  # to be shown in place
    preview_url: str  # a smaller picture, empty = none
    download_url: str


class QuoteView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The message that another one answers or forwards, in short."""

    id: int
    chat_id: int  # 0: the reader cannot open it, because it is gone or hidden from him
    author_id: int  # 0 = the system, or not known
    created_at: int
    text: str  # with codes, at most 300 characters; empty when it was deleted or cannot be opened
    files: int  # how many it has
    is_deleted: bool  # deleted, or cannot be opened


class MessageView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A message as its reader sees it."""

    id: int
    chat_id: int
    seq: int  # 1, 2, 3 … within the chat; deleted ones leave gaps
    author_id: int  # 0 = the system
    created_at: int
    edited_at: int
    is_deleted: bool
    is_system: bool
    is_whisper: bool  # in the chat of an open line: is it kept from the customer?
    text: str  # with codes
    params: dict[str, Any]  # ATTACH, KEYBOARD, MENU, URL_ID … as the Bitrix24 API has them; without files and likes
    files: list[FileView]
    likes: list[int]  # who likes it
    reply_to: QuoteView | None
    forwarded: QuoteView | None
    client_id: str  # of the reader's own program, empty for others' messages
    can_edit: bool
    can_delete: bool
