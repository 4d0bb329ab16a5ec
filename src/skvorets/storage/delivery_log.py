"""Looking through ``deliveries``: pages from the newest to the oldest, filtered, each at a bounded price."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.database import Tx
from skvorets.storage.deliveries import NO_UPPER_ID

# Deliveries that one page looks at, at most. Whoever searches for something rare goes on from where it ended.
WINDOW = 20_000
# Deliveries of an application among which the last one to each address is looked for.
RECENT = 2_000


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which deliveries are meant; what is empty does not count."""

    application_ids: tuple[int, ...] | None = None  # None = of all applications
    state: str = ""
    event: str = ""
    chat_id: int | None = None
    fragments: tuple[str, ...] = ()  # ``data`` has one of them
    text: str = ""  # ``data`` has it
    below_id: int = NO_UPPER_ID
    limit: int = 50


class Entry(msgspec.Struct, frozen=True):
    """One line of the log. Times are unix milliseconds, 0 = never."""

    id: int
    application_id: int
    chat_id: int
    url: str
    event: str
    state: str
    attempts: int
    next_at: int
    created_at: int
    attempt_at: int
    finished_at: int
    duration_ms: int
    http_status: int
    failure: str
    data: str  # JSON of the dialect


class LogPage(msgspec.Struct, frozen=True):
    """Lines, newest first, and where to go on: 0 = there is nothing more."""

    entries: list[Entry]
    next_below: int


class LastWord(msgspec.Struct, frozen=True):
    """How the newest finished delivery to an address ended."""

    at: int
    state: str
    http_status: int
    failure: str


_COLUMNS = ", ".join(Entry.__struct_fields__)


async def page(tx: Tx, wanted: Wanted) -> LogPage:
    """Look at the next deliveries: one statement, a second one when the end is not in sight."""
    window, filters, args = _conditions(wanted)
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM (SELECT * FROM deliveries WHERE {window} ORDER BY id DESC LIMIT {WINDOW}) AS looked_at"
        f" WHERE {filters} ORDER BY id DESC LIMIT {wanted.limit + 1:d}",
        *args,
    )
    found = [Entry(*row) for row in rows]
    if len(found) > wanted.limit:
        return LogPage(found[: wanted.limit], found[wanted.limit - 1].id)
    below = await tx.val(
        f"SELECT id FROM deliveries WHERE {window} ORDER BY id DESC LIMIT 1 OFFSET {WINDOW - 1}",
        *_only_used(window, args),
    )
    return LogPage(found, int(below or 0))


async def events_of(tx: Tx, application_ids: Iterable[int] | None) -> list[str]:
    """Names of the events among the newest deliveries."""
    condition, args = _of_applications(application_ids, 1)
    rows = await tx.rows(
        "SELECT DISTINCT event FROM (SELECT event, application_id FROM deliveries ORDER BY id DESC"
        f" LIMIT {RECENT}) AS looked_at WHERE {condition} ORDER BY event",
        *args,
    )
    return [row[0] for row in rows]


async def last_words(tx: Tx, application_id: int) -> dict[str, LastWord]:
    """How the newest finished delivery to each address ended, among the newest of the application."""
    rows = await tx.rows(
        "SELECT url, finished_at, state, http_status, failure FROM deliveries WHERE id IN (SELECT max(id) FROM"
        " (SELECT id, url, finished_at FROM deliveries WHERE application_id = $1"
        f" ORDER BY id DESC LIMIT {RECENT}) AS newest WHERE finished_at > 0 GROUP BY url)",
        application_id,
    )
    return {row[0]: LastWord(*row[1:]) for row in rows}


async def newest_of_applications(tx: Tx) -> dict[int, LastWord]:
    """How the newest finished delivery of each application ended: one look at the end of an index for each."""
    rows = await tx.rows(
        "SELECT d.application_id, d.finished_at, d.state, d.http_status, d.failure FROM deliveries d"
        " WHERE d.id IN (SELECT (SELECT n.id FROM deliveries n WHERE n.application_id = a.id AND n.finished_at > 0"
        " ORDER BY n.id DESC LIMIT 1) FROM applications a)"
    )
    return {row[0]: LastWord(*row[1:]) for row in rows}


async def counts(tx: Tx, application_ids: Iterable[int] | None) -> dict[tuple[int, str], int]:
    """How many deliveries each application has that wait or are dead, by application and state."""
    condition, args = _of_applications(application_ids, 1)
    rows = await tx.rows(
        "SELECT application_id, state, count(*) FROM deliveries"
        f" WHERE (finished_at = 0 OR state = 'dead') AND {condition} GROUP BY application_id, state",
        *args,
    )
    found: dict[tuple[int, str], int] = {}
    for application_id, state, count in rows:
        key = (application_id, "dead" if state == "dead" else "waiting")
        found[key] = found.get(key, 0) + count
    return found


def _conditions(wanted: Wanted) -> tuple[str, str, list[object]]:
    """Conditions of the window, those within it, and the arguments of both."""
    args: list[object] = [wanted.below_id]
    window, ids = "id < $1", wanted.application_ids
    if ids is not None and len(ids) == 1:
        args.append(ids[0])
        window += " AND application_id = $2"
    filters, more = _of_applications(ids, len(args) + 1)
    args += more
    parts = [filters]
    for name, value in (("state", wanted.state), ("event", wanted.event), ("chat_id", wanted.chat_id)):
        if value not in {"", None}:
            args.append(value)
            parts.append(f"{name} = ${len(args)}")
    for texts in filter(None, (wanted.fragments, (wanted.text,) if wanted.text else ())):
        alternatives = []
        for text in texts:
            args.append(f"%{_escape(text)}%")
            alternatives.append(f"data LIKE ${len(args)} ESCAPE '!'")
        parts.append(f"({' OR '.join(alternatives)})")
    return window, " AND ".join(parts), args


def _of_applications(ids: Iterable[int] | None, number: int) -> tuple[str, list[object]]:
    """Letters (application 0) are nobody's business here."""
    if ids is None:
        return "application_id > 0", []
    return f"application_id = ANY(${number})", [sorted(ids)]


def _only_used(window: str, args: list[object]) -> list[object]:
    return args[: window.count("$")]


def _escape(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


async def people_in(tx: Tx, chat_ids: Iterable[int]) -> dict[int, list[int]]:
    """Ids of who takes part in these chats: for dialogs of two, which have no title."""
    rows = await tx.rows(
        "SELECT chat_id, person_id FROM members WHERE chat_id = ANY($1) ORDER BY chat_id, person_id",
        sorted(set(chat_ids)),
    )
    found: dict[int, list[int]] = {}
    for chat_id, person_id in rows:
        found.setdefault(chat_id, []).append(person_id)
    return found
