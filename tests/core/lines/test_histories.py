"""Whatever customers, bots, operators and time do in whatever order: a conversation never gets into a wrong state."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skvorets.core import chats, members, people
from skvorets.core.access import Dialog
from skvorets.core.lines import clients, finishing, modes, queue, relay, timers, transfers
from skvorets.core.lines import settings as line_settings
from skvorets.core.lines.clients import Visitor
from skvorets.core.lines.conversation import CLOSING, awaits_operator, has_bot_in_charge
from skvorets.core.lines.relay import ClientMessage
from skvorets.core.messages import NewMessage, post_message
from skvorets.core.people import NewPerson
from skvorets.errors import CoreError
from skvorets.storage import bots, clock, departments, line_clients, line_sessions, lines
from skvorets.storage import chats as chat_rows
from skvorets.storage import members as member_rows
from skvorets.storage.bots import Bot
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LineClient
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.lines import Line, QueueEntry
from skvorets.storage.people import Person
from skvorets.storage.sqlite import SqliteStore

Step = tuple[Any, ...]
OPERATORS = 3

operators = st.integers(0, OPERATORS - 1)
customers = st.integers(0, 1)
writing = st.tuples(st.just("client"), customers, st.sampled_from(["hi", "0", "1"]))
steps = st.one_of(
    writing,
    st.tuples(st.sampled_from(["write", "take"]), customers, operators),
    writing,
    st.tuples(st.just("time"), st.sampled_from([1, 25, 70, 4000, 100_000])),
    st.tuples(st.sampled_from(["write", "whisper", "take", "take over", "skip", "finish"]), customers, operators),
    st.tuples(st.sampled_from(["spam", "reopen", "leave", "line", "department"]), customers, operators),
    st.tuples(st.just("transfer"), customers, operators, operators),
    st.tuples(st.sampled_from(["bot", "rate"]), customers),
    st.tuples(st.sampled_from(["pause", "silent", "pin"]), customers, operators, st.booleans()),
)
kinds = st.fixed_dictionaries(
    {
        "distribution": st.sampled_from(["evenly", "strictly", "all"]),
        "max_sessions": st.sampled_from([0, 1]),
        "bot_s": st.sampled_from([0, 30]),
        "bot_leaves": st.sampled_from(["queue", "close"]),
        "offer_s": st.sampled_from([0, 20]),
        "no_answer_text": st.sampled_from(["", "wait"]),
        "closing_text": st.sampled_from(["", "bye"]),
        "asks_rating": st.booleans(),
        "has_bot": st.booleans(),
        "paused": st.integers(0, OPERATORS),
        "full_close_s": st.sampled_from([60, 600]),
    }
)


class Scene:
    """A line with its people in a database of its own."""

    def __init__(self, runner: asyncio.Runner, store: SqliteStore) -> None:
        self._runner = runner
        self._store = store
        self.now = 1_800_000_000_000

    def do(self, fn: Callable[..., Awaitable[Any]], *args: Any) -> Any:
        return self._runner.run(self._store.write(1, fn, *args))

    def set_up(self) -> None:
        self.operators, self.bot, self.department_id = self.do(_add_people)

    def open(self, given_settings: dict[str, Any]) -> None:
        self.line, self.clients = self.do(_open, self.operators, self.bot.id, given_settings)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with asyncio.Runner() as runner, pytest.MonkeyPatch.context() as patched:
        store = SqliteStore(tmp_path_factory.mktemp("lines") / "skvorets.db", lambda identity: identity)
        runner.run(store.start())
        made = Scene(runner, store)
        patched.setattr(clock, "now_ms", lambda: made.now)
        made.set_up()
        yield made
        runner.run(store.stop())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=kinds, history=st.lists(steps, min_size=3, max_size=25))
def test_no_history_leads_to_a_wrong_state(scene: Scene, kind: dict[str, Any], history: list[Step]) -> None:
    scene.open(kind)
    for step in history:
        scene.now += 10
        if step[0] == "time":
            scene.now += step[1] * 1000
            while scene.do(_fire_one):
                pass
        else:
            with suppress(CoreError):
                scene.do(_act, scene, step)
        for client_id in scene.clients:
            scene.do(_check, client_id, step)


async def _act(tx: Tx, scene: Scene, step: Step) -> None:
    what, client = step[0], await _client(tx, scene.clients[step[1]])
    if what == "client":
        await relay.client_writes(tx, client, ClientMessage(text=step[2]))
        return
    session = await line_sessions.newest_of_chat(tx, client.chat_id) if client.chat_id else None
    if session is None:
        return
    if what == "bot":
        await _write(tx, scene.bot, client.chat_id)
    elif what == "rate":
        await finishing.rate_session(tx, client, 3, "")
    else:
        await _OPERATORS_DO[what](tx, scene, scene.operators[step[2]], client, session, *step[3:])


async def _write(tx: Tx, person: Person, chat_id: int, *, hidden: bool = False) -> None:
    seat = await chats.seat_to_write(tx, person, Dialog(chat_id=chat_id))
    new = NewMessage(chat=seat.chat, author_id=person.id, actor_id=person.id, text="x", skips_connector=hidden)
    await post_message(tx, new)


async def _does_write(tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession) -> None:
    await _write(tx, person, client.chat_id)


async def _whisper(tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession) -> None:
    await _write(tx, person, client.chat_id, hidden=True)


async def _take(tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession) -> None:
    await queue.take_session(tx, person, session)


async def _take_over(tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession) -> None:
    await queue.take_session(tx, person, session, takes_over=True)


async def _skip(tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession) -> None:
    await queue.skip_session(tx, person, session)


async def _finish(tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession) -> None:
    await finishing.finish_session(tx, person, session)


async def _spam(tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession) -> None:
    await finishing.mark_spam(tx, person, session)


async def _reopen(tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession) -> None:
    await finishing.reopen_session(tx, person, client)


async def _leave(tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession) -> None:
    seat = await chats.seat_of_member(tx, person, Dialog(chat_id=client.chat_id))
    await members.leave_chat(tx, person, seat)


async def _to_line(tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession) -> None:
    await transfers.transfer_to_line(tx, person, session, scene.line.id)


async def _to_department(tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession) -> None:
    await transfers.transfer_to_department(tx, person, session, scene.department_id)


async def _to_person(
    tx: Tx, scene: Scene, person: Person, client: LineClient, session: LineSession, target: int
) -> None:
    await transfers.transfer_to_person(tx, person, session, scene.operators[target].id)


async def _pause(
    tx: Tx,
    scene: Scene,
    person: Person,
    client: LineClient,
    session: LineSession,
    is_on: bool,  # noqa: FBT001
) -> None:
    await queue.pause_operator(tx, person, scene.line.id, is_paused=is_on)


async def _silent(
    tx: Tx,
    scene: Scene,
    person: Person,
    client: LineClient,
    session: LineSession,
    is_on: bool,  # noqa: FBT001
) -> None:
    await modes.set_silent(tx, person, session, is_on=is_on)


async def _pin(
    tx: Tx,
    scene: Scene,
    person: Person,
    client: LineClient,
    session: LineSession,
    is_on: bool,  # noqa: FBT001
) -> None:
    await modes.set_pinned(tx, person, session, is_on=is_on)


_OPERATORS_DO: dict[str, Callable[..., Awaitable[None]]] = {
    "write": _does_write,
    "whisper": _whisper,
    "take": _take,
    "take over": _take_over,
    "skip": _skip,
    "finish": _finish,
    "spam": _spam,
    "reopen": _reopen,
    "leave": _leave,
    "line": _to_line,
    "department": _to_department,
    "transfer": _to_person,
    "pause": _pause,
    "silent": _silent,
    "pin": _pin,
}


async def _fire_one(tx: Tx) -> bool:
    due = await line_sessions.due_timers(tx, tx.now, 1)
    return bool(due) and await timers.fire(tx, due[0])


async def _check(tx: Tx, client_id: int, step: Step) -> None:
    client = await _client(tx, client_id)
    if not client.chat_id:
        return
    count = await tx.val("SELECT count(*) FROM line_sessions WHERE chat_id = $1 AND closed_at = 0", client.chat_id)
    session, chat = await line_sessions.newest_of_chat(tx, client.chat_id), await chat_rows.find(tx, client.chat_id)
    assert session is not None, step
    assert chat is not None, step
    assert count == int(session.is_open), step
    state = await _state(tx, session)
    seated = set(await member_rows.ids_of(tx, client.chat_id))
    assert client.person_id in seated, step
    assert chat.entity_data_1.split("|")[5] == str(session.id), step
    _check_people(session, seated - {client.person_id}, state[0], chat.owner_id)
    _check_time(session, *state)
    shown = await tx.rows("SELECT params FROM messages WHERE chat_id = $1", client.client_chat_id)
    assert not any("item-system" in (params or "") for (params,) in shown), step


async def _state(tx: Tx, session: LineSession) -> tuple[set[int], set[str]]:
    standing = {one.person_id for one in await line_sessions.offers_of(tx, session.id) if not one.ended_at}
    rows = await tx.rows("SELECT kind FROM line_timers WHERE session_id = $1", session.id)
    return standing, {row[0] for row in rows}


def _check_people(session: LineSession, seated: set[int], standing: set[int], owner_id: int) -> None:
    """Who is responsible owns the chat; those who serve or are asked sit in it; after the end nobody does."""
    bot_id = session.bot_id if has_bot_in_charge(session) else 0
    assert owner_id == ((session.operator_id or bot_id) if session.is_open else 0)
    assert {session.operator_id, session.bot_id} - {0} <= seated if session.is_open else not seated
    assert standing <= seated
    assert not standing or awaits_operator(session)


def _check_time(session: LineSession, standing: set[int], running: set[str]) -> None:
    """Nothing awaits a closed conversation; an open one that nobody has never lies forgotten."""
    assert session.is_open or not running
    assert not session.awaits_vote or session.status == CLOSING
    if session.status == CLOSING:
        assert running == {"full_close"}
        assert not standing
    elif awaits_operator(session):
        assert standing or "retry" in running
        assert not {"bot", "auto_close", "full_close"} & running
    elif session.operator_id:
        assert not {"bot", "offer", "retry", "full_close"} & running


async def _client(tx: Tx, client_id: int) -> LineClient:
    client = await line_clients.find(tx, client_id)
    assert client is not None
    return client


async def _add_people(tx: Tx) -> tuple[list[Person], Person, int]:
    found = [await people.add_person(tx, NewPerson(first_name=f"Op {number}")) for number in range(OPERATORS)]
    bot = await people.add_person(tx, NewPerson(first_name="Bot", kind="bot"))
    await bots.insert(tx, Bot(bot.id, 0, "bot", "line", 1, tx.now))
    department_id = await departments.insert(tx, "Everybody", 0)
    for one in found:
        await departments.add_person(tx, department_id, one.id)
    return found, bot, department_id


async def _open(tx: Tx, found: list[Person], bot_id: int, given_settings: dict[str, Any]) -> tuple[Line, list[int]]:
    await tx.do("DELETE FROM line_timers")
    plain = {name: value for name, value in given_settings.items() if name not in {"has_bot", "paused"}}
    chosen = line_settings.LineSettings(**plain, bot_id=bot_id if given_settings["has_bot"] else 0)
    count = await tx.val("SELECT count(*) FROM lines")
    line_id = await lines.insert(
        tx, Line(0, f"{count:032x}", "Line", "", "", 1, 0, 0, line_settings.encode(chosen), 0, tx.now, 0)
    )
    await lines.set_queue(tx, line_id, [QueueEntry(person_id=one.id) for one in found])
    for one in found[: given_settings["paused"]]:
        await lines.set_paused(tx, line_id, one.id, paused=True)
    line = await lines.find(tx, line_id)
    assert line is not None
    admitted = [await clients.admit_visitor(tx, line, Visitor(name=f"Visitor {number}")) for number in range(2)]
    return line, [one.client.id for one in admitted]
