"""The package pybitrix24, unchanged: JSON over urllib, batches as nested maps, renewal under the portal's name."""

from __future__ import annotations

import asyncio

import pytest
from pybitrix24 import Bitrix24

from support.handlers import Handlers
from support.portal import Portal

pytestmark = pytest.mark.clients


def key_of(path: str) -> str:
    """Give the secret of a webhook's path ``/rest/1/secret/``."""
    return path.strip("/").split("/")[-1]


async def test_a_webhook_sends_and_lists(portal: Portal) -> None:
    client = Bitrix24(portal.domain, user_id=portal.alice.id)
    key = key_of(portal.alice.path)
    sent = await asyncio.to_thread(
        client.call_webhook, key, "im.message.add", {"DIALOG_ID": portal.bob.id, "MESSAGE": "Привет, Боб"}
    )
    assert sent["result"] > 0
    recent = await asyncio.to_thread(client.call_webhook, key, "im.recent.list")
    private = [item for item in recent["result"]["items"] if item["type"] == "user"]
    assert [(item["id"], item["message"]["text"]) for item in private] == [(portal.bob.id, "Привет, Боб")]


async def test_pages_of_people_follow_each_other(portal: Portal) -> None:
    await portal.add_crowd(60)
    client = Bitrix24(portal.domain, user_id=portal.alice.id)
    found: list[str] = []
    start = 0
    while True:
        page = await asyncio.to_thread(
            client.call_webhook, key_of(portal.alice.path), "user.get", {"sort": "ID", "order": "ASC", "start": start}
        )
        found += [one["ID"] for one in page["result"]]
        if "next" not in page:
            break
        start = page["next"]
    assert len(found) == len(set(found)) == page["total"] > 60


async def test_a_batch_refers_to_earlier_results(portal: Portal) -> None:
    client = Bitrix24(portal.domain, user_id=portal.alice.id)
    answer = await asyncio.to_thread(
        client.call_batch_webhook,
        key_of(portal.alice.path),
        {
            "chat": {"method": "im.chat.add", "params": {"USERS": [portal.bob.id], "TITLE": "Из пакета"}},
            "message": {
                "method": "im.message.add",
                "params": {"DIALOG_ID": "chat$result[chat]", "MESSAGE": "раз & два = три"},
            },
            "wrong": {"method": "im.message.add", "params": {"DIALOG_ID": "x", "MESSAGE": "раз"}},
        },
    )
    result = answer["result"]
    assert set(result["result"]) == {"chat", "message"}
    assert result["result_error"]["wrong"]["error"] == "DIALOG_ID_EMPTY"
    shown = await portal.bob.call("im.dialog.messages.get", DIALOG_ID=f"chat{result['result']['chat']}")
    assert shown["messages"][0]["text"] == "раз & два = три"


async def test_tokens_are_renewed_under_the_portals_name(portal: Portal) -> None:
    application, secret = await portal.install_with_secret()
    pair = await portal.expired_tokens(application, portal.bob.person)
    client = Bitrix24(portal.domain, application.client_id, secret)
    client._access_token, client._refresh_token = pair.access_token, pair.refresh_token
    refused = await asyncio.to_thread(client.call, "profile")
    assert refused["error"] == "expired_token"
    renewed = await asyncio.to_thread(client.refresh_tokens)
    assert renewed["user_id"] == portal.bob.id
    profile = await asyncio.to_thread(client.call, "profile")
    assert int(profile["result"]["ID"]) == portal.bob.id
    sent = await asyncio.to_thread(client.call, "im.message.add", {"DIALOG_ID": portal.alice.id, "MESSAGE": "снова я"})
    assert sent["result"] > 0


async def test_handlers_are_bound_and_unbound(portal: Portal) -> None:
    application, secret = await portal.install_with_secret()
    alice = await portal.alice.through(application)
    client = Bitrix24(portal.domain, application.client_id, secret, user_id=portal.alice.id)
    client._access_token = alice.auth
    async with Handlers() as handlers:
        script = handlers.at("/event")
        bound = await asyncio.to_thread(client.call_event_bind, "OnAppTest", script.url)
        assert bound["result"] is True
        await asyncio.to_thread(client.call, "event.test", {"any": "data"})
        received = await script.next()
        assert received.event == "ONAPPTEST"
        assert received.form["auth"]["domain"] == portal.domain
        unbound = await asyncio.to_thread(client.call_event_unbind, "OnAppTest", script.url)
        assert unbound["result"] == {"count": 1}
