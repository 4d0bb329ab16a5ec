"""Answers as XML: the tree of the JSON answer with its names in lower case, entries of lists in ``<item>``.

Source: spec ``megaplan-messages.md`` §5.3; the samples of the vendor's page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PROLOG = '<?xml version="1.0" encoding="utf-8"?>'
_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no XML 1.0 text may hold these
# A raw carriage return would be read back as a line feed.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def encode_xml(tree: Mapping[str, object]) -> bytes:
    """Write an answer as UTF-8 XML below ``<response>``.

    True is ``1``, False ``0``; None, empty texts and lists are empty elements; what XML cannot hold is dropped.
    """
    pieces = [_PROLOG]
    _write(pieces, "response", tree)
    return "".join(pieces).encode()


def element_name(key: str) -> str:
    """Give the element of a key: ``TimeCreated`` is ``time_created``; a number or no name at all is ``item``."""
    name = _INNER_CAPITAL.sub("_", key).lower()
    return name if _NAME.fullmatch(name) else "item"


def _write(pieces: list[str], name: str, value: object) -> None:
    pieces.append(f"<{name}>")
    if isinstance(value, Mapping):
        for key, below in value.items():
            _write(pieces, element_name(str(key)), below)
    elif isinstance(value, list | tuple):
        for below in value:
            _write(pieces, "item", below)
    elif isinstance(value, bool):
        pieces.append("1" if value else "0")
    elif value is not None:
        pieces.append(_FORBIDDEN.sub("", str(value)).translate(_ESCAPES))
    pieces.append(f"</{name}>")
