"""A page that opens, a stranger who becomes a visitor, what he says of himself."""

from __future__ import annotations

import pytest

from skvorets.core.lines.settings import WidgetLooks, WorkingHours
from skvorets.storage import lines, people
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.lines import line_of
from support.queries import count_queries
from support.widgets import Refused, Window, client_of, window_of
from support.world import World

PAGE = {"url": "https://shop.example/cart", "title": "Cart"}


async def person_of(window: Window) -> Person:
    async def unit(tx: Tx) -> Person:
        person = await people.find(tx, window.person_id)
        assert person is not None
        return person

    found: Person = await window.world.unit(unit)
    return found


async def how_many(world: World) -> tuple[int, int]:
    """Count people and chats."""

    async def unit(tx: Tx) -> tuple[int, int]:
        return await tx.val("SELECT count(*) FROM people"), await tx.val("SELECT count(*) FROM chats")

    found: tuple[int, int] = await world.unit(unit)
    return found


async def _change(tx: Tx, line_id: int, values: dict[str, object]) -> None:
    await lines.change(tx, line_id, **values)


async def test_a_stranger_sees_how_the_line_looks_and_nothing_is_made(world: World) -> None:
    looks = WidgetLooks(color="#aa0011", side="left", title="Ask us", asks_name=True, language="ru")
    hours = WorkingHours(is_on=True, days=[], away_text="We are away.")
    line = await line_of(world, [world.alice], welcome_text="Hello!", widget=looks, working_hours=hours)
    before = await how_many(world)

    answer = await Window(world).post("hello", line=line.code, language="en-US", page=PAGE)

    assert answer == {
        "line": {
            "code": line.code,
            "name": "Ask us",
            "description": "",
            "avatar": "",
            "color": "#aa0011",
            "side": "left",
            "isOpen": False,
            "awayText": "We are away.",
            "welcomeText": "Hello!",
            "asksName": True,
            "asksEmail": False,
            "asksRating": True,
            "language": "ru",
            "maxFileBytes": 25 * 1024 * 1024,
        },
        "visitor": None,
        "operator": None,
        "session": None,
        "unread": 0,
    }
    assert await how_many(world) == before


async def test_a_visitor_gets_a_secret_and_a_place_to_write(world: World) -> None:
    line = await line_of(world, [world.alice])
    window = Window(world, line)

    visitor = await window.come(name=" Ivan\n Petrov ", email="ivan@shop.example", language="de-DE", page=PAGE)

    client, person = await client_of(window), await person_of(window)
    assert visitor == {"id": person.id, "name": "Ivan Petrov", "email": "ivan@shop.example", "isBlocked": False}
    assert len(window.token) == 43
    assert person.kind == "guest"
    assert (client.line_id, client.language, client.address) == (line.id, "de", "127.0.0.1")
    assert (client.page_url, client.page_title) == ("https://shop.example/cart", "Cart")
    assert window.token not in (client.token_hash, client.external_key)
    assert client.chat_id == 0  # operators hear of him with his first message


async def test_a_visitor_without_a_name_has_none_for_himself(world: World) -> None:
    window = Window(world, await line_of(world, [world.alice]))

    assert (await window.come())["name"] == ""


async def test_a_returning_visitor_is_known_and_his_page_noted(world: World) -> None:
    line = await line_of(world, [world.alice])
    window = await window_of(world, line, name="Ivan")
    await window.say("Good day")

    answer = await window.post("hello", line=line.code, language="ru", page={"url": "https://shop.example/2"})

    client = await client_of(window)
    assert answer["visitor"]["name"] == "Ivan"
    assert answer["session"] == {
        "id": client.session_id,
        "status": "waiting",
        "asksRating": False,
        "vote": 0,
    }
    assert answer["operator"] is None
    assert answer["unread"] == 0
    assert (client.page_url, client.language) == ("https://shop.example/2", "ru")


async def test_who_serves_is_shown(world: World) -> None:
    line = await line_of(world, [world.alice])
    window = await window_of(world, line)
    await window.say("Good day")
    client = await client_of(window)
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{client.chat_id}", MESSAGE="Hello")

    answer = await window.post("hello", line=line.code)

    assert answer["operator"] == {
        "id": world.alice.id,
        "name": "Alice Petrova",
        "avatar": "",
        "isBot": False,
        "position": "",
    }
    assert answer["session"]["status"] == "operator"
    assert answer["unread"] == 1


