"""Answers as XML: the tree of the JSON answer inside `<response>`.

Source: spec ``bitrix24-transport.md`` §3.3.
"""

from __future__ import annotations

import re

import msgspec

from skvorets.php_forms import scalar_text

_PROLOG = '<?xml version="1.0" encoding="UTF-8"?>'
_INTEGER = re.compile(r"-?[0-9]+", re.ASCII)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)  # no colon: it would need a namespace
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no XML 1.0 text may hold these
# A raw carriage return would be read back as a line feed.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_ATTRIBUTE_ESCAPES = str.maketrans({"\n": "&#10;", "\t": "&#9;"})


def encode_xml(tree: object) -> bytes:
    """Write an answer, `{"result": …, "time": …}` or `{"error": …}`, as UTF-8 XML.

    `tree` may hold whatever the JSON encoder takes. Lists and integer keys become `<item>`, True is `1`, False and
    None are empty elements; characters that XML cannot hold are dropped.
    """
    pieces = [_PROLOG]
    _write(pieces, "response", msgspec.to_builtins(tree, str_keys=True))
    return "".join(pieces).encode("utf-8")


def _write(pieces: list[str], name: str, value: object) -> None:
    start, end = _tags(name)
    pieces.append(start)
    if isinstance(value, dict):
        for key, below in value.items():
            _write(pieces, key, below)
    elif isinstance(value, (list, tuple)):
        for below in value:
            _write(pieces, "item", below)
    elif isinstance(value, (str, int, float)) and value is not False:
        pieces.append(_escape(scalar_text(value)))
    pieces.append(end)


def _tags(key: str) -> tuple[str, str]:
    if _NAME.fullmatch(key):
        return f"<{key}>", f"</{key}>"
    if _INTEGER.fullmatch(key):
        return "<item>", "</item>"
    return f'<item key="{_escape(key).translate(_ATTRIBUTE_ESCAPES)}">', "</item>"


def _escape(text: str) -> str:
    return _FORBIDDEN.sub("", text).translate(_ESCAPES)
