"""References between the commands of a batch: `$result[chats][items][0][id]` in a later command's parameters.

Source: spec ``bitrix24-transport.md`` §6 ("References", "Substitution"), ``wire-habits.md`` ("Batch").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from skvorets.php_forms import TooComplex, Value

MAX_INSERTED_LENGTH = 1_000_000  # characters put into the texts of one command: a page of references cannot fill memory

_MAX_INDEX_LENGTH = 18  # digits that always fit into 64 bits
_REFERENCE = re.compile(r"\$(result|next|total|error)((?:\[[^\[\]]++\])++)")
# COMPAT(bitrix24): of a name such as `FIELDS[$result[id]]` PHP's bracket rules leave the key `$result[id`.
_CUT_REFERENCE = re.compile(r"\$(?:result|next|total|error)\[[^\[\]]++")
_MISSING = object()


class Outcomes(msgspec.Struct, frozen=True):
    """What the commands of a batch have given so far, each map by the command's key.

    The values are plain maps, lists and scalars, as `msgspec.to_builtins` makes them.
    """

    result: dict[str, Any] = msgspec.field(default_factory=dict)
    next: dict[str, Any] = msgspec.field(default_factory=dict)
    total: dict[str, Any] = msgspec.field(default_factory=dict)
    error: dict[str, Any] = msgspec.field(default_factory=dict)


def resolve_references(parameters: dict[str, Value], outcomes: Outcomes) -> dict[str, Value]:
    """Return the parameters with references replaced, in values and in names at every level.

    A value that is nothing but a reference becomes the referenced value with its type (shared, not copied: read only).
    Inside other text it is replaced if it leads to a text or a number. A path that breaks off gives the last level
    that exists; a reference to a command that gave nothing stays as it is. What was put in is not looked at again.
    Raises `TooComplex` if more than MAX_INSERTED_LENGTH characters of text would be put in.
    """
    return _Resolver(outcomes).resolve_map(parameters)


class _Resolver:
    def __init__(self, outcomes: Outcomes) -> None:
        self._outcomes = outcomes
        self._length_left = MAX_INSERTED_LENGTH

    def resolve_map(self, tree: dict[str, Value]) -> dict[str, Value]:
        return {self._resolve_name(name): self._resolve(value) for name, value in tree.items()}

    def _resolve(self, value: Value) -> Value:
        if isinstance(value, str):
            if "$" not in value:
                return value
            whole = _REFERENCE.fullmatch(value)
            return self._resolve_text(value) if whole is None else self._follow(whole, value)
        if isinstance(value, dict):
            return self.resolve_map(value)
        if isinstance(value, list):
            return [self._resolve(item) for item in value]
        return value

    def _resolve_name(self, name: str) -> str:
        if "$" not in name:
            return name
        if not _CUT_REFERENCE.fullmatch(name):
            return self._resolve_text(name)
        resolved = self._resolve_text(name + "]")
        return name if resolved == name + "]" else resolved

    def _resolve_text(self, text: str) -> str:
        return _REFERENCE.sub(self._inserted, text)

    def _inserted(self, match: re.Match[str]) -> str:
        value = self._follow(match, match[0])
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            return match[0]
        inserted = str(value)
        self._length_left -= len(inserted)
        if self._length_left < 0:
            raise TooComplex("references put in too much text")
        return inserted

    def _follow(self, match: re.Match[str], otherwise: Value) -> Any:
        """Walk the path; `otherwise` if it does not even begin."""
        command, *path = match[2][1:-1].split("][")
        level = _step(getattr(self._outcomes, match[1]), command)
        if level is _MISSING:
            return otherwise
        for key in path:
            below = _step(level, key)
            if below is _MISSING:
                break
            level = below
        return level


def _step(level: object, key: str) -> Any:
    """One level down a map (its keys may be texts or numbers) or a list; _MISSING if there is nothing."""
    if isinstance(level, Mapping) and key in level:
        return level[key]
    if not (key.isascii() and key.isdecimal() and len(key) <= _MAX_INDEX_LENGTH):
        return _MISSING
    index = int(key)
    if isinstance(level, (list, tuple)):
        return level[index] if index < len(level) else _MISSING
    return level.get(index, _MISSING) if isinstance(level, Mapping) else _MISSING
