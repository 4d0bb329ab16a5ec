"""Giving a conversation away: to a person, to everybody of a department, to another line.

Everybody but the customer (and a bot that is to stay until somebody has taken it) leaves the chat; who gets it is asked
as by the queue. Rules: spec ``bitrix24-openlines.md`` §4.6.
"""

from __future__ import annotations

from skvorets.core.lines import phrases, queue
from skvorets.core.lines.conversation import (
    WAITING,
    dismiss_bot,
    end_silence,
    line_of,
    require_operator,
    say,
    seated_but_client,
    tell,
    tell_client,
    unseat,
    write_data_1,
)
from skvorets.core.lines.settings import settings_of
from skvorets.errors import DepartmentNotFoundError, LineNotFoundError, SessionClosedError, WrongOperatorError
from skvorets.storage import departments, line_sessions, lines, people
from skvorets.storage.database import Tx
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.people import Person


async def transfer_to_person(
    tx: Tx, actor: Person, session: LineSession, person_id: int, *, leaves: bool = True
) -> LineSession:
    """Ask one employee to take it; if he does not answer in time, the queue goes on. ``leaves``: the bot goes at once.

    Raises SessionClosedError; WrongOperatorError for bots, guests, people from outside, and who serves it already.
    """
    target = require_operator(await people.find(tx, person_id))
    if target.id == session.operator_id:
        raise WrongOperatorError
    text = phrases.transferred(tx.portal.language, actor, target)
    session = await _give_up(tx, actor, session, text, keeps={target.id}, leaves=leaves)
    seconds = settings_of(await line_of(tx, session)).offer_s
    return await queue.offer_to(tx, session, [target], seconds)


async def transfer_to_department(
    tx: Tx, actor: Person, session: LineSession, department_id: int, *, leaves: bool = True
) -> LineSession:
    """Ask everybody of a department at once; the first one has it. After an hour the queue goes on.

    Raises SessionClosedError, DepartmentNotFoundError, WrongOperatorError (there is nobody but the actor).
    """
    department = await departments.find(tx, department_id)
    if department is None:
        raise DepartmentNotFoundError
    found = await people.find_many(tx, await departments.people_of(tx, department_id))
    targets = [one for one in found.values() if _can_serve(one) and one.id not in {actor.id, session.operator_id}]
    if not targets:
        raise WrongOperatorError
    text = phrases.transferred_to_department(tx.portal.language, actor, department.name)
    session = await _give_up(tx, actor, session, text, keeps={one.id for one in targets}, leaves=leaves)
    return await queue.offer_to(tx, session, targets, queue.OFFER_TO_ALL_S)


async def transfer_to_line(
    tx: Tx, actor: Person, session: LineSession, line_id: int, *, leaves: bool = True
) -> LineSession:
    """Let another line serve the customer by its rules and its queue, or the queue of the same one begin anew.

    Raises SessionClosedError, LineNotFoundError.
    """
    old, new = await line_of(tx, session), await lines.find(tx, line_id)
    if new is None or not new.active or new.deleted_at:
        raise LineNotFoundError
    text = phrases.transferred_to_line(tx.portal.language, actor, old.name, new.name)
    session = await _give_up(tx, actor, session, text, keeps=set(), leaves=leaves)
    session = await line_sessions.change(tx, session, line_id=new.id)
    await queue.retry_waiting(tx, old.id)
    return await queue.to_queue(tx, session, actor_id=actor.id)


async def _give_up(
    tx: Tx, actor: Person, session: LineSession, text: str, *, keeps: set[int], leaves: bool
) -> LineSession:
    """Take a conversation from whoever has it; ``keeps`` stay in the chat."""
    if not session.is_open:
        raise SessionClosedError
    await say(tx, session, text, actor_id=actor.id)
    await line_sessions.forget_offers(tx, session.id)
    await line_sessions.stop_timers(tx, session.id)
    await end_silence(tx, session)
    freed = session.operator_id
    session = await line_sessions.change(
        tx,
        session,
        status=WAITING,
        operator_id=0,
        queued_at=session.queued_at or tx.now,
        transfers=session.transfers + 1,
        awaits_vote=0,
    )
    await write_data_1(tx, session)
    await tell(tx, session, "transferred", actor.id)
    await tell_client(tx, session, "waiting")
    await unseat(tx, session, set(await seated_but_client(tx, session, bots=False)) - keeps, actor.id)
    if leaves:
        session = await dismiss_bot(tx, session)
    if freed:
        await queue.retry_waiting(tx, session.line_id)
    return session


def _can_serve(person: Person) -> bool:
    return person.kind == "human" and bool(person.active) and not person.extranet
