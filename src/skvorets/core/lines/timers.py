"""What happens to a conversation when its time has come. The timers are rows: they outlive the server.

    bot         the bot did not hand over in time          ──► queue
    offer       who was asked did not take it in time      ──► the next one
    retry       nobody could be asked                      ──► looked at again
    no_answer   nobody has answered                        ──► the line says so, once
    auto_close  nothing was said for long                  ──► finished by the line's rules
    full_close  the customer had time to rate              ──► closed

Whoever fires one takes its row away in the same transaction: with several server processes it fires once. The clock is
``line_clock/``.
"""

from __future__ import annotations

from skvorets.core.lines import finishing, queue, speaking
from skvorets.core.lines.conversation import CLOSING, awaits_operator, client_of, has_bot_in_charge, line_of
from skvorets.core.lines.settings import settings_of
from skvorets.storage import line_sessions
from skvorets.storage.database import Tx
from skvorets.storage.line_sessions import LineSession, Timer


async def fire(tx: Tx, timer: Timer) -> bool:
    """Do what a timer says; False when it was set anew, stopped, or taken by another process."""
    if not await line_sessions.take_timer(tx, timer):
        return False
    session = await line_sessions.find(tx, timer.session_id)
    deed = _DEEDS.get(timer.kind)
    if session is not None and session.is_open and deed is not None:
        await deed(tx, session)
    return True


async def _leave_bot(tx: Tx, session: LineSession) -> None:
    if has_bot_in_charge(session):
        await queue.to_queue(tx, session)


async def _offer_next(tx: Tx, session: LineSession) -> None:
    if session.status != CLOSING and awaits_operator(session):
        await queue.offer_next(tx, session)


async def _retry(tx: Tx, session: LineSession) -> None:
    if session.status == CLOSING or not awaits_operator(session):
        return
    await queue.offer_next(tx, session)
    if any(not one.ended_at for one in await line_sessions.offers_of(tx, session.id)):
        await queue.retry_waiting(tx, session.line_id)


async def _say_nobody_answers(tx: Tx, session: LineSession) -> None:
    text = settings_of(await line_of(tx, session)).no_answer_text
    if not text or session.told_of_waiting or session.answered_at:
        return
    await line_sessions.change(tx, session, told_of_waiting=1)
    await speaking.send_to_client(tx, await client_of(tx, session), text)


async def _finish(tx: Tx, session: LineSession) -> None:
    await finishing.finish_session(tx, None, session)


async def _close(tx: Tx, session: LineSession) -> None:
    await finishing.close_session(tx, session)


_DEEDS = {
    "bot": _leave_bot,
    "offer": _offer_next,
    "retry": _retry,
    "no_answer": _say_nobody_answers,
    "auto_close": _finish,
    "full_close": _close,
}
