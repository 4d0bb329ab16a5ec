"""How conversations of open lines are shown. Shapes: ``shapes/lines.py``; rules: spec ``bitrix24-openlines.md`` §3.

A page of chats costs one query more, and none when no chat of a line is on it: people are asked for with all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from skvorets.core.access import Seat
from skvorets.core.lines.desk import is_staff
from skvorets.dialects.native.shapes.lines import LineChatView, LineClientView, LineRightsView
from skvorets.storage import line_desk
from skvorets.storage.database import Tx
from skvorets.storage.line_desk import Talk
from skvorets.storage.people import Person

# From this status on a conversation only waits for its end or the rating.
ENDING = 50


async def talks_in(tx: Tx, person: Person, seats: Iterable[Seat]) -> dict[int, Talk]:
    """Find the conversations of those chats that belong to lines, by chat."""
    return await line_desk.talks_of(tx, person.id, (one.chat.id for one in seats if one.chat.kind == "line"))


def people_in(talks: Iterable[Talk]) -> Iterator[int]:
    """Give the ids of people whom conversations name; 0 among them."""
    for one in talks:
        yield from (one.client.person_id, one.session.operator_id, one.session.bot_id)


def line_chat_view(talk: Talk, seat: Seat, reader: Person, people: Mapping[int, Person]) -> LineChatView:
    """Show the conversation of one chat."""
    session = talk.session
    return LineChatView(
        line_id=session.line_id,
        line_name=talk.line_name,
        connector=talk.client.connector,
        session_id=session.id,
        status=session.status,
        operator_id=session.operator_id,
        bot_id=session.bot_id,
        started_at=session.started_at,
        queued_at=session.queued_at,
        taken_at=session.taken_at,
        client_wrote_at=session.client_wrote_at,
        closed_at=session.closed_at,
        is_silent=seat.chat.entity_data_3 == "Y",
        is_pinned=bool(session.pinned),
        is_offered=talk.is_offered and session.is_open and session.operator_id == 0,
        awaits_vote=bool(session.awaits_vote),
        vote=session.vote,
        client=_client_view(talk, people),
        can=_rights_view(talk, seat, reader),
    )


def _client_view(talk: Talk, people: Mapping[int, Person]) -> LineClientView:
    client, guest = talk.client, people.get(talk.client.person_id)
    return LineClientView(
        id=client.id,
        person_id=client.person_id,
        name="" if guest is None else guest.name,
        email="" if guest is None else guest.email,
        page_url=client.page_url,
        page_title=client.page_title,
        language=client.language,
        seen_at=client.seen_at,
        is_blocked=bool(client.blocked),
    )


def _rights_view(talk: Talk, seat: Seat, reader: Person) -> LineRightsView:
    """Say what the rules of ``core/lines`` would allow."""
    session = talk.session
    is_his = session.operator_id == reader.id
    may = is_staff(reader)  # whoever has a seat in such a chat was let in by ``core/lines/desk.py``
    is_on = may and session.is_open
    return LineRightsView(
        take=is_on and not is_his,
        skip=is_on and session.status < ENDING and (is_his or (talk.is_offered and session.operator_id == 0)),
        transfer=is_on and session.status < ENDING,
        finish=is_on,
        spam=is_on,
        reopen=may and not session.is_open,
        whisper=may and seat.member is not None,
    )
