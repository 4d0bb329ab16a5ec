"""``/api/lines/{id}/answers``: texts that operators of a line use again and again.

GET    /api/lines/{id}/answers              everybody's and one's own, by title
POST   /api/lines/{id}/answers              {title, text, isOwn}   everybody's: for administrators
PATCH  /api/lines/{id}/answers/{answerId}   {title, text}   what is absent stays
DELETE /api/lines/{id}/answers/{answerId}

``{name}`` in a text stands for the customer's name. Lines that one does not serve, and answers that one may not change,
answer 404 not_found; a text that is empty 400 empty_title, one that is too long or too many 400 refused.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from skvorets.core.lines import answers
from skvorets.core.lines.answers import MAX_TEXT, MAX_TITLE, NewAnswer
from skvorets.dialects.native.registry import Call, Nothing, lock_of_person, route
from skvorets.errors import AnswerNotFoundError
from skvorets.storage.database import Tx
from skvorets.storage.line_answers import Answer

_Title = Annotated[str, msgspec.Meta(max_length=MAX_TITLE)]
_Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]


class AnswerView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A canned answer."""

    id: int
    title: str
    text: str  # {name} = the customer's name
    is_own: bool  # only the reader has it; otherwise everybody who serves the line
    can_edit: bool


class AnswerList(msgspec.Struct, frozen=True):
    """Canned answers."""

    answers: list[AnswerView]  # by title


class AnswerBody(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """An answer to be kept."""

    text: _Text
    title: _Title = ""  # empty: the beginning of the text
    is_own: bool = True


class AnswerChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be changed; what is absent stays."""

    title: _Title | None = None
    text: _Text | None = None


@route("GET", "/api/lines/{id}/answers", mode="read")
async def list_answers(tx: Tx, call: Call[Nothing]) -> AnswerList:
    """List the answers that the person may use: three statements."""
    found = await answers.answers_of(tx, call.person, call.ids["id"])
    return AnswerList([_view(call, one) for one in found])


@route("POST", "/api/lines/{id}/answers", body=AnswerBody, lock=lock_of_person)
async def add_answer(tx: Tx, call: Call[AnswerBody]) -> AnswerView:
    """Keep an answer."""
    given = call.given
    new = NewAnswer(title=given.title, text=given.text, is_own=given.is_own)
    return _view(call, await answers.add_answer(tx, call.person, call.ids["id"], new))


@route("PATCH", "/api/lines/{id}/answers/{answerId}", body=AnswerChange, lock=lock_of_person)
async def change_answer(tx: Tx, call: Call[AnswerChange]) -> AnswerView:
    """Change an answer."""
    answer_id = await _of_line(tx, call)
    changed = await answers.change_answer(tx, call.person, answer_id, title=call.given.title, text=call.given.text)
    return _view(call, changed)


@route("DELETE", "/api/lines/{id}/answers/{answerId}", lock=lock_of_person)
async def remove_answer(tx: Tx, call: Call[Nothing]) -> None:
    """Remove an answer."""
    await answers.remove_answer(tx, call.person, await _of_line(tx, call))


async def _of_line(tx: Tx, call: Call[Any]) -> int:
    answer = await answers.answer_to_change(tx, call.person, call.ids["answerId"])
    if answer.line_id not in {call.ids["id"], 0}:
        raise AnswerNotFoundError
    return answer.id


def _view(call: Call[Any], one: Answer) -> AnswerView:
    person = call.person
    can_edit = one.person_id == person.id or (one.person_id == 0 and bool(person.admin))
    return AnswerView(id=one.id, title=one.title, text=one.text, is_own=one.person_id != 0, can_edit=can_edit)
