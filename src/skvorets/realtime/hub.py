"""Follows the event log once per process and hands each event, encoded once, to the sockets of those who may see it.

    commit ──► bus ──► read a batch after the cursor (in memory) ──► chat -> sessions ──► same bytes to each transport

Who is in which chat is read when a socket comes and then kept from the log itself, in the order of the log: so an
ex-member gets nothing after the event that says he left. When nobody is connected the log is not read at all.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Collection, Container, Hashable, Iterator
from typing import TypeVar

from skvorets.core.events import MembersJoined, MembersLeft, read_event
from skvorets.realtime import frames
from skvorets.realtime.arrival import Arrival, read_arrival
from skvorets.realtime.batches import Batch, read_batch
from skvorets.realtime.bus import Bus
from skvorets.realtime.session import GOING_AWAY, VOID_IDENTITY, Session
from skvorets.storage import event_log
from skvorets.storage.database import Store
from skvorets.storage.event_log import Position, StoredEvent

# Seconds between looks at the log without being woken: other processes do not wake us.
LOOK_EVERY_S = 0.25
# Committed events may become visible only when an older transaction ends (PostgreSQL): seconds until the next look,
# doubled each time.
HIDDEN_PAUSE_S, LONGEST_HIDDEN_PAUSE_S = 0.001, 0.1
# Pause after the log could not be read.
TROUBLE_PAUSE_S = 0.5
# Proxies drop silent connections after a minute; one that stays silent for two of these is gone.
HEARTBEAT_S = 25.0
# Sockets that get their heartbeat in one go.
HEARTBEATS_AT_ONCE = 500

_K = TypeVar("_K", bound=Hashable)
_log = logging.getLogger(__name__)


class Hub:
    """All push sockets of one process."""

    def __init__(self, store: Store, bus: Bus) -> None:
        """Nothing is followed before ``start``."""
        self._store = store
        self._bus = bus
        self._people: dict[int, set[Session]] = {}
        self._listeners: dict[int, set[Session]] = {}
        self._arriving: set[Session] = set()
        self._cursor: Position | None = None
        self._beginning = asyncio.Lock()
        self._turn = 1
        self._tasks: list[asyncio.Task[None]] = []
        self._is_stopped = False

    async def start(self) -> None:
        """Begin to follow."""
        self._wake = self._bus.follow()
        self._tasks = [asyncio.create_task(self._follow()), asyncio.create_task(self._beat())]

    async def stop(self) -> None:
        """Tell everybody that the server goes away."""
        self._is_stopped = True
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._bus.leave(self._wake)
        for session in self.sessions():
            session.close(GOING_AWAY)
            self.leave(session)

    def sessions(self) -> list[Session]:
        """All sockets of this process."""
        return list(itertools.chain.from_iterable(self._people.values()))

    def people(self) -> list[int]:
        """Ids of the people who are connected to this process."""
        return list(self._people)

    @property
    def here(self) -> Container[int]:
        """The same people as something to look into, always current."""
        return self._people.keys()

    def count_of(self, person_id: int) -> int:
        """How many sockets a person has here."""
        return len(self._people.get(person_id, ()))

    async def welcome(self, session: Session, since: Position | None) -> None:
        """Let a new socket in: ``hello``, what was missed after ``since``, then everything as it happens."""
        if self._is_stopped:
            session.close(GOING_AWAY)
            return
        self._people.setdefault(session.identity.person_id, set()).add(session)
        self._arriving.add(session)
        await self._begin()
        look = self._store.read if since is None else self._store.scan
        arrival = await look(read_arrival, session.identity, since, self._store.log_is_ordered_by_id)
        if session.transport.is_closing() or session not in self._people.get(session.identity.person_id, ()):
            return
        if arrival is None:
            self._end(session, VOID_IDENTITY)
            return
        self._admit(session, arrival, since)
        self._wake.set()  # from now on the log is looked at in any case

    def leave(self, session: Session) -> None:
        """Forget a socket; may be called again."""
        self._arriving.discard(session)
        _discard(self._people, session.identity.person_id, session)
        for chat_id in session.chats:
            _discard(self._listeners, chat_id, session)
        session.chats = {}

    # ---- coming in

    async def _begin(self) -> None:
        """With the first socket: follow the log from its present end."""
        async with self._beginning:
            if self._cursor is None:
                ordered = self._store.log_is_ordered_by_id
                self._cursor = await self._store.read(event_log.head, ordered_by_id=ordered)

    def _admit(self, session: Session, arrival: Arrival, since: Position | None) -> None:
        session.start = arrival.position
        for chat_id, first_id in arrival.chats.items():
            self._seat(session, chat_id, first_id)
        said = since if since is not None and arrival.missed else arrival.position
        first = [frames.notice_frame("hello", said)]
        if arrival.is_reset:
            first.append(frames.notice_frame("reset", arrival.position))
        first += map(frames.event_frame, arrival.missed)
        session.write(b"".join(first), self._turn)
        self._arriving.discard(session)
        held, session.held = session.held, []
        for batch in held:
            for stored in batch.events:
                self._hand_out(stored, batch.seats, only=session)

    def _seat(self, session: Session, chat_id: int, first_id: int) -> None:
        if not session.identity.hears_of(chat_id):
            return
        session.chats[chat_id] = first_id
        self._listeners.setdefault(chat_id, set()).add(session)

    # ---- following

    async def _follow(self) -> None:
        # Only one process uses a SQLite file, so nothing happens there without waking us.
        patience = None if self._store.log_is_ordered_by_id else LOOK_EVERY_S
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience if self._people else None):
                    await self._wake.wait()
            self._wake.clear()
            if not self._people:
                self._cursor = None
                continue
            try:
                await self._catch_up()
            except Exception:  # noqa: BLE001 — whatever it is, the sockets stay and it is tried again
                _log.exception("the log cannot be followed; it is tried again")
                await asyncio.sleep(TROUBLE_PAUSE_S)
                self._wake.set()

    async def _catch_up(self) -> None:
        """Hand out everything after the cursor."""
        pause = HIDDEN_PAUSE_S
        while self._people and self._cursor is not None:
            batch = await self._store.read(read_batch, self._cursor, self._people, self._store.log_is_ordered_by_id)
            if batch.events:
                self._take(batch)
                pause = HIDDEN_PAUSE_S
                await asyncio.sleep(0)
            elif batch.is_hidden:
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_HIDDEN_PAUSE_S)
            else:
                return

    def _take(self, batch: Batch) -> None:
        self._turn += 1
        for session in [one for one in self.sessions() if one.identity in batch.void] if batch.void else ():
            self._end(session, VOID_IDENTITY)
        for session in self._arriving:
            session.held.append(batch)
        for stored in batch.events:
            self._hand_out(stored, batch.seats)
        self._cursor = batch.events[-1].position

    # ---- handing out

    def _hand_out(self, stored: StoredEvent, seats: dict[tuple[int, int], int], only: Session | None = None) -> None:
        """Send one event to everybody it is for, or to one of them; seat who joined by it, unseat who left."""
        if stored.kind == MembersJoined.kind:
            for session in self._named_in(stored, only):
                if (first_id := seats.get((stored.chat_id, session.identity.person_id))) is not None:
                    self._seat(session, stored.chat_id, first_id)
        if stored.kind in frames.PUSHED_KINDS:
            index, key = (self._people, stored.person_id) if stored.person_id else (self._listeners, stored.chat_id)
            listeners: Collection[Session] = index.get(key, ())
            if only is not None:
                listeners = (only,) if only in listeners else ()
            if listeners:
                self._send(stored, listeners)
        if stored.kind == MembersLeft.kind:
            for session in self._named_in(stored, only):
                session.chats.pop(stored.chat_id, None)
                _discard(self._listeners, stored.chat_id, session)

    def _named_in(self, stored: StoredEvent, only: Session | None) -> Iterator[Session]:
        """Give the sockets of people who came or went by this event, but not those who began after it."""
        event = read_event(stored)
        if isinstance(event, MembersJoined | MembersLeft):
            for person_id in event.person_ids:
                for session in self._people.get(person_id, ()):
                    if session.start < stored.position and only in {None, session}:
                        yield session

    def _send(self, stored: StoredEvent, listeners: Collection[Session]) -> None:
        frame, position, turn = frames.event_frame(stored), stored.position, self._turn
        chat_id, message_id = stored.chat_id, frames.message_id_of(stored)
        behind = []
        for session in listeners:
            if session.start >= position or not session.identity.hears_of(chat_id):
                continue
            if message_id and not session.sees(chat_id, message_id):
                continue
            if not session.write(frame, turn):
                behind.append(session)
        for session in behind:
            _log.info("a socket of person %d is too far behind and cut", session.identity.person_id)
            session.cut()
            self.leave(session)

    def _end(self, session: Session, code: int) -> None:
        session.close(code)
        self.leave(session)

    # ---- heartbeats

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            everybody = self.sessions()
            for begin in range(0, len(everybody), HEARTBEATS_AT_ONCE):
                self.beat(everybody[begin : begin + HEARTBEATS_AT_ONCE])
                await asyncio.sleep(0)

    def beat(self, sessions: list[Session]) -> None:
        """Send heartbeats; end the sockets that were silent since the last one, and those whose time is over."""
        cursor = self._cursor
        if cursor is None:
            return
        text = frames.notice_frame("heartbeat", cursor)
        for session in sessions:
            if session in self._arriving or session.transport.is_closing():
                continue
            if session.has_expired():
                self._end(session, VOID_IDENTITY)
            elif not session.is_heard:
                session.cut()
                self.leave(session)
            else:
                session.is_heard = False
                # A position never goes back: who began after the cursor gets the ping alone.
                session.write(frames.PING if session.start > cursor else frames.PING + text, self._turn)


def _discard(index: dict[_K, set[Session]], key: _K, session: Session) -> None:
    sessions = index.get(key)
    if sessions is not None:
        sessions.discard(session)
        if not sessions:
            del index[key]
