"""The parser of message text: one pass over the codes of bitrix24-imbot §9, linear in the length of the text.

    text ──_TOKEN──▶ tags, breaks, indents, `>>`, dash rows, addresses ──▶ stack of open frames ──▶ tuple of nodes

Nothing raises. A code that is unknown, has a wrong value or is never closed stays text. Frames nest at most
`MAX_DEPTH` deep; deeper codes are ignored and only their contents are shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Final, TypeGuard

from skvorets.core.markup_codes import INTERACTIVE, Children, is_picture, opened, single_node
from skvorets.core.markup_frame import Frame
from skvorets.core.markup_nodes import Break, Code, Image, Indent, Link, Node, Quote, Text

MAX_DEPTH: Final = 20
"""Codes inside codes; nobody writes more, and whoever walks the tree may do it by recursion."""

# Anything a token could begin with: most messages have none of it and are one Text.
_SPECIAL = re.compile(r"[\[\r\n\t]|(?i:#BR#)|>>|    |-{54}|://")

_TOKEN = re.compile(
    r"""
    (?P<tag>\[(?P<closing>/?)(?P<name>[a-z]{1,10})(?P<rest>(?:[ ]*=(?:[^\[\]\r\n]|\[[\w.\-]*\])*+|[ ][^\[\]\r\n]*+)?)\])
    | (?P<newline>\r\n?|\n|\#BR\#)
    | (?P<indent>\t|[ ]{4})
    | (?P<quote>>>)
    | (?P<dashes>(?<!-)-{54}(?!-))
    | (?P<address>(?<![\w/])(?:https?|ftp)://(?:(?!\#BR\#)[^\s\[\]<>"])+)
    """,
    re.IGNORECASE | re.VERBOSE,
)

# The line under the first row of dashes: author [date]. A date has a digit and is no code that ends a usual line.
_QUOTE_HEAD = re.compile(
    r"(?:\r\n?|\n|\[BR\]|#BR#)(?P<author>[^\[\]\r\n]{1,200}?) ?"
    r"\[(?P<date>(?!/)(?=[^0-9\]]{0,100}[0-9])[^\[\]=\r\n]{1,100})\]"
    r"(?=\r|\n|\[BR\]|#BR#)",
    re.IGNORECASE,
)

_AFTER_ADDRESS: Final = ".,;:!?'»…"  # ends the sentence rather than the address
_SCHEME_ONLY = re.compile(r"[a-z]+:/*", re.IGNORECASE)


def parse(text: str) -> Children:
    """Return the nodes of a message's text."""
    if not _SPECIAL.search(text):
        return (Text(text),) if text else ()
    return _Parser(text).run()


_LINES: Final = ">>"  # frame name of a quote made of lines that begin so
_DASHES: Final = "-"  # frame name of a quote between two rows of dashes
_QUOTES: Final = frozenset({_LINES, _DASHES})


class _Parser:
    """State of one parse; see the module's docstring."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_TOKEN.finditer(text))
        self.stack = [Frame("", "", 0, None)]
        self.position = 0  # everything before has been read
        self.line_start = 0  # where the current line begins
        self.interactive = 0  # open frames that are something to click
        self.swallowed: Counter[str] = Counter()  # closing tags that must come and mean nothing
        self.closing: Counter[str] = Counter()  # closing tags not reached yet
        self.dash_rows: set[int] = set()  # where rows of dashes not reached yet begin
        self.code_ends: list[re.Match[str]] = []  # [/CODE] tags, the next one last
        self._look_ahead()

    def run(self) -> Children:
        read: dict[str | None, Callable[[re.Match[str]], None]] = {
            "tag": self._read_tag,
            "newline": self._read_newline,
            "indent": lambda _: self.stack[-1].add(Indent()),
            "quote": self._read_quote,
            "dashes": self._read_dashes,
            "address": self._read_address,
        }
        for token in self.tokens:
            if token.start() < self.position:
                continue  # inside of what has been read as a whole
            self.stack[-1].add_text(self.text[self.position : token.start()])
            self.position = token.end()
            read[token.lastgroup](token)
        self.stack[-1].add_text(self.text[self.position :])
        depth = self._open_quote(_LINES)
        if depth is not None:
            self._finish_quote(depth, len(self.text))
        while len(self.stack) > 1:
            self._abandon_top()
        return tuple(self.stack[0].children())

    def _look_ahead(self) -> None:
        """Count what closes: an opening tag without a closing one to come is text at once."""
        last = len(self.tokens) - 1
        for index, token in enumerate(self.tokens):
            if token.lastgroup == "tag" and token["closing"]:
                self.closing[token["name"].lower()] += 1
                if token["name"].lower() == "code":
                    self.code_ends.append(token)
            elif token.lastgroup == "dashes":
                before = self.tokens[index - 1] if index else None
                after = self.tokens[index + 1] if index < last else None
                starts = token.start() == 0 or (_is_break(before) and before.end() == token.start())
                ends = token.end() == len(self.text) or (_is_break(after) and after.start() == token.end())
                if starts and ends:
                    self.dash_rows.add(token.start())
        self.code_ends.reverse()

    # ------------------------------------------------------------------------------------------------------ tags

    def _read_tag(self, token: re.Match[str]) -> None:
        name, rest = token["name"].lower(), token["rest"]
        if token["closing"]:
            self._close(name, token)
        elif name == "br" and not rest:
            self._read_newline(token)
        elif name == "code" and not rest:
            self._read_code(token)
        else:
            node = single_node(name, rest)
            if node is not None:
                self.stack[-1].add(node)
            else:
                self._open(name, rest, token)

    def _read_code(self, token: re.Match[str]) -> None:
        while self.code_ends and self.code_ends[-1].start() < token.end():
            self.code_ends.pop()
        if not self.code_ends:
            self.stack[-1].add_text(token[0])
            return
        end = self.code_ends.pop()
        self.stack[-1].add(Code(self.text[token.end() : end.start()]))
        self.position = end.end()

    def _open(self, name: str, rest: str, token: re.Match[str]) -> None:
        make = opened(name, rest) if self.closing[name] > 0 else None
        is_ignored = len(self.stack) > MAX_DEPTH or (name in INTERACTIVE and self.interactive > 0)
        if make is None or (is_ignored and not self._has_closing_to_spare(name)):
            self.stack[-1].add_text(token[0])
        elif is_ignored:
            self.swallowed[name] += 1
        else:
            self.interactive += name in INTERACTIVE
            self.stack.append(Frame(name, token[0], token.end(), make))

    def _has_closing_to_spare(self, name: str) -> bool:
        """Will there be a closing tag that no open or ignored code of this name needs?"""
        open_ones = sum(frame.name == name for frame in self.stack)
        return self.closing[name] > open_ones + self.swallowed[name]

    def _close(self, name: str, token: re.Match[str]) -> None:
        self.closing[name] -= 1
        if self.swallowed[name] > 0:
            self.swallowed[name] -= 1
            return
        depth = self._depth_of(name)
        if depth is None or token["rest"]:
            self.stack[-1].add_text(token[0])
            return
        while len(self.stack) - 1 > depth:
            self._end_crossed(token.start())
        self._finish_top(token.start(), token[0])

    def _depth_of(self, name: str) -> int | None:
        """Return where on the stack the code is open. A quote is a wall: what was opened before is not closed in it."""
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].name == name:
                return depth
            if self.stack[depth].name in _QUOTES:
                return None
        return None

    def _end_crossed(self, contents_end: int) -> None:
        """End a code that an outer closing tag crosses, `[B][I]x[/B][/I]`: here, if its own closing tag is to come."""
        frame = self.stack[-1]
        if self.closing[frame.name] > self.swallowed[frame.name] and frame.name not in _QUOTES:
            self.swallowed[frame.name] += 1
            self._finish_top(contents_end, "")
        else:
            self._abandon_top()

    def _finish_top(self, contents_end: int, closing_source: str) -> None:
        frame = self._pop()
        raw = self.text[frame.contents_at : contents_end]
        node = frame.make(tuple(frame.children()), raw) if frame.make else None
        if node is not None:
            self.stack[-1].add(node)
        else:
            self._spill(frame)
            self.stack[-1].add_text(closing_source)

    def _abandon_top(self) -> None:
        self._spill(self._pop())

    def _pop(self) -> Frame:
        frame = self.stack.pop()
        self.interactive -= frame.name in INTERACTIVE
        return frame

    def _spill(self, frame: Frame) -> None:
        """Give back a code as text, with its contents behind it."""
        outer = self.stack[-1]
        outer.add_text(frame.source)
        outer.add_all(frame.children())

    # ----------------------------------------------------------------------------------------------------- lines

    def _read_newline(self, token: re.Match[str]) -> None:
        self.line_start = token.end()
        depth = self._open_quote(_LINES)
        if depth is not None and not self.text.startswith(_LINES, token.end()):
            self._finish_quote(depth, token.start())  # the break ends the quote and is not shown
        else:
            self.stack[-1].add(Break())

    def _read_quote(self, token: re.Match[str]) -> None:
        if token.start() != self.line_start or (len(self.stack) > MAX_DEPTH and self._open_quote(_LINES) is None):
            self.stack[-1].add_text(token[0])
        elif self._open_quote(_LINES) is None:
            self.stack.append(Frame(_LINES, token[0], token.end(), lambda children, _: Quote(children)))

    def _read_dashes(self, token: re.Match[str]) -> None:
        if token.start() not in self.dash_rows:
            self.stack[-1].add_text(token[0])
            return
        self.dash_rows.discard(token.start())
        depth = self._open_quote(_DASHES)
        if depth is not None:
            self._finish_quote(depth, token.start())
            self._skip_newline()
        elif self.dash_rows and len(self.stack) <= MAX_DEPTH:
            self._open_dashes(token)
        else:
            self.stack[-1].add_text(token[0])

    def _open_dashes(self, token: re.Match[str]) -> None:
        head = _QUOTE_HEAD.match(self.text, token.end())
        author, date = (head["author"].strip(), head["date"].strip()) if head else ("", "")
        self.position = head.end() if head else token.end()
        self._skip_newline()
        source = self.text[token.start() : self.position]

        def make(children: Children, _: str) -> Node:
            body = children[:-1] if children and isinstance(children[-1], Break) else children
            return Quote(body, author, date)

        self.stack.append(Frame(_DASHES, source, self.position, make))

    def _open_quote(self, name: str) -> int | None:
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].name == name:
                return depth
        return None

    def _finish_quote(self, depth: int, contents_end: int) -> None:
        while len(self.stack) - 1 > depth:
            self._end_crossed(contents_end)
        self._finish_top(contents_end, "")

    def _skip_newline(self) -> None:
        """Read over the line break right here: the row before it is not shown."""
        match = _TOKEN.match(self.text, self.position)
        if _is_break(match):
            self.position = self.line_start = match.end()

    # ------------------------------------------------------------------------------------------------- addresses

    def _read_address(self, token: re.Match[str]) -> None:
        # A bracket belongs to the address only if it was opened in it: .../Starling_(bird)
        address = token[0].rstrip(_AFTER_ADDRESS if "(" in token[0] else _AFTER_ADDRESS + ")")
        self.position = token.start() + len(address)
        if self.interactive or _SCHEME_ONLY.fullmatch(address):
            self.stack[-1].add_text(address)
        elif is_picture(address):
            self.stack[-1].add(Image(address, is_bare=True))
        else:
            self.stack[-1].add(Link(address, (Text(address),), is_bare=True))


def _is_break(token: re.Match[str] | None) -> TypeGuard[re.Match[str]]:
    return token is not None and (
        token.lastgroup == "newline" or (token.lastgroup == "tag" and token[0].lower() == "[br]")
    )
