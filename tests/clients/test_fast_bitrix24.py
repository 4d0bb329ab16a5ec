"""The package fast-bitrix24, unchanged: parallel batches, automatic pages, renewal by a function of the user."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from fast_bitrix24 import BitrixAsync

from support.portal import Portal

pytestmark = pytest.mark.clients


@pytest.fixture
async def session(portal: Portal) -> AsyncIterator[aiohttp.ClientSession]:
    """Give a session that trusts the portal; the client takes one as a parameter."""
    connector = aiohttp.TCPConnector(ssl=portal.tls())
    async with aiohttp.ClientSession(connector=connector, raise_for_status=True) as opened:
        yield opened


@pytest.fixture
def client(portal: Portal, session: aiohttp.ClientSession) -> BitrixAsync:
    """Give a client with alice's webhook."""
    return BitrixAsync(portal.webhook_url(portal.alice), verbose=False, client=session)


async def test_fifty_messages_are_sent_in_one_batch_and_answered_in_order(portal: Portal, client: BitrixAsync) -> None:
    wanted = [{"DIALOG_ID": portal.bob.id, "MESSAGE": f"№ {number} & [B]?[/B]"} for number in range(50)]
    ids = await client.call("im.message.add", wanted)
    shown = await portal.bob.call("im.dialog.messages.get", DIALOG_ID=portal.alice.id, LIMIT=50)
    texts = {message["id"]: message["text"] for message in shown["messages"]}
    assert texts == {message_id: one["MESSAGE"] for message_id, one in zip(ids, wanted, strict=True)}


async def test_more_than_fifty_are_sent_in_several_batches_at_once(portal: Portal, client: BitrixAsync) -> None:
    wanted = [{"DIALOG_ID": portal.bob.id, "MESSAGE": f"№ {number}"} for number in range(120)]
    ids = await client.call("im.message.add", wanted)  # in the order in which the batches were answered
    shown = await portal.bob.call("im.dialog.messages.get", DIALOG_ID=portal.alice.id)
    assert {message["id"] for message in shown["messages"]} == set(ids)
    assert {message["text"] for message in shown["messages"]} == {one["MESSAGE"] for one in wanted}


async def test_one_call_gives_one_result(portal: Portal, client: BitrixAsync) -> None:
    message_id = await client.call("im.message.add", {"DIALOG_ID": portal.bob.id, "MESSAGE": "раз"})
    assert isinstance(message_id, int)


async def test_raw_calls_keep_their_types(portal: Portal, client: BitrixAsync) -> None:
    answer = await client.call(
        "im.message.add",
        {"DIALOG_ID": portal.bob.id, "MESSAGE": "раз", "ATTACH": [{"MESSAGE": "внутри"}], "URL_PREVIEW": None},
        raw=True,
    )
    assert answer["result"] > 0


async def test_all_people_come_through_all_pages(portal: Portal, client: BitrixAsync) -> None:
    await portal.add_crowd(120)
    found = await client.get_all("user.get")
    assert len(found) == len({one["ID"] for one in found}) > 120


async def test_tasks_come_through_all_pages(portal: Portal, client: BitrixAsync) -> None:
    for number in range(60):
        task = {"TITLE": f"Задача {number}", "RESPONSIBLE_ID": portal.alice.id}
        await portal.alice.call("task.item.add", TASKDATA=task)
    found = await client.get_all("task.item.list")
    assert len({one["ID"] for one in found}) == 60


async def test_people_are_fetched_by_id(portal: Portal, client: BitrixAsync) -> None:
    wanted = [portal.bob.id, portal.carol.id]
    found = await client.get_by_ID("im.user.get", wanted)
    assert {int(key): one["name"] for key, one in found.items()} == {
        portal.bob.id: "Bob Ivanov",
        portal.carol.id: "Carol Sidorova",
    }


async def test_a_batch_of_ones_own(portal: Portal, client: BitrixAsync) -> None:
    found = await client.call_batch(
        {
            "halt": 0,
            "cmd": {
                "me": "profile",
                "chat": f"im.chat.add?USERS[]={portal.bob.id}&TITLE=Batch",
                "message": "im.message.add?DIALOG_ID=chat$result[chat]&MESSAGE=hello",
            },
        }
    )
    assert int(found["me"]["ID"]) == portal.alice.id
    assert found["message"] > 0


async def test_a_rejected_token_is_renewed(portal: Portal, session: aiohttp.ClientSession) -> None:
    application, secret = await portal.install_with_secret()
    pair = await portal.expired_tokens(application, portal.bob.person)
    given = [pair.access_token]
    renewals = 0

    async def token() -> str:
        nonlocal renewals
        if given:
            return given.pop()
        renewals += 1
        form = {
            "grant_type": "refresh_token",
            "client_id": application.client_id,
            "client_secret": secret,
            "refresh_token": pair.refresh_token,
        }
        async with session.post(f"{portal.url}/oauth/token/", data=form) as response:
            renewed: str = (await response.json())["access_token"]
            return renewed

    client = BitrixAsync(f"{portal.url}/rest/", token_func=token, verbose=False, client=session)
    message_id = await client.call("im.message.add", {"DIALOG_ID": portal.alice.id, "MESSAGE": "раз"})
    assert isinstance(message_id, int)
    assert renewals == 1
