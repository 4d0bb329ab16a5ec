"""Tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

_MILLISECONDS = 1000


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their heads, columns as wide as needed."""
    table = [[*heads], *([_printable(str(cell)) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def date_of(milliseconds: int) -> str:
    """Write a time as ``2026-05-01 12:00`` UTC; "" for 0."""
    if not milliseconds:
        return ""
    return datetime.fromtimestamp(milliseconds // _MILLISECONDS, UTC).strftime("%Y-%m-%d %H:%M")


def _printable(text: str) -> str:
    """Replace what would steer the terminal: names come from users."""
    return "".join(char if char.isprintable() else "?" for char in text)
