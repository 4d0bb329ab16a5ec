"""``/api/admin/lines/{id}/answers``: canned answers that all operators of a line may use.

GET    /api/admin/lines/{id}/answers            everybody's, by title
POST   /api/admin/lines/{id}/answers            {"title": "…", "text": "…"}
PATCH  /api/admin/lines/{id}/answers/{answer}   title, text
DELETE /api/admin/lines/{id}/answers/{answer}
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import msgspec

from skvorets.core.lines import answers
from skvorets.core.lines.answers import MAX_TEXT, MAX_TITLE, NewAnswer
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.errors import AnswerNotFoundError
from skvorets.storage.database import Tx
from skvorets.storage.line_answers import Answer

Title: TypeAlias = Annotated[str, msgspec.Meta(max_length=MAX_TITLE)]
Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_TEXT)]


class SharedAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """A canned answer of everybody. Times are unix milliseconds."""

    id: int
    title: str
    text: str
    changed_at: int


class NewSharedAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """An answer to be kept."""

    text: Text
    title: Title = ""  # empty: the beginning of the text


class SharedAnswerPatch(msgspec.Struct, frozen=True, rename="camel"):
    """What shall be different; what is absent stays."""

    title: Title | None = None
    text: Text | None = None


@route("GET", "/api/admin/lines/{id}/answers", mode="read", is_for_admins=True)
async def list_shared_answers(tx: Tx, call: Call[Nothing]) -> list[SharedAnswer]:
    """List everybody's answers of a line, by title: two statements."""
    found = await answers.answers_of(tx, call.person, call.ids["id"])
    return [_shown(one) for one in found if not one.person_id and one.line_id]


@route("POST", "/api/admin/lines/{id}/answers", body=NewSharedAnswer, is_for_admins=True)
async def add_shared_answer(tx: Tx, call: Call[NewSharedAnswer]) -> SharedAnswer:
    """Keep an answer for everybody who serves the line."""
    new = NewAnswer(title=call.given.title, text=call.given.text, is_own=False)
    return _shown(await answers.add_answer(tx, call.person, call.ids["id"], new))


@route("PATCH", "/api/admin/lines/{id}/answers/{answer}", body=SharedAnswerPatch, is_for_admins=True)
async def change_shared_answer(tx: Tx, call: Call[SharedAnswerPatch]) -> SharedAnswer:
    """Change an answer."""
    answer_id = await _wanted(tx, call)
    given = call.given
    return _shown(await answers.change_answer(tx, call.person, answer_id, title=given.title, text=given.text))


@route("DELETE", "/api/admin/lines/{id}/answers/{answer}", is_for_admins=True)
async def remove_shared_answer(tx: Tx, call: Call[Nothing]) -> None:
    """Remove an answer."""
    await answers.remove_answer(tx, call.person, await _wanted(tx, call))


async def _wanted(tx: Tx, call: Call[Any]) -> int:
    answer = await answers.answer_to_change(tx, call.person, call.ids["answer"])
    if answer.person_id or answer.line_id != call.ids["id"]:
        raise AnswerNotFoundError
    return answer.id


def _shown(one: Answer) -> SharedAnswer:
    return SharedAnswer(one.id, one.title, one.text, one.changed_at)
