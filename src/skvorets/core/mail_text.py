"""Texts with BB codes as plain text of several lines, as e-mail has them."""

from __future__ import annotations

import re

from skvorets.core.markup_codes import Children
from skvorets.core.markup_nodes import Break, Code, Icon, Image, Indent, Link, Node, Quote, Text
from skvorets.core.markup_parser import parse

_INDENT = " " * 4
# What makes a text more than its words; all others, which are most, need no tree.
_MEANING = re.compile(r"[\[\r\t]|#br#|>>|-{54}|://", re.IGNORECASE)
_QUOTE = "> "


def plain_lines(text: str) -> str:
    """Give the text without codes; addresses of links stand behind their words, quoted lines begin with ``>``."""
    if not _MEANING.search(text):
        return text.strip()
    return _all(parse(text)).strip()


def plain_line(text: str) -> str:
    """Give the text without codes in one line without control characters, as a header can hold it."""
    kept = "".join(one if one.isprintable() else " " for one in _all(parse(text)))
    return " ".join(kept.split())


def _all(nodes: Children) -> str:
    return "".join([_node(node) for node in nodes])


def _node(node: Node) -> str:
    match node:
        case Text(text) | Code(text):
            return text
        case Break():
            return "\n"
        case Indent():
            return _INDENT
        case Icon():
            return node.title
        case Image():
            return node.address
        case Link():
            words = _all(node.children)
            return words if node.is_bare or words == node.address else f"{words} ({node.address})"
        case Quote():
            lines = _all(node.children).strip("\n").split("\n")
            head = [node.author] if node.author else []
            return "\n" + "\n".join(_QUOTE + line for line in head + lines) + "\n"
        case _:
            return _all(getattr(node, "children", ()))
