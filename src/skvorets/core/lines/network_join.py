"""Joining a line: it becomes a bot of this portal's people, whether it lies here or on another server.

    CODE                          a line of this server which may be joined
    CODE@https://other.example    one of another server (own extension, see docs/lines.md)

Rules: spec ``bitrix24-openlines.md`` §4.2: the code always works, the name only when the line is to be found by it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple, Protocol

from skvorets.core import people as directory
from skvorets.core.lines import network_texts
from skvorets.core.lines.network_signing import server_of
from skvorets.core.lines.network_wire import LineCard
from skvorets.core.people import NewPerson
from skvorets.errors import LineClosedError, LineNotFoundError, NotAllowedError
from skvorets.storage import bots, lines, network_lines, people
from skvorets.storage.bots import Bot
from skvorets.storage.database import Tx
from skvorets.storage.lines import Line
from skvorets.storage.network_lines import NetworkLine
from skvorets.storage.people import Person
from skvorets.storage.words import words_of, words_to_find

CODE_LENGTH: Final = 32
MAX_FOUND: Final = 10
"""Lines that a search shows."""
_MAX_POSITION = 255
_HEX = re.compile(r"[0-9a-f]{32}")


class LineAddress(NamedTuple):
    """Which line is meant."""

    code: str
    server: str  # empty = this one


class FoundLine(NamedTuple):
    """A line that can be joined, or is joined already."""

    code: str  # as it is to be given for joining
    name: str
    description: str
    avatar: str  # digest in the blob store
    server: str  # empty = here
    bot_id: int  # 0 = nobody has joined it yet


class Joining(Protocol):
    """Who joins lines, those of other servers, too: handed to the dialects by the composition root."""

    async def join(self, person: Person, code: str) -> int:
        """Join a line; the id of its bot.

        Raises WrongLineCodeError, LineNotFoundError, LineClosedError, LineServerError (no answer), NotAllowedError
        (a person from outside).
        """


def read_code(text: str) -> LineAddress | None:
    """Read what a person or program gives as the code of a line; None for what cannot be one."""
    code, at, given = text.strip().partition("@")
    server = server_of(given) if at else ""
    if len(code) != CODE_LENGTH or (at and not server):
        return None
    return LineAddress(code.lower(), server)


def require_employee(person: Person) -> None:
    """Only the company's own people join lines. Raises NotAllowedError."""
    if person.kind != "human" or person.extranet or not person.active:
        raise NotAllowedError


async def line_to_join(tx: Tx, code: str) -> Line:
    """Give the line of this server with this code if it may be joined. Raises LineNotFoundError, LineClosedError."""
    line = await lines.by_code(tx, code) if _HEX.fullmatch(code) else None
    if line is None or not line.networked:
        raise LineNotFoundError
    if not line.active:
        raise LineClosedError
    return line


async def join_here(tx: Tx, person: Person, code: str) -> int:
    """Join a line of this server; its bot. Raises LineNotFoundError, LineClosedError."""
    require_employee(person)
    line = await line_to_join(tx, code)
    card = LineCard(line.code, line.name, line.description)
    return await _join(tx, person, NetworkLine(0, line.code, "", line.id, person.id, tx.now), card, line.avatar)


async def join_there(tx: Tx, person: Person, server: str, card: LineCard, avatar: str) -> int:
    """Join a line of another server, which has shown this card; its bot."""
    require_employee(person)
    return await _join(tx, person, NetworkLine(0, card.code, server, 0, person.id, tx.now), card, avatar)


async def follow_line(tx: Tx, line: Line) -> None:
    """Let the bot look like its line, also when that was renamed; the bot of a deleted line cannot be written to."""
    known = await network_lines.by_code(tx, "", line.code)
    if known is not None:
        await _dress(tx, known.bot_id, LineCard(line.code, line.name, line.description), line.avatar)
        if line.deleted_at:
            await directory.change_person(tx, known.bot_id, active=0)


async def find_lines(tx: Tx, person: Person, text: str) -> list[FoundLine]:
    """Find lines by words of their names, or one by its whole code (with ``@`` and a server: one that is there)."""
    require_employee(person)
    address = read_code(text)
    if address is not None and _HEX.fullmatch(address.code):
        return await _by_code(tx, address)
    words = words_to_find(text)
    if not words:
        return []
    found = [
        one
        for one in await lines.every(tx)
        if one.active and one.networked and one.searchable and _has_words(one.name, words)
    ][:MAX_FOUND]
    joined = await network_lines.of_lines(tx, (one.id for one in found))
    return [_shown(one, joined.get(one.id)) for one in found]


async def _by_code(tx: Tx, address: LineAddress) -> list[FoundLine]:
    if not address.server:
        line = await lines.by_code(tx, address.code)
        if line is None or not line.active or not line.networked:
            return []
        return [_shown(line, await network_lines.by_code(tx, "", line.code))]
    known = await network_lines.by_code(tx, address.server, address.code)
    bot = await people.find(tx, known.bot_id) if known is not None else None
    code = f"{address.code}@{address.server}"
    if bot is None:  # what it is called is told when it is joined: looking is not worth a call to a stranger
        return [FoundLine(code, "", "", "", address.server, 0)]
    return [FoundLine(code, bot.name, bot.work_position, bot.avatar, address.server, bot.id)]


def _has_words(name: str, wanted: list[str]) -> bool:
    """Is each of the words the beginning of some word of the name?"""
    own = words_of(name)
    return all(any(one.startswith(word) for one in own) for word in wanted)


def _shown(line: Line, joined: NetworkLine | None) -> FoundLine:
    return FoundLine(line.code, line.name, line.description, line.avatar, "", joined.bot_id if joined else 0)


async def _join(tx: Tx, person: Person, new: NetworkLine, card: LineCard, avatar: str) -> int:
    known = await network_lines.by_code(tx, new.server, new.code)
    if known is not None and await bots.find(tx, known.bot_id) is None:
        await network_lines.delete(tx, known.bot_id)  # an administrator has removed it: whoever joins gets another one
        known = None
    if known is not None:
        await _dress(tx, known.bot_id, card, avatar)
        if known.gone_at:
            await network_lines.set_gone(tx, known.bot_id, 0)
        return known.bot_id
    bot = await directory.add_person(
        tx,
        NewPerson(first_name=card.name, kind="network", work_position=_position(tx, card), avatar=avatar),
    )
    await bots.insert(tx, Bot(bot.id, 0, f"network_{new.code}_{bot.id}", "network", 0, tx.now))
    await network_lines.insert(tx, NetworkLine(bot.id, new.code, new.server, new.line_id, person.id, new.joined_at))
    return bot.id


async def _dress(tx: Tx, bot_id: int, card: LineCard, avatar: str) -> None:
    bot = await people.find(tx, bot_id)
    looks = (card.name, _position(tx, card), avatar)
    if bot is not None and (bot.first_name, bot.work_position, bot.avatar) != looks:
        await directory.change_person(tx, bot_id, first_name=looks[0], work_position=looks[1], avatar=looks[2])


def _position(tx: Tx, card: LineCard) -> str:
    first = " ".join(card.description.split())
    return first[:_MAX_POSITION] or network_texts.open_line(tx.portal.language)
