"""Words typed with the other keyboard layout: «ghbdtn» was meant to be «привет», «руддщ» to be «hello»."""

from __future__ import annotations

from typing import Final

# The same keys in their order, of the usual layouts of an American and of a Russian keyboard.
_LATIN: Final = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_CYRILLIC: Final = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)


def other_layout(text: str) -> str:
    """Give what the same keys would have written with the other layout; the text itself when it has no such letters."""
    if any(one in _CYRILLIC for one in text):
        return text.translate(_TO_LATIN)
    return text.translate(_TO_CYRILLIC)
