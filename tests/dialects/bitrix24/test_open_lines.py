"""What ``im.*`` and ``imbot.*`` show of open lines, and what they keep from customers and for staff.

Spec bitrix24-im §4.1, §4.3, §4.7, §9, §11–§13; bitrix24-openlines §2, §3.5.
"""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.applications import issue_tokens
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from support.bots import as_itself, robot
from support.lines import Visitor, answered, led_by, line_of, messages_of, visitor_of
from support.queries import count_queries
from support.world import Actor, World


async def waiting(world: World, *operators: Actor, **given: Any) -> Visitor:
    """Let a customer write to a line; nobody has answered yet."""
    visitor = await visitor_of(world, await line_of(world, operators, **given), "Ann")
    await visitor.writes("hello")
    return visitor


async def recents(actor: Actor, method: str, **given: Any) -> dict[str, dict[str, Any]]:
    """Give the items of a recent list by id."""
    found = await actor.call(method, **given)
    return {str(one["id"]): one for one in (found["items"] if isinstance(found, dict) else found)}


# ---------------------------------------------------------------------------------------------------------- the lists


@pytest.mark.parametrize("method", ["im.recent.get", "im.recent.list"])
async def test_conversations_of_lines_tell_their_session(world: World, method: str) -> None:
    visitor = await waiting(world, world.bob)
    chat_id, session = await visitor.chat_id(), await visitor.session()
    group = await world.chat(world.bob, world.carol)

    items = await recents(world.bob, method)

    line = items[f"chat{chat_id}"]
    assert line["lines"] == {"id": session.id, "status": session.status, "date_create": line["lines"]["date_create"]}
    assert line["lines"]["date_create"] == line["chat"]["date_create"]
    assert (line["chat"]["type"], line["chat"]["message_type"]) == ("lines", "L")
    assert "lines" not in items[f"chat{group}"]


@pytest.mark.parametrize("method", ["im.recent.get", "im.recent.list"])
async def test_lists_with_and_without_lines(world: World, method: str) -> None:
    visitor = await waiting(world, world.bob)
    chat_id = f"chat{await visitor.chat_id()}"
    group = f"chat{await world.chat(world.bob, world.carol)}"
    await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="hi")

    assert {chat_id, group, str(world.carol.id)} <= (await recents(world.bob, method)).keys()
    assert (await recents(world.bob, method, ONLY_OPENLINES="Y")).keys() == {chat_id}
    without = (await recents(world.bob, method, SKIP_OPENLINES="Y")).keys()
    assert chat_id not in without
    assert group in without
    assert chat_id in await recents(world.bob, method, SKIP_CHAT="Y", SKIP_DIALOG="Y")


async def test_the_newest_session_is_shown_for_one_query_however_many_lines_there_are(world: World) -> None:
    counts, visitor = [], await waiting(world, world.bob)
    for _ in range(2):
        visitor = await waiting(world, world.bob)
        with count_queries(world) as queries:
            await world.bob.call("im.recent.list", ONLY_OPENLINES="Y")
        counts.append(queries.count)
    assert counts[0] == counts[1]
    first = await visitor.session()
    await world.bob.call("imopenlines.operator.answer", CHAT_ID=first.chat_id)
    shown = (await recents(world.bob, "im.recent.list"))[f"chat{first.chat_id}"]["lines"]
    assert (shown["id"], shown["status"]) == (first.id, 10)


async def test_unread_messages_of_customers_are_counted_for_lines(world: World) -> None:
    visitor = await waiting(world, world.bob)
    chat_id = await visitor.chat_id()
    await visitor.writes("is anybody there?")

    counters = await world.bob.call("im.counters.get")

    # The line of the system with which the conversation begins counts as any message does.
    assert counters["LINES"].keys() == {str(chat_id)}
    unread = counters["LINES"][str(chat_id)]
    assert unread >= 2
    assert counters["TYPE"]["LINES"] == unread
    assert counters["TYPE"]["ALL"] == unread + counters["TYPE"]["MESSENGER"] + counters["TYPE"]["NOTIFY"]
    newest = (await messages_of(world, chat_id))[-1].id
    await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=newest)
    assert not (await world.bob.call("im.counters.get"))["LINES"]


# ---------------------------------------------------------------------------------------------------------- the people


async def test_the_customer_is_a_user_of_a_connector(world: World) -> None:
    visitor = await waiting(world, world.bob)
    client = await visitor.client()

    users = await world.bob.call("im.dialog.users.list", DIALOG_ID=f"chat{client.chat_id}")

    guest = next(one for one in users if one["id"] == client.person_id)
    assert (guest["connector"], guest["network"], guest["bot"], guest["extranet"]) == (True, False, False, False)
    assert (guest["external_auth_id"], guest["name"], guest["active"]) == ("imconnector", "Ann", True)
    assert [one["connector"] for one in users if one["id"] == world.bob.id] == [False]


