"""Chats for administrators who need not be in them: seen from outside, members and owners changed, closed."""

from __future__ import annotations

import json

import pytest

from support.administration import audit_of, refuses_others
from support.browsers import RefusedError, browser_of
from support.chats import general_chat_id
from support.queries import count_queries
from support.world import Actor, World

PATH = "/api/admin/chats"


async def test_chats_of_several_people_are_listed_newest_first_without_a_word_of_them(world: World) -> None:
    chat_id = await _chat(world.bob, world.carol, TITLE="Секретный проект", MESSAGE="word-of-mouth")
    await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="private word-of-mouth")
    async with browser_of(world, world.alice) as browser:
        with count_queries(world) as queries:
            page = await browser.get(PATH)
    assert queries.count == 4  # two for the session
    assert page["next"] == 0
    newest = page["chats"][0]
    assert newest == {
        "id": chat_id,
        "kind": "group",
        "title": "Секретный проект",
        "avatar": "",
        "color": newest["color"],
        "ownerId": world.bob.id,
        "ownerName": "Bob Ivanov",
        "isGeneral": False,
        "isOutside": False,
        "entity": "",
        "members": 2,
        "messages": newest["messages"],
        "lastMessageAt": newest["lastMessageAt"],
        "createdAt": newest["createdAt"],
    }
    assert newest["messages"] >= 1
    assert {one["kind"] for one in page["chats"]} <= {"group", "open", "line"}
    assert "word-of-mouth" not in json.dumps(page)


async def test_chats_are_found_by_title_kind_and_member(world: World) -> None:
    group = await _chat(world.bob, world.carol, TITLE="Большой проект")
    opened = await _chat(world.bob, TYPE="OPEN", TITLE="Открытая площадка")
    outside = await _chat(world.alice, world.outsider, TITLE="Подрядчики")
    general = await general_chat_id(world)

    async def ids(query: str) -> list[int]:
        return [one["id"] for one in (await browser.get(f"{PATH}?{query}"))["chats"]]

    async with browser_of(world, world.alice) as browser:
        assert await ids("find=проект") == [group]
        assert await ids("find=боль%20про") == [group]
        assert await ids("filter=open") == [opened, general]
        assert await ids("filter=outside") == [outside]
        assert await ids(f"member={world.outsider.id}") == [outside]
        assert await ids("filter=empty") == []
        first = await browser.get(f"{PATH}?limit=2")
        assert [one["id"] for one in first["chats"]] == [outside, opened]
        assert await ids(f"limit=2&before={first['next']}") == [group, general]
        with pytest.raises(RefusedError, match="400 malformed"):
            await ids("filter=private")


async def test_members_come_and_go_without_the_administrator_being_one(world: World) -> None:
    chat_id = await world.chat(world.bob, world.carol)
    async with browser_of(world, world.alice) as browser:
        line = await browser.call("POST", f"{PATH}/{chat_id}/members", {"ids": [world.stranger.id, 99999]})
        assert line["members"] == 3
        people = await browser.get(f"{PATH}/{chat_id}/members?limit=2")
        assert [one["id"] for one in people["people"]] == sorted([world.bob.id, world.carol.id])
        rest = await browser.get(f"{PATH}/{chat_id}/members?limit=2&after={people['next']}")
        assert [one["id"] for one in rest["people"]] == [world.stranger.id]
        assert rest["next"] == 0
        with pytest.raises(RefusedError, match="409 nothing_changed"):
            await browser.call("POST", f"{PATH}/{chat_id}/members", {"ids": [world.stranger.id]})
        await browser.call("DELETE", f"{PATH}/{chat_id}/members/{world.bob.id}")  # its owner
        line = await browser.get(f"{PATH}/{chat_id}")
        assert (line["members"], line["ownerId"]) == (2, world.carol.id)
        with pytest.raises(RefusedError, match=r"^403 "):
            await browser.call("DELETE", f"{PATH}/{chat_id}/members/{world.bob.id}")
    [entry] = await audit_of(world, "chat.members_added")
    assert (entry["subject"], entry["people"]) == (("chat", chat_id), [world.stranger.person.name])
    assert [one["person"] for one in await audit_of(world, "chat.member_removed")] == ["Bob Ivanov"]
    left = (await world.events("members.left"))[-1]
    assert (left.person_ids, left.actor_id) == ([world.bob.id], world.alice.id)  # type: ignore[attr-defined]


