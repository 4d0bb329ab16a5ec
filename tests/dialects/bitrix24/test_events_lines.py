"""What bots and applications are told of open lines: spec bitrix24-events §3, §5.1–§5.4, §5.8; openlines §7."""

from __future__ import annotations

from skvorets.core.lines import relay
from skvorets.storage import line_clients
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LineClient
from support.bots import as_itself
from support.handlers import Handlers, HandlerScript
from support.lines import led_by, line_of, session_of, visitor_of
from support.wire_events import bot_of, check_auth, hear_changes, listening_bot
from support.world import Actor, World


async def test_the_bot_in_front_is_told_of_the_chat_and_of_what_the_customer_wrote(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="O")

    visitor = await led_by(world, bot.id, world.bob)

    joined, received = await script.take(2)
    client, chat_id = await visitor.client(), await visitor.chat_id()
    session = await session_of(world, chat_id)
    params = joined.form["data"]["PARAMS"]
    assert joined.event == "ONIMBOTJOINCHAT"
    assert (params["DIALOG_ID"], params["CHAT_TYPE"], params["CHAT_ENTITY_TYPE"]) == (f"chat{chat_id}", "L", "LINES")
    assert params["CHAT_ENTITY_ID"] == client.user_code
    assert joined.form["data"]["USER"]["ID"] == str(client.person_id)
    assert received.event == "ONIMBOTMESSAGEADD"
    params = received.form["data"]["PARAMS"]
    assert (params["MESSAGE"], params["MESSAGE_ORIGINAL"]) == ("hello", "hello")
    assert (params["DIALOG_ID"], params["CHAT_ID"]) == (f"chat{chat_id}", str(chat_id))
    assert (params["CHAT_TYPE"], params["MESSAGE_TYPE"], params["CHAT_ENTITY_TYPE"]) == ("L", "L", "LINES")
    assert params["CHAT_ENTITY_ID"] == client.user_code
    assert params["CHAT_ENTITY_DATA_1"].split("|")[5] == str(session.id)
    assert (params["CHAT_ENTITY_DATA_2"], params["CHAT_ENTITY_DATA_3"]) == ("", "")
    assert (params["FROM_USER_ID"], params["CHAT_AUTHOR_ID"]) == (str(client.person_id), str(bot.id))
    user = received.form["data"]["USER"]
    assert (user["ID"], user["NAME"]) == (str(client.person_id), "Ann")
    assert (user["IS_CONNECTOR"], user["IS_NETWORK"], user["IS_BOT"], user["IS_EXTRANET"]) == ("Y", "N", "N", "N")


async def test_a_customers_rights_never_go_along_but_those_of_the_bot(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob)

    joined, received = await script.take(2)

    check_auth(world, joined.form["auth"], bot.id, has_refresh=False)
    check_auth(world, received.form["auth"], bot.id)
    # As the seed's bot answers: with what the event has brought.
    seeds_way = Actor(world, world.alice.person, "/rest/", received.form["auth"]["access_token"])
    dialog = received.form["data"]["PARAMS"]["DIALOG_ID"]
    await seeds_way.call("imbot.message.add", DIALOG_ID=dialog, MESSAGE="0. Wait operator answer")
    await seeds_way.call("imopenlines.bot.session.operator", CHAT_ID=received.form["data"]["PARAMS"]["CHAT_ID"])
    assert (await visitor.texts())[-1] == "0. Wait operator answer"
    assert (await visitor.session()).queued_at


async def test_the_bot_hears_the_zero_that_sends_it_away(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="O")
    visitor = await led_by(world, bot.id, world.bob)
    await script.take(2)

    await visitor.writes(" 0 ")
    await visitor.writes("are you there?")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{await visitor.chat_id()}", MESSAGE="yes")

    told = await script.next()
    assert (told.event, told.form["data"]["PARAMS"]["MESSAGE"]) == ("ONIMBOTMESSAGEADD", "0")
    assert list(told.form["data"]["BOT"]) == [str(bot.id)]
    assert (await visitor.session()).bot_id == 0
    await visitor.writes("0")
    await visitor.writes("thanks")
    assert not script.untaken


