"""``im.dialog.messages.search``: exact objects, word forms, dates, order and pages, access, wrong parameters."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from skvorets.storage.database import Tx
from support.chats import left_chat
from support.queries import count_queries
from support.world import Actor, World

RESULT_KEYS = [
    "additionalMessages",
    "copilot",
    "files",
    "messages",
    "reactions",
    "stickers",
    "tariffRestrictions",
    "users",
    "usersShort",
]
EMPTY: dict[str, Any] = {
    "users": [],
    "files": [],
    "additionalMessages": [],
    "copilot": None,
    "stickers": [],
    "reactions": [],
    "tariffRestrictions": {"isHistoryLimitExceeded": False},
    "usersShort": [],
    "messages": [],
}


async def search(actor: Actor, chat_id: int, text: str = "", **params: Any) -> Any:
    return await actor.call("im.dialog.messages.search", CHAT_ID=chat_id, SEARCH_MESSAGE=text, **params)


async def ids(actor: Actor, chat_id: int, text: str = "", **params: Any) -> list[int]:
    return [one["id"] for one in (await search(actor, chat_id, text, **params))["messages"]]


async def say(actor: Actor, chat_id: int, *texts: str, **params: Any) -> list[int]:
    return [await actor.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text, **params) for text in texts]


async def silent_chat(world: World, *members: Actor) -> int:
    """Create a chat whose first message is the creator's own."""
    return await world.chat(*members, MESSAGE="first")


async def test_a_message_is_shown_as_documented(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    [message_id] = await say(world.bob, chat_id, "[B]Встречаемся[/B] в субботу", TEMPLATE_ID="t")
    answer = await world.alice.ask("im.dialog.messages.search", CHAT_ID=chat_id, SEARCH_MESSAGE="суббота")
    assert set(answer.body) == {"result", "time"}
    assert sorted(answer.result) == RESULT_KEYS
    [user] = answer.result.pop("users")
    [message] = answer.result.pop("messages")
    assert answer.result == {key: EMPTY[key] for key in answer.result}
    date = datetime.fromisoformat(message.pop("date"))
    assert date.utcoffset() == timedelta(hours=3)
    assert message == {
        "id": message_id,
        "chat_id": chat_id,
        "author_id": world.bob.id,
        "text": "[B]Встречаемся[/B] в субботу",
        "isSystem": False,
        "uuid": "t",
        "forward": None,
        "params": [],
        "viewedByOthers": False,
        "unread": True,
        "viewed": False,
    }
    assert user == {
        "id": world.bob.id,
        "active": True,
        "name": "Bob Ivanov",
        "firstName": "Bob",
        "lastName": "Ivanov",
        "workPosition": "",
        "color": user["color"],
        "avatar": "",
        "avatarHr": "",
        "gender": "M",
        "birthday": "",
        "extranet": False,
        "network": False,
        "bot": False,
        "connector": False,
        "externalAuthId": "default",
        "status": "online",
        "idle": False,
        "lastActivityDate": user["lastActivityDate"],
        "mobileLastDate": False,
        "desktopLastDate": False,
        "absent": False,
        "departments": user["departments"],
        "phones": False,
        "botData": None,
        "type": "user",
        "website": "",
        "email": "",
    }
    assert user["color"].startswith("#")


async def test_who_has_seen_a_message_is_told(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob, world.carol)
    [message_id] = await say(world.alice, chat_id, "слово")

    async def seen(actor: Actor) -> tuple[bool, bool, bool]:
        [one] = (await search(actor, chat_id, "слово"))["messages"]
        return one["viewedByOthers"], one["unread"], one["viewed"]

    assert await seen(world.alice) == (False, False, True)
    assert await seen(world.bob) == (False, True, False)
    await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=message_id)
    assert await seen(world.alice) == (True, False, True)
    assert await seen(world.bob) == (True, False, True)
    assert await seen(world.carol) == (True, True, False)


