"""Slash commands in a typed message: which lines ask for a command (bitrix24-events §5.5).

Pure text rules. Whether a name is registered, for whom and where, is the matter of ``core/commands.py``.
"""

from __future__ import annotations

from typing import Final

from skvorets.core.markup import unify_breaks

MAX_COMMANDS: Final = 10
"""Executions one message may ask for, as documented."""

MAX_NAME_CHARS: Final = 255
"""Longer words after a slash are text, not names: no registered command is longer."""

BUILT_IN_COMMANDS: Final = frozenset({"me", "loud", "rename", "getDialogId", "webrtcDebug", ">>"})
"""Carried out by the client itself: bots cannot take these names."""


def is_built_in(name: str) -> bool:
    """Whether a command's name (without slash, compared exactly) belongs to the client."""
    return name in BUILT_IN_COMMANDS


def find_commands(text: str) -> list[tuple[str, str]]:
    """Return (name, params) of each line `/NAME` or `/NAME params`, in order; equal pairs once, at most ten.

    The name is everything between the slash and the first space or line end, letter case kept; params are trimmed.
    """
    if "/" not in text:
        return []
    found: dict[tuple[str, str], None] = {}
    for line in unify_breaks(text).split("\n"):
        if not line.startswith("/"):
            continue
        name, _, params = line[1:].partition(" ")
        name = name.rstrip()
        if name and len(name) <= MAX_NAME_CHARS and not is_built_in(name):
            found[name, params.strip()] = None
            if len(found) == MAX_COMMANDS:
                break
    return list(found)