async def test_customers_and_operators_are_heard_by_every_bot_of_lines_in_the_chat_and_by_no_other(
    world: World, handlers: Handlers
) -> None:
    front, hybrid, plain = handlers.at("/front"), handlers.at("/hybrid"), handlers.at("/plain")
    bot = await listening_bot(world, front, "front", TYPE="O")
    second = await listening_bot(world, hybrid, "hybrid", OPENLINE="Y")
    third = await listening_bot(world, plain, "plain", TYPE="S")
    visitor = await led_by(world, bot.id, world.bob, bot_leaves="close")
    await front.take(2)
    chat_id = await visitor.chat_id()
    await visitor.writes("0")
    await front.next()
    await world.bob.call("imopenlines.operator.answer", CHAT_ID=chat_id)
    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[second.id, third.id])
    await hybrid.next()

    await visitor.writes("a question")
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="an answer")
    await bot.call("imbot.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="a hint of the bot")
    await visitor.writes("thanks")

    for script in (front, hybrid):
        told = [one.form["data"] for one in await script.take(3)]
        assert [one["PARAMS"]["MESSAGE"] for one in told] == ["a question", "an answer", "thanks"]
        assert [one["USER"]["IS_CONNECTOR"] for one in told] == ["Y", "N", "Y"]
    assert not plain.untaken


async def test_changes_of_customers_messages_are_told_to_the_bot(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, TYPE="O")
    await hear_changes(bot, script)
    visitor = await led_by(world, bot.id, world.bob)
    await script.take(2)
    message = (await visitor.messages())[-1]

    await world.unit(_rewords, visitor.client_id, message.id, "hello again")
    await world.unit(_removes, visitor.client_id, message.id)

    changed, deleted = await script.take(2)
    assert (changed.event, deleted.event) == ("ONIMBOTMESSAGEUPDATE", "ONIMBOTMESSAGEDELETE")
    params = changed.form["data"]["PARAMS"]
    assert (params["MESSAGE"], params["CHAT_TYPE"], params["CHAT_ENTITY_TYPE"]) == ("hello again", "L", "LINES")
    assert deleted.form["data"]["PARAMS"]["CHAT_ENTITY_TYPE"] == "LINES"


async def test_a_false_line_does_not_look_like_one_to_bots(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script, OPENLINE="Y")
    chat_id = await world.chat(world.carol, world.bob, ENTITY_TYPE="LINES", ENTITY_ID="livechat|1|2|3")
    await world.carol.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[bot.id])

    await world.carol.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"[USER={bot.id}]x[/USER] 1")

    for told in await script.take(2):
        params = told.form["data"]["PARAMS"]
        assert (params["CHAT_TYPE"], params["CHAT_ENTITY_TYPE"]) == ("C", "")


# ------------------------------------------------------------------------------------ events of lines for applications


async def bound(world: World, script: HandlerScript, *events: str, scopes: tuple[str, ...] = ("imopenlines",)) -> Actor:
    """Let an application hear events of lines."""
    owner = await world.alice.through(await world.install(name="Lines", scopes=scopes))
    for event in events:
        await owner.call("event.bind", EVENT=event, HANDLER=script.url)
    return owner


async def test_an_application_is_told_of_messages_that_customers_see(world: World, handlers: Handlers) -> None:
    script = handlers.at("/app")
    await bound(world, script, "OnOpenLineMessageAdd")
    line = await line_of(world, [world.bob], welcome_text="Welcome")
    visitor = await visitor_of(world, line, "Ann", page_url="https://shop.example/cart")
    await visitor.writes("hello")
    client, chat_id = await visitor.client(), await visitor.chat_id()
    dialog = {"DIALOG_ID": f"chat{chat_id}"}

    await world.bob.call("im.message.add", **dialog, MESSAGE="a whisper", SKIP_CONNECTOR="Y")
    answer = await world.bob.call("im.message.add", **dialog, MESSAGE="good day")

    told = await script.take(3)
    assert {one.event for one in told} == {"ONOPENLINEMESSAGEADD"}
    data = [one.form["data"]["DATA"][0] for one in told]
    assert [one["message"]["text"] for one in data] == ["Welcome", "hello", "good day"]
    assert [one["message"]["system"] for one in data] == ["Y", "N", "N"]
    assert [one["message"]["user_id"] for one in data] == ["0", str(client.person_id), str(world.bob.id)]
    assert data[2]["message"]["id"] == str(answer)
    for one in data:
        assert one["connector"] == {
            "connector_id": "livechat",
            "line_id": str(line.id),
            "chat_id": str(client.client_chat_id),
            "user_id": str(client.person_id),
        }
        assert one["chat"] == {"id": str(chat_id)}
        assert one["extra"] == {"EXTRA_URL": "https://shop.example/cart"}
    assert not script.untaken


async def test_an_application_is_told_of_changed_and_deleted_messages(world: World, handlers: Handlers) -> None:
    script = handlers.at("/app")
    await bound(world, script, "ONOPENLINEMESSAGEUPDATE", "ONOPENLINEMESSAGEDELETE")
    line = await line_of(world, [world.bob])
    visitor = await visitor_of(world, line)
    await visitor.writes("hello")
    client, chat_id = await visitor.client(), await visitor.chat_id()
    dialog = {"DIALOG_ID": f"chat{chat_id}"}
    hidden = await world.bob.call("im.message.add", **dialog, MESSAGE="a whisper", SKIP_CONNECTOR="Y")
    said = await world.bob.call("im.message.add", **dialog, MESSAGE="good day")

    await world.bob.call("im.message.update", MESSAGE_ID=hidden, MESSAGE="another whisper")
    await world.bob.call("im.message.update", MESSAGE_ID=said, MESSAGE="good evening")
    await world.bob.call("im.message.delete", MESSAGE_ID=said)

    changed, deleted = await script.take(2)
    assert (changed.event, deleted.event) == ("ONOPENLINEMESSAGEUPDATE", "ONOPENLINEMESSAGEDELETE")
    for one in (changed, deleted):
        data = one.form["data"]
        assert (data["CONNECTOR"], data["LINE"]) == ("livechat", str(line.id))
        assert data["DATA"][0] == {
            "im": {"chat_id": str(chat_id), "message_id": str(said)},
            "message": {"id": str(said)},
            "chat": {"id": str(client.client_chat_id)},
        }
    assert not script.untaken


