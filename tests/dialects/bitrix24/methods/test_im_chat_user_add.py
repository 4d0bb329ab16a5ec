"""``im.chat.user.add``: who may invite whom, history, what is recorded, each documented error."""

from __future__ import annotations

import pytest

from skvorets.core.events import MembersJoined
from support.chats import dismiss, entity_chat, general_chat_id, left_chat
from support.queries import count_queries
from support.world import World

NOT_ADDED = (400, "WRONG_REQUEST")


async def joins(world: World) -> list[MembersJoined]:
    return [one for one in await world.events("members.joined") if isinstance(one, MembersJoined)]


async def texts(world: World, chat_id: int) -> list[str]:
    page = await world.carol.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    return [one["text"] for one in page["messages"]]


async def test_any_member_may_invite_and_history_is_shown(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, MESSAGE="before")
    answer = await world.bob.ask("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id])
    assert answer.result is True
    assert set(answer.body) == {"result", "time"}
    joined = (await joins(world))[-1]
    assert (joined.chat_id, joined.person_ids, joined.actor_id) == (chat_id, [world.carol.id], world.bob.id)
    assert joined.shows_history
    found = await texts(world, chat_id)
    assert found[0] == (
        f"[USER={world.bob.id}]Bob Ivanov[/USER] пригласил в чат [USER={world.carol.id}]Carol Sidorova[/USER]"
    )
    assert found[1] == "before"


async def test_without_history_only_what_follows_is_seen(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, MESSAGE="secret")
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id], HIDE_HISTORY="Y")
    assert not (await joins(world))[-1].shows_history
    found = await texts(world, chat_id)
    assert len(found) == 1
    assert "пригласила" in found[0]


async def test_people_from_outside_never_see_history(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, MESSAGE="secret")
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.outsider.id])
    page = await world.outsider.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    assert "secret" not in str(page)
    assert (await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["extranet"] is True


async def test_any_employee_may_invite_to_an_open_chat_and_nobody_from_outside(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, TYPE="OPEN")
    assert await world.stranger.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id]) is True
    assert await world.outsider.refused("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.outsider.id]) == NOT_ADDED


async def test_a_member_from_outside_brings_nobody_he_cannot_see(world: World) -> None:
    chat_id = await world.chat(world.alice, world.outsider)
    assert await world.outsider.refused("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.bob.id]) == NOT_ADDED


async def test_strangers_and_former_members_are_refused_like_for_unknown_chats(world: World) -> None:
    chat_id = await left_chat(world, world.alice, world.bob)
    unknown = await world.bob.ask("im.chat.user.add", CHAT_ID=999_999, USERS=[world.bob.id])
    assert unknown.refusal == NOT_ADDED
    assert unknown.body["error_description"] == "You don't have access or user already member in chat"
    for actor in (world.bob, world.stranger):
        assert (await actor.ask("im.chat.user.add", CHAT_ID=chat_id, USERS=[actor.id])).body == unknown.body
    assert await world.alice.call("im.chat.user.list", CHAT_ID=chat_id) == [world.alice.id]


async def test_nobody_left_to_invite_is_refused_and_changes_nothing(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await dismiss(world, world.carol)
    before = len(await world.events())
    wanted = [world.bob.id, world.carol.id, 999_999, 0, -5, 2**63]
    assert await world.alice.refused("im.chat.user.add", CHAT_ID=chat_id, USERS=wanted) == NOT_ADDED
    assert len(await world.events()) == before


async def test_the_general_chat_and_chats_of_fixed_members_are_refused(world: World) -> None:
    general = await world.alice.ask("im.chat.user.add", CHAT_ID=await general_chat_id(world), USERS=[world.bob.id])
    assert general.refusal == (403, "ACCESS_ERROR")
    assert general.body["error_description"] == "Action unavailable"
    fixed = await entity_chat(world, world.alice, world.bob, entity="CALL")
    answer = await world.alice.ask("im.chat.user.add", CHAT_ID=fixed, USERS=[world.carol.id])
    assert answer.refusal == (403, "ACCESS_ERROR")
    assert answer.body["error_description"] == "It is forbidden to add users to this chat"


@pytest.mark.parametrize("users", [None, "", 5, "x", [[1]], [{}], {}])
async def test_people_in_another_form_are_refused(world: World, users: object) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    answer = await world.alice.ask("im.chat.user.add", CHAT_ID=chat_id, USERS=users)
    assert answer.refusal == (400, "WRONG_REQUEST")
    assert answer.body["error_description"] == "User IDs must be passed in array format"


async def test_a_chat_must_be_named(world: World) -> None:
    assert await world.alice.refused("im.chat.user.add", USERS=[1]) == (400, "CHAT_ID_EMPTY")
    assert await world.alice.refused("im.chat.user.add", USERS=[1], DIALOG_ID=1) == (400, "DIALOG_ID_EMPTY")


async def test_inviting_many_costs_the_statements_of_inviting_one(world: World) -> None:
    crowd = [(await world.add(f"P{number}")).id for number in range(20)]
    costs = []
    for ids in (crowd[:1], crowd):
        chat_id = await world.chat(world.alice, world.bob)
        with count_queries(world) as queries:
            await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=ids)
        costs.append(queries.count)
        found = await world.alice.call("im.chat.user.list", CHAT_ID=chat_id)
        assert found == [world.alice.id, world.bob.id, *ids]
    assert costs[0] == costs[1], costs
