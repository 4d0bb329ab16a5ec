"""The lines that somebody serves, in the native API: what waits, pausing, earlier talks, canned answers."""

from __future__ import annotations

from skvorets.core.lines import finishing, queue
from support.browsers import browser_of
from support.line_talks import line_bot
from support.lines import line_of, visitor_of
from support.messenger import refusal
from support.queries import count_queries
from support.world import World


async def test_an_operator_lists_his_lines_with_what_waits_and_what_he_has(world: World) -> None:
    line = await line_of(world, [world.alice, world.bob], distribution="strictly")
    another = await line_of(world, [world.alice], name="Another")
    for _ in range(2):
        await (await visitor_of(world, line)).writes("Hello")
    taken = await visitor_of(world, line)
    await taken.writes("Hello")
    await world.unit(queue.take_session, world.bob.person, await taken.session())
    async with browser_of(world, world.bob) as browser:
        with count_queries(world) as queries:
            answer = await browser.get("/api/lines")
    assert answer == {
        "lines": [
            {
                "id": line.id,
                "name": "Support",
                "avatar": "",
                "isActive": True,
                "isPaused": False,
                "waiting": 2,
                "open": 1,
            }
        ],
        "others": [{"id": another.id, "name": "Another"}],
    }
    assert sum(1 for one in queries.statements if "line" in one) == 2
    async with browser_of(world, world.stranger) as browser:
        assert await browser.get("/api/lines") == {"lines": [], "others": []}


async def test_who_pauses_is_not_asked(world: World) -> None:
    line = await line_of(world, [world.alice, world.bob])
    async with browser_of(world, world.bob) as browser:
        assert await browser.call("PATCH", f"/api/lines/{line.id}/me", {"isPaused": True}) is None
        assert (await browser.get("/api/lines"))["lines"][0]["isPaused"] is True
        visitor = await visitor_of(world, line)
        await visitor.writes("Hello")
        assert (await browser.get(f"/api/chats/{await visitor.chat_id()}"))["chat"]["mine"]["isMember"] is False
        await browser.call("PATCH", f"/api/lines/{line.id}/me", {"isPaused": False})
        assert (await browser.get("/api/lines"))["lines"][0]["isPaused"] is False


async def test_what_waits_is_listed_who_waits_longest_first_in_a_fixed_number_of_statements(world: World) -> None:
    line = await line_of(world, [world.alice, world.bob], distribution="strictly")
    visitors = [await visitor_of(world, line, f"Visitor {number}") for number in range(3)]
    for one in visitors:
        await one.writes("Hello")
    async with browser_of(world, world.bob) as browser:
        with count_queries(world) as queries:
            answer = await browser.get(f"/api/lines/{line.id}/waiting")
    assert [one["line"]["client"]["name"] for one in answer["chats"]] == ["Visitor 0", "Visitor 1", "Visitor 2"]
    assert all(one["line"]["can"]["take"] and one["last"]["text"] for one in answer["chats"])
    assert queries.count <= 15


async def test_a_conversation_with_a_bot_does_not_wait(world: World) -> None:
    line = await line_of(world, [world.bob], bot=await line_bot(world))
    await (await visitor_of(world, line)).writes("Hello")
    async with browser_of(world, world.bob) as browser:
        assert (await browser.get(f"/api/lines/{line.id}/waiting"))["chats"] == []


async def test_earlier_talks_of_a_customer_are_listed_page_by_page(world: World) -> None:
    line = await line_of(world, [world.alice])
    visitor = await visitor_of(world, line)
    for number in range(3):
        await visitor.writes(f"Question {number}")
        await world.unit(finishing.close_session, await visitor.session(), world.alice.person)
    path = f"/api/lines/{line.id}/sessions?clientId={visitor.client_id}"
    async with browser_of(world, world.alice) as browser:
        page = await browser.get(f"{path}&limit=2")
        rest = await browser.get(f"{path}&limit=2&beforeId={page['sessions'][-1]['id']}")
        newest = page["sessions"][0]
        begun = await browser.get(f"/api/chats/{newest['chatId']}/messages?around={newest['firstMessageId']}")
    session = await visitor.session()
    assert newest == {
        "id": session.id,
        "lineId": line.id,
        "chatId": session.chat_id,
        "status": 60,
        "operatorId": session.operator_id,
        "botId": 0,
        "startedAt": session.started_at,
        "closedAt": session.closed_at,
        "vote": 0,
        "voteComment": "",
        "firstMessageId": newest["firstMessageId"],
    }
    assert newest["firstMessageId"] in {one["id"] for one in begun["messages"]}
    assert ([len(page["sessions"]), page["hasMore"]], [len(rest["sessions"]), rest["hasMore"]]) == (
        [2, True],
        [1, False],
    )


async def test_lines_of_others_are_not_found(world: World) -> None:
    line, other = await line_of(world, [world.bob]), await line_of(world, [world.carol], name="Other")
    visitor = await visitor_of(world, line)
    for actor in (world.stranger, world.outsider):
        async with browser_of(world, actor) as browser:
            for verb, path in (
                ("PATCH", "me"),
                ("GET", "waiting"),
                ("GET", f"sessions?clientId={visitor.client_id}"),
                ("GET", "answers"),
                ("POST", "answers"),
            ):
                given = {"isPaused": True, "text": "x"}
                assert await refusal(browser, verb, f"/api/lines/{line.id}/{path}", given) == "404 not_found"
    async with browser_of(world, world.carol) as browser:
        path = f"/api/lines/{other.id}/sessions?clientId={visitor.client_id}"
        assert await refusal(browser, "GET", path) == "404 not_found"
        assert await refusal(browser, "GET", f"/api/lines/{other.id}/sessions") == "400 malformed"


async def test_canned_answers_are_kept_changed_and_removed(world: World) -> None:
    line = await line_of(world, [world.bob, world.carol])
    path = f"/api/lines/{line.id}/answers"
    async with browser_of(world, world.alice) as admin, browser_of(world, world.bob) as bob:
        shared = await admin.call("POST", path, {"title": "Hours", "text": "From 9 to 18", "isOwn": False})
        own = await bob.call("POST", path, {"text": "Hello, {name}!"})
        assert own == {
            "id": own["id"],
            "title": "Hello, {name}!",
            "text": "Hello, {name}!",
            "isOwn": True,
            "canEdit": True,
        }
        assert (await bob.get(path))["answers"] == [own, {**shared, "canEdit": False}]
        changed = await bob.call("PATCH", f"{path}/{own['id']}", {"title": "Greeting"})
        assert (changed["title"], changed["text"]) == ("Greeting", "Hello, {name}!")
        assert await refusal(bob, "PATCH", f"{path}/{shared['id']}", {"title": "Mine"}) == "404 not_found"
        assert await refusal(bob, "POST", path, {"text": "For all", "isOwn": False}) == "403 not_allowed"
        assert await refusal(bob, "POST", path, {"text": "   "}) == "400 empty_title"
        async with browser_of(world, world.carol) as carol:
            assert [one["title"] for one in (await carol.get(path))["answers"]] == ["Hours"]
            assert await refusal(carol, "DELETE", f"{path}/{own['id']}") == "404 not_found"
        assert await bob.call("DELETE", f"{path}/{own['id']}") is None
        assert await refusal(bob, "DELETE", f"{path}/{own['id']}") == "404 not_found"