async def test_title_and_owner_are_changed(world: World) -> None:
    chat_id = await _chat(world.bob, world.carol, TITLE="Old")
    async with browser_of(world, world.alice) as browser:
        line = await browser.call("PATCH", f"{PATH}/{chat_id}", {"title": "New", "ownerId": world.carol.id})
        assert (line["title"], line["ownerName"]) == ("New", "Carol Sidorova")
        with pytest.raises(RefusedError, match="409 nothing_changed"):
            await browser.call("PATCH", f"{PATH}/{chat_id}", {"ownerId": world.carol.id})
        with pytest.raises(RefusedError, match=r"^403 "):
            await browser.call("PATCH", f"{PATH}/{chat_id}", {"title": "Newer", "ownerId": world.stranger.id})
        assert (await browser.get(f"{PATH}/{chat_id}"))["title"] == "New"
    [entry] = await audit_of(world, "chat.renamed")
    assert (entry["name"], entry["was"]) == ("New", "Old")
    assert [one["person"] for one in await audit_of(world, "chat.owner_changed")] == ["Carol Sidorova"]


async def test_a_closed_chat_is_gone_for_everybody(world: World) -> None:
    chat_id = await world.chat(world.bob, world.carol, TYPE="OPEN")
    async with browser_of(world, world.alice) as browser:
        await browser.call("DELETE", f"{PATH}/{chat_id}")
        line = await browser.get(f"{PATH}/{chat_id}")
        assert (line["members"], line["ownerId"], line["kind"]) == (0, 0, "group")
        assert [one["id"] for one in (await browser.get(f"{PATH}?filter=empty"))["chats"]] == [chat_id]
        with pytest.raises(RefusedError, match="409 nothing_changed"):
            await browser.call("DELETE", f"{PATH}/{chat_id}")
    for actor in (world.bob, world.stranger):
        status, _ = await actor.refused("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
        assert status == 403
    assert [one["subject"] for one in await audit_of(world, "chat.closed")] == [("chat", chat_id)]


async def test_what_a_chat_forbids_to_all_is_forbidden_to_administrators(world: World) -> None:
    general = await general_chat_id(world)
    async with browser_of(world, world.alice) as browser:
        for verb, path, given in (
            ("DELETE", f"{PATH}/{general}", {}),
            ("PATCH", f"{PATH}/{general}", {"title": "x"}),
            ("PATCH", f"{PATH}/{general}", {"ownerId": world.bob.id}),
            ("POST", f"{PATH}/{general}/members", {"ids": [world.outsider.id]}),
            ("DELETE", f"{PATH}/{general}/members/{world.bob.id}", {}),
        ):
            with pytest.raises(RefusedError, match=r"^403 "):
                await browser.call(verb, path, given)


async def test_dialogs_of_two_look_absent(world: World) -> None:
    await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="hi")
    chat_id = (await world.bob.call("im.dialog.get", DIALOG_ID=world.carol.id))["id"]
    async with browser_of(world, world.alice) as browser:
        for verb, path in (
            ("GET", f"{PATH}/{chat_id}"),
            ("PATCH", f"{PATH}/{chat_id}"),
            ("DELETE", f"{PATH}/{chat_id}"),
            ("GET", f"{PATH}/{chat_id}/members"),
            ("POST", f"{PATH}/{chat_id}/members"),
            ("DELETE", f"{PATH}/{chat_id}/members/{world.bob.id}"),
            ("GET", f"{PATH}/999999"),
        ):
            given = {"title": "x"} if verb == "PATCH" else {"ids": [1]} if verb == "POST" else None
            with pytest.raises(RefusedError, match=r"^404 "):
                await browser.call(verb, path, given)


async def test_only_administrators_may(world: World) -> None:
    chat_id = await world.chat(world.bob, world.carol)
    for verb, path in (
        ("GET", PATH),
        ("GET", f"{PATH}/{chat_id}"),
        ("PATCH", f"{PATH}/{chat_id}"),
        ("DELETE", f"{PATH}/{chat_id}"),
        ("GET", f"{PATH}/{chat_id}/members"),
        ("POST", f"{PATH}/{chat_id}/members"),
        ("DELETE", f"{PATH}/{chat_id}/members/{world.carol.id}"),
    ):
        await refuses_others(world, verb, path, {"ids": [1]})


async def _chat(*members: Actor, **params: str) -> int:
    chat_id: int = await members[0].call("im.chat.add", USERS=[one.id for one in members], **params)
    return chat_id
