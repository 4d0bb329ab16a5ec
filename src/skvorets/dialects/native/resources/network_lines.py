"""``/api/lines/find`` and ``/api/lines/join``: lines that the company's people can write to, through a bot.

GET  /api/lines/find?text=   lines whose names have the words and that are to be found by them; by the whole code any
                             line that may be joined, with ``@https://other.example`` one of another server
POST /api/lines/join         join one; the id of the bot to write to

People from outside find and join none: 403.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from skvorets.core.lines import network_join
from skvorets.core.lines.network_join import FoundLine, Joining
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.registry import Call, route
from skvorets.errors import LineClosedError, LineServerError, WrongLineCodeError
from skvorets.storage.database import Tx

NETWORK: Final = "network"
"""Who joins lines, among ``Services.parts``: a ``Joining``."""
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class LinesWanted(msgspec.Struct, frozen=True):
    """What is looked for."""

    text: _Text


class LineOffer(msgspec.Struct, frozen=True, rename="camel"):
    """A line that can be joined, or is joined already."""

    code: str  # to be given for joining
    name: str  # empty for one of another server that nobody has joined yet
    description: str
    avatar: str  # address of the picture, or empty
    server: str  # https://other.example, empty = this one
    bot_id: int  # whom to write to, 0 = join it first


class FoundLines(msgspec.Struct, frozen=True):
    """Ten lines at most, by name."""

    lines: list[LineOffer]


class LineToJoin(msgspec.Struct, frozen=True):
    """Which line."""

    code: _Text


class JoinedLine(msgspec.Struct, frozen=True, rename="camel"):
    """Whom to write to."""

    bot_id: int


@route("GET", "/api/lines/find", query=LinesWanted, mode="read")
async def find_lines(tx: Tx, call: Call[LinesWanted]) -> FoundLines:
    """Find lines: three statements at most."""
    found = await network_join.find_lines(tx, call.person, call.given.text)
    base_url = call.services.config.base_url
    return FoundLines([_shown(one, base_url) for one in found])


@route("POST", "/api/lines/join", body=LineToJoin, mode="free")
async def join_line(call: Call[LineToJoin]) -> JoinedLine:
    """Join a line; the bot is there at once."""
    network: Joining = call.services.parts[NETWORK]
    try:
        return JoinedLine(await network.join(call.person, call.given.code))
    except WrongLineCodeError:
        raise ApiError(400, "wrong_line_code", "This is no code of a line.") from None
    except LineClosedError:
        raise ApiError(409, "line_closed", "The line is switched off at the moment.") from None
    except LineServerError:
        raise ApiError(502, "server_unreachable", "The server of the line does not answer.") from None


def _shown(found: FoundLine, base_url: str) -> LineOffer:
    avatar = f"{base_url}/files/avatar/{found.avatar}" if found.avatar else ""
    return LineOffer(found.code, found.name, found.description, avatar, found.server, found.bot_id)
