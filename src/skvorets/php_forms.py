"""PHP's form language: query strings and urlencoded bodies with bracket keys, in and out.

Source: spec ``bitrix24-transport.md`` §2 ("details as in PHP `parse_str`"), ``bitrix24-events.md`` §1 (events).
Checked against the real `parse_str` and `http_build_query`: tests/test_php_forms.py.

Reading takes linear time and either gives a tree or raises `TooComplex`; there is no third outcome.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

Value: TypeAlias = "str | int | float | bool | dict[str, Value] | list[Value] | None"
"""What a parameter can be once it is decoded. Forms give text, maps and lists; JSON gives all of it."""

MAX_PAIRS = 10_000  # PHP stops at 1000; a batch of 50 commands with keyboards has more
MAX_DEPTH = 64  # as PHP's max_input_nesting_level
MAX_KEY_LENGTH = 4096  # characters of one whole name, brackets included
MAX_LEVELS = 50_000  # maps and lists in one body: 10,000 pairs of 64 brackets each would cost gigabytes

_MAX_RAW_KEY_LENGTH = MAX_KEY_LENGTH * 12  # one character is at most 4 bytes, each written as %XX
_INT64_MAX = 2**63 - 1
_INTEGER_KEY = re.compile(r"(?:0|-?[1-9][0-9]{0,18})", re.ASCII)
_INTEGER_STARTS = frozenset("-0123456789")
_PLAIN_FLOAT_END = 1e15  # from here on PHP writes floats with an exponent
_UNSAFE_IN_NAME = str.maketrans(" .[", "___")
_PLAIN_PATH = re.compile(r"\w+(?:\[[^\[\]\s\0]*\])+", re.ASCII)  # what nearly all clients send
_SPACES = " \t\n\v\f\r"  # what C's isspace() takes for a space


class TooComplex(Exception):  # noqa: N818  # it names the state of the input, as the callers' tables do
    """The input has too many pairs or levels, is nested too deep, or has a name of absurd length."""


class _Level(dict[str, "Value"]):
    """A map under construction; remembers the number that `[]` takes next."""

    __slots__ = ("next_index",)

    def __init__(self) -> None:
        self.next_index: int | None = None

    def slot(self, key: str) -> str | None:
        """The key to write under, with numbers counted as PHP does; None when the numbers are used up."""
        if not key:
            number = self.next_index or 0
            if number > _INT64_MAX:
                return None
            self.next_index = number + 1
            return str(number)
        if key[0] in _INTEGER_STARTS and _INTEGER_KEY.fullmatch(key):
            number = int(key)
            if number <= _INT64_MAX and (self.next_index is None or number >= self.next_index):
                self.next_index = number + 1
        return key


def parse_query(text: str) -> dict[str, Value]:
    """Decode a query string or an urlencoded body: `a[b]=1&c=2` → `{"a": {"b": "1"}, "c": "2"}`."""
    return nest(decode_pairs(text))


def decode_pairs(text: str) -> list[tuple[str, str]]:
    """Split at `&` and decode both sides. Bytes that are no UTF-8 become U+FFFD; empty pieces are skipped."""
    if text.count("&") > MAX_PAIRS:
        raise TooComplex("too many parameters")
    if not text.isascii():
        # The HTTP server hands over raw bytes of the address as lone surrogates, which nothing later can store.
        text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    pairs = []
    for piece in text.split("&"):
        name, _, value = piece.partition("=")
        if "%" in value or "+" in value:
            value = _unescape(value)
        if not name.isidentifier():
            if len(name) > _MAX_RAW_KEY_LENGTH:
                raise TooComplex("parameter name too long")
            name = _unescape(name)
        if len(name) > MAX_KEY_LENGTH:
            raise TooComplex("parameter name too long")
        if name:
            pairs.append((name, value))
    return pairs


def nest(pairs: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """Build the tree that PHP's `parse_str` builds; a map with the keys 0..n-1 in order becomes a list.

    A later pair replaces an earlier one of the same name, whatever either was. The result itself is always a map.
    """
    tree: dict[str, Value] = {}
    nested: list[str] = []
    levels_left = MAX_LEVELS
    for name, value in pairs:
        if name.isidentifier():
            tree[name] = value
            continue
        path = split_name(name)
        if len(path) == 1:
            tree[path[0]] = value
        elif path:
            levels_left -= _put(tree, path, value)
            if levels_left < 0:
                raise TooComplex("too many nested parameters")
            nested.append(path[0])
    for key in nested:
        tree[key] = _settle(tree[key])
    return tree


def split_name(name: str) -> list[str]:
    """Cut `a[b][]` into `["a", "b", ""]`, where `""` asks for the next free number; `[]` if PHP ignores the name."""
    if _PLAIN_PATH.fullmatch(name):
        path = name.replace("]", "").split("[")
        if len(path) > MAX_DEPTH + 1:
            raise TooComplex("parameters nested too deep")
        return path
    if "\0" in name:
        name = name[: name.index("\0")]  # COMPAT(bitrix24): PHP's names are C strings and end at the first NUL
    name = name.lstrip(" ")
    if not name or name[0] == "[":
        return []
    head, bracket, rest = name.partition("[")
    if bracket and "]" not in rest:
        # COMPAT(bitrix24): a bracket that is never closed belongs to the name, which may not hold it.
        return [name.translate(_UNSAFE_IN_NAME)]
    path = [head.translate(_UNSAFE_IN_NAME)]
    while bracket:
        key, closed, rest = rest.partition("]")
        if not closed:
            break  # COMPAT(bitrix24): `a[b][c` is `a[b]`
        if len(path) > MAX_DEPTH:
            raise TooComplex("parameters nested too deep")
        path.append("" if len(key) == 1 and key in _SPACES else key)
        if not rest.startswith("["):
            break  # COMPAT(bitrix24): what follows a closing bracket is ignored, `a[b]c[d]` is `a[b]`
        rest = rest[1:]
    return path


# What is written as it is: nearly every key and most values of an event, at a tenth of the price of quoting them.
_PLAIN = re.compile(r"[A-Za-z0-9_.-]*").fullmatch
_ESCAPED = re.compile(rb"[^A-Za-z0-9_. -]+")  # whole runs: a word of Russian is escaped by one call


def encode_form(tree: dict[str, Value]) -> str:
    """Write a map as PHP's `http_build_query` does: `{"data": {"ID": 5}}` → `data%5BID%5D=5`.

    True is `1`, False is `0`; None and empty maps and lists are left out. Raises `TooComplex` below 64 levels.
    """
    pieces: list[str] = []
    for key, value in tree.items():
        _write(pieces, _quote(key), value, MAX_DEPTH)
    return "&".join(pieces)


def scalar_text(value: str | float) -> str:
    """The text PHP makes of a scalar, except that False is `0` (events §1): `True` → `1`, `2.0` → `2`."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    return str(int(value)) if value.is_integer() and abs(value) < _PLAIN_FLOAT_END else repr(value)


