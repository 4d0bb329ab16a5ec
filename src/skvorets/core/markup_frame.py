"""One open code of the parser of message text: what it has collected so far (``core/markup_parser.py``)."""

from __future__ import annotations

from collections.abc import Sequence

from skvorets.core.markup_codes import Make
from skvorets.core.markup_nodes import Node, Text


class Frame:
    """A code that has been opened; neighbouring pieces of text become one Text."""

    __slots__ = ("_nodes", "_words", "contents_at", "make", "name", "source")

    def __init__(self, name: str, source: str, contents_at: int, make: Make | None) -> None:
        self.name = name
        self.source = source  # its tag as written, to be shown again if the code is never closed
        self.contents_at = contents_at  # where the text behind the tag begins
        self.make = make
        self._nodes: list[Node] = []
        self._words: list[str] = []  # text not yet in the nodes

    def add_text(self, text: str) -> None:
        """Take text as it is."""
        if text:
            self._words.append(text)

    def add(self, node: Node) -> None:
        """Take a node."""
        self.add_all((node,))

    def add_all(self, nodes: Sequence[Node]) -> None:
        """Take nodes in which no two Texts are neighbours; the cost is one list copy, not a look at each."""
        if not nodes:
            return
        first, last = nodes[0], nodes[-1]
        if isinstance(first, Text):
            self._words.append(first.text)
            nodes = nodes[1:]
        if nodes:
            self._end_text()
            self._nodes.extend(nodes)
            if isinstance(last, Text):
                self._nodes.pop()
                self._words.append(last.text)

    def children(self) -> list[Node]:
        """Return what was collected, in order."""
        self._end_text()
        return self._nodes

    def _end_text(self) -> None:
        if self._words:
            self._nodes.append(Text("".join(self._words)))
            self._words.clear()
