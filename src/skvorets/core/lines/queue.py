"""The queue of operators: who is asked to take a conversation, for how long, and who is next.

    evenly     whom nobody asked for longest        strictly   in the order of the queue
    all        everybody who is free at once: the first one has it

Who was asked in a round is asked again only when everybody was. Those who are asked sit in the chat meanwhile; who
loses it leaves without a word. Rules: spec ``bitrix24-openlines.md`` §3.2-§3.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from skvorets.core import presence
from skvorets.core.lines import phrases
from skvorets.core.lines.conversation import (
    MS,
    NEW,
    TAKEN,
    WAITING,
    awaits_operator,
    dismiss_bot,
    end_silence,
    has_bot_in_charge,
    line_of,
    require_operator,
    say,
    seat,
    tell,
    tell_client,
    unseat,
    unseat_silent,
    write_data_1,
)
from skvorets.core.lines.settings import LineSettings, settings_of
from skvorets.errors import NotAllowedError, SessionClosedError
from skvorets.storage import line_sessions, lines, people
from skvorets.storage.database import Tx
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.lines import Line
from skvorets.storage.people import Person

OFFER_TO_ALL_S: Final = 3600
"""Seconds after which those who are free by now are asked, too. [source: imol]"""
RETRY_S: Final = 3600
"""Seconds after which a conversation that nobody can take is tried again, when no place gets free before."""
PRESENCE_RETRY_S: Final = 60
"""The same for lines that ask only people who are here: nothing is told when somebody comes back."""
AWAY_AFTER_MS: Final = 15 * 60 * 1000
"""Who was not seen for so long is not here."""
_ABSENT_STATUSES: Final = frozenset({"dnd", "away", "break"})


async def to_queue(tx: Tx, session: LineSession, *, actor_id: int = 0) -> LineSession:
    """Hand a conversation over to people, perhaps from a bot, who leaves then unless he is to stay to the end."""
    settings = settings_of(await line_of(tx, session))
    had_bot = has_bot_in_charge(session)
    if had_bot:
        await say(tx, session, phrases.switching(tx.portal.language), actor_id=actor_id)
        if settings.bot_leaves == "queue":
            session = await dismiss_bot(tx, session)
    await end_silence(tx, session)
    await unseat_silent(tx, session, {session.operator_id} - {0})
    session = await line_sessions.change(
        tx,
        session,
        status=WAITING if had_bot or session.queued_at else NEW,
        operator_id=0,
        queued_at=session.queued_at or tx.now,
        awaits_vote=0,
    )
    await line_sessions.stop_timers(tx, session.id, "bot", "auto_close", "full_close")
    if settings.no_answer_s and settings.no_answer_text and not session.told_of_waiting:
        await line_sessions.set_timer(tx, session.id, "no_answer", tx.now + settings.no_answer_s * MS)
    await write_data_1(tx, session)
    await tell(tx, session, "waiting", actor_id)
    await tell_client(tx, session, "waiting")
    await retry_waiting(tx, session.line_id)
    return await offer_next(tx, session)


async def offer_next(tx: Tx, session: LineSession, *, but: int = 0) -> LineSession:
    """Ask the next operator (or all), not ``but`` this one; when nobody can be asked it waits for a free place."""
    if not awaits_operator(session):
        return session
    line = await line_of(tx, session)
    settings = settings_of(line)
    is_for_all = settings.distribution == "all"
    free = [one for one in await free_operators(tx, line, settings, session) if one.id != but]
    offers = await line_sessions.offers_of(tx, session.id)
    standing = [one.person_id for one in offers if not one.ended_at]
    if not standing and await line_sessions.is_behind_another(tx, session):
        free = []
    if is_for_all:
        chosen = [one for one in free if one.id not in standing]
        if not chosen and standing:
            await line_sessions.set_timer(tx, session.id, "offer", tx.now + OFFER_TO_ALL_S * MS)
            return session
        return await offer_to(tx, session, chosen, OFFER_TO_ALL_S)
    asked = {one.person_id for one in offers}
    fresh = [one for one in free if one.id not in asked]
    if not fresh:  # everybody was asked: from the beginning, the one who has it now as the last
        fresh = sorted(free, key=lambda one: one.id in standing)
        if fresh and fresh[0].id in standing:
            await _set_offer_timer(tx, session, settings.offer_s)
            return session
    await line_sessions.end_offers(tx, session.id)
    if fresh and fresh[0].id in asked:
        await line_sessions.forget_offers(tx, session.id)
    await unseat_silent(tx, session, standing)
    if standing:
        await retry_waiting(tx, session.line_id)
    return await offer_to(tx, session, fresh[:1], settings.offer_s)


async def offer_to(tx: Tx, session: LineSession, chosen: Sequence[Person], seconds: int) -> LineSession:
    """Ask these people; nobody: wait until somebody gets free. After ``seconds`` (0 = never) others are asked."""
    if not chosen:
        return await _wait(tx, session)
    await line_sessions.stop_timers(tx, session.id, "retry")
    for one in chosen:
        await line_sessions.offer(tx, session.id, one.id)
        await lines.note_offered(tx, session.line_id, one.id)
        await seat(tx, session, one)
    await _set_offer_timer(tx, session, seconds)
    await tell(tx, session, "offered")
    return session


async def take_session(tx: Tx, person: Person, session: LineSession, *, takes_over: bool = False) -> LineSession:
    """Let an operator serve the customer from now on; ``takes_over``: also from another operator.

    Raises SessionClosedError, WrongOperatorError, NotAllowedError (another operator has it).
    """
    require_operator(person)
    if not session.is_open:
        raise SessionClosedError
    if session.operator_id == person.id:
        return session
    if session.operator_id and not takes_over:
        raise NotAllowedError
    settings = settings_of(await line_of(tx, session))
    await seat(tx, session, person)
    losers = {one.person_id for one in await line_sessions.offers_of(tx, session.id) if not one.ended_at}
    losers.add(session.operator_id)
    await line_sessions.end_offers(tx, session.id)
    await unseat_silent(tx, session, losers - {0, person.id})
    if settings.bot_leaves == "queue":
        session = await dismiss_bot(tx, session)
    session = await line_sessions.change(
        tx,
        session,
        status=TAKEN,
        operator_id=person.id,
        queued_at=session.queued_at or tx.now,
        taken_at=tx.now,
        awaits_vote=0,
    )
    await line_sessions.stop_timers(tx, session.id)
    await write_data_1(tx, session)
    await say(tx, session, phrases.taken(tx.portal.language, person), actor_id=person.id)
    await tell(tx, session, "taken", person.id)
    await tell_client(tx, session, "taken")
    await retry_waiting(tx, session.line_id)
    return session


async def skip_session(tx: Tx, person: Person, session: LineSession) -> bool:
    """Give a conversation to the next operator; False when there is nobody else, which the chat is told.

    Raises SessionClosedError, NotAllowedError for somebody who was not asked and does not serve it.
    """
    if not session.is_open:
        raise SessionClosedError
    standing = {one.person_id for one in await line_sessions.offers_of(tx, session.id) if not one.ended_at}
    if person.id != session.operator_id and person.id not in standing:
        raise NotAllowedError
    others = [one for one in await lines.operators_of(tx, session.line_id) if one.person_id != person.id]
    if not others and not standing - {person.id}:
        await say(tx, session, phrases.alone(tx.portal.language, person))
        return False
    if session.operator_id:
        await line_sessions.offer(tx, session.id, person.id)  # he counts as asked in this round
        session = await line_sessions.change(tx, session, operator_id=0, awaits_vote=0)
        await line_sessions.stop_timers(tx, session.id, "auto_close", "full_close")
        await end_silence(tx, session)
    await line_sessions.end_offers(tx, session.id, person.id)
    session = await line_sessions.change(tx, session, status=WAITING)
    await write_data_1(tx, session)
    await tell(tx, session, "skipped", person.id)
    await unseat(tx, session, {person.id} - await line_sessions.authors_of(tx, session))
    await retry_waiting(tx, session.line_id)  # before it waits itself, perhaps: it is not to come back at once
    if not standing - {person.id}:
        await tell_client(tx, session, "waiting")
        await offer_next(tx, session, but=person.id)
    return True


async def pause_operator(tx: Tx, person: Person, line_id: int, *, is_paused: bool) -> None:
    """Let an operator get nothing new of a line for a while, or again."""
    await lines.set_paused(tx, line_id, person.id, paused=is_paused)
    if not is_paused:
        await retry_waiting(tx, line_id)


async def retry_waiting(tx: Tx, line_id: int) -> None:
    """Let the conversation that waits longest, offered to nobody, be tried again: a place may have got free.

    It does so in a unit of its own (``timers.py``), and if somebody is asked then, the next one follows.
    """
    await line_sessions.hurry_retry(tx, line_id)


async def free_operators(tx: Tx, line: Line, settings: LineSettings, session: LineSession) -> list[Person]:
    """Give the operators who can be asked now, in the order in which they are asked."""
    serving = [one for one in await lines.operators_of(tx, line.id) if not one.paused]
    if settings.distribution == "evenly":
        serving.sort(key=lambda one: one.offered_at)  # stable: those who are alike stay in the queue's order
    known = await people.find_many(tx, [one.person_id for one in serving])
    free = [known[one.person_id] for one in serving]
    if settings.checks_available:
        free = [one for one in free if is_here(one, tx.now)]
    if not settings.max_sessions:
        return free
    count = line_sessions.count_open if settings.distribution == "all" else line_sessions.load_of
    loads = await count(tx, line.id, known)
    mine = {one.person_id for one in await line_sessions.offers_of(tx, session.id) if not one.ended_at}
    if settings.distribution == "all":
        mine = set()
    return [one for one in free if loads.get(one.id, 0) - (one.id in mine) < settings.max_sessions]


def is_here(person: Person, now: int) -> bool:
    """Is an operator here and ready to talk?"""
    is_away = presence.idle_since(person, now, AWAY_AFTER_MS) > 0 or not person.last_seen
    return not is_away and person.absent_until <= now and person.status not in _ABSENT_STATUSES


async def _wait(tx: Tx, session: LineSession) -> LineSession:
    settings = settings_of(await line_of(tx, session))
    await line_sessions.stop_timers(tx, session.id, "offer")
    seconds = PRESENCE_RETRY_S if settings.checks_available else RETRY_S
    await line_sessions.set_timer(tx, session.id, "retry", tx.now + seconds * MS)
    if session.status == WAITING:
        return session
    session = await line_sessions.change(tx, session, status=WAITING)
    await write_data_1(tx, session)
    await tell(tx, session, "waiting")
    return session


async def _set_offer_timer(tx: Tx, session: LineSession, seconds: int) -> None:
    await line_sessions.stop_timers(tx, session.id, "offer")
    if seconds:
        await line_sessions.set_timer(tx, session.id, "offer", tx.now + seconds * MS)
