"""What the worker keeps in memory: applications, their targets, and of each lane the first few waiting rows.

Millions of rows may wait in the database. Of a lane at most ``WINDOW`` rows are known here, of a target at most
``MAX_LANES_PER_TARGET`` lanes; the rest is looked up when there is room again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from enum import Enum

from skvorets.delivery.breaker import Breaker
from skvorets.storage.deliveries import LaneKey, Waiting

# Waiting rows of one lane that are known at a time; one look brings so many.
WINDOW = 16
# Lanes of one target that are known at a time: some 500 bytes each.
MAX_LANES_PER_TARGET = 2_000
# Deliveries of one application under way at a time. More than one, so that a slow answer does not hold up other
# dialogs; few, since handlers are small scripts (``php -S`` takes one at a time anyway).
MAX_IN_FLIGHT_PER_APPLICATION = 8


class LaneState(Enum):
    """Where a lane stands."""

    IDLE = 0  # nothing to do, about to be forgotten
    READY = 1  # in its target's queue
    BUSY = 2  # one delivery is under way
    PAUSED = 3  # a timer will make it ready


class Lane:
    """Deliveries that go out one after another."""

    __slots__ = ("due_at", "has_more", "is_stale", "key", "last_id", "rows", "state", "target", "timer")

    def __init__(self, target: Target, chat_id: int) -> None:
        """Begin with nothing known."""
        self.target = target
        self.key = LaneKey(target.name, chat_id)
        self.rows: deque[Waiting] = deque()
        self.last_id = 0  # the newest row that was ever known
        self.has_more = True  # are there rows in the database that are not known?
        self.is_stale = False  # must be looked up anew: older rows came back (replay)
        self.state = LaneState.IDLE
        self.timer: asyncio.TimerHandle | None = None
        self.due_at = 0  # when the timer ends, unix milliseconds

    def add(self, row: Waiting) -> None:
        """A new row was written."""
        if row.id <= self.last_id:
            return  # a look into the database was quicker
        if self.has_more or len(self.rows) >= WINDOW:
            self.has_more = True
            return
        self.rows.append(row)
        self.last_id = row.id

    def fill(self, rows: Iterable[Waiting]) -> None:
        """Take the oldest rows from the database."""
        self.rows = deque(rows)
        self.is_stale = False
        self.has_more = len(self.rows) >= WINDOW
        if self.rows:
            self.last_id = max(self.last_id, self.rows[-1].id)

    @property
    def needs_filling(self) -> bool:
        """Must the database be asked before the head is known?"""
        return self.is_stale or (not self.rows and self.has_more)


class Target:
    """One address of one application."""

    def __init__(self, application: ApplicationLoad, name: str) -> None:
        """Begin without lanes."""
        self.application = application
        self.name = name
        self.breaker = Breaker()
        self.lanes: dict[int, Lane] = {}
        self.ready: deque[Lane] = deque()
        # Are all lanes with open rows known? Otherwise they are looked up in the order of chat ids, round and round.
        self.is_complete = True
        self.is_scanning = False
        self.scanned_to = -1
        self.turned_away = 0  # times that there was no room for a lane
        self.probe_timer: asyncio.TimerHandle | None = None

    @property
    def room(self) -> int:
        """How many more lanes may be known."""
        return MAX_LANES_PER_TARGET - len(self.lanes)

    def lane(self, chat_id: int) -> Lane | None:
        """The lane, made when it is not known; None when there is no room for it now."""
        lane = self.lanes.get(chat_id)
        if lane is not None:
            return lane
        if self.room <= 0:
            self.is_complete = False
            self.turned_away += 1
            return None
        lane = self.lanes[chat_id] = Lane(self, chat_id)
        lane.has_more = not self.is_complete
        return lane

    def forget_idle(self, lane: Lane) -> None:
        """Drop a lane that has nothing to do."""
        if lane.state is LaneState.IDLE:
            self.lanes.pop(lane.key.chat_id, None)


class ApplicationLoad:
    """What is under way for one application."""

    def __init__(self, application_id: int) -> None:
        """Begin with nothing."""
        self.application_id = application_id
        self.in_flight = 0
        self.is_left_off = False  # it takes its events itself now
        self.targets: dict[str, Target] = {}

    @property
    def has_slot(self) -> bool:
        """May another delivery begin?"""
        return not self.is_left_off and self.in_flight < MAX_IN_FLIGHT_PER_APPLICATION
