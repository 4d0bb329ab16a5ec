"""People of the portal who write to one of its own lines, through the bot that stands for it."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.lines import finishing, network_join
from skvorets.core.lines.network import passed_on
from skvorets.core.lines.network_join import LineAddress
from skvorets.storage import line_sessions
from skvorets.storage.database import Tx
from skvorets.storage.lines import Line
from support.lines import messages_of, session_of
from support.networks import change_line, dialog_texts, open_line, operators_chat, operators_texts
from support.world import World

CODE = "ab515f5d85a8b844d484f6ea75a2e494"


async def _joined(world: World, **given: Any) -> tuple[Line, int]:
    line = await open_line(world, [world.alice], **{"welcome_text": "Welcome!", **given})
    return line, await world.bob.call("imopenlines.network.join", CODE=line.code)


async def test_a_person_writes_and_the_operators_answer_reaches_him(world: World) -> None:
    line, bot_id = await _joined(world)
    first = await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Is anybody there?")
    chat_id = await operators_chat(world, line)
    assert await operators_texts(world, line) == ["Is anybody there?"]
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Yes, I am")
    texts = await dialog_texts(world, world.bob, bot_id)
    assert texts == [(bot_id, "Welcome!"), (world.bob.id, "Is anybody there?"), (bot_id, "Yes, I am")]
    assert first > 0


async def test_the_customer_is_a_guest_with_the_persons_name_and_not_the_person(world: World) -> None:
    line, bot_id = await _joined(world)
    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Hello")
    chat = await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{await operators_chat(world, line)}")
    users = await world.alice.call("im.dialog.users.list", DIALOG_ID=chat["dialog_id"])
    guest = next(one for one in users if one["connector"])
    assert guest["name"] == "Bob Ivanov"
    assert guest["id"] != world.bob.id
    assert chat["entity_id"].startswith(f"network|{line.id}|")


async def test_the_welcome_comes_once_and_not_again_with_the_first_message(world: World) -> None:
    _, bot_id = await _joined(world)
    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="One")
    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Two")
    texts = [text for _, text in await dialog_texts(world, world.bob, bot_id)]
    assert texts.count("Welcome!") == 1


async def test_changes_and_deletions_go_both_ways(world: World) -> None:
    line, bot_id = await _joined(world, welcome_text="")
    asked = await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Frist")
    chat_id = await operators_chat(world, line)
    answer = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Anser")
    await world.bob.call("im.message.update", MESSAGE_ID=asked, MESSAGE="First")
    await world.alice.call("im.message.update", MESSAGE_ID=answer, MESSAGE="Answer")
    assert await operators_texts(world, line) == ["First", "Answer"]
    assert [text for _, text in await dialog_texts(world, world.bob, bot_id)] == ["First", "Answer"]
    await world.bob.call("im.message.delete", MESSAGE_ID=asked)
    await world.alice.call("im.message.delete", MESSAGE_ID=answer)
    assert await operators_texts(world, line) == ["", ""]
    assert [text for _, text in await dialog_texts(world, world.bob, bot_id)] == ["", ""]


async def test_whispers_and_lines_of_the_system_stay_with_the_operators(world: World) -> None:
    line, bot_id = await _joined(world, welcome_text="")
    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Hello")
    chat_id = await operators_chat(world, line)
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="He again", SKIP_CONNECTOR="Y")
    assert [text for _, text in await dialog_texts(world, world.bob, bot_id)] == ["Hello"]
    everything = [one.text for one in await messages_of(world, chat_id)]
    assert "He again" in everything
    assert len(everything) > 2


async def test_reading_and_typing_are_shown_on_both_sides(world: World) -> None:
    line, bot_id = await _joined(world, welcome_text="")
    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Hello")
    chat_id = await operators_chat(world, line)
    answer = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Hi")
    await world.bob.call("im.dialog.writing", DIALOG_ID=bot_id)
    await world.alice.call("im.dialog.writing", DIALOG_ID=f"chat{chat_id}")
    typing = [(one.chat_id, one.actor_id) for one in await world.events("typing.started")]  # type: ignore[attr-defined]
    private_id = (await world.bob.call("im.dialog.messages.get", DIALOG_ID=bot_id))["chat_id"]
    assert chat_id in {one for one, _ in typing}
    assert (private_id, bot_id) in typing
    newest = (await messages_of(world, private_id))[-1].id
    await world.bob.call("im.dialog.read", DIALOG_ID=bot_id, MESSAGE_ID=newest)
    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Thanks")
    thanks = (await messages_of(world, chat_id))[-1].id
    await world.alice.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=thanks)
    reads = [(one.chat_id, one.message_id) for one in await world.events("dialog.read")]  # type: ignore[attr-defined]
    assert (chat_id, answer) in reads  # the guest has read the answer
    assert (private_id, (await messages_of(world, private_id))[-1].id) in reads  # the bot has read the thanks


async def test_a_line_that_is_switched_off_or_has_blocked_the_person_says_so(world: World) -> None:
    line, bot_id = await _joined(world, welcome_text="")
    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Hello")
    await world.unit(_spam, await operators_chat(world, line), world.alice.person)
    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="More")
    assert (await dialog_texts(world, world.bob, bot_id))[-1][1].startswith("Линия сейчас не принимает")
    assert await operators_texts(world, line) == ["Hello"]
    await world.unit(change_line, line.id, {"active": 0})
    await world.carol.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Hello")
    assert (await dialog_texts(world, world.carol, bot_id))[-1][0] == bot_id


async def test_a_rating_is_given_by_an_answer(world: World) -> None:
    line, bot_id = await _joined(world, welcome_text="", closing_text="Bye", asks_rating=True)
    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Hello")
    chat_id = await operators_chat(world, line)
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Hi")
    await world.unit(_finish, chat_id, world.alice.person)
    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="1")
    assert (await session_of(world, chat_id)).vote == 5
    assert "Bye" in [text for _, text in await dialog_texts(world, world.bob, bot_id)]


async def test_files_are_copied_to_the_other_side(world: World) -> None:
    line, bot_id = await _joined(world, welcome_text="")
    await world.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="A file comes")
    private_id = (await world.bob.call("im.dialog.messages.get", DIALOG_ID=bot_id))["chat_id"]
    chat_id = await operators_chat(world, line)
    for actor, place in ((world.bob, private_id), (world.alice, chat_id)):
        folder = await actor.call("im.disk.folder.get", CHAT_ID=place)
        name = f"of {actor.id}.txt"
        given = {"data": {"NAME": name}, "fileContent": [name, "aGVsbG8="]}
        sent = await actor.call("disk.folder.uploadfile", id=folder["ID"], **given)
        await actor.call("im.disk.file.commit", CHAT_ID=place, FILE_ID=sent["ID"])
    for place in (private_id, chat_id):
        with_files = [one for one in await messages_of(world, place) if one.read_params().get("FILE_ID")]
        assert len(with_files) == 2, place


def test_a_code_is_read_with_and_without_a_server() -> None:
    assert network_join.read_code(f" {CODE} ") == LineAddress(CODE, "")
    assert network_join.read_code(CODE.upper()) == LineAddress(CODE, "")
    assert network_join.read_code(f"{CODE}@https://Other.example/") == LineAddress(CODE, "https://other.example")
    assert network_join.read_code(f"{CODE}@http://127.0.0.1:8080") == LineAddress(CODE, "http://127.0.0.1:8080")


@pytest.mark.parametrize(
    "text",
    [
        *("", CODE[:-1], f"{CODE}2", f"{CODE}@", f"{CODE}@other.example", f"{CODE}@ftp://other.example"),
        *(f"{CODE}@https://a:b@other.example", f"{CODE}@https://other.example/path", f"{CODE}@https://[::1"),
        *(f"{CODE}@https://other.example:99999", f"{CODE}@https://", f"{CODE}@https://o.example?x=1"),
    ],
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert network_join.read_code(text) is None


def test_of_keyboards_only_links_go_over() -> None:
    link, command = {"TYPE": "BUTTON", "LINK": "https://a.example"}, {"TYPE": "BUTTON", "COMMAND": "x", "BOT_ID": 5}
    assert passed_on({"KEYBOARD": [command, link], "MENU": [link]}) == {"KEYBOARD": [link]}
    assert passed_on({"KEYBOARD": [command], "ATTACH": []}) == {"ATTACH": []}


async def _spam(tx: Tx, chat_id: int, actor: object) -> None:
    session = await line_sessions.newest_of_chat(tx, chat_id)
    assert session is not None
    await finishing.mark_spam(tx, actor, session)  # type: ignore[arg-type]


async def _finish(tx: Tx, chat_id: int, actor: object) -> None:
    session = await line_sessions.newest_of_chat(tx, chat_id)
    assert session is not None
    await finishing.finish_session(tx, actor, session)  # type: ignore[arg-type]