async def test_an_application_is_told_when_conversations_begin_and_end(world: World, handlers: Handlers) -> None:
    script = handlers.at("/app")
    await bound(world, script, "ONSESSIONSTART", "ONSESSIONFINISH")
    visitor = await visitor_of(world, await line_of(world, [world.bob], asks_rating=False, auto_close_s=3600))
    await visitor.writes("hello")
    client, first = await visitor.client(), await visitor.session()
    await world.bob.call("imopenlines.operator.finish", CHAT_ID=client.chat_id)
    await visitor.writes("once more")
    second = await visitor.session()
    await world.bob.call("imopenlines.operator.spam", CHAT_ID=client.chat_id)

    told = await script.take(4)

    assert [one.event for one in told] == ["ONSESSIONSTART", "ONSESSIONFINISH"] * 2
    data = [one.form["data"]["DATA"][0] for one in told]
    assert [one["session"] for one in data] == [
        {"id": str(first.id), "closed": "N", "parent_id": "0", "close_term": "60"},
        {"id": str(first.id), "closed": "Y", "parent_id": "0", "close_term": "60"},
        {"id": str(second.id), "closed": "N", "parent_id": str(first.id), "close_term": "60"},
        {"id": str(second.id), "closed": "Y", "parent_id": str(first.id), "close_term": "60"},
    ]
    for one in data:
        assert (one["chat"], one["user"]) == ({"id": str(client.chat_id)}, {"id": str(client.person_id)})
        assert one["connector"]["connector_id"] == "livechat"


async def test_applications_without_the_scope_or_of_ordinary_chats_are_told_nothing(
    world: World, handlers: Handlers
) -> None:
    script = handlers.at("/app")
    stripped = await bound(world, script, "ONOPENLINEMESSAGEADD", "ONSESSIONSTART")
    bare = await world.alice.through(await world.install(name="Bare", scopes=("im",)))
    refusal = await bare.refused("event.bind", EVENT="ONSESSIONSTART", HANDLER=script.url)
    await world.unit(_take_scopes, "Lines")

    await world.bob.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="private")
    visitor = await visitor_of(world, await line_of(world, [world.bob]))
    await visitor.writes("hello")
    another = handlers.at("/other")
    await bound(world, another, "ONOPENLINEMESSAGEADD")
    await visitor.writes("hello again")

    assert refusal == (400, "ERROR_EVENT_NOT_FOUND")
    assert (await another.next()).form["data"]["DATA"][0]["message"]["text"] == "hello again"
    assert not script.untaken
    assert stripped.id == world.alice.id


async def test_events_of_lines_can_be_fetched(world: World, handlers: Handlers) -> None:
    script = handlers.at("/app")
    owner = await bound(world, script, "ONOFFLINEEVENT")
    await owner.call("event.bind", EVENT="ONOPENLINEMESSAGEADD", EVENT_TYPE="offline")
    visitor = await visitor_of(world, await line_of(world, [world.bob]))

    await visitor.writes("hello")

    assert (await script.next()).event == "ONOFFLINEEVENT"
    fetched = await owner.call("event.offline.get")
    [event] = fetched["events"]
    assert event["EVENT_NAME"] == "ONOPENLINEMESSAGEADD"
    assert event["EVENT_DATA"]["DATA"][0]["message"]["text"] == "hello"


async def test_another_bot_of_the_application_gets_the_same_post(world: World, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    application = await world.install(name="Robots")
    first = await bot_of(world, application, script, "first", TYPE="O")
    await bot_of(world, application, script, "second", TYPE="O")
    visitor = await led_by(world, first.id, world.bob)

    _, received = await script.take(2)

    assert list(received.form["data"]["BOT"]) == [str(first.id)]
    assert (await (await as_itself(world, first)).call("imopenlines.dialog.get", CHAT_ID=await visitor.chat_id()))["id"]


async def _client(tx: Tx, client_id: int) -> LineClient:
    client = await line_clients.find(tx, client_id)
    assert client is not None
    return client


async def _rewords(tx: Tx, client_id: int, message_id: int, text: str) -> None:
    await relay.client_changes(tx, await _client(tx, client_id), message_id, text)


async def _removes(tx: Tx, client_id: int, message_id: int) -> None:
    await relay.client_deletes(tx, await _client(tx, client_id), message_id)


async def _take_scopes(tx: Tx, name: str) -> None:
    await tx.do("UPDATE applications SET scopes = 'im' WHERE name = $1", name)
