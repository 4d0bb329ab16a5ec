"""Words in several languages, as registrations of commands, chat applications and placements give them.

Either a list of ``{LANGUAGE_ID, TITLE, …}`` or a map of language → ``{TITLE, …}``. Source: spec ``bitrix24-imbot.md``
§5.2, §11.1, §12.1.
"""

from __future__ import annotations

import re
from typing import Any

from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.values import BadValue, Value, to_text

# Languages of one thing, and characters of one phrase.
MAX_LANGUAGES = 100
MAX_PHRASE = 255
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[_-][a-z0-9]{1,8})?")


def read_languages(given: Structure | None, *keys: str) -> dict[str, dict[str, str]]:
    """Read the phrases with these keys (in upper case) by language (in lower case).

    Entries without a language, or without the first of the keys, are left out.
    """
    value = given.value if given is not None else None
    pairs: list[tuple[Any, Value]] = list(value.items()) if isinstance(value, dict) else [(0, x) for x in value or []]
    found: dict[str, dict[str, str]] = {}
    for key, entry in pairs[:MAX_LANGUAGES]:
        if not isinstance(entry, dict):
            continue
        language = (phrase_of(entry.get("LANGUAGE_ID")) or str(key)).lower()
        phrases = {name: phrase_of(entry.get(name)) for name in keys}
        if phrases[keys[0]] and _LANGUAGE.fullmatch(language):
            found[language] = phrases
    return found


def phrase_of(value: Value) -> str:
    """Read one phrase, cut to its length; "" for what is no text."""
    try:
        return to_text(value).strip()[:MAX_PHRASE]
    except BadValue:
        return ""
