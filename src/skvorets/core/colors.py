"""Colours of chats and persons: names, hex values, defaults, words for automatic titles.

Documented in bitrix24-im §3 and in the seed's parameter `COLOR` of `imbot.register`, `im.chat.add`,
`im.chat.updateColor` and of the placement options. A colour is stored by its name; objects show the hex, events the
name.
"""

from __future__ import annotations

import random
import re
from types import MappingProxyType
from typing import Final

HEX_BY_NAME: Final = MappingProxyType(
    {
        "RED": "#df532d",
        "GREEN": "#64a513",
        "MINT": "#4ba984",
        "LIGHT_BLUE": "#4ba5c3",
        "DARK_BLUE": "#3e99ce",
        "PURPLE": "#8474c8",
        "AQUA": "#1eb4aa",
        "PINK": "#f76187",
        "LIME": "#58cc47",
        "BROWN": "#ab7761",
        "AZURE": "#29619b",
        "KHAKI": "#728f7a",
        "SAND": "#ba9c7b",
        "ORANGE": "#e8a441",
        "MARENGO": "#556574",
        "GRAY": "#909090",
        "GRAPHITE": "#5e5f5e",
        "COPILOT": "#8d51eb",
    }
)
"""Every known colour in the documented order."""

PLACEMENT_COLORS: Final = tuple(name for name in HEX_BY_NAME if name != "COPILOT")
"""Accepted in the options of placements: 17 names."""

CHAT_COLORS: Final = tuple(name for name in PLACEMENT_COLORS if name != "ORANGE")
"""Accepted for chats and bots, and drawn from when no colour is given: 16 names."""

_BY_LAST_DIGIT: Final = (
    "BROWN",
    "RED",
    "GREEN",
    "MINT",
    "LIGHT_BLUE",
    "DARK_BLUE",
    "PURPLE",
    "AQUA",
    "PINK",
    "LIME",
)
_INSTEAD_FOR_MEN: Final = MappingProxyType({"LIGHT_BLUE": "AZURE", "AQUA": "SAND", "PINK": "KHAKI"})

_WORDS: Final = MappingProxyType(
    {
        "RED": ("Красный", "Red"),
        "GREEN": ("Зеленый", "Green"),
        "MINT": ("Мятный", "Mint"),
        "LIGHT_BLUE": ("Небесный", "Light blue"),
        "DARK_BLUE": ("Синий", "Dark blue"),
        "PURPLE": ("Фиолетовый", "Purple"),
        "AQUA": ("Аквамариновый", "Aqua"),
        "PINK": ("Розовый", "Pink"),
        "LIME": ("Салатовый", "Lime"),
        "BROWN": ("Бурый", "Brown"),
        "AZURE": ("Лазурный", "Azure"),
        "KHAKI": ("Хаки", "Khaki"),
        "SAND": ("Песочный", "Sand"),
        "ORANGE": ("Оранжевый", "Orange"),
        "MARENGO": ("Маренго", "Marengo"),
        "GRAY": ("Серый", "Gray"),
        "GRAPHITE": ("Графитовый", "Graphite"),
        "COPILOT": ("Копилот", "CoPilot"),
    }
)

RUSSIAN_LANGUAGES: Final = frozenset({"ru", "ua", "by", "kz"})
"""Languages served with the Russian words when they have none of their own (bitrix24-imbot §5.2)."""

_HEX_COLOR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def color_name(given: object, allowed: tuple[str, ...] = CHAT_COLORS) -> str | None:
    """Return the stored name of a colour given in any letter case; None when it is not one of `allowed`."""
    name = given.strip().upper() if isinstance(given, str) else ""
    return name if name in allowed else None


def hex_color(given: object) -> str | None:
    """Return a colour `#rgb` or `#rrggbb` as it was written; None when `given` is anything else."""
    text = given.strip() if isinstance(given, str) else ""
    return text if _HEX_COLOR.fullmatch(text) else None


def hex_of(name: str) -> str:
    """Return the hex value of a stored colour name; KeyError when there is no such colour."""
    return HEX_BY_NAME[name]


def person_color(person_id: int, gender: str) -> str:
    """Return the colour name of a person who has chosen none: by the last digit of the id; men get no soft ones."""
    name = _BY_LAST_DIGIT[abs(person_id) % 10]
    return _INSTEAD_FOR_MEN.get(name, name) if gender == "M" else name


def random_chat_color(source: random.Random) -> str:
    """Return the colour name of a chat that was made without one, drawn from `source`."""
    return source.choice(CHAT_COLORS)


def color_word(name: str, language: str) -> str:
    """Return the word for a colour in the language of the portal: Russian, otherwise English."""
    russian, english = _WORDS[name]
    return russian if language.lower() in RUSSIAN_LANGUAGES else english


def automatic_title(color: str, number: int, language: str) -> str:
    """Return the title of a chat made without one: `Мятный чат №3`, `Mint chat #3`; `number` runs per colour."""
    word = color_word(color, language)
    return f"{word} чат №{number}" if language.lower() in RUSSIAN_LANGUAGES else f"{word} chat #{number}"