async def test_lists_of_users_leave_customers_out_when_asked(world: World) -> None:
    visitor = await waiting(world, world.bob)
    client = await visitor.client()
    dialog = {"DIALOG_ID": f"chat{client.chat_id}"}

    async def ids(**given: Any) -> set[int]:
        return {one["id"] for one in await world.bob.call("im.dialog.users.list", **dialog, **given)}

    assert await ids(SKIP_EXTERNAL="Y") == {world.bob.id}
    kept = await ids(SKIP_EXTERNAL="Y", SKIP_EXTERNAL_EXCEPT_TYPES="bot, imconnector")
    assert kept == {world.bob.id, client.person_id}


async def test_customers_are_in_no_search_and_no_list_of_people(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.alice]), "Zoltan Quux", email="zoltan@quux.example")
    await visitor.writes("hello")
    client = await visitor.client()
    guest = client.person_id

    for who in (world.alice, world.bob):
        assert not await who.call("im.search.user.list", FIND="Zoltan")
        assert not await who.call("im.search.user.list", FIND="Quux")
    assert guest not in [int(one["ID"]) for one in await world.alice.call("user.get")]
    assert not await world.alice.call("user.get", FILTER={"ID": guest})
    for method in ("im.department.colleagues.list", "im.user.business.list"):
        assert guest not in [int(one) for one in await world.alice.call(method)], method


async def test_chats_of_lines_are_found_where_they_are_asked_for(world: World) -> None:
    visitor = await visitor_of(world, await line_of(world, [world.bob]), "Zoltan Quux")
    await visitor.writes("hello")
    chat_id = str(await visitor.chat_id())

    for phrase in ("Zoltan", "Quux", "Support"):
        assert chat_id in await world.bob.call("im.search.chat.list", FIND_LINES=phrase), phrase
        assert chat_id not in await world.bob.call("im.search.chat.list", FIND=phrase), phrase
        assert not await world.stranger.call("im.search.chat.list", FIND_LINES=phrase), phrase


# ------------------------------------------------------------------------------------------------- chats by their code


async def test_the_chat_of_a_customer_is_found_by_his_code(world: World) -> None:
    visitor = await answered(world, world.bob, world.carol)
    client = await visitor.client()
    named = {"ENTITY_TYPE": "LINES", "ENTITY_ID": client.user_code}

    for who in (world.bob, world.carol, world.alice):
        assert await who.call("im.chat.get", **named) == client.chat_id
    for who in (world.stranger, world.outsider):
        assert await who.call("im.chat.get", **named) is None
    assert await world.bob.call("im.chat.get", ENTITY_TYPE="LINES", ENTITY_ID="livechat|9|9|9") is None


async def test_the_chat_of_the_customer_himself_is_nobodys(world: World) -> None:
    visitor = await answered(world, world.bob)
    client = await visitor.client()

    for who in (world.alice, world.bob, world.stranger):
        named = {"ENTITY_TYPE": "LIVECHAT", "ENTITY_ID": f"{client.line_id}|{client.person_id}"}
        assert await who.call("im.chat.get", **named) is None
        for method in ("im.dialog.get", "im.dialog.messages.get"):
            refusal = await who.refused(method, DIALOG_ID=f"chat{client.client_chat_id}")
            assert refusal == (403, "ACCESS_ERROR")


@pytest.mark.parametrize("kind", ["CHAT", "OPEN"])
async def test_nobody_makes_a_line_by_the_name_of_its_entity(world: World, kind: str) -> None:
    visitor = await answered(world, world.bob)
    client, bot = await visitor.client(), await robot(world, TYPE="B", OPENLINE="Y")
    named = {"ENTITY_TYPE": "LINES", "ENTITY_ID": client.user_code}
    false_chat = await world.chat(world.carol, world.bob, TYPE=kind, **named)
    await world.carol.call("im.chat.user.add", CHAT_ID=false_chat, USERS=[bot.id])

    await world.carol.call("im.message.add", DIALOG_ID=f"chat{false_chat}", MESSAGE="I am the operator")

    assert await visitor.texts() == ["hello", "good day"]
    assert await world.bob.call("im.chat.get", **named) == client.chat_id
    assert await world.carol.call("im.chat.get", **named) is None
    shown = (await recents(world.carol, "im.recent.list"))[f"chat{false_chat}"]
    assert "lines" not in shown
    assert shown["chat"]["type"] == {"CHAT": "chat", "OPEN": "open"}[kind]
    assert f"chat{false_chat}" not in await recents(world.carol, "im.recent.list", ONLY_OPENLINES="Y")
    assert await bot.owner.refused("imopenlines.bot.session.operator", CHAT_ID=false_chat) == (400, "WRONG_CHAT")
    assert await world.carol.refused("imopenlines.operator.answer", CHAT_ID=false_chat) == (400, "CHAT_TYPE")
    assert await world.carol.refused("imopenlines.dialog.get", CHAT_ID=false_chat) == (400, "ACCESS_ERROR")
    assert (await visitor.session()).operator_id == world.bob.id