async def test_likes_are_reactions(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    [message_id] = await say(world.bob, chat_id, "слово")
    await world.alice.call("im.message.like", MESSAGE_ID=message_id)
    found = await search(world.alice, chat_id, "слово")
    assert found["reactions"] == [
        {
            "messageId": message_id,
            "reactionCounters": {"like": 1},
            "reactionUsers": {"like": [world.alice.id]},
            "ownReactions": ["like"],
        }
    ]
    assert found["usersShort"] == [{"id": world.alice.id, "name": "Alice Petrova", "avatar": ""}]
    assert found["messages"][0]["params"] == []
    assert [one["id"] for one in found["users"]] == [world.alice.id, world.bob.id]
    assert (await search(world.bob, chat_id, "слово"))["reactions"][0]["ownReactions"] == []


async def test_answered_messages_come_along(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    [question] = await say(world.bob, chat_id, "Когда?")
    [answer] = await say(world.alice, chat_id, "В субботу", REPLY_ID=question)
    found = await search(world.alice, chat_id, "суббота")
    assert [one["id"] for one in found["messages"]] == [answer]
    assert found["messages"][0]["params"] == {"REPLY_ID": question}
    assert [(one["id"], one["text"]) for one in found["additionalMessages"]] == [(question, "Когда?")]
    assert [one["id"] for one in found["users"]] == [world.alice.id, world.bob.id]
    both = await search(world.alice, chat_id)
    assert both["additionalMessages"] == []


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Встречаемся в субботу", "суббота"),
        ("Встречаемся в субботу", "СУББОТАМИ встречаемся"),
        ("Отчёт готов", "отчета"),
        ("Отчет готов", "отчёты"),
        ("He was running home", "run"),
        ("Two runs", "RUNNING"),
        ("Счёт №1024", "1024"),
        ("[URL=https://example.com]договор[/URL]", "договоры"),
        ("раз\nдва\nтри", "три раз"),
    ],
)
async def test_a_message_is_found_by_any_form_of_its_words(world: World, text: str, question: str) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    [message_id] = await say(world.bob, chat_id, text)
    assert await ids(world.alice, chat_id, question) == [message_id]


@pytest.mark.parametrize("question", ["example", "встречаться завтра", "пон", "c1 @c1", "🎉🎉🎉", "!!!"])
async def test_all_words_must_be_there_and_addresses_are_no_words(world: World, question: str) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    await say(world.bob, chat_id, "Встречаемся в понедельник [URL=https://example.com]тут[/URL] 🎉🎉🎉")
    assert await search(world.alice, chat_id, question) == EMPTY


