"""``imopenlines.dialog.get``: by any of four names, for those who may look."""

from __future__ import annotations

from support.bots import as_itself, robot
from support.lines import line_of, visitor_of
from support.queries import count_queries
from support.world import World

# Keys of the seed's sample.
SAMPLE = {
    *("avatar", "color", "date_create", "dialog_id", "entity_data_1", "entity_data_2", "entity_data_3", "entity_id"),
    *("entity_type", "extranet", "id", "manager_list", "message_type", "name", "owner", "type"),
}
METHOD = "imopenlines.dialog.get"


async def test_the_documented_object_is_given(world: World) -> None:
    line = await line_of(world, [world.bob])
    visitor = await visitor_of(world, line, "Ann Lee")
    await visitor.writes("hello")
    client, session = await visitor.client(), await visitor.session()

    chat = await world.bob.call(METHOD, CHAT_ID=client.chat_id)

    assert chat.keys() >= SAMPLE
    assert (chat["id"], chat["dialog_id"]) == (client.chat_id, f"chat{client.chat_id}")
    assert (chat["type"], chat["message_type"], chat["entity_type"]) == ("lines", "L", "LINES")
    assert chat["entity_id"] == f"livechat|{line.id}|{client.client_chat_id}|{client.person_id}"
    begin = session.started_at // 1000
    assert chat["entity_data_1"] == f"N|NONE|0|N|N|{session.id}|{begin}|0|0|0"
    assert (chat["entity_data_2"], chat["entity_data_3"]) == ("", "")
    assert (chat["name"], chat["owner"], chat["extranet"]) == ("Ann Lee - Support", 0, False)


async def test_the_chat_has_four_names(world: World) -> None:
    line = await line_of(world, [world.bob])
    visitor = await visitor_of(world, line)
    await visitor.writes("hello")
    client, session = await visitor.client(), await visitor.session()

    for name in (
        {"CHAT_ID": client.chat_id},
        {"DIALOG_ID": f"chat{client.chat_id}"},
        {"SESSION_ID": session.id},
        {"USER_CODE": client.user_code},
        {"USER_CODE": f"imol|{client.user_code}"},
        {"user_code": f"  imol|{client.user_code} "},
    ):
        assert (await world.bob.call(METHOD, **name))["id"] == client.chat_id, name


async def test_the_first_of_several_names_counts(world: World) -> None:
    line = await line_of(world, [world.bob])
    first, second = await visitor_of(world, line), await visitor_of(world, line)
    await first.writes("hello")
    await second.writes("hello")
    one, other = await first.client(), await second.client()
    names = [
        ("CHAT_ID", one.chat_id, other.chat_id),
        ("DIALOG_ID", f"chat{one.chat_id}", f"chat{other.chat_id}"),
        ("SESSION_ID", one.session_id, other.session_id),
        ("USER_CODE", one.user_code, other.user_code),
    ]

    for at, (name, value, _) in enumerate(names):
        given = {name: value, **{later: others for later, _, others in names[at + 1 :]}}
        assert (await world.bob.call(METHOD, **given))["id"] == one.chat_id, given


async def test_without_a_name_the_documented_error_comes(world: World) -> None:
    answer = await world.bob.ask(METHOD)

    assert answer.refusal == (400, "DIALOG_ID_EMPTY")
    assert answer.body["error_description"] == "Dialog ID can't be empty"
    for given in ({"CHAT_ID": 0}, {"CHAT_ID": ""}, {"DIALOG_ID": ""}, {"USER_CODE": " "}, {"SESSION_ID": {"a": 1}}):
        assert await world.bob.refused(METHOD, **given) == (400, "DIALOG_ID_EMPTY"), given


async def test_those_look_who_serve_the_line_or_rule_the_portal(world: World) -> None:
    line = await line_of(world, [world.bob, world.carol])
    visitor = await visitor_of(world, line)
    await visitor.writes("hello")
    client = await visitor.client()
    await world.bob.call("imopenlines.operator.answer", CHAT_ID=client.chat_id)

    for who in (world.alice, world.carol):  # neither sits in the chat
        assert (await who.call(METHOD, USER_CODE=client.user_code))["id"] == client.chat_id
    for name in ({"CHAT_ID": client.chat_id}, {"SESSION_ID": client.session_id}, {"USER_CODE": client.user_code}):
        for who in (world.stranger, world.outsider):
            assert await who.refused(METHOD, **name) == (400, "ACCESS_ERROR"), name


async def test_hidden_absent_and_other_chats_look_the_same(world: World) -> None:
    line = await line_of(world, [world.bob])
    visitor = await visitor_of(world, line)
    await visitor.writes("hello")
    client = await visitor.client()
    group = await world.chat(world.stranger, world.bob)

    answers = [
        await world.stranger.ask(METHOD, **given)
        for given in (
            {"CHAT_ID": client.chat_id},
            {"CHAT_ID": client.client_chat_id},
            {"CHAT_ID": 999_999},
            {"CHAT_ID": group},
            {"DIALOG_ID": world.bob.id},
            {"SESSION_ID": 999_999},
            {"USER_CODE": "livechat|9|9|9"},
        )
    ]

    assert {one.refusal for one in answers} == {(400, "ACCESS_ERROR")}
    assert {one.body["error_description"] for one in answers} == {"You do not have access to the specified dialog"}


async def test_a_bot_sees_the_chat_in_which_it_takes_part(world: World) -> None:
    bot, other = await robot(world, TYPE="O"), await robot(world, TYPE="O")
    line = await line_of(world, [world.bob], bot=bot.id)
    visitor = await visitor_of(world, line)
    await visitor.writes("hello")
    chat_id = await visitor.chat_id()

    as_bot, as_other = await as_itself(world, bot), await as_itself(world, other)

    assert (await as_bot.call(METHOD, CHAT_ID=chat_id))["owner"] == bot.id
    assert (await as_bot.call(METHOD, CHAT_ID=chat_id))["manager_list"] == [bot.id]
    assert await as_other.refused(METHOD, CHAT_ID=chat_id) == (400, "ACCESS_ERROR")


async def test_the_number_of_queries_is_fixed(world: World) -> None:
    line = await line_of(world, [world.bob])
    visitor = await visitor_of(world, line)
    await visitor.writes("hello")
    chat_id = await visitor.chat_id()
    await world.bob.call(METHOD, CHAT_ID=chat_id)

    with count_queries(world) as counted:
        await world.bob.call(METHOD, CHAT_ID=chat_id)

    assert counted.count <= 6
