"""What buttons of keyboards and items of context menus share: text, the one action, common flags.

Documented in the seed's chapters "Работа с клавиатурами" and "Работа с контекстным меню", bitrix24-imbot §6 and §7.

COMPAT(bitrix24): keyboards and menus are stored and given back as a flat list in which every entry names its bot. The
older description of params (`{BOT_ID, COLORS, BUTTONS}`) is not followed: clients read `params.KEYBOARD` as a list of
buttons with a BOT_ID each, `im.message.command` names the bot of a *button*, and the seed only ever shows the list.
Colours of the whole keyboard are therefore written into its buttons.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from skvorets.core.content_values import fields_of, is_yes, members_of, positive_int, text_of, trimmed, web_address

Fields: TypeAlias = dict[str, object]

NEWLINE: Final = "NEWLINE"
"""TYPE of an entry that begins a new row; its other keys are ignored."""

ACTIONS: Final = frozenset({"PUT", "SEND", "COPY", "CALL", "DIALOG", "LIVECHAT", "HELP"})

CONTEXTS: Final = frozenset({"ALL", "MOBILE", "DESKTOP"})


def is_newline(fields: Fields) -> bool:
    """Whether the entry only begins a new row."""
    return trimmed(fields.get("TYPE")).upper() == NEWLINE


def read_entry(fields: Fields, bot_id: int | None) -> Fields | None:
    """Return bot, text and action of a button or menu item in the stored form; None when it has no valid action.

    `bot_id` is the bot of the call or of the whole keyboard; without one the entry's own BOT_ID counts.
    """
    bot = bot_id or positive_int(fields.get("BOT_ID")) or 0
    text = trimmed(fields.get("TEXT"))
    action = _read_action(fields, bot)
    return {"BOT_ID": bot, "TEXT": text, **action} if text and action else None


def yes_or_no(value: object) -> str:
    """Return the stored form of a flag."""
    return "Y" if is_yes(value) else "N"


def context_of(fields: Fields) -> str:
    """Return where the entry is shown: ALL, MOBILE or DESKTOP."""
    context = trimmed(fields.get("CONTEXT")).upper()
    return context if context in CONTEXTS else "ALL"


def find_button(keyboard_or_menu: object, bot_id: int, command: str, params: str) -> bool:
    """Whether a stored keyboard or menu has a clickable entry that sends this command with these params to the bot."""
    wanted = (bot_id, _command_name(command), params.strip())
    return any(
        _command_of(fields) == wanted and not is_yes(fields.get("DISABLED"))
        for fields in map(fields_of, members_of(keyboard_or_menu))
    )


def _command_of(fields: Fields) -> tuple[int | None, str, str] | None:
    name = _command_name(fields.get("COMMAND"))
    return (positive_int(fields.get("BOT_ID")), name, trimmed(fields.get("COMMAND_PARAMS"))) if name else None


def _read_action(fields: Fields, bot: int) -> Fields | None:
    """Return the keys of the one action that is kept: LINK, then APP_ID, then ACTION, then COMMAND.

    The first one present decides: when it is invalid, the entry is.
    """
    if trimmed(fields.get("LINK")):
        address = web_address(fields["LINK"])
        return {"LINK": address} if address else None
    if trimmed(fields.get("APP_ID")) not in {"", "0"}:
        app_id = positive_int(fields["APP_ID"])
        return {"APP_ID": app_id, "APP_PARAMS": text_of(fields.get("APP_PARAMS"))} if app_id else None
    if trimmed(fields.get("ACTION")):
        action = trimmed(fields["ACTION"]).upper()
        value = text_of(fields.get("ACTION_VALUE"))  # not trimmed: `PUT` of "/search " means the space
        return {"ACTION": action, "ACTION_VALUE": value} if action in ACTIONS and value.strip() else None
    name = _command_name(fields.get("COMMAND"))
    if name and bot:
        return {"COMMAND": name, "COMMAND_PARAMS": trimmed(fields.get("COMMAND_PARAMS"))}
    return None


def _command_name(value: object) -> str:
    return trimmed(value).lstrip("/").strip()
