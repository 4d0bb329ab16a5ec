"""What ``imbot.command.register`` and ``imbot.command.update`` say of a command: its words by language (LANG).

Source: spec ``bitrix24-imbot.md`` §5.2; seed "imbot.command.register".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from skvorets.core.commands import Phrase
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.values import BadValue, Value, to_text
from skvorets.errors import CommandNotFoundError, NotOwnerError

COMMAND_ERROR = Fault("COMMAND_ERROR", "Command isn't specified")
COMMAND_ID_ERROR = Fault("COMMAND_ID_ERROR", "Command not found")
FOREIGN_COMMAND = Fault("APP_ID_ERROR", "Command was installed by another rest application")
# Rows for every method that takes a command. They stand before broader ones: both are kinds of those.
COMMAND_ERRORS: Mapping[type[Exception], Fault] = {
    CommandNotFoundError: COMMAND_ID_ERROR,
    NotOwnerError: FOREIGN_COMMAND,
}
LANG_ERROR = Fault("LANG_ERROR", "Lang set can't be empty")
# COMPAT(bitrix24): the seed's code lacks the `_ERROR` of its neighbours.
HANDLER_MISSING = Fault("EVENT_COMMAND_ADD", 'Handler for "Command add" event isn\'t specified')
HANDLER_WRONG = Fault("EVENT_COMMAND_ADD", "Wrong handler URL")
# Languages of one command, and characters of a title or hint.
MAX_LANGUAGES = 100
MAX_PHRASE = 255
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[_-][a-z0-9]{1,8})?")


def read_phrases(given: Structure | None) -> dict[str, Phrase]:
    """Read a list of ``{LANGUAGE_ID, TITLE, PARAMS}`` or a map of language → ``{TITLE, PARAMS}``.

    Entries without a language or a title are left out.
    """
    value = given.value if given is not None else None
    pairs: list[tuple[Any, Value]] = list(value.items()) if isinstance(value, dict) else [(0, x) for x in value or []]
    phrases: dict[str, Phrase] = {}
    for key, entry in pairs[:MAX_LANGUAGES]:
        if not isinstance(entry, dict):
            continue
        language = (_text(entry.get("LANGUAGE_ID")) or str(key)).lower()
        title = _text(entry.get("TITLE"))
        if title and _LANGUAGE.fullmatch(language):
            phrases[language] = Phrase(title=title, params=_text(entry.get("PARAMS")))
    return phrases


def _text(value: Value) -> str:
    try:
        return to_text(value).strip()[:MAX_PHRASE]
    except BadValue:
        return ""
