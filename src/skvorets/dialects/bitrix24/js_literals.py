"""A tolerant reader of JavaScript-style literals: `{KEY: 'text', list: [1, 2,],}`.

Source: spec ``bitrix24-transport.md`` §2: parameters documented as object or array may come as text, and that text may
be JSON or a literal with single quotes, bare keys and trailing commas. Nothing is evaluated; no names but
`true`, `false`, `null` and `undefined` mean anything.

Every character is looked at once by one regular expression without backtracking, so time is linear.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from skvorets.php_forms import Value

MAX_TEXT_LENGTH = 1_000_000  # characters; keyboards and attachments that are accepted have far less
MAX_DEPTH = 64  # as in forms
_MAX_NUMBER_LENGTH = 40  # characters; longer ones are no ids

_TOKEN = re.compile(
    r"""\s*+(?:
        (?P<mark>[{}\[\],:])
      | "(?P<double>(?:[^"\\]++|\\.)*+)"
      | '(?P<single>(?:[^'\\]++|\\.)*+)'
      | (?P<number>[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?+)(?![\w$])
      | (?P<word>[^\W\d][\w$]*+|\$[\w$]*+)
      | (?P<end>\Z)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r\n|.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r": "", "\r\n": ""}
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None, "undefined": None}
_Token = tuple[str, str]  # kind, text: kinds are the group names of _TOKEN, marks and the end stand for themselves


class BadLiteral(Exception):  # noqa: N818  # as TooComplex: it names the state of the input
    """The text is no literal, is nested deeper than MAX_DEPTH or is longer than MAX_TEXT_LENGTH."""


def parse_literal(text: str) -> Value:
    """Read one literal, usually an object or a list. Raises `BadLiteral`, and nothing else."""
    if len(text) > MAX_TEXT_LENGTH:
        raise BadLiteral("literal too long")
    tokens = _tokens(text)
    value = _value(next(tokens), tokens, MAX_DEPTH)
    if next(tokens)[0] != "end":
        raise BadLiteral("something follows the literal")
    return value


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while True:
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise BadLiteral(f"unreadable at character {position}")
        kind, lexeme = match.lastgroup, match[match.lastgroup]
        yield (lexeme, lexeme) if kind == "mark" else (kind, lexeme)
        position = match.end()


def _value(token: _Token, tokens: Iterator[_Token], depth_left: int) -> Value:
    kind, text = token
    if kind in {"single", "double"}:
        return _unescape(text)
    if kind == "number":
        return _number(text)
    if kind == "word" and text in _WORDS:
        return _WORDS[text]
    if kind not in {"{", "["}:
        raise BadLiteral(f"a value was expected, not {kind}")
    if not depth_left:
        raise BadLiteral("literal nested too deep")
    return _object(tokens, depth_left - 1) if kind == "{" else _list(tokens, depth_left - 1)


def _object(tokens: Iterator[_Token], depth_left: int) -> dict[str, Value]:
    members: dict[str, Value] = {}
    for kind, text in tokens:
        if kind == "}":
            break
        if kind not in {"single", "double", "word", "number"} or next(tokens)[0] != ":":
            raise BadLiteral("a key and a colon were expected")
        key = text if kind in {"word", "number"} else _unescape(text)
        members[key] = _value(next(tokens), tokens, depth_left)
        if _is_last(tokens, "}"):
            break
    return members


def _list(tokens: Iterator[_Token], depth_left: int) -> list[Value]:
    items: list[Value] = []
    for token in tokens:
        if token[0] == "]":
            break
        items.append(_value(token, tokens, depth_left))
        if _is_last(tokens, "]"):
            break
    return items


def _is_last(tokens: Iterator[_Token], closing: str) -> bool:
    kind = next(tokens)[0]
    if kind not in {",", closing}:
        raise BadLiteral(f"a comma or {closing} was expected")
    return kind == closing


def _number(text: str) -> int | float:
    if len(text) > _MAX_NUMBER_LENGTH:
        raise BadLiteral("number too long")
    number = float(text) if any(mark in text for mark in ".eE") else int(text)
    if not math.isfinite(number):
        raise BadLiteral("number too large")
    return number


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(_unescape_one, text)
    # "\ud83d\ude00" is one letter in two halves; a half alone can be stored nowhere.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescape_one(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])
