"""Tells the person who installed an application how its events fare: handler away and back, dead letters.

Each is one notification with a tag of the application, so that a later one takes the place of the one before. Dead
letters are told of once an hour at most. What is told when is kept in memory: a restart may tell once more.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from urllib.parse import urlsplit

from skvorets.core.notifications import NewNotification, notify
from skvorets.delivery.board import now_ms
from skvorets.storage import applications, deliveries, people
from skvorets.storage.applications import Application
from skvorets.storage.database import Store, Tx, lock_key

# Dead letters of one application are told of once in so many seconds.
DEAD_EVERY_S = 3600.0
# They come in swarms: seconds to wait for the others before the first is told of.
SWARM_S = 2.0
_MS = 1000
_KEY = lock_key("delivery-notices")
# Dead letters that are counted; past it "more than" is said.
MAX_COUNTED = 1_000

_log = logging.getLogger(__name__)

_TEXTS = {
    "ru": {
        "away": "Обработчик {address} приложения «{name}» не отвечает. События ждут, пока он не вернётся.",
        "back": "Обработчик {address} приложения «{name}» снова отвечает. События доставляются.",
        "dead": "Приложение «{name}»: не доставлено событий — {count}. Их можно отправить снова в течение 30 дней.",
    },
    "en": {
        "away": "The handler {address} of the application “{name}” does not answer. Events wait until it is back.",
        "back": "The handler {address} of the application “{name}” answers again. Events are being delivered.",
        "dead": "Application “{name}”: {count} events were not delivered. They are kept for 30 days; send them again.",
    },
}


class Notices:
    """Notices of one process. ``stop`` at the end."""

    def __init__(self, store: Store) -> None:
        """Nothing is told before something happens."""
        self._store = store
        self._away: set[tuple[int, str]] = set()
        self._dead_told_at: dict[int, int] = {}  # unix milliseconds
        self._dead_planned: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def stop(self) -> None:
        """Tell nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def handler_is_away(self, application_id: int, url: str) -> None:
        """A handler's breaker has opened."""
        if (application_id, url) not in self._away:
            self._away.add((application_id, url))
            self._start(self._tell(application_id, "away", url))

    def handler_is_back(self, application_id: int, url: str) -> None:
        """It has closed again."""
        if (application_id, url) in self._away:
            self._away.discard((application_id, url))
            self._start(self._tell(application_id, "back", url))

    def died(self, application_id: int) -> None:
        """An event has become a dead letter."""
        if application_id not in self._dead_planned:
            self._dead_planned.add(application_id)
            self._start(self._tell_of_dead(application_id))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell_of_dead(self, application_id: int) -> None:
        told_at = self._dead_told_at.get(application_id, 0)
        await asyncio.sleep(max(SWARM_S, told_at / _MS + DEAD_EVERY_S - now_ms() / _MS))
        self._dead_planned.discard(application_id)
        now = now_ms()
        since = told_at or now - round(DEAD_EVERY_S * _MS)
        self._dead_told_at[application_id] = now
        await self._tell(application_id, "dead", since=since)

    async def _tell(self, application_id: int, what: str, url: str = "", since: int = 0) -> None:
        try:
            await self._store.write(_KEY, tell_installer, application_id, what, url, since)
        except Exception:  # noqa: BLE001 — logged in full; delivery goes on
            _log.exception("a notice about application %d cannot be written", application_id)


async def tell_installer(tx: Tx, application_id: int, what: str, url: str, since: int) -> None:
    """Notify who installed an application: ``away`` and ``back`` of a handler, ``dead`` letters since a time."""
    application = await applications.find(tx, application_id)
    person = None if application is None else await people.find(tx, application.installed_by)
    if application is None or person is None or not person.active:
        return
    count = 0
    if what == "dead":
        count = await deliveries.count_dead(tx, application_id, since=since, limit=MAX_COUNTED)
        if not count:
            return
    text = _TEXTS.get(tx.portal.language, _TEXTS["en"])[what]
    number = f"> {MAX_COUNTED}" if count == MAX_COUNTED else str(count)
    await notify(
        tx, _notice(application, text.format(address=_plain(url), name=_name(application), count=number), what)
    )


def _notice(application: Application, text: str, what: str) -> NewNotification:
    kind = "dead" if what == "dead" else "handler"
    return NewNotification(
        person_id=application.installed_by,
        text=text,
        module="im",
        event="delivery",
        tag=f"DELIVERY|{kind.upper()}|{application.id}",
    )


def _plain(url: str) -> str:
    """An address without its query, which may hold secrets."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _name(application: Application) -> str:
    """The application's name without brackets: it is no markup."""
    return application.name.replace("[", "(").replace("]", ")")