def _unescape(text: str) -> str:
    text = text.replace("+", " ")
    escapes = text.count("%")
    if not escapes:
        return text
    if text.isascii() and "\n" not in text and "\r" not in text:
        # %XX is quoted-printable's =XX, and that decoder is written in C: 200 letters of Russian in 2 µs, not in 40.
        data = a2b_qp(text.replace("=", "=3D").replace("%", "="))
        if len(data) == len(text) - 2 * escapes:  # a `%` that begins no escape always leaves more
            return data.decode("utf-8", "replace")
    return unquote_to_bytes(text).decode("utf-8", "replace")


def _put(tree: dict[str, Value], path: list[str], value: Value) -> int:
    """Write one value at the end of its path; return how many levels had to be made."""
    level, made = _open_level(tree, path[0])
    for key in path[1:-1]:
        slot = level.slot(key)
        if slot is None:
            return made
        level, is_new = _open_level(level, slot)
        made += is_new
    slot = level.slot(path[-1])
    if slot is not None:
        level[slot] = value
    return made


def _open_level(parent: dict[str, Value], key: str) -> tuple[_Level, int]:
    """Find or make the level; what else stood there is replaced. Also: 1 if it was made, otherwise 0."""
    below = parent.get(key)
    if isinstance(below, _Level):
        return below, 0
    level = parent[key] = _Level()
    return level, 1


def _settle(value: Value) -> Value:
    """Turn levels under construction into plain maps and lists. No deeper than MAX_DEPTH."""
    if not isinstance(value, _Level):
        return value
    for key, below in value.items():
        if isinstance(below, _Level):
            value[key] = _settle(below)
    if value.next_index == len(value) and list(value) == [str(index) for index in range(len(value))]:
        return list(value.values())
    return dict(value)


def _write(pieces: list[str], name: str, value: Value, depth_left: int) -> None:
    if value is None:
        return
    if not isinstance(value, (dict, list)):
        pieces.append(f"{name}={_quote(scalar_text(value))}")
        return
    if not depth_left:
        raise TooComplex("parameters nested too deep")
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, below in items:
        place = f"{name}%5B{_quote(str(key))}%5D"
        if isinstance(below, str):  # nearly everything is
            pieces.append(f"{place}={_quote(below)}")
        else:
            _write(pieces, place, below, depth_left - 1)


def _quote(text: str) -> str:
    """Write a text as `urlencode` of PHP does: as `quote_plus`, but `~` is escaped, too. Raises UnicodeEncodeError."""
    if _PLAIN(text):
        return text
    return _ESCAPED.sub(_escape, text.encode()).replace(b" ", b"+").decode()


def _escape(found: re.Match[bytes]) -> bytes:
    return b"%" + found[0].hex("%").upper().encode()
