"""ATTACH, KEYBOARD and MENU of a call, checked and put into the form that messages keep.

Source: spec ``bitrix24-imbot.md`` §6–§8, ``bitrix24-im.md`` §8.1, §8.2.
"""

from __future__ import annotations

from typing import Any, Protocol

from skvorets.core import colors
from skvorets.core.attach import normalise_attach
from skvorets.core.keyboard import normalise_keyboard
from skvorets.core.menu import normalise_menu
from skvorets.dialects.bitrix24.params import Structure
from skvorets.storage.chats import Chat

_MILLISECONDS = 1000


class WithContent(Protocol):
    """A method's parameters that carry content; None = not given."""

    @property
    def ATTACH(self) -> Structure | None: ...  # noqa: N802, D102 — the documented name
    @property
    def KEYBOARD(self) -> Structure | None: ...  # noqa: N802, D102 — the documented name
    @property
    def MENU(self) -> Structure | None: ...  # noqa: N802, D102 — the documented name


def read_content(given: WithContent, chat: Chat, *, bot_id: int | None, now: int) -> dict[str, Any]:
    """Give the message params for the content of a call; None as a value = remove, absent = not given.

    ``now`` is unix milliseconds. Raises ContentError when nothing in a given part is valid or it is too large.
    """
    content: dict[str, Any] = {}
    if given.ATTACH is not None:
        color = colors.hex_of(chat.color) if chat.color else colors.hex_of(colors.CHAT_COLORS[0])
        content["ATTACH"] = normalise_attach(given.ATTACH.value, default_color=color, now_s=now // _MILLISECONDS)
    if given.KEYBOARD is not None:
        content["KEYBOARD"] = normalise_keyboard(given.KEYBOARD.value, bot_id=bot_id or None)
    if given.MENU is not None:
        content["MENU"] = normalise_menu(given.MENU.value, bot_id=bot_id or None)
    return content


def without_empty(content: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says "none": for new messages, which have nothing to remove."""
    return {name: value for name, value in content.items() if value is not None}