async def test_a_line_that_hides_its_operators_speaks_in_its_own_name(world: World) -> None:
    line = await line_of(world, [world.alice], name="Shop", shows_operators=False)
    window = await window_of(world, line)
    await window.say("Good day")
    client = await client_of(window)
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{client.chat_id}", MESSAGE="Hello")

    answer, page = await window.post("hello", line=line.code), await window.get("messages")

    assert answer["operator"]["name"] == "Shop"
    assert page["people"][str(world.alice.id)]["name"] == "Shop"
    assert "Alice" not in str(answer) + str(page)


async def test_a_secret_of_another_line_is_a_strangers(world: World) -> None:
    first, second = await line_of(world, [world.alice]), await line_of(world, [world.bob])
    window = await window_of(world, first)

    assert (await window.post("hello", line=second.code))["visitor"] is None


@pytest.mark.parametrize("token", ["x", "A" * 43, "", "é" * 43, "a" * 5000])
async def test_an_unknown_secret_is_a_strangers(world: World, token: str) -> None:
    line = await line_of(world, [world.alice])
    window = Window(world, line, token.encode().decode("latin-1"))

    assert (await window.post("hello", line=line.code))["visitor"] is None


@pytest.mark.parametrize("change", [{"active": 0}, {"deleted_at": 1}])
async def test_a_line_that_is_off_is_not_there(world: World, change: dict[str, object]) -> None:
    line = await line_of(world, [world.alice])
    window = await window_of(world, line)
    await world.unit(_change, line.id, change)

    for path, body in (("hello", {"line": line.code}), ("visitors", {"line": line.code}), ("typing", {})):
        with pytest.raises(Refused, match="404 no_such_line"):
            await window.call("POST", path, body)
    with pytest.raises(Refused, match="404 no_such_line"):
        await window.get("messages")
    with pytest.raises(Refused, match="404 no_such_line"):
        await window.post("hello", line="nothing")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("javascript:alert(1)", ""),
        ("https://shop.example/a b", ""),
        ("https://shop.example/" + "x" * 9000, ("https://shop.example/" + "x" * 9000)[:2000]),
        ("HTTP://SHOP.example", "HTTP://SHOP.example"),
    ],
)
async def test_only_addresses_of_the_web_are_kept(world: World, url: str, kept: str) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    await window.post("page", url=url, title="A\tB" + "c" * 1000)

    client = await client_of(window)
    assert client.page_url == kept
    assert client.page_title.startswith("A Bc")
    assert len(client.page_title) == 300


async def test_a_visitor_says_who_he_is(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]))

    assert (await window.call("PATCH", "me", {"name": "Ivan"}))["name"] == "Ivan"
    answer = await window.call("PATCH", "me", {"email": "i@shop.example"})

    assert (answer["name"], answer["email"]) == ("Ivan", "i@shop.example")


async def test_a_wrong_name_or_address_changes_nothing(world: World) -> None:
    window = await window_of(world, await line_of(world, [world.alice]), name="Ivan", email="i@shop.example")

    with pytest.raises(Refused, match="400 empty_name"):
        await window.call("PATCH", "me", {"name": " \n", "email": "other@shop.example"})
    with pytest.raises(Refused, match="400 wrong_email"):
        await window.call("PATCH", "me", {"name": "Other", "email": "nobody"})
    with pytest.raises(Refused, match="400 wrong_email"):
        await window.post("visitors", line=window.line.code if window.line else "", email="nobody")

    person = await person_of(window)
    assert (person.first_name, person.email) == ("Ivan", "i@shop.example")


async def test_hello_costs_a_fixed_number_of_queries(world: World) -> None:
    line = await line_of(world, [world.alice])
    window = await window_of(world, line)
    await window.say("Good day")
    body = {"line": line.code, "language": "", "page": {}}
    await window.call("POST", "hello", body)

    with count_queries(world) as queries:
        await window.call("POST", "hello", body)

    # line, visitor (3), session, seat, unread; then his page: visitor, change
    assert queries.count <= 9, queries.statements