async def test_nobody_writes_to_a_customer_through_a_false_chat_of_his(world: World) -> None:
    visitor = await answered(world, world.bob)
    client = await visitor.client()
    entity = {"ENTITY_TYPE": "LIVECHAT", "ENTITY_ID": f"{client.line_id}|{client.person_id}"}
    false_chat = await world.chat(world.carol, world.stranger, **entity)

    await world.carol.call("im.message.add", DIALOG_ID=f"chat{false_chat}", MESSAGE="buy cheap")

    assert await visitor.texts() == ["hello", "good day"]
    assert len(await messages_of(world, client.chat_id)) == len(await messages_of(world, await visitor.chat_id()))
    assert await world.carol.call("im.chat.get", **entity) == false_chat


# ------------------------------------------------------------------------------------------- what customers do not get


async def test_messages_for_operators_only(world: World) -> None:
    visitor = await answered(world, world.bob)
    dialog = {"DIALOG_ID": f"chat{await visitor.chat_id()}"}

    hidden = await world.bob.call("im.message.add", **dialog, MESSAGE="he is angry", SKIP_CONNECTOR="Y")
    await world.bob.call("im.message.add", **dialog, MESSAGE="a line of the system", SYSTEM="Y")
    await world.bob.call("im.message.add", **dialog, MESSAGE="one moment")
    await world.bob.call("im.message.update", MESSAGE_ID=hidden, MESSAGE="he is very angry")
    await world.bob.call("im.message.like", MESSAGE_ID=hidden)

    assert await visitor.texts() == ["hello", "good day", "one moment"]
    shown = next(one for one in await messages_of(world, await visitor.chat_id()) if one.id == hidden)
    assert shown.read_params()["CLASS"] == "bx-messenger-content-item-system"
    await world.bob.call("im.message.delete", MESSAGE_ID=hidden)
    assert await visitor.texts() == ["hello", "good day", "one moment"]


async def test_bots_hint_to_operators(world: World) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob, bot_leaves="close")
    dialog = {"DIALOG_ID": f"chat{await visitor.chat_id()}"}

    await bot.call("imbot.message.add", **dialog, MESSAGE="a regular customer", SKIP_CONNECTOR="Y")
    said = await bot.call("imbot.message.add", **dialog, MESSAGE="Choose")
    await bot.call("imbot.message.update", MESSAGE_ID=said, MESSAGE="Choose, operators", SKIP_CONNECTOR="Y")
    assert await visitor.texts() == ["hello", "Choose"]

    await bot.call("imbot.message.update", MESSAGE_ID=said, MESSAGE="Choose one")
    assert await visitor.texts() == ["hello", "Choose one"]

    await bot.call("imbot.message.update", MESSAGE_ID=said, MESSAGE="", SKIP_CONNECTOR="Y")
    assert await visitor.texts() == ["hello", "Choose one"]


@pytest.mark.parametrize(("silent", "seen"), [("Y", 0), ("N", 1)])
async def test_files_are_sent_silently_or_to_the_customer(world: World, silent: str, seen: int) -> None:
    visitor = await answered(world, world.bob)
    chat_id = await visitor.chat_id()
    folder = (await world.bob.call("im.disk.folder.get", CHAT_ID=chat_id))["ID"]
    content = {"DATA": {"NAME": "offer.txt"}, "FILECONTENT": ["offer.txt", "aGVsbG8="]}
    uploaded = (await world.bob.call("disk.folder.uploadfile", ID=folder, **content))["ID"]

    await world.bob.call("im.disk.file.commit", CHAT_ID=chat_id, UPLOAD_ID=uploaded, SILENT_MODE=silent)

    with_files = [one for one in await visitor.messages() if one.read_params().get("FILE_ID")]
    assert len(with_files) == seen
    assert all(uploaded not in one.read_params()["FILE_ID"] for one in with_files), "the customer has a copy"


async def test_a_customer_has_no_token_and_writes_by_no_other_door(world: World) -> None:
    bot = await robot(world, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob)
    client = await visitor.client()
    application = await world.install(name="Other")
    guest = Actor(world, world.bob.person, "/rest/", await world.unit(_token, application, client.person_id))

    assert await guest.refused("profile") == (401, "authorization_error")
    assert await (await as_itself(world, bot)).call("profile")


async def _token(tx: Tx, application: Application, person_id: int) -> str:
    return issue_tokens(tx, application, person_id).access_token
