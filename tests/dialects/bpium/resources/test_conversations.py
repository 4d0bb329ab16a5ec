"""The conversation about a record of a catalog, from the first message to the end. Spec bpium-messages §4.3–§4.6."""

from __future__ import annotations

import pytest

from support import catalogs
from support.bpium import PASSWORD, Program, program_of
from support.doors import upload_to_bpium
from support.files import fetch
from support.world import World


@pytest.fixture
async def alice(world: World) -> Program:
    return await program_of(world, world.alice)


@pytest.fixture
async def bob(world: World) -> Program:
    return await program_of(world, world.bob)


@pytest.fixture
async def catalog(alice: Program) -> str:
    return await catalogs.catalog(alice, catalogs.field("text"))


@pytest.fixture
async def path(alice: Program, catalog: str) -> str:
    return f"/catalogs/{catalog}/records/{await catalogs.record(alice, catalog, f1='Договор')}"


async def test_records_and_catalogs_tell_of_their_conversations(
    alice: Program, bob: Program, catalog: str, path: str
) -> None:
    quiet = {"messagesCount": 0, "newMessages": False, "subscribe": False}
    assert (await alice.get(path))["chat"] == quiet
    assert (await alice.get(f"/catalogs/{catalog}"))["chat"] == {"newChats": 0}
    await alice.post(f"{path}/messages", {"text": "Первое"})
    gone = await alice.post(f"{path}/messages", {"text": "Второе"})
    await alice.delete(f"{path}/messages/{gone['id']}")
    [listed] = await bob.get(f"/catalogs/{catalog}/records")
    assert listed["chat"] == {"messagesCount": 1, "newMessages": True, "subscribe": False}
    assert (await alice.get(path))["chat"] == {**quiet, "messagesCount": 1}
    assert (await bob.get(f"/catalogs/{catalog}"))["chat"] == {"newChats": 1}
    await bob.get(f"{path}/messages")
    assert (await bob.get(path))["chat"] == {**quiet, "messagesCount": 1}
    assert (await bob.get(f"/catalogs/{catalog}"))["chat"] == {"newChats": 0}
    number = path.rpartition("/")[2]
    await bob.patch(f"{path}/chatOptions/{number}", {"subscribe": True})
    assert (await bob.get(path))["chat"]["subscribe"] is True


async def test_the_chat_is_called_as_the_record(world: World, alice: Program, bob: Program, path: str) -> None:
    await bob.patch(f"{path}/chatOptions/{path.rpartition('/')[2]}", {"subscribe": True})
    assert "Договор" in {one["title"] for one in await world.bob.call("im.recent.get")}
    await alice.patch(path, {"values": {"1": "Договор № 2"}})
    assert "Договор № 2" in {one["title"] for one in await world.bob.call("im.recent.get")}


async def test_an_uploaded_file_is_attached_once(world: World, alice: Program, bob: Program, path: str) -> None:
    file_id = await upload_to_bpium(alice, "смета.txt", b"1 + 1")
    made = await alice.post(f"{path}/messages", {"text": "Смета", "attachments": [{"id": file_id}]})
    place = f"{path}/messages/{made['id']}"
    [shown] = (await bob.get(place))["attachments"]
    assert shown == {
        "id": file_id,
        "title": "смета.txt",
        "url": f"{world.config.base_url}/api/v1/files/{file_id}",
        "size": 5,
        "mimeType": "text/plain",
        "metadata": None,
        "typeStorage": "s3",
    }
    answer = await bob.ask("GET", f"/files/{file_id}")
    assert answer.status == 302
    assert (await fetch(world, answer.headers["Location"])).body == b"1 + 1"
    again = {"text": "ещё", "attachments": [{"id": str(file_id)}]}
    assert await alice.refused("POST", f"{path}/messages", again) == (400, "BadRequest")
    await alice.patch(place, {"attachments": [shown]})
    assert (await bob.get(place))["attachments"] == [shown], "what it shows already may stay"
    await alice.post(f"{path}/messages", {"text": "ссылка", "attachments": [{"title": "a", "url": shown["url"]}]})
    await alice.patch(place, {"attachments": []})
    assert (await bob.get(place))["attachments"] == []
    assert await bob.refused("GET", f"/files/{file_id}") == (404, "NotFound")


async def test_a_file_of_somebody_else_cannot_be_attached(alice: Program, bob: Program, path: str) -> None:
    file_id = await upload_to_bpium(alice, "a.txt", b"1")
    body = {"attachments": [{"id": file_id}]}
    assert await bob.refused("POST", f"{path}/messages", body) == (400, "BadRequest")
    assert await bob.get(f"{path}/messages") == []


async def test_bots_are_members_of_the_chat_of_a_record(world: World, alice: Program, path: str) -> None:
    await alice.patch(f"{path}/chatOptions/{path.rpartition('/')[2]}", {"subscribe": True})
    actor = await world.alice.through(await world.install())
    bot_id = int(
        await actor.call(
            "imbot.register",
            CODE="helper",
            TYPE="B",
            EVENT_HANDLER="https://example.com/bot",
            PROPERTIES={"NAME": "Помощник"},
        )
    )
    [chat] = [one for one in await world.alice.call("im.recent.get") if one["title"] == "Договор"]
    chat_id = int(chat["id"].removeprefix("chat"))
    assert await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[bot_id])
    said = await actor.call("imbot.message.add", BOT_ID=bot_id, DIALOG_ID=chat["id"], MESSAGE="Я здесь")
    shown = (await alice.get(f"{path}/messages"))[-1]
    assert (shown["id"], shown["author"]["recordTitle"], shown["text"]) == (str(said), "Помощник", "Я здесь")


async def test_a_deleted_record_or_catalog_has_no_messages(
    world: World, alice: Program, catalog: str, path: str
) -> None:
    made = await alice.post(f"{path}/messages", {"text": "x"})
    await alice.delete(path)
    for verb, where in (("GET", ""), ("POST", ""), ("GET", f"/{made['id']}"), ("DELETE", f"/{made['id']}")):
        assert await alice.refused(verb, f"{path}/messages{where}", {"text": "y"}) == (404, "NotFound")
    other = f"/catalogs/{catalog}/records/{await catalogs.record(alice, catalog, f1='Другая')}"
    await alice.post(f"{other}/messages", {"text": "x"})
    await alice.delete(f"/catalogs/{catalog}")
    assert await alice.refused("GET", f"{other}/messages") == (404, "NotFound")


async def test_a_dismissed_author_is_shown_as_removed(world: World, alice: Program, bob: Program, path: str) -> None:
    await bob.post(f"{path}/messages", {"text": "x"})
    await alice.delete(f"/catalogs/$users/records/{world.bob.id}")
    [shown] = await alice.get(f"{path}/messages")
    assert (shown["author"]["recordTitle"], shown["author"]["isRemoved"]) == ("Bob Ivanov", True)
    gone = Program(world, "bob@example.com", PASSWORD)
    assert (await gone.ask("GET", f"{path}/messages")).status == 401
