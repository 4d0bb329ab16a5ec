"""Open lines with something to look at: a queue, a bot, canned answers, conversations of many days."""

from __future__ import annotations

import random
from typing import Any

from skvorets.core.lines import answers, lines
from skvorets.core.lines.answers import NewAnswer
from skvorets.core.lines.lines import LineChange, NewLine
from skvorets.core.lines.settings import LineSettings, WidgetLooks, WorkingHours
from skvorets.storage import line_sessions
from skvorets.storage.database import Tx
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.lines import QueueEntry
from support.world import World

_DAY_MS = 24 * 3600 * 1000
_ANSWERS = (
    ("Доставка", "{name}, мы доставляем по городу за один день, по области — за три."),
    (
        "Возврат",
        "Товар можно вернуть в течение 14 дней.\nПонадобятся чек и упаковка, " + "очень подробные сведения " * 20,
    ),
    ("", "Спасибо, всё получилось!"),
)


async def open_lines(world: World, department_id: int) -> int:
    """Make lines; id of the one that is in use."""
    application = await world.install(name="Меню поддержки")
    bot_id: int = await (await world.alice.through(application)).call(
        "imbot.register",
        CODE="menu",
        TYPE="O",
        OPENLINE="Y",
        EVENT_HANDLER="https://example.com/",
        PROPERTIES={"NAME": "Консультант"},
    )
    settings = LineSettings(
        welcome_text="Здравствуйте! Чем мы можем помочь? Напишите, и ответит первый свободный сотрудник.",
        closing_text="Спасибо за обращение!",
        bot_id=bot_id,
        distribution="evenly",
        working_hours=WorkingHours(is_on=True, holidays=["2027-01-01", "2027-05-09"], away_text="Мы вернёмся утром."),
        widget=WidgetLooks(color="#17703a", title="Магазин «Скворечник»", sites=["https://shop.example"]),
    )
    new = NewLine(name="Поддержка", description="Отвечаем за пять минут", settings=settings, networked=True)
    line = await world.unit(lines.create_line, world.alice.person, new)
    queue = [QueueEntry(world.alice.id), QueueEntry(0, department_id), QueueEntry(world.bob.id)]
    await world.unit(lines.change_line, world.alice.person, line.id, LineChange(queue=queue))
    for title, text in _ANSWERS:
        answer = NewAnswer(title=title, text=text, is_own=False)
        await world.unit(answers.add_answer, world.alice.person, line.id, answer)
    await world.unit(_talk, line.id)
    sales = NewLine(name="Продажи: " + "очень длинное название " * 3)
    await world.unit(lines.create_line, world.alice.person, sales)
    closed = NewLine(name="Старая линия", active=False, queue=[])
    await world.unit(lines.create_line, world.alice.person, closed)
    return int(line.id)


async def _talk(tx: Tx, line_id: int) -> None:
    """Store what became of conversations of the last weeks, as it would have been counted."""
    chance = random.Random(7)
    today = tx.now // _DAY_MS * _DAY_MS
    for day in range(40):
        for _ in range(chance.randint(0, 14) if day % 7 < 5 else 0):
            at = today - day * _DAY_MS + chance.randint(0, _DAY_MS // 3)
            await _add(tx, line_id, at, chance.choice(_ENDS)(at, chance.randint(5, 900) * 1000))
    await _add(tx, line_id, tx.now - 60_000, {"queued_at": tx.now - 50_000, "status": 5})
    await _add(tx, line_id, tx.now - 90_000, {"queued_at": tx.now - 80_000, "operator_id": 1, "status": 40})


def _answered(at: int, wait_ms: int) -> dict[str, Any]:
    done = at + wait_ms
    return {
        "queued_at": at,
        "operator_id": 1,
        "answered_at": done,
        "operator_messages": 3,
        "closed_at": done + 1,
        "vote": wait_ms % 6,
    }


def _by_bot(at: int, _wait_ms: int) -> dict[str, Any]:
    return {"bot_messages": 4, "closed_at": at + 1000}


def _lost(at: int, wait_ms: int) -> dict[str, Any]:
    return {"queued_at": at, "closed_at": at + wait_ms}


_ENDS = (_answered, _answered, _answered, _by_bot, _by_bot, _lost)


async def _add(tx: Tx, line_id: int, at: int, given: dict[str, Any]) -> None:
    row = {"status": 60, "operator_id": 0, "bot_id": 0, "first_bot_id": 0, **given}
    session = LineSession(id=0, line_id=line_id, first_line_id=line_id, client_id=0, chat_id=0, started_at=at, **row)
    await line_sessions.insert(tx, session)
