"""Bytes of a page to text: what the answer says, else the byte order mark, else the page itself, else a good guess.

The order is that of the WHATWG "Encoding" and "HTML" standards, of which a page's own word is looked for in its first
bytes only. Never raises: what cannot be read becomes �.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

DECLARED_WITHIN: Final = 2_048
"""Bytes of a page in which its own word about the encoding is looked for; the standard says 1,024."""
# Labels that the standard gives to other encodings than Python does.
_ALIASES: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
# Of Python's codecs some are no encodings of text, and some take quadratic time.
_KNOWN: Final = frozenset(
    {
        *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "cp866", "mac-cyrillic"),
        *(f"cp{number}" for number in (874, *range(1250, 1259))),
        *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *("gb18030", "big5", "shift_jis", "euc_jp", "iso2022_jp", "euc_kr"),
    }
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
# What old pages in the languages of our portals are written in when they are silent.
_GUESS = "cp1251"


def decode(body: bytes, charset: str) -> str:
    """Read a page; ``charset`` is what the answer's Content-Type says, perhaps empty."""
    name = _codec(charset) or _by_mark(body) or _declared(body)
    if name:
        return body.decode(name, "replace")
    try:
        # The page may have been cut within a letter: the rest of one does not make it another encoding.
        return codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return body.decode(_GUESS, "replace")


def _by_mark(body: bytes) -> str:
    return next((name for mark, name in _MARKS if body.startswith(mark)), "")


def _declared(body: bytes) -> str:
    match = _DECLARED.search(body[:DECLARED_WITHIN])
    name = _codec(match[1].decode("ascii", "replace")) if match else ""
    # Who could read the declaration byte by byte has no page of two-byte units. (HTML standard, "prescan")
    return "utf-8" if name.startswith("utf-16") else name


def _codec(label: str) -> str:
    """Give the codec of a label; empty when it is none of those that pages are written in."""
    try:
        name = codecs.lookup(label.strip()).name if label.strip().isascii() else ""
    except (LookupError, ValueError):
        return ""
    name = _ALIASES.get(name, name)
    return name if name in _KNOWN else ""
