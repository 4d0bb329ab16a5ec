"""Everything that is wrong as a value of some parameter, by what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MEGABYTE = 1_000_000
DEEP: Any = "x"
for _ in range(60):
    DEEP = [DEEP]
BAD: Mapping[str, Any] = {
    "null": None,
    "empty": "",
    "text": "x",
    "negative": -1,
    "beyond 64 bits": 2**63,
    "huge": 10**40,
    "list": ["x", 7, None],
    "map": {"x": {"y": "z"}, "ID": {"z": 1}},
    "deep": DEEP,
    "many": list(range(2000)),
    "nul": "a\0b",
    "nul as an escape": '{"TITLE": "\\u0000", "MESSAGE": "\\u0000"}',
    "dialog": "chat" + "9" * 30,
    "SQL": "1'; DROP TABLE people --",
    "megabyte": "x" * MEGABYTE,
}
