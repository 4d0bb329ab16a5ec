"""What becomes of a conversation when somebody leaves the operators' chat, or is put out of it.

    the bot in charge   ──► another bot that serves lines and is there, or else the queue
    who serves it       ──► the queue, him as the last one
    who was asked       ──► the next one

A bot hands over to another one by inviting it and leaving (seed, menu "Transfer to bot").
"""

from __future__ import annotations

from skvorets.core.lines import queue
from skvorets.core.lines.conversation import (
    MS,
    WAITING,
    end_silence,
    has_bot_in_charge,
    line_of,
    open_session,
    tell,
    tell_client,
    write_data_1,
)
from skvorets.core.lines.settings import settings_of
from skvorets.storage import bots, line_sessions, members
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.people import Person


async def somebody_left(tx: Tx, chat: Chat, person: Person) -> None:
    """Let the conversation go on without him."""
    session = await open_session(tx, chat.id)
    if session is None:
        return
    if has_bot_in_charge(session) and session.bot_id == person.id:
        await _replace_bot(tx, session)
    elif session.bot_id == person.id:
        await line_sessions.change(tx, session, bot_id=0)
    elif session.operator_id == person.id:
        await _give_back(tx, session, person)
    else:
        await _refuse_offer(tx, session, person)


async def _replace_bot(tx: Tx, session: LineSession) -> None:
    present = [one.person_id for one in await members.bots_of(tx, session.chat_id)]
    known = await bots.find_many(tx, present)
    serving = [one for one in present if one in known and known[one].serves_lines]
    if not serving:
        session = await queue.to_queue(tx, session, actor_id=session.bot_id)
        await line_sessions.change(tx, session, bot_id=0)
        return
    heir = serving[-1]
    await members.change(tx, session.chat_id, heir, manager=1)
    session = await line_sessions.change(tx, session, bot_id=heir)
    if seconds := settings_of(await line_of(tx, session)).bot_s:
        await line_sessions.set_timer(tx, session.id, "bot", tx.now + seconds * MS)
    await write_data_1(tx, session)
    await tell(tx, session, "transferred", heir)


async def _give_back(tx: Tx, session: LineSession, person: Person) -> None:
    await line_sessions.offer(tx, session.id, person.id)  # he counts as asked in this round
    await line_sessions.end_offers(tx, session.id, person.id)
    await line_sessions.stop_timers(tx, session.id, "auto_close", "full_close")
    await end_silence(tx, session)
    session = await line_sessions.change(tx, session, status=WAITING, operator_id=0, awaits_vote=0)
    await write_data_1(tx, session)
    await tell(tx, session, "skipped", person.id)
    await tell_client(tx, session, "waiting")
    await queue.retry_waiting(tx, session.line_id)  # before it waits itself, perhaps: it is not to come back at once
    await queue.offer_next(tx, session, but=person.id)


async def _refuse_offer(tx: Tx, session: LineSession, person: Person) -> None:
    standing = {one.person_id for one in await line_sessions.offers_of(tx, session.id) if not one.ended_at}
    if person.id not in standing:
        return
    await line_sessions.end_offers(tx, session.id, person.id)
    await tell(tx, session, "skipped", person.id)
    if standing == {person.id}:
        await queue.offer_next(tx, session, but=person.id)
