"""Own items in the context menu of a message (MENU): accepted forms and the stored form.

Documented in the seed's chapter "Работа с контекстным меню" and bitrix24-imbot §7. Stored form: a list of items
`{BOT_ID, TEXT, action…, DISABLED, CONTEXT}` and separators `{TYPE: "NEWLINE"}`; why a list: see ``core/buttons.py``.
JSON text is decoded by the dialect before.
"""

from __future__ import annotations

from skvorets.core.buttons import NEWLINE, Fields, context_of, find_button, is_newline, read_entry, yes_or_no
from skvorets.core.content_errors import MenuInvalidError, MenuTooLargeError
from skvorets.core.content_values import (
    CONTENT_LIMIT_BYTES,
    fields_of,
    is_clear,
    is_too_heavy,
    members_of,
    positive_int,
    stored_size,
)

__all__ = ["find_button", "normalise_menu"]


def normalise_menu(given: object, *, bot_id: int | None) -> list[Fields] | None:
    """Return the stored form of a context menu; None when the value says "none" or "remove".

    Accepts a list of items (so also the stored form), `{ITEMS}` and `{BOT_ID, ITEMS}`, each list also as a numbered
    map. `bot_id` is the bot of the call and wins over a BOT_ID inside the value; items with a command need one.
    Raises MenuInvalidError when no item is valid, MenuTooLargeError above 30 KB.
    """
    if is_clear(given):
        return None
    if is_too_heavy(given):
        raise MenuTooLargeError
    fields = fields_of(given)
    bot = positive_int(bot_id) or positive_int(fields.get("BOT_ID"))
    items = members_of(fields.get("ITEMS", given))
    stored = [item for one in items if (item := _read_item(fields_of(one), bot))]
    if all(is_newline(item) for item in stored):
        raise MenuInvalidError
    if stored_size(stored) > CONTENT_LIMIT_BYTES:
        raise MenuTooLargeError
    return stored


def _read_item(fields: Fields, bot: int | None) -> Fields | None:
    if is_newline(fields):
        return {"TYPE": NEWLINE}
    entry = read_entry(fields, bot)
    if entry is None:
        return None
    return {**entry, "DISABLED": yes_or_no(fields.get("DISABLED")), "CONTEXT": context_of(fields)}