async def test_changed_and_deleted_messages(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    [changed, deleted] = await say(world.bob, chat_id, "красное слово", "белое слово")
    await world.bob.call("im.message.update", MESSAGE_ID=changed, MESSAGE="синее слово")
    await world.bob.call("im.message.delete", MESSAGE_ID=deleted)
    assert await ids(world.alice, chat_id, "красное") == []
    assert await ids(world.alice, chat_id, "белое") == []
    assert await ids(world.alice, chat_id, "слова") == [changed]


@pytest.mark.parametrize("short", ["", "ab", " x "])
async def test_a_text_of_less_than_three_characters_is_no_condition(world: World, short: str) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    [first, second] = await say(world.bob, chat_id, "раз", "два")
    found = await search(world.alice, chat_id, short)
    assert [one["id"] for one in found["messages"]] == [second, first, first - 1]
    assert [one["isSystem"] for one in found["messages"]] == [False, False, True]


async def test_order_and_pages(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    sent = await say(world.bob, chat_id, *["слово"] * 5)
    assert await ids(world.alice, chat_id, "слово", LIMIT=2) == [sent[4], sent[3]]
    assert await ids(world.alice, chat_id, "слово", LIMIT=2, LAST_ID=sent[3]) == [sent[2], sent[1]]
    assert await ids(world.alice, chat_id, "слово", ORDER={"ID": "ASC"}, LIMIT=2) == sent[:2]
    assert await ids(world.alice, chat_id, "слово", ORDER={"ID": "asc"}, LAST_ID=sent[1]) == sent[2:]
    assert await ids(world.alice, chat_id, LIMIT=2, LAST_ID=sent[1]) == [sent[0], sent[0] - 1]
    assert await ids(world.alice, chat_id, LIMIT=2, ORDER={"ID": "ASC"}) == [sent[0] - 1, sent[0]]
    for order in ({"ID": "DESC"}, {"ID": "x"}, {"ID": ["ASC"]}, ["ASC"], {}, "N"):
        assert await ids(world.alice, chat_id, "слово", ORDER=order) == sent[::-1]


@pytest.mark.parametrize(("limit", "expected"), [(None, 50), (0, 50), (-1, 50), ("x", 50), (3, 3), (10**30, 200)])
async def test_the_limit_is_50_and_at_most_200(world: World, limit: object, expected: int) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    await world.unit(multiply, chat_id, 210)
    assert len(await ids(world.alice, chat_id, LIMIT=limit)) == expected


async def multiply(tx: Tx, chat_id: int, number: int) -> None:
    for seq in range(number):
        await tx.do(
            "INSERT INTO messages (chat_id, seq, author_id, created_at, text) VALUES ($1, $2, 1, $3, 'x')",
            chat_id,
            seq + 2,
            tx.now,
        )


async def test_dates_bound_the_search(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    sent = await say(world.bob, chat_id, *["слово"] * 4)
    for day, message_id in enumerate(sent, 10):
        # Noon in the portal's zone.
        at = datetime.fromisoformat(f"2026-02-{day}T12:00:00+03:00")
        await world.unit(date_back, message_id, round(at.timestamp() * 1000) + 500)

    async def found(**params: Any) -> list[int]:
        texts = await ids(world.alice, chat_id, "слово", **params)
        assert [one for one in await ids(world.alice, chat_id, **params) if one in sent] == texts
        return texts[::-1]

    assert await found(DATE_FROM="2026-02-11T12:00:00+03:00") == sent[1:]
    assert await found(DATE_FROM="2026-02-11T12:00:01+03:00") == sent[2:]
    assert await found(DATE_TO="2026-02-11T12:00:00+03:00") == sent[:2]
    assert await found(DATE_TO="2026-02-11T08:59:59Z") == sent[:1]
    assert await found(DATE_FROM="2026-02-11T00:00:00+03:00", DATE_TO="2026-02-12T23:59:59+03:00") == sent[1:3]
    assert await found(DATE="2026-02-11T00:00:00+03:00") == [sent[1]]
    assert await found(DATE="2026-02-11") == [sent[1]]
    assert await found(DATE="2026-02-11T12:00:01+03:00") == [sent[2]]
    assert await found(DATE="2026-02-11T00:00:00+03:00", DATE_FROM="2026-02-11T15:00:00+03:00") == []
    assert await found(DATE_FROM="", DATE_TO="", DATE="") == sent


async def date_back(tx: Tx, message_id: int, at: int) -> None:
    await tx.do("UPDATE messages SET created_at = $2 WHERE id = $1", message_id, at)


@pytest.mark.parametrize("name", ["DATE_FROM", "DATE_TO", "DATE"])
@pytest.mark.parametrize("value", ["yesterday", "2026-13-01T00:00:00Z", [1], {"a": 1}, "9" * 500])
async def test_what_is_no_date_is_refused(world: World, name: str, value: object) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    params = {"CHAT_ID": chat_id, "SEARCH_MESSAGE": "first", name: value}
    assert await world.alice.refused("im.dialog.messages.search", **params) == (400, "ERROR_ARGUMENT")


@pytest.mark.parametrize("value", [None, "", 0, -1, "x", [1], {"a": 1}])
async def test_a_chat_must_be_named(world: World, value: object) -> None:
    answer = await world.alice.ask("im.dialog.messages.search", CHAT_ID=value, SEARCH_MESSAGE="first")
    assert answer.refusal == (400, "CHAT_ID_EMPTY")
    assert answer.body["error_description"] == "CHAT_ID can`t be empty"


async def test_strangers_and_former_members_find_nothing(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    await say(world.alice, chat_id, "слово")
    unknown = await world.bob.ask("im.dialog.messages.search", CHAT_ID=999_999, SEARCH_MESSAGE="слово")
    assert unknown.refusal == (403, "ACCESS_ERROR")
    assert unknown.body["error_description"] == "You do not have access to this chat"
    for actor in (world.bob, world.stranger, world.outsider):
        answer = await actor.ask("im.dialog.messages.search", CHAT_ID=chat_id, SEARCH_MESSAGE="слово")
        assert answer.body == unknown.body


async def test_hidden_history_stays_hidden(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    [hidden, asked] = await say(world.alice, chat_id, "слово", "слово")
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id], HIDE_HISTORY="Y")
    assert await ids(world.carol, chat_id, "слово") == []
    [seen] = await say(world.alice, chat_id, "слово", REPLY_ID=asked)
    for order in ("ASC", "DESC"):
        found = await search(world.carol, chat_id, "слово", ORDER={"ID": order})
        assert [one["id"] for one in found["messages"]] == [seen]
        assert found["additionalMessages"] == []
    assert await ids(world.carol, chat_id, "слово", ORDER={"ID": "ASC"}, LAST_ID=1) == [seen]
    assert min(await ids(world.carol, chat_id)) > asked
    assert await ids(world.alice, chat_id, "слово") == [seen, asked, hidden]


async def test_an_employee_searches_an_open_chat_without_joining(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, TYPE="OPEN", MESSAGE="слово")
    [message] = (await search(world.stranger, chat_id, "слово"))["messages"]
    assert (message["unread"], message["viewed"]) == (False, False)
    assert await world.outsider.refused("im.dialog.messages.search", CHAT_ID=chat_id, SEARCH_MESSAGE="слово") == (
        403,
        "ACCESS_ERROR",
    )


async def test_a_private_dialog_is_searched_by_its_number(world: World) -> None:
    message_id = await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE="слово")
    chat_id = (await world.alice.call("im.dialog.messages.get", DIALOG_ID=world.bob.id))["chat_id"]
    assert await ids(world.bob, chat_id, "слово") == [message_id]
    assert await world.carol.refused("im.dialog.messages.search", CHAT_ID=chat_id) == (403, "ACCESS_ERROR")


async def test_other_chats_are_not_searched(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    other = await silent_chat(world, world.alice, world.bob)
    await say(world.alice, other, f"слово @c{chat_id} c{chat_id}")
    assert await ids(world.alice, chat_id, "слово") == []


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "слово " * 20_000, '" OR "слово', "слово' | 'x", "*", "слово*", "NOT слово", "a:b", "\\"]
)
async def test_questions_cannot_break_out(world: World, text: str) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    [message_id] = await say(world.bob, chat_id, "слово")
    found = await ids(world.alice, chat_id, text)
    assert set(found) <= {message_id, message_id - 1}


async def test_nothing_is_changed_by_a_search(world: World) -> None:
    chat_id = await silent_chat(world, world.alice, world.bob)
    before = len(await world.events())
    await search(world.bob, chat_id, "first")
    assert len(await world.events()) == before


async def test_a_fixed_number_of_queries_however_much_is_found(world: World) -> None:
    few = await silent_chat(world, world.alice, world.bob)
    many = await silent_chat(world, world.alice, world.bob, world.carol)
    await say(world.bob, few, "слово")
    [question] = await say(world.alice, many, "Когда?")
    for actor in (world.alice, world.bob, world.carol):
        sent = await say(actor, many, *["слово"] * 10)
        await say(actor, many, "слово", REPLY_ID=question)
        await world.alice.call("im.message.like", MESSAGE_ID=sent[0])
    await ids(world.alice, few, "слово")  # the index is there
    # The end of the log, the chat with the reader's part in it, the index (with the way to plan on PostgreSQL), the
    # messages, likes, people, departments, who has read furthest; the answered ones.
    base = 8 + int(bool(world.config.database))
    for chat_id, expected in ((few, base), (many, base + 1)):
        with count_queries(world) as queries:
            await search(world.alice, chat_id, "слово")
        assert queries.count == expected, queries.statements
