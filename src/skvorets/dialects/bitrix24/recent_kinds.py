"""What the methods of lists of conversations share: which ones are wanted, how dates and flags are read.

Source: spec ``bitrix24-im.md`` §12.
"""

from __future__ import annotations

from datetime import timedelta, timezone

import msgspec

from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError
from skvorets.dialects.bitrix24.registry import Call
from skvorets.dialects.bitrix24.values import BadValue, to_atom_date
from skvorets.dialects.bitrix24.views_recent import TextForm
from skvorets.storage.chats import Chat


class Kinds(msgspec.Struct, frozen=True):
    """SKIP_OPENLINES, SKIP_CHAT and SKIP_DIALOG, turned round."""

    lines: bool
    chats: bool
    dialogs: bool

    def include(self, chat: Chat) -> bool:
        """Is a conversation of this kind wanted?"""
        if chat.is_private:
            return self.dialogs
        return self.lines if chat.kind == "line" else self.chats


def read_date(call: Call, name: str, text: str) -> int | None:
    """Read a date parameter as unix milliseconds, None when it was not given. Raises ApiError for what is no date.

    A date without an offset is one of the portal's zone.
    """
    zone = timezone(timedelta(minutes=call.surroundings.config.utc_offset_minutes))
    try:
        return to_atom_date(text, zone)
    except BadValue:
        raise ApiError(ERROR_ARGUMENT, text=f"Argument '{name}' is not a date", argument=name) from None


def form_of(*, is_original: bool, is_parsed: bool) -> TextForm:
    """Give the form of texts by GET_ORIGINAL_TEXT and PARSE_TEXT; the former wins."""
    if is_original:
        return "original"
    return "html" if is_parsed else "plain"
