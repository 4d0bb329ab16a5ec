"""Scripts and styles as they are sent where every byte counts: without the comments and the indentation of the sources.

Only what stands on lines of its own is taken out, and types (JSDoc) within lines, so no expression is looked into. A
template whose text begins a line with ``//`` or ``/*`` must not be given.
"""

from __future__ import annotations

import re

_LEADING_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*", re.MULTILINE | re.DOTALL)
# Types within a line, as `/** @type {string} */ (it)`.
_TYPES_WITHIN = re.compile(r"/\*\* @(?:type|param)[^*\n]*\*/ ?")
_LEADING_LINE = re.compile(r"^[ \t]*//.*$", re.MULTILINE)


def lean_script(source: str) -> str:
    """Give a script without its comments; what it does stays the same."""
    return _packed(_TYPES_WITHIN.sub("", _LEADING_LINE.sub("", _LEADING_BLOCK.sub("", source))))


def lean_style(source: str) -> str:
    """Give a style sheet without its comments."""
    return _packed(_LEADING_BLOCK.sub("", source))


def _packed(text: str) -> str:
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())
