"""Visitors are separate: nobody reads, changes or hears anything of another one, of another line, of operators."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
import pytest

from skvorets.storage.database import Tx
from support.lines import line_of
from support.widgets import Refused, Window, client_of, window_of
from support.world import World

SECRET = "for operators only"
# Every route that names a message, with a body that would do something.
OF_MESSAGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("PATCH", "messages/{id}", {"text": "Taken"}),
    ("DELETE", "messages/{id}", {}),
    ("POST", "messages/{id}/like", {"isLiked": True}),
    ("POST", "messages/{id}/command", {"command": "answer", "params": ""}),
    ("POST", "messages", {"text": "Quoting", "clientId": "q", "replyToId": "{id}"}),
)
FOREIGN = ("neighbour", "other_line", "operators", "whisper", "employees", "nobody")


class Scene(NamedTuple):
    """A visitor, and messages that are not his."""

    window: Window
    neighbour: Window
    chat_id: int  # the operators' chat of the visitor
    foreign: dict[str, int]  # messages


async def scene_of(world: World) -> Scene:
    line, other = await line_of(world, [world.alice]), await line_of(world, [world.bob])
    window, neighbour = await window_of(world, line), await window_of(world, line)
    elsewhere = await window_of(world, other)
    mine = await window.say("Mine")
    theirs = await neighbour.say("Theirs")
    far = await elsewhere.say("Far")
    chat_id = (await client_of(window)).chat_id
    dialog = f"chat{chat_id}"
    whisper = await world.alice.call("im.message.add", DIALOG_ID=dialog, MESSAGE=SECRET, SKIP_CONNECTOR="Y")
    employees = await world.chat(world.alice, world.bob)
    said = await world.alice.call("im.message.add", DIALOG_ID=f"chat{employees}", MESSAGE=SECRET)
    foreign = {
        "neighbour": theirs["id"],
        "other_line": far["id"],
        "operators": await twin_of(world, mine["id"]),
        "whisper": whisper,
        "employees": said,
        "nobody": 10**9,
    }
    return Scene(window, neighbour, chat_id, foreign)


async def twin_of(world: World, message_id: int) -> int:
    async def unit(tx: Tx) -> int:
        query = "SELECT message_id FROM line_message_pairs WHERE client_message_id = $1"
        return int(await tx.val(query, message_id))

    twin_id: int = await world.unit(unit)
    return twin_id


async def rows_of(world: World) -> list[Any]:
    async def unit(tx: Tx) -> list[Any]:
        return [tuple(row) for row in await tx.rows("SELECT id, text, params, deleted_at FROM messages ORDER BY id")]

    rows: list[Any] = await world.unit(unit)
    return rows


@pytest.mark.parametrize("name", FOREIGN)
async def test_messages_that_are_not_his_are_not_there(world: World, name: str) -> None:
    scene = await scene_of(world)
    before = await rows_of(world)

    for verb, path, body in OF_MESSAGES:
        message_id = scene.foreign[name]
        given = {key: message_id if value == "{id}" else value for key, value in body.items()}
        with pytest.raises(Refused, match="404 no_such_message"):
            await scene.window.call(verb, path.format(id=message_id), given)

    assert await rows_of(world) == before
    assert not await world.events("message.liked")


async def test_a_visitor_reads_his_talk_alone(world: World) -> None:
    scene = await scene_of(world)
    highest = 2**62

    for query in ("", "?limit=100", f"?before={highest}", "?after=1", f"?after=0&before={scene.foreign['employees']}"):
        found = (await scene.window.get(f"messages{query}"))["messages"]
        assert [one["text"] for one in found] == ["Mine"]


async def test_reading_up_to_foreign_messages_marks_ones_own_alone(world: World) -> None:
    scene = await scene_of(world)
    before = (await scene.neighbour.get("messages"))["readId"]
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{scene.chat_id}", MESSAGE="Well")
    newest = (await scene.window.get("messages"))["messages"][-1]["id"]

    await scene.window.post("read", messageId=2**62)

    assert (await scene.window.get("messages"))["readId"] == newest
    assert (await scene.neighbour.get("messages"))["readId"] == before


async def test_files_of_operators_have_no_address_for_a_visitor(world: World) -> None:
    scene = await scene_of(world)
    (mine,) = (await scene.window.upload(b"mine", "mine.txt"))["files"]
    (theirs,) = (await scene.neighbour.upload(b"theirs", "theirs.txt"))["files"]

    assert mine["url"] != theirs["url"]
    shown = await scene.window.get("messages")
    assert [one["name"] for each in shown["messages"] for one in each["files"]] == ["mine.txt"]
    token = theirs["url"].split("/")[3]
    forged = mine["url"].split("/")[3][:12] + token[12:]
    async with world.session.get(f"{world.url}/files/show/{forged}/theirs.txt") as response:
        assert response.status == 404


async def test_a_socket_hears_of_ones_own_talk_alone(world: World) -> None:
    scene = await scene_of(world)
    dialog = f"chat{scene.chat_id}"
    async with await scene.window.listen() as push, await scene.neighbour.listen() as other:
        await scene.neighbour.say("Still theirs")
        await scene.neighbour.post("typing")
        await world.alice.call("im.message.add", DIALOG_ID=dialog, MESSAGE=SECRET, SKIP_CONNECTOR="Y")
        await world.alice.call("im.chat.user.add", CHAT_ID=scene.chat_id, USERS=[world.bob.id])
        await world.alice.call("im.notify", to=scene.window.person_id, message=SECRET)
        await world.alice.call("im.message.add", DIALOG_ID=dialog, MESSAGE="For you")
        frames = await push.rest()
        others = await other.rest()

    texts = [one["data"].get("text") for one in frames if one["type"] == "message.added"]
    assert texts == ["For you"]
    assert SECRET not in str(frames) + str(others)
    own = {one["chatId"] for one in frames if one["type"] == "message.added"}
    assert {one["chatId"] for one in frames if "chatId" in one} == own
    assert scene.chat_id not in own
    assert "For you" not in str(others)


async def test_who_comes_again_is_told_of_ones_own_talk_alone(world: World) -> None:
    scene = await scene_of(world)
    async with await scene.window.listen() as push:
        since = push.position
    dialog = f"chat{scene.chat_id}"
    await world.alice.call("im.message.add", DIALOG_ID=dialog, MESSAGE=SECRET, SKIP_CONNECTOR="Y")
    await scene.neighbour.say("Still theirs")
    await world.alice.call("im.message.add", DIALOG_ID=dialog, MESSAGE="For you")

    async with await scene.window.listen(since) as push:
        frames = await push.rest()

    assert [one["data"].get("text") for one in frames if one["type"] == "message.added"] == ["For you"]
    assert SECRET not in str(frames)
    assert "Still theirs" not in str(frames)
    assert scene.chat_id not in {one.get("chatId") for one in frames}


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/api/session", {"Authorization": "Bearer {token}"}),
        ("/api/session", {"Cookie": "skvorets_session={token}"}),
        ("/api/chats", {"Cookie": "session={token}"}),
        ("/rest/im.recent.get.json?auth={token}", {}),
        ("/rest/{person}/{token}/im.recent.get.json", {}),
        ("/api/v1/catalogs", {"Authorization": "Bearer {token}"}),
        ("/BumsCommonApiV01/Message/list.api", {"X-Authorization": "{token}:{token}"}),
    ],
)
async def test_a_visitors_secret_opens_no_other_door(world: World, path: str, headers: dict[str, str]) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))
    fill = {"token": window.token, "person": window.person_id}

    given = {name: value.format(**fill) for name, value in headers.items()}
    async with world.session.get(world.url + path.format(**fill), headers=given) as response:
        assert response.status in {401, 403, 404, 501}, await response.text()


async def test_a_visitors_secret_gives_no_ticket_of_a_person(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    for body in ({"auth": window.token}, {"webhook": f"{window.person_id}/{window.token}"}):
        answer = await world.post("/push/ticket", msgspec.json.encode(body), "application/json")
        assert answer.status == 401


async def test_what_opens_other_doors_opens_none_here(world: World) -> None:
    line = await line_of(world, [world.alice])
    app = await world.install()
    token = (await world.alice.through(app)).auth
    secret = world.alice.path.rstrip("/").rpartition("/")[2]

    for shown in (token, secret, f"{world.alice.id}/{secret}"):
        with pytest.raises(Refused, match="401 wrong_token"):
            await Window(world, line, shown).get("messages")
