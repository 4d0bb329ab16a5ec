"""Scripts and styles as they are sent where every byte counts: without the comments and the indentation of the sources.

Only what stands on lines of its own is taken out, so no string, template or expression is ever looked into. A template
whose text begins a line with ``//`` or ``/*`` must not be given; tests hold our own files to that.
"""

from __future__ import annotations

import re

_LEADING_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*", re.MULTILINE | re.DOTALL)
_LEADING_LINE = re.compile(r"^[ \t]*//.*$", re.MULTILINE)


def lean_script(source: str) -> str:
    """Give a script without its comments; what it does stays the same."""
    return _packed(_LEADING_LINE.sub("", _LEADING_BLOCK.sub("", source)))


def lean_style(source: str) -> str:
    """Give a style sheet without its comments."""
    return _packed(_LEADING_BLOCK.sub("", source))


def _packed(text: str) -> str:
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())
