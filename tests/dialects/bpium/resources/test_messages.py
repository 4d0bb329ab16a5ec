"""``…/records/{recordId}/messages``: spec bpium-messages §4; seed "Сообщения (Messages)"."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from skvorets.core.events import DialogRead, MessageAdded
from skvorets.core.events_notifications import NotificationAdded
from support.bpium import Program, ask, program_of
from support.queries import count_queries
from support.world import World

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
KEYS = {
    *("id", "catalogId", "author", "attachments", "createdDate", "deleted", "deletedDate"),
    *("mention", "reply", "text", "updatedDate"),
}


@pytest.fixture
async def alice(world: World) -> Program:
    return await program_of(world, world.alice)


@pytest.fixture
async def bob(world: World) -> Program:
    return await program_of(world, world.bob)


@pytest.fixture
def path(world: World) -> str:
    """The conversation about the record of carol: employees are records, too."""
    return f"/catalogs/$users/records/{world.carol.id}/messages"


def author(person_id: int, name: str) -> dict[str, Any]:
    """The author as the seed shows one."""
    return {
        "sectionId": "1",
        "sectionDbId": 1,
        "catalogDbId": 3,
        "catalogId": "$users",
        "catalogTitle": "Сотрудники",
        "catalogIcon": "users-1",
        "recordDbId": person_id,
        "recordId": str(person_id),
        "recordTitle": name,
        "isRemoved": False,
    }


async def test_a_message_is_listed_as_the_seed_shows(world: World, alice: Program, bob: Program, path: str) -> None:
    made = await alice.post(path, {"text": "Привет!", "mentions": [], "attachments": [], "replyMessageId": None})
    assert made == {"id": made["id"]}
    assert made["id"].isdecimal()
    [shown] = await bob.get(path)
    assert shown.keys() == KEYS
    assert MOMENT.fullmatch(shown.pop("createdDate"))
    assert shown == {
        "id": made["id"],
        "catalogId": "$messages",
        "author": author(world.alice.id, "Alice Petrova"),
        "attachments": [],
        "deleted": False,
        "deletedDate": None,
        "mention": [],
        "reply": None,
        "text": "Привет!",
        "updatedDate": None,
    }
    assert (await bob.get(f"{path}/{made['id']}"))["text"] == "Привет!"


async def test_a_record_without_messages_gives_an_empty_list(alice: Program, path: str) -> None:
    assert await alice.get(path) == []
    assert await alice.get(path.replace("$users", "3")) == []


async def test_mentions_are_ids_links_and_markup(world: World, alice: Program, bob: Program, path: str) -> None:
    text = (
        f"Для <@$users:{world.bob.id};Боб/@> и <@3:{world.bob.id};Боб/@>, не для <@12:5;Договор/@> и <@$users:999;?/@>"
    )
    given = [str(world.carol.id), {"catalogId": "$users", "recordId": str(world.bob.id)}, world.carol.id]
    await alice.post(path, {"text": text, "mentions": given})
    [shown] = await bob.get(path)
    assert [one["recordId"] for one in shown["mention"]] == [str(world.bob.id), str(world.carol.id)]
    assert shown["mention"][0] == author(world.bob.id, "Bob Ivanov")
    assert shown["text"] == text.replace("<@3:", "<@$users:")
    told = [one for one in await world.events() if isinstance(one, NotificationAdded)]
    assert {one.person_id for one in told if one.event == "mention"} == {world.bob.id, world.carol.id}


async def test_a_reply_shows_what_it_answers(world: World, alice: Program, bob: Program, path: str) -> None:
    first = await alice.post(path, {"text": "Вопрос"})
    second = await bob.post(path, {"text": "Ответ", "replyMessageId": first["id"]})
    await alice.post(path, {"text": "Ещё", "replyMessageId": int(second["id"])})
    shown = await alice.get(path)
    assert shown[0]["reply"] is None
    assert (shown[1]["reply"]["id"], shown[1]["reply"]["text"]) == (first["id"], "Вопрос")
    assert shown[1]["reply"].keys() == KEYS
    assert (shown[2]["reply"]["id"], shown[2]["reply"]["reply"]) == (second["id"], None)
    await alice.delete(f"{path}/{first['id']}")
    reply = (await alice.get(f"{path}?afterId={first['id']}"))[0]["reply"]
    assert (reply["deleted"], reply["text"]) == (True, "")


async def test_links_are_attachments(alice: Program, bob: Program, path: str) -> None:
    given = [
        {
            "title": "Смета",
            "url": "https://files.example.com/a.xlsx",
            "size": "120",
            "mimeType": "application/x-special",
        },
        {"src": "http://files.example.com/папка/б%20в.png"},
    ]
    await alice.post(path, {"attachments": given})
    [shown] = await bob.get(path)
    assert shown["attachments"] == [
        {
            "id": None,
            "title": "Смета",
            "url": "https://files.example.com/a.xlsx",
            "size": 120,
            "mimeType": "application/x-special",
            "metadata": None,
            "typeStorage": "url",
        },
        {
            "id": None,
            "title": "б в.png",
            "url": "http://files.example.com/папка/б%20в.png",
            "size": None,
            "mimeType": "image/png",
            "metadata": None,
            "typeStorage": "url",
        },
    ]
    again = await alice.post(path, {"attachments": shown["attachments"]})
    assert (await bob.get(f"{path}/{again['id']}"))["attachments"] == shown["attachments"], (
        "what came out goes in again"
    )


async def test_a_change_leaves_what_it_does_not_name(world: World, alice: Program, path: str) -> None:
    link = {"title": "a", "url": "https://example.com/a"}
    first = await alice.post(path, {"text": "первое"})
    whole = {"text": "было", "mentions": [world.bob.id], "attachments": [link], "replyMessageId": first["id"]}
    made = await alice.post(path, whole)
    place = f"{path}/{made['id']}"
    assert await alice.patch(place, {"text": "стало"}) == made
    shown = await alice.get(place)
    assert (shown["text"], len(shown["mention"]), len(shown["attachments"])) == ("стало", 1, 1)
    assert shown["reply"]["id"] == first["id"]
    assert MOMENT.fullmatch(shown["updatedDate"])
    await alice.patch(place, {"mentions": [], "attachments": [], "replyMessageId": None})
    shown = await alice.get(place)
    assert (shown["text"], shown["mention"], shown["attachments"], shown["reply"]) == ("стало", [], [], None)


async def test_a_change_that_differs_in_nothing_is_dated(alice: Program, path: str) -> None:
    made = await alice.post(path, {"text": "то же"})
    await alice.patch(f"{path}/{made['id']}", {"text": "то же"})
    assert (await alice.get(f"{path}/{made['id']}"))["updatedDate"]


async def test_a_deleted_message_stays_as_a_shell(world: World, alice: Program, bob: Program, path: str) -> None:
    link = {"title": "a", "url": "https://example.com/a"}
    made = await alice.post(path, {"text": "тайна", "mentions": [world.bob.id], "attachments": [link]})
    place = f"{path}/{made['id']}"
    assert await bob.refused("DELETE", place) == (403, "Forbidden")
    assert await alice.delete(place) == made
    [shown] = await bob.get(path)
    assert (shown["deleted"], shown["text"], shown["attachments"], shown["mention"]) == (True, "", [], [])
    assert MOMENT.fullmatch(shown["deletedDate"])
    assert shown["author"]["recordId"] == str(world.alice.id)
    assert await alice.delete(place) == made
    assert (await bob.get(path))[0]["deletedDate"] == shown["deletedDate"]
    assert await alice.refused("PATCH", place, {"text": "снова"}) == (404, "NotFound")


async def test_who_manages_the_catalog_deletes_but_does_not_change(alice: Program, bob: Program, path: str) -> None:
    made = await bob.post(path, {"text": "чужое"})
    assert await alice.refused("PATCH", f"{path}/{made['id']}", {"text": "моё"}) == (403, "Forbidden")
    assert await alice.delete(f"{path}/{made['id']}") == made


async def test_the_order_and_the_parts_of_a_list(alice: Program, path: str) -> None:
    ids = [(await alice.post(path, {"text": text}))["id"] for text in "abcd"]

    async def texts(query: str) -> str:
        return "".join(one["text"] for one in await alice.get(f"{path}?{query}"))

    assert await texts("") == "abcd"
    assert await texts("sortType=-1") == "dcba"
    assert await texts("limit=2&offset=1") == "bc"
    assert await texts(f"afterId={ids[1]}&limit=1000") == "cd"
    assert await texts("timezoneOffset=180&limit=1") == "a"


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=1001", "limit=x", "offset=-1", f"offset={10**30}", "sortType=0", "sortType=2", "afterId=-1"],
)
async def test_a_wrong_part_of_a_list_is_refused(alice: Program, path: str, query: str) -> None:
    assert await alice.refused("GET", f"{path}?{query}") == (400, "BadRequest")


async def test_reading_the_list_reads_the_conversation(world: World, alice: Program, bob: Program, path: str) -> None:
    await bob.patch(path.replace("messages", f"chatOptions/{world.carol.id}"), {"subscribe": True})
    await alice.post(path, {"text": "1"})
    [unread] = [one for one in await world.bob.call("im.recent.get") if one["title"] == "Carol Sidorova"]
    assert unread["counter"] == "1"
    await bob.get(path)
    [read] = [one for one in await world.bob.call("im.recent.get") if one["title"] == "Carol Sidorova"]
    assert read["counter"] == "0"
    await bob.get(path)
    reads = [one for one in await world.events() if isinstance(one, DialogRead)]
    assert [one.reader_id for one in reads].count(world.bob.id) == 1


WRONG_BODIES: list[Any] = [
    {},
    {"text": ""},
    {"text": "  \n"},
    {"text": None},
    {"text": 5},
    {"text": ["a"]},
    {"text": "x" * 20_001},
    {"text": "x", "mentions": [999_999]},
    {"text": "x", "mentions": ["bob"]},
    {"text": "x", "mentions": [0]},
    {"text": "x", "mentions": [-1]},
    {"text": "x", "mentions": [True]},
    {"text": "x", "mentions": [10**30]},
    {"text": "x", "mentions": "1"},
    {"text": "x", "mentions": [{"catalogId": "11", "recordId": "1"}]},
    {"text": "x", "mentions": [{"recordId": {}}]},
    {"text": "x", "mentions": [1] * 1_001},
    {"text": "x", "attachments": [{}]},
    {"text": "x", "attachments": [{"url": "ftp://example.com/a"}]},
    {"text": "x", "attachments": [{"url": "javascript:alert(1)"}]},
    {"text": "x", "attachments": [{"url": "https://"}]},
    {"text": "x", "attachments": [{"url": "https://example.com/\u0001"}]},
    {"text": "x", "attachments": [{"url": 5}]},
    {"text": "x", "attachments": [{"url": "https://example.com/" + "a" * 3_000}]},
    {"text": "x", "attachments": [{"url": "https://example.com/" + "a" * 1_900}] * 20},
    {"text": "x", "attachments": [{"url": "https://example.com/a", "title": 5}]},
    {"text": "x", "attachments": [{"url": "https://example.com/a", "size": []}]},
    {"text": "x", "attachments": [{"url": "https://example.com/a", "mimeType": {}}]},
    {"text": "x", "attachments": [{"url": "https://example.com/a"}] * 21},
    {"text": "x", "attachments": [{"id": "x"}]},
    {"text": "x", "attachments": ["https://example.com/a"]},
    {"text": "x", "replyMessageId": 999_999},
    {"text": "x", "replyMessageId": "abc"},
    {"text": "x", "replyMessageId": -5},
    {"text": "x", "replyMessageId": [1]},
    {"text": "\u0000"},
    [],
    "text",
    5,
]


@pytest.mark.parametrize("body", WRONG_BODIES, ids=lambda body: json.dumps(body)[:40])
async def test_a_wrong_body_is_refused_and_says_nothing(alice: Program, path: str, body: Any) -> None:
    assert await alice.refused("POST", path, body) == (400, "BadRequest")
    assert await alice.get(path) == []


async def test_an_unknown_file_is_refused(alice: Program, path: str) -> None:
    body = {"text": "x", "attachments": [{"id": 999_999}]}
    assert await alice.refused("POST", path, body) == (400, "BadRequest")
    assert await alice.get(path) == []
    made = await alice.post(path, {"text": "x"})
    assert await alice.refused("PATCH", f"{path}/{made['id']}", body) == (400, "BadRequest")


async def test_no_json_is_refused(alice: Program, path: str) -> None:
    assert (await alice.ask("POST", path, b"{")).refusal == (400, "BadRequest")
    assert (await alice.ask("POST", path, b'{"text": "\xff"}')).refusal == (400, "BadRequest")


async def test_a_change_of_nothing_is_refused(alice: Program, path: str) -> None:
    made = await alice.post(path, {"text": "x"})
    assert await alice.refused("PATCH", f"{path}/{made['id']}", {}) == (400, "BadRequest")
    assert await alice.refused("PATCH", f"{path}/{made['id']}", {"text": ""}) == (400, "BadRequest")
    assert (await alice.get(path))[0]["text"] == "x"


async def test_what_is_not_there_is_not_found(world: World, alice: Program, path: str) -> None:
    made = await alice.post(path, {"text": "x"})
    other = path.replace(str(world.carol.id), str(world.bob.id))
    for place in (f"{other}/{made['id']}", f"{path}/999999", f"{path}/0", f"{path}/x", f"{path}/{'9' * 30}"):
        assert await alice.refused("PATCH", place, {"text": "y"}) == (404, "NotFound")
        assert await alice.refused("DELETE", place) == (404, "NotFound")
        assert await alice.refused("GET", place) == (404, "NotFound")
    for place in ("/catalogs/999/records/1", "/catalogs/$users/records/9999", "/catalogs/[object%20Object]/records/1"):
        assert await alice.refused("GET", f"{place}/messages") == (404, "NotFound")
        assert await alice.refused("POST", f"{place}/messages", {"text": "y"}) == (404, "NotFound")
    assert await alice.refused("GET", "/catalogs/$messages/records/1/messages") == (404, "NotFound")
    assert await alice.refused("POST", f"{path}/{made['id']}", {}) == (405, "MethodNotAllowed")


async def test_strangers_are_refused(world: World, alice: Program, path: str) -> None:
    await alice.post(path, {"text": "x"})
    outsider = await program_of(world, world.outsider)
    assert await outsider.refused("GET", path) == (404, "NotFound")
    assert await outsider.refused("POST", path, {"text": "y"}) == (404, "NotFound")
    assert (await ask(world, "GET", f"/api/v1{path}")).refusal == (401, "Unauthorized")
    assert (await ask(world, "POST", f"/api/v1{path}", {"text": "y"})).refusal == (401, "Unauthorized")
    assert len(await alice.get(path)) == 1


async def test_a_line_of_the_system_has_the_system_as_author(world: World, alice: Program, path: str) -> None:
    await alice.post(path, {"text": "x"})
    added = [one for one in await world.events() if isinstance(one, MessageAdded)]
    [chat_id] = {one.chat_id for one in added if one.text == "x"}
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="Из мессенджера")
    system, written = (await alice.get(path))[1:]
    assert (system["author"]["recordId"], system["author"]["recordTitle"]) == (None, "Система")
    assert (written["text"], written["author"]["recordId"]) == ("Из мессенджера", str(world.bob.id))


async def test_a_list_costs_the_same_however_long_it_is(world: World, alice: Program, bob: Program, path: str) -> None:
    first = await alice.post(path, {"text": "0"})
    for number in range(20):
        await alice.post(path, {"text": str(number), "mentions": [world.bob.id], "replyMessageId": first["id"]})
    await bob.get(path)
    with count_queries(world) as queries:
        await bob.get(f"{path}?limit=1")
    assert queries.count <= 6, "the session, its person, the record, its chat, the messages, the people"
    with count_queries(world) as more:
        await bob.get(path)
    assert more.count == queries.count


async def test_a_long_conversation_is_listed_whole(alice: Program, path: str) -> None:
    for number in range(205):
        await alice.post(path, {"text": str(number)})
    assert [one["text"] for one in await alice.get(path)] == [str(number) for number in range(205)]
