"""What two servers tell each other about a line that one of them has and the other one's people write to.

    the customer's server                              the line's server
    open, add, change, delete, typing ────────►
                                      ◄──────── add, change, delete, typing

Messages are named by their ids on the server where they were written (``is_yours``: on the receiver's). What the
end of a conversation and the question for a rating say, they say as messages; a rating is an answer. Own design;
described in docs/lines.md and docs/adr/0007.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

# Message params that mean something on the other side, too.
PASSED_ON = ("ATTACH", "KEYBOARD")
# Characters and numbers that a message may have.
MAX_TEXT = 20_000
MAX_FILES = 20
MAX_NAME = 255
MAX_URL = 4096
_Id = Annotated[int, msgspec.Meta(ge=0, lt=2**62)]
_Code = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
Name = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]


class WireFile(msgspec.Struct, frozen=True, rename="camel"):
    """A file of a message; its address is good for a day."""

    name: Name
    size: _Id
    url: Annotated[str, msgspec.Meta(max_length=MAX_URL)]


class Writer(msgspec.Struct, frozen=True, rename="camel"):
    """The person who writes to a line."""

    name: Name = ""
    gender: Literal["", "M", "F"] = ""
    language: Annotated[str, msgspec.Meta(max_length=10)] = ""
    work_position: Name = ""


class Envelope(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """One thing that happened."""

    id: Annotated[str, msgspec.Meta(max_length=100)] = ""  # the same for every attempt to tell it
    kind: Literal["open", "add", "change", "delete", "typing"]
    to: Literal["line", "client"]
    code: _Code  # of the line
    dialog: Annotated[int, msgspec.Meta(ge=1, lt=2**62)]  # the private dialog on the customer's server
    writer: Writer | None = None  # to a line: who writes
    message_id: _Id = 0
    is_yours: bool = False  # was the message written on the receiver's server?
    text: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)] = ""
    params: dict[str, Any] = {}  # ATTACH and KEYBOARD in the form that messages keep
    files: Annotated[list[WireFile], msgspec.Meta(max_length=MAX_FILES)] = []
    reply_to: _Id = 0
    is_reply_to_yours: bool = False
    quote: Annotated[str, msgspec.Meta(max_length=MAX_TEXT + 200)] = ""  # what the line had written by itself before
    is_complete: bool = False  # of deletions: without trace


class LineCard(msgspec.Struct, frozen=True, rename="camel"):
    """A line as those who join it see it."""

    code: _Code
    name: Name
    description: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    avatar: Annotated[str, msgspec.Meta(max_length=MAX_URL)] = ""  # address of the picture


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Envelope)


def encode(envelope: Envelope) -> str:
    """Write an envelope."""
    return _encoder.encode(envelope).decode()


def decode(body: bytes | str) -> Envelope:
    """Read an envelope. Raises msgspec.MsgspecError."""
    return _decoder.decode(body)
