"""``im.disk.file.commit``: one message with files, own uploads and copies, who may publish what, wrong lists."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events import MessageAdded
from support.chats import left_chat
from support.files import newest, send_file, shown_files, upload
from support.world import Actor, World

LISTS = ["UPLOAD_ID", "DISK_ID", "FILE_ID"]


async def commit(actor: Actor, chat_id: int, **params: Any) -> Any:
    return await actor.call("im.disk.file.commit", CHAT_ID=chat_id, **params)


async def test_an_upload_is_published_as_one_message(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await upload(world.alice, chat_id)
    answer = await world.alice.ask("im.disk.file.commit", CHAT_ID=chat_id, UPLOAD_ID=file_id, MESSAGE="[B]look[/B]")
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    message = await newest(world.bob, chat_id)
    assert (message["author_id"], message["text"]) == (world.alice.id, "[B]look[/B]")
    assert message["params"] == {"FILE_ID": [file_id]}
    event = (await world.events("message.added"))[-1]
    assert isinstance(event, MessageAdded)
    assert (event.id, event.params, event.skips_connector) == (message["id"], {"FILE_ID": [file_id]}, False)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("form", ["number", "list", "text", "json", "map"])
async def test_files_are_named_in_every_way(world: World, name: str, form: str) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    ids = [await upload(world.alice, chat_id) for _ in range(1 if form in {"number", "text"} else 2)]
    value = {"number": ids[0], "list": ids, "text": str(ids[0]), "json": str(ids), "map": {"0": ids[0], "1": ids[-1]}}
    await commit(world.alice, chat_id, **{name: value[form]})
    assert (await newest(world.bob, chat_id))["params"] == {"FILE_ID": ids}


async def test_of_several_lists_the_first_counts(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    one, two = [await upload(world.alice, chat_id) for _ in range(2)]
    await commit(world.alice, chat_id, UPLOAD_ID=one, DISK_ID=two)
    assert (await newest(world.bob, chat_id))["params"] == {"FILE_ID": [one]}


async def test_a_file_of_elsewhere_is_copied(world: World) -> None:
    first, second = await world.chat(world.alice, world.bob), await world.chat(world.bob, world.carol)
    file_id = await send_file(world.alice, first, "report.txt", b"figures")
    await commit(world.bob, second, DISK_ID=file_id)
    [copy] = await shown_files(world.carol, second)
    assert copy["id"] != file_id
    assert (copy["name"], copy["size"], copy["authorId"], copy["chatId"]) == ("report.txt", 7, world.bob.id, second)
    # Neither lives of the other.
    assert await world.bob.call("im.disk.file.delete", CHAT_ID=second, DISK_ID=copy["id"]) is True
    assert [one["id"] for one in await shown_files(world.bob, first)] == [file_id]


async def test_what_a_message_shows_already_is_copied_too(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id, "a.txt")
    await commit(world.alice, chat_id, UPLOAD_ID=file_id)
    assert [one["name"] for one in await shown_files(world.bob, chat_id)] == ["a.txt", "a (1).txt"]


async def test_saved_files_are_published_again(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    saved = await world.bob.call("im.disk.file.save", DISK_ID=await send_file(world.alice, chat_id))
    await commit(world.bob, chat_id, DISK_ID=saved["file"]["id"])
    assert len(await shown_files(world.alice, chat_id)) == 2
    assert await world.alice.refused("im.disk.file.commit", CHAT_ID=chat_id, DISK_ID=saved["file"]["id"]) == (
        400,
        "SAVE_ERROR",
    )


async def test_the_dialog_of_two_people_may_be_named(world: World) -> None:
    folder = await world.alice.call("im.disk.folder.get", DIALOG_ID=world.bob.id)
    file = await world.alice.call(
        "disk.folder.uploadfile", id=folder["ID"], data={"NAME": "a"}, fileContent=["a", "YQ=="]
    )
    await world.alice.call("im.disk.file.commit", DIALOG_ID=world.bob.id, UPLOAD_ID=file["ID"])
    page = await world.bob.call("im.dialog.messages.get", DIALOG_ID=world.alice.id)
    assert page["messages"][0]["params"] == {"FILE_ID": [file["ID"]]}


async def test_writing_joins_an_open_chat(world: World) -> None:
    chat_id = await world.chat(world.alice, TYPE="OPEN")
    await send_file(world.stranger, chat_id)
    assert world.stranger.id in await world.alice.call("im.chat.user.list", CHAT_ID=chat_id)
    assert len(await shown_files(world.alice, chat_id)) == 1


async def test_the_silent_mode_keeps_it_from_the_client_of_a_line(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await commit(world.alice, chat_id, UPLOAD_ID=await upload(world.alice, chat_id), SILENT_MODE="Y")
    event = (await world.events("message.added"))[-1]
    assert isinstance(event, MessageAdded)
    assert event.skips_connector is True


async def test_a_repeated_call_is_answered_and_not_repeated(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await upload(world.alice, chat_id)
    for _ in range(2):
        assert await commit(world.alice, chat_id, UPLOAD_ID=file_id, TEMPLATE_ID="mine") is True
    assert [one["id"] for one in await shown_files(world.bob, chat_id)] == [file_id]
    assert (await newest(world.bob, chat_id))["uuid"] == "mine"


async def test_nobody_publishes_what_he_may_not_read(world: World) -> None:
    others = await world.chat(world.alice, world.bob)
    secret, upload_of_bob = await send_file(world.alice, others), await upload(world.bob, others)
    own = await world.chat(world.stranger, world.carol)
    for file_id in (secret, upload_of_bob, 999_999):
        for name in LISTS:
            answer = await world.stranger.ask("im.disk.file.commit", CHAT_ID=own, **{name: file_id})
            assert answer.refusal == (400, "SAVE_ERROR")
            assert answer.body["error_description"] == "Error during saving file to chat"
    # An upload is its author's until he publishes it.
    assert await world.alice.refused("im.disk.file.commit", CHAT_ID=others, UPLOAD_ID=upload_of_bob) == (
        400,
        "SAVE_ERROR",
    )
    assert await shown_files(world.stranger, own) == []


async def test_of_several_files_unreadable_ones_are_left_out(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await upload(world.alice, chat_id)
    folder = (await world.alice.call("im.disk.folder.get", CHAT_ID=chat_id))["ID"]
    await commit(world.alice, chat_id, UPLOAD_ID=[999_999, file_id, folder, file_id, 0, -1])
    assert (await newest(world.bob, chat_id))["params"] == {"FILE_ID": [file_id]}


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    own = await world.chat(world.bob, world.carol)
    file_id = await upload(world.bob, own)
    before = len(await world.events())
    unknown = await world.bob.ask("im.disk.file.commit", CHAT_ID=999_999, UPLOAD_ID=file_id)
    assert unknown.refusal == (403, "ACCESS_ERROR")
    for actor in (world.bob, world.stranger, world.outsider):
        answer = await actor.ask("im.disk.file.commit", CHAT_ID=chat_id, UPLOAD_ID=file_id)
        assert answer.body == unknown.body
    assert len(await world.events()) == before


@pytest.mark.parametrize("value", [None, "", 0, -5, "x", [], [0], ["x"], [[1]], {"a": {"b": 1}}, list(range(1, 102))])
@pytest.mark.parametrize("name", LISTS)
async def test_wrong_lists_are_refused(world: World, name: str, value: object) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.alice.ask("im.disk.file.commit", CHAT_ID=chat_id, MESSAGE="x", **{name: value})
    assert answer.refusal == (400, "FILES_ERROR")
    assert (await newest(world.alice, chat_id))["params"] != {"FILE_ID": []}


@pytest.mark.parametrize("value", [None, 0, -1, "", "x", "chat1", [1], {"a": 1}])
async def test_wrong_chats_are_refused(world: World, value: object) -> None:
    assert await world.alice.refused("im.disk.file.commit", CHAT_ID=value, UPLOAD_ID=1) == (400, "CHAT_ID_EMPTY")
