"""What the methods of the recent list share: which conversations are wanted, and how their dates are read.

Source: spec ``bitrix24-im.md`` §12.
"""

from __future__ import annotations

import msgspec

from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError
from skvorets.dialects.bitrix24.values import BadValue, to_atom_date
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


def read_date(name: str, text: str) -> int | None:
    """Read a date parameter as unix milliseconds, None when it was not given. Raises ApiError for what is no date."""
    try:
        return to_atom_date(text)
    except BadValue:
        raise ApiError(ERROR_ARGUMENT, text=f"Argument '{name}' is not a date", argument=name) from None
