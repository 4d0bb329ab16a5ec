"""Canned answers: texts that operators use again and again.

Everybody's answers of a line are kept by administrators, own ones by each operator. ``{name}`` in a text stands for
the customer's name: whoever inserts it puts that in.
"""

from __future__ import annotations

from typing import Final

import msgspec

from skvorets.errors import (
    AnswerNotFoundError,
    EmptyTitleError,
    LineNotFoundError,
    NotAllowedError,
    TooLargeError,
)
from skvorets.storage import line_answers, lines
from skvorets.storage.database import Tx
from skvorets.storage.line_answers import Answer
from skvorets.storage.people import Person

# Characters.
MAX_TITLE: Final = 100
MAX_TEXT: Final = 4000
# Everybody's answers of a line; own ones of a person in a line.
MAX_SHARED: Final = 500
MAX_OWN: Final = 200


class NewAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to be kept."""

    title: str = ""  # empty: the beginning of the text
    text: str
    is_own: bool = True  # only for who keeps it; otherwise everybody's


async def answers_of(tx: Tx, person: Person, line_id: int) -> list[Answer]:
    """Give the answers that a person may use in a line, by title. Raises LineNotFoundError (also for strangers)."""
    await _require_server(tx, person, line_id)
    return await line_answers.of_line(tx, line_id, person.id)


async def add_answer(tx: Tx, person: Person, line_id: int, new: NewAnswer) -> Answer:
    """Keep an answer.

    Raises LineNotFoundError (also for strangers), NotAllowedError (everybody's, by no administrator), EmptyTitleError,
    TooLargeError (a text, or too many).
    """
    await _require_server(tx, person, line_id)
    if not new.is_own and not person.admin:
        raise NotAllowedError
    owner_id = person.id if new.is_own else 0
    title, text = _clean(new.title, new.text)
    if await line_answers.count(tx, line_id, owner_id) >= (MAX_OWN if new.is_own else MAX_SHARED):
        raise TooLargeError
    answer = Answer(0, line_id, owner_id, title, text, tx.now)
    return msgspec.structs.replace(answer, id=await line_answers.insert(tx, answer))


async def change_answer(
    tx: Tx, person: Person, answer_id: int, *, title: str | None = None, text: str | None = None
) -> Answer:
    """Change an answer. Raises AnswerNotFoundError (also for those of others), EmptyTitleError, TooLargeError."""
    answer = await answer_to_change(tx, person, answer_id)
    wanted_title = answer.title if title is None else title
    wanted_title, wanted_text = _clean(wanted_title, answer.text if text is None else text)
    await line_answers.change(tx, answer.id, title=wanted_title, text=wanted_text, changed_at=tx.now)
    return msgspec.structs.replace(answer, title=wanted_title, text=wanted_text, changed_at=tx.now)


async def remove_answer(tx: Tx, person: Person, answer_id: int) -> None:
    """Remove an answer. Raises AnswerNotFoundError (also for those of others)."""
    answer = await answer_to_change(tx, person, answer_id)
    await line_answers.delete(tx, answer.id)


async def answer_to_change(tx: Tx, person: Person, answer_id: int) -> Answer:
    """Give an answer to one who may change it: his own, or everybody's to administrators."""
    answer = await line_answers.find(tx, answer_id)
    if answer is None or (answer.person_id != person.id and (answer.person_id or not person.admin)):
        raise AnswerNotFoundError
    return answer


async def _require_server(tx: Tx, person: Person, line_id: int) -> None:
    line = await lines.find(tx, line_id)
    if line is None or line.deleted_at:
        raise LineNotFoundError
    if not person.admin and not any(one.person_id == person.id for one in await lines.operators_of(tx, line_id)):
        raise LineNotFoundError


def _clean(title: str, text: str) -> tuple[str, str]:
    text = text.replace("\0", "").strip()
    title = " ".join(title.replace("\0", "").split()) or " ".join(text.split())[:MAX_TITLE]
    if not text:
        raise EmptyTitleError
    if len(title) > MAX_TITLE or len(text) > MAX_TEXT:
        raise TooLargeError
    return title, text
