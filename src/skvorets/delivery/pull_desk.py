"""Which applications take their events themselves, and the queue of each. Knows nothing of HTTP; see pull_door.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from skvorets.delivery.contracts import EventDialect
from skvorets.delivery.pull_queue import PullQueue
from skvorets.storage import pull
from skvorets.storage.database import Store
from skvorets.storage.deliveries import LaneKey, Planned


class NotServingError(Exception):
    """Another process hands out the events, or this one is stopping."""


class PullDesk:
    """The queues of one process."""

    def __init__(self, store: Store, dialect: EventDialect, default_policy: str) -> None:
        """Nothing is handed out before ``start``."""
        self._store = store
        self._dialect = dialect
        self._default_policy = default_policy
        self._queues: dict[int, PullQueue] = {}
        self.is_serving = False
        self.pulling: set[int] = set()  # ids of the applications
        self.tell_of_dead: Callable[[int], None] = lambda _: None  # given an application of which an event has died

    async def start(self) -> None:
        """Learn which applications there are, and serve them."""
        self.pulling = await self._store.read(pull.pulling_applications)
        self.is_serving = True

    def stop(self) -> None:
        """Send all readers away."""
        self.is_serving = False
        for queue in self._queues.values():
            queue.end_reading()
        self._queues.clear()

    async def reload(self) -> tuple[set[int], set[int]]:
        """Applications were changed: learn which ones pull; those that are new, and those that pull no longer.

        Present readers must show again who they are.
        """
        before, self.pulling = self.pulling, await self._store.read(pull.pulling_applications)
        for application_id in before - self.pulling:
            if queue := self._queues.pop(application_id, None):
                queue.end_reading()
        return self.pulling - before, before - self.pulling

    def changed(self, application_id: int) -> None:
        """An application was changed: its reader must show again who he is."""
        if queue := self._queues.get(application_id):
            queue.end_reading()

    def queue(self, application_id: int) -> PullQueue:
        """Give the queue of an application. Raises NotServingError."""
        if not self.is_serving:
            raise NotServingError
        if application_id not in self._queues:
            queue = PullQueue(self._store, self._dialect, self._default_policy, application_id)
            queue.tell_of_dead = partial(self.tell_of_dead, application_id)
            self._queues[application_id] = queue
        return self._queues[application_id]

    def planned(self, rows: Iterable[Planned]) -> list[Planned]:
        """Rows were committed: wake the readers of theirs, and give the rows that are to be pushed."""
        if not self.pulling:
            return list(rows)
        pushed = []
        for row in rows:
            if row.application_id not in self.pulling:
                pushed.append(row)
            elif queue := self._queues.get(row.application_id):
                queue.planned()
        return pushed

    def revived(self, application_id: int, lanes: Iterable[LaneKey]) -> bool:
        """Older rows of these lanes wait again; False when they are not ours."""
        if application_id not in self.pulling:
            return False
        if queue := self._queues.get(application_id):
            queue.revived(lanes)
        return True
