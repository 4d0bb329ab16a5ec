"""``im.chat.add``: the documented reply, each documented error, who becomes a member, what is said, bad input."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.events import MembersJoined, MessageAdded
from skvorets.storage.database import Tx
from support.chats import dismiss, general_chat_id
from support.pictures import base64_of, picture, png, size_in
from support.world import World


async def last_message(world: World, chat_id: int) -> Any:
    page = await world.alice.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    return page["messages"][0]


async def dialog(world: World, chat_id: int) -> Any:
    return await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}")


async def test_the_reply_is_the_id_of_a_closed_chat_with_the_creator_as_owner(world: World) -> None:
    answer = await world.alice.ask("im.chat.add", USERS=[world.bob.id], TITLE="Отдел", COLOR="pink", DESCRIPTION="d")
    assert isinstance(answer.result, int)
    assert set(answer.body) == {"result", "time"}
    view = await dialog(world, answer.result)
    assert (view["title"], view["type"], view["owner"], view["color"]) == (
        "Отдел",
        "chat",
        str(world.alice.id),
        "#f76187",
    )
    assert (view["description"], view["user_counter"], view["extranet"]) == ("d", 2, False)
    assert await world.alice.call("im.chat.user.list", CHAT_ID=answer.result) == [world.alice.id, world.bob.id]


async def test_joining_is_recorded_and_said_by_the_system(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    joined = [one for one in await world.events("members.joined") if isinstance(one, MembersJoined)][-1]
    assert (joined.chat_id, joined.person_ids) == (chat_id, [world.alice.id, world.bob.id])
    said = [one for one in await world.events("message.added") if isinstance(one, MessageAdded)][-1]
    assert (said.chat_id, said.author_id) == (chat_id, 0)
    assert said.params == {"CLASS": "bx-messenger-content-item-system", "CODE": "CHAT_JOIN"}
    name = f"[USER={world.bob.id}]Bob Ivanov[/USER]"
    assert said.text == f"[USER={world.alice.id}]Alice Petrova[/USER] пригласила в чат {name}"


async def test_the_first_message_is_the_creators(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, MESSAGE="Добро пожаловать")
    message = await last_message(world, chat_id)
    assert (message["author_id"], message["text"]) == (world.alice.id, "Добро пожаловать")


async def test_a_chat_without_title_gets_one_that_counts_by_colour(world: World) -> None:
    titles = [
        (await dialog(world, await world.alice.call("im.chat.add", USERS=[world.bob.id], COLOR="MINT")))["title"]
        for _ in range(2)
    ]
    assert titles == ["Мятный чат №1", "Мятный чат №2"]


async def test_an_open_chat_is_told_of_in_the_general_chat(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, TYPE="OPEN")
    assert (await dialog(world, chat_id))["message_type"] == "O"
    said = (await last_message(world, await general_chat_id(world)))["text"]
    assert f"[CHAT={chat_id}]Test[/CHAT]" in said


async def test_unknown_and_dismissed_people_are_skipped(world: World) -> None:
    await dismiss(world, world.carol)
    chat_id = await world.alice.call("im.chat.add", USERS=[world.carol.id, 999_999, -1, 0, "x", world.bob.id])
    assert await world.alice.call("im.chat.user.list", CHAT_ID=chat_id) == [world.alice.id, world.bob.id]


async def test_another_owner_becomes_a_member(world: World) -> None:
    chat_id = await world.alice.call("im.chat.add", USERS=[world.bob.id], OWNER_ID=world.carol.id)
    assert (await dialog(world, chat_id))["owner"] == str(world.carol.id)
    assert world.carol.id in await world.alice.call("im.chat.user.list", CHAT_ID=chat_id)


async def test_an_owner_who_cannot_be_leaves_the_chat_to_its_creator(world: World) -> None:
    await dismiss(world, world.carol)
    chat_id = await world.alice.call("im.chat.add", USERS=[world.bob.id], OWNER_ID=world.carol.id)
    assert (await dialog(world, chat_id))["owner"] == str(world.alice.id)


async def test_somebody_from_outside_opens_no_open_chats_and_brings_nobody_he_cannot_see(world: World) -> None:
    await world.chat(world.alice, world.outsider)
    chat_id = await world.outsider.call("im.chat.add", USERS=[world.alice.id, world.bob.id], TYPE="OPEN")
    assert await world.outsider.call("im.chat.user.list", CHAT_ID=chat_id) == [world.alice.id, world.outsider.id]
    view = await dialog(world, chat_id)
    assert (view["type"], view["extranet"]) == ("chat", True)


async def test_a_picture_is_kept_and_a_wrong_one_ignored(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, AVATAR=base64_of(picture()))
    address = (await dialog(world, chat_id))["avatar"]
    assert address.startswith(f"{world.config.base_url}/files/avatar/")
    async with world.session.get(world.url + address.removeprefix(world.config.base_url)) as response:
        assert size_in(await response.read()) == (8, 8)
    for wrong in ("none", base64_of(png()), base64_of(png(5001, 1))):
        chat_id = await world.chat(world.alice, world.bob, AVATAR=wrong)
        assert (await dialog(world, chat_id))["avatar"] == ""


@pytest.mark.parametrize("users", [None, "", [], {}])
async def test_without_members_nothing_is_created(world: World, users: object) -> None:
    more = {} if users is None else {"USERS": users}
    before = len(await world.events())
    assert await world.alice.refused("im.chat.add", TITLE="x", **more) == (400, "USERS_EMPTY")
    assert len(await world.events()) == before


@pytest.mark.parametrize("users", [5, "5", "x", [[1]], [{"a": 1}], True])
async def test_members_in_another_form_are_refused(world: World, users: object) -> None:
    assert await world.alice.refused("im.chat.add", USERS=users) == (400, "INVALID_FORMAT")


async def test_members_may_come_as_json_text(world: World) -> None:
    chat_id = await world.alice.call("im.chat.add", USERS=f"[{world.bob.id}]")
    assert await world.alice.call("im.chat.user.list", CHAT_ID=chat_id) == [world.alice.id, world.bob.id]


@pytest.mark.parametrize("name", ["TITLE", "DESCRIPTION", "COLOR", "MESSAGE", "AVATAR", "ENTITY_TYPE", "ENTITY_ID"])
async def test_huge_texts_are_cut_and_nested_ones_refused(world: World, name: str) -> None:
    assert await world.alice.call("im.chat.add", USERS=[world.bob.id], **{name: "я" * 100_000}) > 0
    status, code = await world.alice.refused("im.chat.add", USERS=[world.bob.id], **{name: [1]})
    assert (status, code) == (400, "ERROR_ARGUMENT")


async def test_long_titles_are_cut_at_255(world: World) -> None:
    chat_id = await world.alice.call("im.chat.add", USERS=[world.bob.id], TITLE="я" * 300)
    assert (await dialog(world, chat_id))["title"] == "я" * 255


async def test_a_webhook_without_the_scope_is_refused(world: World) -> None:
    other = await world.webhook(world.alice, "user")
    assert await other.refused("im.chat.add", USERS=[world.bob.id]) == (403, "insufficient_scope")


async def count_chats(tx: Tx) -> int:
    return int(await tx.val("SELECT count(*) FROM chats"))


async def test_a_refused_call_leaves_no_chat(world: World) -> None:
    before = await world.unit(count_chats)
    await world.alice.refused("im.chat.add")
    assert await world.unit(count_chats) == before
