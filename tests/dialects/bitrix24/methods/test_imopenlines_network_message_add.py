"""``imopenlines.network.message.add``, see spec ``bitrix24-openlines.md`` §4.3."""

from __future__ import annotations

from typing import Any

import pytest

from support.lines import messages_of
from support.networks import dialog_texts, open_line, operators_chat
from support.world import World

METHOD = "imopenlines.network.message.add"
LINK = {"TEXT": "Site", "LINK": "https://example.com/"}
COMMAND = {"TEXT": "Do", "COMMAND": "do", "BOT_ID": 1}


async def _joined(world: World) -> tuple[str, int]:
    line = await open_line(world, [world.alice], welcome_text="Welcome!")
    return line.code, await world.alice.call("imopenlines.network.join", CODE=line.code)


async def test_the_person_gets_it_from_the_line(world: World) -> None:
    code, bot_id = await _joined(world)
    assert await world.alice.call(METHOD, CODE=code, USER_ID=world.bob.id, MESSAGE=" Thank you! ") is True
    assert await dialog_texts(world, world.bob, bot_id) == [(bot_id, "Thank you!")]
    shown = await world.bob.call("im.dialog.messages.get", DIALOG_ID=bot_id)
    assert shown["messages"][0]["params"]["IMOL_QUOTE_MSG"] == "Y"


async def test_it_is_quoted_once_when_the_person_answers(world: World) -> None:
    line = await open_line(world, [world.alice], welcome_text="")
    bot_id = await world.alice.call("imopenlines.network.join", CODE=line.code)
    await world.alice.call(METHOD, CODE=line.code, USER_ID=world.bob.id, MESSAGE="Thank you!")
    for text in ("What for?", "Tell me"):
        await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE=text)
    quotes = [one for one in await messages_of(world, await operators_chat(world, line)) if "Thank you!" in one.text]
    assert [one.author_id for one in quotes] == [0]


async def test_content_is_kept_and_links_are_the_only_buttons(world: World) -> None:
    code, bot_id = await _joined(world)
    given = {"ATTACH": [{"MESSAGE": "More"}], "KEYBOARD": [LINK], "URL_PREVIEW": "N"}
    assert await world.alice.call(METHOD, CODE=code, USER_ID=world.bob.id, MESSAGE="Look", **given) is True
    params = (await world.bob.call("im.dialog.messages.get", DIALOG_ID=bot_id))["messages"][0]["params"]
    assert params["KEYBOARD"][0]["LINK"] == LINK["LINK"]
    assert params["ATTACH"][0]["BLOCKS"][0]["MESSAGE"] == "More"


@pytest.mark.parametrize("keyboard", [[COMMAND], [LINK, COMMAND], [{"TEXT": "x"}], "nonsense"])
async def test_other_buttons_are_refused_and_nothing_is_written(world: World, keyboard: Any) -> None:
    code, bot_id = await _joined(world)
    given = {"CODE": code, "USER_ID": world.bob.id, "MESSAGE": "Look", "KEYBOARD": keyboard}
    assert await world.alice.refused(METHOD, **given) == (400, "KEYBOARD_ERROR")
    assert await dialog_texts(world, world.bob, bot_id) == []


async def test_one_message_a_week_and_person(world: World) -> None:
    code, bot_id = await _joined(world)
    await world.alice.call(METHOD, CODE=code, USER_ID=world.bob.id, MESSAGE="One")
    assert await world.alice.refused(METHOD, CODE=code, USER_ID=world.bob.id, MESSAGE="Two") == (
        400,
        "USER_MESSAGE_LIMIT",
    )
    assert await world.alice.call(METHOD, CODE=code, USER_ID=world.carol.id, MESSAGE="One") is True
    await world.unit(_make_older, 7 * 24 * 3600 * 1000)
    assert await world.alice.call(METHOD, CODE=code, USER_ID=world.bob.id, MESSAGE="Two") is True
    assert [text for _, text in await dialog_texts(world, world.bob, bot_id)] == ["One", "Two"]


async def test_the_errors_come_in_the_documented_order(world: World) -> None:
    code, _ = await _joined(world)
    await world.alice.call(METHOD, CODE=code, USER_ID=world.bob.id, MESSAGE="One")
    bad: dict[str, Any] = {"CODE": "x", "MESSAGE": " ", "ATTACH": [{"X": 1}], "USER_ID": 0}
    assert await world.alice.refused(METHOD, **bad) == (400, "CODE")
    assert await world.alice.refused(METHOD, **{**bad, "CODE": "0" * 32}) == (400, "NOT_FOUND")
    assert await world.alice.refused(METHOD, **{**bad, "CODE": code}) == (400, "USER_ID_EMPTY")
    limited = {**bad, "CODE": code, "USER_ID": world.bob.id}
    assert await world.alice.refused(METHOD, **limited) == (400, "USER_MESSAGE_LIMIT")
    empty = {**bad, "CODE": code, "USER_ID": world.carol.id}
    assert await world.alice.refused(METHOD, **empty) == (400, "MESSAGE_EMPTY")
    assert await world.alice.refused(METHOD, **{**empty, "MESSAGE": "x"}) == (400, "ATTACH_ERROR")


async def test_who_cannot_be_written_to_gets_nothing(world: World) -> None:
    code, bot_id = await _joined(world)
    for person_id in (999_999, bot_id, world.outsider.id, 2**62):
        given = {"CODE": code, "USER_ID": person_id, "MESSAGE": "Hello"}
        assert await world.alice.refused(METHOD, **given) == (400, "WRONG_REQUEST"), person_id


async def test_strangers_write_to_nobody_whom_they_do_not_see(world: World) -> None:
    code, bot_id = await _joined(world)
    given = {"CODE": code, "USER_ID": world.bob.id, "MESSAGE": "Hello"}
    assert await world.outsider.refused(METHOD, **given) == (400, "WRONG_REQUEST")
    assert await dialog_texts(world, world.bob, bot_id) == []


async def _make_older(tx: Any, by_ms: int) -> None:
    await tx.do("UPDATE network_dialogs SET told_at = told_at - $1 WHERE told_at > 0", by_ms)
