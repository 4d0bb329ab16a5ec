"""Cards of links: the documented params, who hears of them, and everything that must leave a message as it is."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from skvorets.core.events import MessageChanged
from skvorets.links import fetching, follower, places
from skvorets.storage import event_log, link_previews
from skvorets.storage.database import Tx
from support.bots import robot
from support.cards import Launch, params_of, say, settled
from support.handlers import Handlers
from support.site import Site, page
from support.world import Actor, World

PICTURE = "https://pictures.example/share-logo.png"


async def shown(actor: Actor, dialog: str, text: str, **more: Any) -> Any:
    """Send a message and give its params once its links have been dealt with."""
    message_id = await say(actor, dialog, text, **more)
    await settled(actor.world)
    return await params_of(actor, dialog, message_id)


async def test_a_link_gets_the_card_of_the_documentation(linking: World, site: Site) -> None:
    dialog = f"chat{await linking.chat(linking.alice, linking.bob)}"
    site.put("/", page("яндекс", "Найдется все", PICTURE))
    params = await shown(linking.bob, dialog, site.url)
    (number,) = params["URL_ID"]
    rich = {"NAME": "яндекс", "LINK": f"{site.url}/", "DESC": "Найдется все", "PREVIEW": PICTURE}
    assert isinstance(number, int)
    assert params == {
        "URL_ID": [number],
        "URL_ONLY": "Y",
        "ATTACH": [{"ID": str(number), "BLOCKS": [{"RICH_LINK": [rich]}], "COLOR": "transparent"}],
    }
    assert list(params["ATTACH"][0]["BLOCKS"][0]["RICH_LINK"][0]) == ["NAME", "LINK", "DESC", "PREVIEW"]


async def test_a_link_among_words_has_no_url_only_and_a_sized_picture_says_so(linking: World, site: Site) -> None:
    sizes = '<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">'
    address = site.put("/a?b=1", page("T", picture="/i.png", more=sizes))
    params = await shown(linking.alice, str(linking.bob.id), f"look: {address}#part, please")
    (link,) = params["ATTACH"][0]["BLOCKS"][0]["RICH_LINK"]
    assert "URL_ONLY" not in params
    assert link == {
        "NAME": "T",
        "LINK": address,
        "PREVIEW": f"{site.url}/i.png",
        "PREVIEW_SIZE": {"WIDTH": 1200, "HEIGHT": 630},
    }


async def test_the_first_links_get_cards_in_their_order_and_empty_pages_none(linking: World, site: Site) -> None:
    addresses = [site.put(f"/{number}", page(f"page {number}")) for number in range(5)]
    site.put("/1", "<p>nothing</p>")
    params = await shown(linking.alice, str(linking.bob.id), " ".join([addresses[0], *addresses]))
    names = [attach["BLOCKS"][0]["RICH_LINK"][0]["NAME"] for attach in params["ATTACH"]]
    assert names == ["page 0", "page 2"]
    assert len(params["URL_ID"]) == 2


async def test_the_change_is_for_the_chat_and_is_no_edit(linking: World, site: Site, handlers: Handlers) -> None:
    script = handlers.at("/bot")
    bot = (await robot(linking, EVENT_HANDLER=script.url)).id
    dialog = f"chat{await linking.chat(linking.alice, linking.bob)}"
    await linking.alice.call("im.chat.user.add", CHAT_ID=int(dialog[4:]), USERS=[bot])
    await script.next()  # it has joined
    address = site.put("/", page())
    message_id = await say(linking.alice, dialog, f"[USER={bot}]Bot[/USER] {address}")
    assert (await script.next()).event == "ONIMBOTMESSAGEADD"
    await settled(linking)
    (event,) = await linking.events(MessageChanged.kind)
    assert isinstance(event, MessageChanged)
    assert (event.id, event.author_id, event.actor_id) == (message_id, linking.alice.id, 0)
    assert (event.edited_at, event.calls_bots, event.previews_links) == (0, False, False)
    assert event.params == await params_of(linking.bob, dialog, message_id)
    assert "IS_EDITED" not in (event.params or {})
    await say(linking.alice, dialog, f"[USER={bot}]Bot[/USER] and now?")
    assert (await script.next()).event == "ONIMBOTMESSAGEADD"
    assert not script.untaken


async def test_recent_lists_show_the_text_without_a_marker(linking: World, site: Site) -> None:
    address = site.put("/", page())
    await shown(linking.alice, str(linking.bob.id), address)
    recent = await linking.bob.call("im.recent.list")
    (line,) = [one for one in recent["items"] if one["id"] == linking.alice.id]
    assert line["message"]["text"] == address


@pytest.mark.parametrize(
    "more",
    [{"URL_PREVIEW": "N"}, {"ATTACH": [{"MESSAGE": "own"}]}],
    ids=["not wanted", "an attachment of its own"],
)
async def test_what_says_so_is_left_alone(linking: World, site: Site, more: dict[str, Any]) -> None:
    address = site.put("/", page())
    params = await shown(linking.alice, str(linking.bob.id), address, **more)
    assert "URL_ID" not in (params or {})
    assert site.fetched["/"] == 0


async def test_links_in_codes_quotes_and_pictures_get_no_card(linking: World, site: Site) -> None:
    address = site.put("/", page())
    site.put("/a.png", page())
    texts = (f"[URL={address}]t[/URL]", f">>{address}", f"[CODE]{address}[/CODE]", f"{site.url}/a.png", "https://")
    for text in texts:
        assert await shown(linking.alice, str(linking.bob.id), text) is None
    assert not site.fetched


@pytest.mark.parametrize(
    "broken",
    [
        {"status": 404},
        {"status": 500},
        {"content_type": "application/json"},
        {"content_type": "image/png"},
        {"status": 302, "Location": "/"},
    ],
)
async def test_pages_that_cannot_be_got_change_nothing(linking: World, site: Site, broken: dict[str, Any]) -> None:
    address = site.put("/", page(), **broken)
    assert await shown(linking.alice, str(linking.bob.id), address) is None
    assert await linking.events(MessageChanged.kind) == []


async def test_without_a_network_nothing_happens(linking: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PAGE_TIMEOUT_S", 0.2)
    closed = "http://127.0.0.1:9/"
    assert await shown(linking.alice, str(linking.bob.id), closed) is None
    assert await shown(linking.alice, str(linking.bob.id), "http://no-such-host.invalid/") is None


async def test_a_slow_site_is_given_up(linking: World, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PAGE_TIMEOUT_S", 0.1)
    address = site.put("/", page())
    site.gate.clear()
    assert await shown(linking.alice, str(linking.bob.id), address) is None


async def test_redirects_are_followed_and_the_card_leads_where_the_person_said(linking: World, site: Site) -> None:
    address = site.put("/old", "", status=301, Location="/new/page")
    site.put("/new/page", page(picture="i.png"))
    params = await shown(linking.alice, str(linking.bob.id), address)
    (link,) = params["ATTACH"][0]["BLOCKS"][0]["RICH_LINK"]
    assert (link["LINK"], link["PREVIEW"]) == (address, f"{site.url}/new/i.png")


async def test_of_a_long_page_the_beginning_is_read(linking: World, site: Site) -> None:
    address = site.put("/", page() + "x" * fetching.MAX_PAGE_BYTES * 2)
    params = await shown(linking.alice, str(linking.bob.id), address)
    assert params["ATTACH"][0]["BLOCKS"][0]["RICH_LINK"][0]["NAME"] == "Title"


async def test_a_page_is_fetched_once_for_many_messages(linking: World, site: Site) -> None:
    address = site.put("/", page())
    site.gate.clear()
    ids = [await say(linking.alice, str(linking.bob.id), f"{address} {number}") for number in range(20)]
    await asyncio.sleep(0.05)
    site.gate.set()
    await settled(linking)
    numbers = [(await params_of(linking.alice, str(linking.bob.id), one))["URL_ID"] for one in ids]
    assert numbers == [numbers[0]] * 20
    assert site.fetched["/"] == 1


async def test_what_was_fetched_is_believed_for_a_while(linking: World, site: Site) -> None:
    address = site.put("/", page("first"))
    first = await shown(linking.alice, str(linking.bob.id), address)
    site.put("/", page("second"))
    assert await shown(linking.alice, str(linking.bob.id), address) == first
    await linking.unit(_age, fetching.FRESH_MS + 1000)
    again = await shown(linking.alice, str(linking.bob.id), address)
    assert again["ATTACH"][0]["BLOCKS"][0]["RICH_LINK"][0]["NAME"] == "second"
    assert again["URL_ID"] == first["URL_ID"]  # an address keeps its number
    await linking.unit(_age, fetching.KEEP_MS + 1000)
    await shown(linking.alice, str(linking.bob.id), site.put("/other", page()))
    assert await linking.app.store.read(link_previews.find, f"{site.url}/") is None


async def test_a_failure_is_remembered_for_a_shorter_while(linking: World, site: Site) -> None:
    address = f"{site.url}/later"
    assert await shown(linking.alice, str(linking.bob.id), address) is None
    site.put("/later", page())
    assert await shown(linking.alice, str(linking.bob.id), address) is None
    await linking.unit(_age, fetching.FAILED_MS + 1000)
    assert "URL_ID" in await shown(linking.alice, str(linking.bob.id), address)


# ----------------------------------------------------------------------------------------------------- meanwhile


async def test_messages_that_change_while_a_page_is_fetched_are_left_alone(linking: World, site: Site) -> None:
    address, other = site.put("/", page()), site.put("/other", page("Other"))
    bob, dialog = linking.bob, str(linking.alice.id)
    site.gate.clear()
    deleted, reworded, moved, removed = [await say(bob, dialog, f"{address} {number}") for number in range(4)]
    await bob.call("im.message.delete", MESSAGE_ID=deleted)
    await bob.call("im.message.update", MESSAGE_ID=reworded, MESSAGE="no link")
    await bob.call("im.message.update", MESSAGE_ID=moved, MESSAGE=other)
    await linking.unit(_remove, removed)
    site.gate.set()
    await settled(linking)
    assert "URL_ID" not in await params_of(bob, dialog, deleted)
    assert await params_of(bob, dialog, reworded) == {"IS_EDITED": "Y"}
    shown_params = await params_of(bob, dialog, moved)
    assert shown_params["ATTACH"][0]["BLOCKS"][0]["RICH_LINK"][0]["NAME"] == "Other"


async def test_an_edit_takes_the_card_of_a_link_that_is_gone_and_keeps_that_of_one_that_stays(
    linking: World, site: Site
) -> None:
    address, other = site.put("/", page("One")), site.put("/other", page("Two"))
    bob, dialog = linking.bob, str(linking.alice.id)
    message_id = await say(bob, dialog, address)
    await settled(linking)
    card = await params_of(bob, dialog, message_id)

    async def after(text: str, **more: Any) -> Any:
        await bob.call("im.message.update", MESSAGE_ID=message_id, MESSAGE=text, **more)
        at_once = await params_of(bob, dialog, message_id)
        await settled(linking)
        return at_once, await params_of(bob, dialog, message_id)

    kept = {"URL_ID": card["URL_ID"], "ATTACH": card["ATTACH"], "IS_EDITED": "Y"}
    assert await after(f"see {address}") == (kept, kept)
    assert await after(address) == ({**kept, "URL_ONLY": "Y"}, {**kept, "URL_ONLY": "Y"})
    at_once, later = await after(other)
    assert at_once == {"IS_EDITED": "Y"}
    assert later["ATTACH"][0]["BLOCKS"][0]["RICH_LINK"][0]["NAME"] == "Two"
    assert await after(f"{other} again", URL_PREVIEW="N") == ({"IS_EDITED": "Y"}, {"IS_EDITED": "Y"})
    own = [{"MESSAGE": "own"}]
    _, later = await after(f"{address} now", ATTACH=own)
    assert later["ATTACH"][0]["BLOCKS"] == own
    assert "URL_ID" not in later
    await bob.call("im.message.update", MESSAGE_ID=message_id, ATTACH="N")
    assert await params_of(bob, dialog, message_id) == {"IS_EDITED": "Y"}


async def test_an_attachment_given_later_replaces_the_card(linking: World, site: Site) -> None:
    bob, dialog = linking.bob, str(linking.alice.id)
    message_id = await say(bob, dialog, site.put("/", page()))
    await settled(linking)
    await bob.call("im.message.update", MESSAGE_ID=message_id, ATTACH=[{"MESSAGE": "own"}])
    params = await params_of(bob, dialog, message_id)
    assert set(params) == {"ATTACH"}
    assert params["ATTACH"][0]["BLOCKS"] == [{"MESSAGE": "own"}]


async def test_bots_say_whether_their_links_get_cards(linking: World, site: Site) -> None:
    bot, dialog = await robot(linking), str(linking.bob.id)
    address = site.put("/", page())
    silent = await bot.call("imbot.message.add", DIALOG_ID=dialog, MESSAGE=address, URL_PREVIEW="N")
    usual = await bot.call("imbot.message.add", DIALOG_ID=dialog, MESSAGE=address)
    await settled(linking)
    assert await params_of(linking.bob, str(bot.id), silent) is None
    assert "URL_ID" in await params_of(linking.bob, str(bot.id), usual)
    await bot.call("imbot.message.update", MESSAGE_ID=usual, MESSAGE=f"{address} !", URL_PREVIEW="N")
    await settled(linking)
    assert "URL_ID" not in (await params_of(linking.bob, str(bot.id), usual) or {})


# ------------------------------------------------------------------------------------------------ limits and restarts


async def test_sends_do_not_wait_for_pages(linking: World, site: Site) -> None:
    address = site.put("/", page())
    site.gate.clear()
    async with asyncio.timeout(5):
        for number in range(follower.AT_ONCE * 2):
            await say(linking.alice, str(linking.bob.id), f"{address}?{number}")
    assert sum(site.fetched.values()) <= follower.AT_ONCE
    site.gate.set()
    await settled(linking)
    assert sum(site.fetched.values()) == follower.AT_ONCE * 2


async def test_private_addresses_are_refused_unless_allowed(launch: Launch, site: Site) -> None:
    world = await launch(allow_private_handlers=False, allowed_networks="127.0.0.0/8")
    address = site.put("/", page())
    for link in (address, address.replace("127.0.0.1", "localhost")):
        assert await shown(world.alice, str(world.bob.id), link) is None
    assert not site.fetched


async def test_it_can_be_switched_off_and_then_keeps_nobody_from_pruning(launch: Launch, site: Site) -> None:
    world = await launch()
    assert await world.app.store.read(event_log.cursor, places.CURSOR) is not None
    await world.close()
    world = await launch(world, link_previews=False)
    assert await world.app.store.read(event_log.cursor, places.CURSOR) is None
    message_id = await say(world.alice, str(world.bob.id), site.put("/", page()))
    await asyncio.sleep(0.05)
    assert await params_of(world.alice, str(world.bob.id), message_id) is None
    assert not site.fetched


async def test_what_was_under_way_is_taken_up_after_a_restart(launch: Launch, site: Site) -> None:
    address = site.put("/", page())
    first = await launch()
    dialog = str(first.bob.id)
    done = await say(first.alice, dialog, address)
    await settled(first)
    site.put("/slow", page("Slow"))
    site.gate.clear()
    waiting = await say(first.alice, dialog, f"{site.url}/slow")
    later = await say(first.alice, dialog, f"{address} later")
    await site.was_asked_for("/slow")
    await first.close()
    site.gate.set()
    second = await launch(first)
    await settled(second)
    for message_id in (done, waiting, later):
        assert "URL_ID" in await params_of(second.alice, dialog, message_id)
    changes = [event.id for event in await second.events(MessageChanged.kind) if isinstance(event, MessageChanged)]
    assert sorted(changes) == sorted({done, waiting, later})


async def test_old_messages_are_passed_by(linking: World, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "MAX_AGE_MS", -1)
    assert await shown(linking.alice, str(linking.bob.id), site.put("/", page())) is None
    assert not site.fetched


async def test_the_place_is_stored_when_there_is_nothing_left_to_do(linking: World, site: Site) -> None:
    await shown(linking.alice, str(linking.bob.id), site.put("/", page()))
    ordered = linking.app.store.log_is_ordered_by_id
    async with asyncio.timeout(5):
        while True:
            place = await linking.app.store.read(event_log.cursor, places.CURSOR)
            head = await linking.app.store.read(event_log.newest, ordered_by_id=ordered)
            if place == head:
                break
            await asyncio.sleep(0.01)


async def _age(tx: Tx, milliseconds: int) -> None:
    await tx.do("UPDATE link_previews SET fetched_at = fetched_at - $1", milliseconds)


async def _remove(tx: Tx, message_id: int) -> None:
    await tx.do("DELETE FROM messages WHERE id = $1", message_id)
