"""The tree of a message's text: one frozen struct per kind of node (bitrix24-imbot §9).

Nodes carry checked values only: addresses have an allowed scheme, ids are numbers, sizes are in range. The web client's
parser yields the same kinds; `msgspec.to_builtins` of a node gives plain maps with the kind under `node`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec


class _Node(msgspec.Struct, frozen=True, tag_field="node", tag=str.lower):
    """Base of all nodes."""


class Text(_Node, frozen=True):
    """Characters to show as they are."""

    text: str


class Break(_Node, frozen=True):
    """A line break: `[BR]`, `#BR#`, a newline."""


class Indent(_Node, frozen=True):
    """One step to the right: a tab or four spaces."""


class Styled(_Node, frozen=True):
    """`[B] [I] [U] [S] [SIZE=…] [COLOR=…]`."""

    style: Literal["b", "i", "u", "s", "size", "color"]
    children: tuple[Node, ...]
    value: str = ""  # size: 8..30 (px); color: #rgb or #rrggbb


class Link(_Node, frozen=True):
    """`[URL=…]t[/URL]`, `[URL]…[/URL]` or a bare address."""

    address: str  # http, https, ftp, mailto, tel or relative (begins with /)
    children: tuple[Node, ...]
    is_bare: bool = False  # written without a code: may get a rich preview


class Mention(_Node, frozen=True):
    """`[USER=5]name[/USER]`, `[USER=all]…[/USER]`."""

    person_id: int | None  # None: everybody in the chat
    children: tuple[Node, ...]


class ChatLink(_Node, frozen=True):
    """`[CHAT=12]t[/CHAT]`, `[CHAT=imol|789]t[/CHAT]`."""

    dialog: str  # as written: a chat's number, or a line's session behind `imol|`
    children: tuple[Node, ...]


class MessageLink(_Node, frozen=True):
    """`[CONTEXT=chat1/456]t[/CONTEXT]`: a jump to a message."""

    dialog: str  # `chatN` or a person's id
    message_id: int
    children: tuple[Node, ...]


class Call(_Node, frozen=True):
    """`[CALL=number]t[/CALL]`, `[CALL]number[/CALL]`: a click telephones."""

    number: str
    children: tuple[Node, ...]


class Send(_Node, frozen=True):
    """`[SEND=text]t[/SEND]`: a click sends the text as the person."""

    text: str
    children: tuple[Node, ...]


class Put(_Node, frozen=True):
    """`[PUT=text]t[/PUT]`: a click puts the text into the input field."""

    text: str
    children: tuple[Node, ...]


class Icon(_Node, frozen=True):
    """`[ICON=url size= width= height= title=]`: a small picture within the line."""

    address: str
    width: int | None = None  # px, 1..100
    height: int | None = None  # px, 1..100
    title: str = ""


class Image(_Node, frozen=True):
    """`[IMG size=…]url[/IMG]`, or a bare address that ends in .png, .jpg or .gif."""

    address: str
    size: Literal["", "small", "medium", "large"] = ""
    is_bare: bool = False


class Quote(_Node, frozen=True):
    """Lines after `>>`, or lines between two rows of 54 dashes with author and date."""

    children: tuple[Node, ...]
    author: str = ""
    date: str = ""  # as written by the client, for example 08.04.2016 13:06:49


class Code(_Node, frozen=True):
    """`[CODE]…[/CODE]`: monospace, nothing inside is parsed."""

    text: str


class Timestamp(_Node, frozen=True):
    """`[TIMESTAMP=unix format=F]`: a moment in the reader's own time."""

    seconds: int
    format: str = ""


class DiskFile(_Node, frozen=True):
    """`[DISK=id]`: a file by its id."""

    file_id: str


class Mark(_Node, frozen=True):
    """`[LIKE] [DISLIKE] [RATING=n] [ATTACH=id]`: icons of the product itself."""

    kind: Literal["like", "dislike", "rating", "attach"]
    value: int = 0


Node: TypeAlias = (
    Text
    | Break
    | Indent
    | Styled
    | Link
    | Mention
    | ChatLink
    | MessageLink
    | Call
    | Send
    | Put
    | Icon
    | Image
    | Quote
    | Code
    | Timestamp
    | DiskFile
    | Mark
)
