"""Texts that every database can hold: PostgreSQL's know no NUL character, so none gets past the door.

Source: our own rule; the reference's database cuts a text there or drops the character. Lone surrogates, the other
thing that cannot be stored, never come out of the decoders: JSON that holds one is undecodable, the rest gives U+FFFD.
"""

from __future__ import annotations

from skvorets.php_forms import Value

_NUL = "\0"


def without_nul(value: Value) -> Value:
    """Drop NUL characters from all texts and names of a decoded value; its depth is limited by the decoders."""
    if isinstance(value, str):
        return value.replace(_NUL, "") if _NUL in value else value
    if isinstance(value, dict):
        return {name.replace(_NUL, ""): without_nul(below) for name, below in value.items()}
    if isinstance(value, list):
        return [without_nul(item) for item in value]
    return value
