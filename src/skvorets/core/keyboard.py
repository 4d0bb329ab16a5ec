"""Keyboards under messages (KEYBOARD): accepted forms and the stored form.

Documented in the seed's chapter "Работа с клавиатурами" and bitrix24-imbot §6. Stored form: a list of buttons
`{BOT_ID, TYPE: "BUTTON", TEXT, action…, VOTE, BLOCK, WAIT, CONTEXT, DISABLED, DISPLAY, WIDTH?, colours?}` and row ends
`{TYPE: "NEWLINE"}`; why a list: see ``core/buttons.py``. JSON text is decoded by the dialect before.
"""

from __future__ import annotations

from typing import Final

from skvorets.core.buttons import NEWLINE, Fields, context_of, find_button, is_newline, read_entry, yes_or_no
from skvorets.core.colors import hex_color
from skvorets.core.content_errors import KeyboardInvalidError, KeyboardTooLargeError
from skvorets.core.content_values import (
    CONTENT_LIMIT_BYTES,
    fields_of,
    is_clear,
    is_too_heavy,
    members_of,
    positive_int,
    stored_size,
    trimmed,
)

__all__ = ["find_button", "normalise_keyboard"]

COLOR_KEYS: Final = ("BG_COLOR", "TEXT_COLOR", "OFF_BG_COLOR", "OFF_TEXT_COLOR")

COLOR_TOKENS: Final = frozenset({"primary", "secondary", "alert", "base"})


def normalise_keyboard(given: object, *, bot_id: int | None) -> list[Fields] | None:
    """Return the stored form of a keyboard; None when the value says "none" or "remove".

    Accepts a list of buttons (so also the stored form), `{BUTTONS}` and `{BOT_ID, BUTTONS, COLORS}`, each list also as
    a numbered map. `bot_id` is the bot of the call and wins over a BOT_ID inside the value; buttons with a command need
    one.
    Raises KeyboardInvalidError when no button is valid, KeyboardTooLargeError above 30 KB.
    """
    if is_clear(given):
        return None
    if is_too_heavy(given):
        raise KeyboardTooLargeError
    fields = fields_of(given)
    bot = positive_int(bot_id) or positive_int(fields.get("BOT_ID"))
    colors = _read_colors(fields_of(fields.get("COLORS")))
    buttons = members_of(fields.get("BUTTONS", given))
    stored = [button for item in buttons if (button := _read_button(fields_of(item), bot, colors))]
    if all(is_newline(button) for button in stored):
        raise KeyboardInvalidError
    if stored_size(stored) > CONTENT_LIMIT_BYTES:
        raise KeyboardTooLargeError
    return stored


def _read_button(fields: Fields, bot: int | None, colors: Fields) -> Fields | None:
    if is_newline(fields):
        return {"TYPE": NEWLINE}
    entry = read_entry(fields, bot)
    if entry is None:
        return None
    stored: Fields = {
        "BOT_ID": entry.pop("BOT_ID"),
        "TYPE": "BUTTON",
        **entry,
        "VOTE": "N",
        "BLOCK": yes_or_no(fields.get("BLOCK")),
        "WAIT": "N",
        "CONTEXT": context_of(fields),
        "DISABLED": yes_or_no(fields.get("DISABLED")),
        "DISPLAY": "LINE" if trimmed(fields.get("DISPLAY")).upper() == "LINE" else "BLOCK",
    }
    width = positive_int(fields.get("WIDTH"))
    if width:
        stored["WIDTH"] = width
    stored.update(colors | _read_colors(fields))
    token = trimmed(fields.get("BG_COLOR_TOKEN")).lower()
    if token in COLOR_TOKENS:
        stored["BG_COLOR_TOKEN"] = token
    return stored


def _read_colors(fields: Fields) -> Fields:
    """Return the valid ones of the four colours; wrong ones are ignored, as documented."""
    colors = ((key, hex_color(fields.get(key))) for key in COLOR_KEYS)
    return {key: color for key, color in colors if color}
