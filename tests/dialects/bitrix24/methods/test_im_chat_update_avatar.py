"""``im.chat.updateAvatar``: the picture is kept and served; who may not change it fills no disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from skvorets.core.events import ChatChanged
from support.chats import entity_chat, general_chat_id, left_chat
from support.pictures import base64_of, picture, png, size_in
from support.world import World

PNG = base64_of(picture())


def kept_files(world: World) -> list[Path]:
    return [path for path in world.config.blobs_path.rglob("*") if path.is_file()]


async def avatar_of(world: World, chat_id: int) -> str:
    return str((await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["avatar"])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
async def test_the_picture_is_shown_and_the_system_tells(world: World, kind: str) -> None:
    data = picture(kind, (640, 480))
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.bob.ask("im.chat.updateAvatar", CHAT_ID=chat_id, AVATAR=base64_of(data))
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    address = await avatar_of(world, chat_id)
    async with world.session.get(world.url + address.removeprefix(world.config.base_url)) as response:
        assert size_in(await response.read()) == (200, 200)
    page = await world.alice.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    assert page["messages"][0]["text"] == f"[USER={world.bob.id}]Bob Ivanov[/USER] изменил картинку чата"
    [changed] = await world.events("chat.changed")
    assert isinstance(changed, ChatChanged)
    assert (changed.chat_id, changed.changed) == (chat_id, ["avatar"])


@pytest.mark.parametrize(
    ("avatar", "text"),
    [
        (None, "Avatar incorrect type"),
        ("", "Avatar incorrect type"),
        ("%%%", "Avatar incorrect type"),
        (base64_of(b"<svg/>"), "Avatar incorrect type"),
        ([PNG], "Avatar incorrect type"),
        (base64_of(png(8, 8)), "Avatar incorrect type"),
        (base64_of(picture(size=(64, 64))[:60]), "Avatar incorrect type"),
        (base64_of(png(5001, 1)), "Avatar incorrect size (max 5000x5000)"),
    ],
)
async def test_whatever_is_no_picture_is_refused_and_changes_nothing(world: World, avatar: object, text: str) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    before = len(await world.events())
    answer = await world.alice.ask("im.chat.updateAvatar", CHAT_ID=chat_id, AVATAR=avatar)
    assert (answer.refusal, answer.body["error_description"]) == ((400, "AVATAR_ERROR"), text)
    assert len(await world.events()) == before
    assert not kept_files(world)


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    unknown = await world.bob.ask("im.chat.updateAvatar", CHAT_ID=999_999, AVATAR=PNG)
    assert unknown.refusal == (400, "WRONG_REQUEST")
    for actor in (world.bob, world.stranger):
        assert (await actor.ask("im.chat.updateAvatar", CHAT_ID=chat_id, AVATAR=PNG)).body == unknown.body
    assert not kept_files(world)


async def test_an_open_chat_that_one_has_not_joined_is_refused(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, TYPE="OPEN")
    refusal = await world.stranger.refused("im.chat.updateAvatar", CHAT_ID=chat_id, AVATAR=PNG)
    assert refusal == (400, "ACCESS_DENIED")
    assert not kept_files(world)


async def test_the_general_chat_and_chats_of_leads_keep_their_pictures(world: World) -> None:
    general = await world.alice.ask("im.chat.updateAvatar", CHAT_ID=await general_chat_id(world), AVATAR=PNG)
    assert (general.refusal, general.body["error_description"]) == ((403, "ACCESS_ERROR"), "Action unavailable")
    lead = await entity_chat(world, world.alice, world.bob, entity="CRM")
    answer = await world.alice.ask("im.chat.updateAvatar", CHAT_ID=lead, AVATAR=PNG)
    assert answer.refusal == (403, "ACCESS_ERROR")
    assert answer.body["error_description"] == "The avatar of this chat cannot be changed"


async def test_a_chat_must_be_named(world: World) -> None:
    assert await world.alice.refused("im.chat.updateAvatar", AVATAR=PNG) == (400, "CHAT_ID_EMPTY")


async def test_nothing_but_the_picture_is_kept(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    data = picture("JPEG", (2000, 1000), comment=b"my street")
    await world.alice.call("im.chat.updateAvatar", CHAT_ID=chat_id, AVATAR=base64_of(data))
    [kept] = [path.read_bytes() for path in kept_files(world)]
    assert b"my street" in data
    assert b"my street" not in kept
    assert size_in(kept) == (1024, 512)
