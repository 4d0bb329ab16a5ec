"""Canned answers that all operators of a line may use, for administrators."""

from __future__ import annotations

import pytest

from skvorets.core.lines import answers
from skvorets.errors import AnswerNotFoundError, LineNotFoundError, NotAllowedError, TooLargeError
from support.administration import refuses_others
from support.browsers import RefusedError, browser_of
from support.lines import line_of
from support.queries import count_queries
from support.world import World


async def test_answers_are_kept_changed_and_removed(world: World) -> None:
    line = await line_of(world, [world.bob])
    path = f"/api/admin/lines/{line.id}/answers"
    async with browser_of(world, world.alice) as browser:
        hello = await browser.call("POST", path, {"title": " Hello ", "text": "Hello, {name}!\nHow are you? "})
        assert hello == {
            "id": hello["id"],
            "title": "Hello",
            "text": "Hello, {name}!\nHow are you?",
            "changedAt": hello["changedAt"],
        }
        bye = await browser.call("POST", path, {"text": "Bye,  see you\nsoon"})
        assert bye["title"] == "Bye, see you soon"
        with count_queries(world) as queries:
            assert await browser.get(path) == [bye, hello]
        assert queries.count == 4  # two for the session
        changed = await browser.call("PATCH", f"{path}/{hello['id']}", {"text": "Hi"})
        assert (changed["title"], changed["text"]) == ("Hello", "Hi")
        assert await browser.call("DELETE", f"{path}/{bye['id']}") is None
        assert await browser.get(path) == [changed]


async def test_people_have_answers_of_their_own(world: World) -> None:
    line = await line_of(world, [world.bob, world.carol])
    path = f"/api/admin/lines/{line.id}/answers"
    add = answers.add_answer
    mine = await world.unit(add, world.bob.person, line.id, answers.NewAnswer(title="Mine", text="My own"))
    async with browser_of(world, world.alice) as browser:
        shared = await browser.call("POST", path, {"text": "Shared"})
        assert await browser.get(path) == [shared]
        for verb in ("PATCH", "DELETE"):
            with pytest.raises(RefusedError, match=r"^404 "):
                await browser.call(verb, f"{path}/{mine.id}", {"text": "x"})
    seen = {
        one.person.first_name: [found.text for found in await world.unit(answers.answers_of, one.person, line.id)]
        for one in (world.bob, world.carol)
    }
    assert seen == {"Bob": ["My own", "Shared"], "Carol": ["Shared"]}
    for one in (world.stranger, world.outsider):
        with pytest.raises(LineNotFoundError):
            await world.unit(answers.answers_of, one.person, line.id)
        with pytest.raises(LineNotFoundError):
            await world.unit(add, one.person, line.id, answers.NewAnswer(text="x"))
    with pytest.raises(NotAllowedError):
        await world.unit(add, world.bob.person, line.id, answers.NewAnswer(text="x", is_own=False))
    for one, wanted in ((world.carol, mine.id), (world.alice, mine.id), (world.bob, shared["id"])):
        with pytest.raises(AnswerNotFoundError):
            await world.unit(answers.remove_answer, one.person, wanted)
    await world.unit(answers.remove_answer, world.bob.person, mine.id)


async def test_an_answer_of_another_line_is_not_found(world: World) -> None:
    first, second = await line_of(world), await line_of(world)
    async with browser_of(world, world.alice) as browser:
        answer = await browser.call("POST", f"/api/admin/lines/{first.id}/answers", {"text": "x"})
        for verb in ("PATCH", "DELETE"):
            with pytest.raises(RefusedError, match=r"^404 "):
                await browser.call(verb, f"/api/admin/lines/{second.id}/answers/{answer['id']}", {"text": "y"})
        with pytest.raises(RefusedError, match=r"^404 "):
            await browser.call("POST", "/api/admin/lines/777/answers", {"text": "x"})


async def test_there_is_a_number_that_is_enough(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MAX_OWN", 1)
    line = await line_of(world, [world.bob])
    await world.unit(answers.add_answer, world.bob.person, line.id, answers.NewAnswer(text="x"))
    with pytest.raises(TooLargeError):
        await world.unit(answers.add_answer, world.bob.person, line.id, answers.NewAnswer(text="y"))


@pytest.mark.parametrize(
    "given", [{}, {"text": ""}, {"text": "  "}, {"text": 5}, {"text": "x" * 4001}, {"text": "x", "title": "x" * 101}]
)
async def test_bad_answers_are_not_kept(world: World, given: dict[str, object]) -> None:
    line = await line_of(world)
    async with browser_of(world, world.alice) as browser:
        with pytest.raises(RefusedError, match=r"^400 "):
            await browser.call("POST", f"/api/admin/lines/{line.id}/answers", given)
        assert await browser.get(f"/api/admin/lines/{line.id}/answers") == []


async def test_only_administrators_may(world: World) -> None:
    for verb, path in (("GET", ""), ("POST", ""), ("PATCH", "/1"), ("DELETE", "/1")):
        await refuses_others(world, verb, f"/api/admin/lines/1/answers{path}", {"text": "x"})
