"""The package b24pysdk, unchanged: typed methods, lists, batches, events checked against ``app.info``, renewal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from b24pysdk import BitrixApp, BitrixToken, BitrixWebhook, Client
from b24pysdk.credentials import OAuthEventData
from b24pysdk.errors import BitrixAPIError, BitrixAPIExpiredToken

from support.handlers import Handlers, Received
from support.portal import Installed, Portal

pytestmark = pytest.mark.clients


@pytest.fixture
def client(portal: Portal) -> Client:
    """Give a client with alice's webhook."""
    _, person_id, key = portal.alice.path.strip("/").split("/")
    return Client(BitrixWebhook(domain=portal.domain, webhook_token=f"{person_id}/{key}"))


async def run(fn: Callable[[], Any]) -> Any:
    """Run a blocking call beside the server."""
    return await asyncio.to_thread(fn)


def token_of(portal: Portal, installed: Installed, access: str, refresh: str | None) -> BitrixToken:
    """Give a token as an application keeps it."""
    app = BitrixApp(client_id=installed.application.client_id, client_secret=installed.client_secret)
    return BitrixToken(domain=portal.domain, auth_token=access, refresh_token=refresh, bitrix_app=app)


async def test_a_message_is_sent_and_read(portal: Portal, client: Client) -> None:
    message_id = await run(lambda: client.im.message.add(str(portal.bob.id), message="Привет, Боб").result)
    assert isinstance(message_id, int)
    shown = await run(lambda: client.im.dialog.messages.get(str(portal.bob.id)).result)
    assert [one["text"] for one in shown["messages"]] == ["Привет, Боб"]


async def test_the_recent_list_and_the_counters(portal: Portal, client: Client) -> None:
    await portal.bob.call("im.message.add", DIALOG_ID=portal.alice.id, MESSAGE="раз")
    recent = await run(lambda: client.im.recent.list().result)
    private = [one for one in recent["items"] if one["type"] == "user"]
    assert [one["message"]["text"] for one in private] == ["раз"]
    counters = await run(lambda: client.im.counters.get().result)
    assert counters["DIALOG"] == {str(portal.bob.id): 1}


async def test_a_refusal_is_an_exception_of_its_kind(portal: Portal, client: Client) -> None:
    with pytest.raises(BitrixAPIError) as refusal:
        await run(lambda: client.im.message.add("x", message="раз").result)
    assert "DIALOG_ID_EMPTY" in str(refusal.value.json_response)


async def test_lists_come_through_all_pages(portal: Portal, client: Client) -> None:
    await portal.add_crowd(60)
    people = await run(lambda: client.user.get().as_list().result)
    assert len({one["ID"] for one in people}) == len(people) > 60
    quick = await run(lambda: list(client.user.get().as_list_fast().result))
    assert {one["ID"] for one in quick} == {one["ID"] for one in people}


async def test_a_batch_of_requests(portal: Portal, client: Client) -> None:
    requests = {"me": client.profile(), "bob": client.im.user.get(bitrix_id=portal.bob.id)}
    answer = await run(lambda: client.call_batch(requests).result)
    assert int(answer.result["me"]["ID"]) == portal.alice.id
    assert answer.result["bob"]["name"] == "Bob Ivanov"
    many = [client.im.message.add(str(portal.bob.id), message=f"№ {number}") for number in range(60)]
    ids = await run(lambda: client.call_batches(many).result)
    assert len(set(ids.result)) == 60


@pytest.mark.usefixtures("oauth_hosts")
async def test_an_expired_token_is_renewed_at_the_built_in_host(portal: Portal) -> None:
    installed = await portal.install_with_secret()
    pair = await portal.expired_tokens(installed.application, portal.bob.person)
    one_off = Client(token_of(portal, installed, pair.access_token, None))
    with pytest.raises(BitrixAPIExpiredToken):
        await run(lambda: one_off.profile().result)
    token = token_of(portal, installed, pair.access_token, pair.refresh_token)
    profile = await run(lambda: Client(token).profile().result)
    assert int(profile["ID"]) == portal.bob.id
    assert token.auth_token != pair.access_token
    info = await run(token.get_app_info)
    assert info.result.install.client_endpoint == f"{portal.url}/rest/"
    assert info.result.user_id == portal.bob.id


@pytest.mark.usefixtures("oauth_hosts")
async def test_events_are_understood_and_proved_genuine(portal: Portal) -> None:
    async with Handlers() as handlers:
        script = handlers.at("/bot")
        installed = await portal.install_with_secret(script.url)
        app = BitrixApp(client_id=installed.application.client_id, client_secret=installed.client_secret)
        event, token = await genuine(app, await script.next())
        assert event.event == "ONAPPINSTALL"
        answer = await run(lambda: token.call_method("imbot.register", registration(script.url)))
        bot_id = answer["result"]

        await portal.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Эхо?")
        joined, _ = await genuine(app, await script.next())
        assert joined.event == "ONIMBOTJOINCHAT"
        written, token = await genuine(app, await script.next())
        assert written.event == "ONIMBOTMESSAGEADD"
        assert written.data is not None
        params = written.data["PARAMS"]
        assert (params["MESSAGE"], int(params["FROM_USER_ID"])) == ("Эхо?", portal.bob.id)
        reply = {"BOT_ID": bot_id, "DIALOG_ID": params["DIALOG_ID"], "MESSAGE": params["MESSAGE"]}
        await run(lambda: token.call_method("imbot.message.add", reply))
        shown = await portal.bob.call("im.dialog.messages.get", DIALOG_ID=bot_id)
        assert [one["text"] for one in shown["messages"]] == ["Эхо?", "Эхо?"]


async def genuine(app: BitrixApp, received: Received) -> tuple[OAuthEventData, BitrixToken]:
    """Read an event as the client does, have it compared with ``app.info``, and give the token that it brought."""
    event = OAuthEventData.from_dict(received.form)
    info = await run(lambda: event.get_app_info(app))
    assert event.validate_against_app_info(info)
    return event, BitrixToken.from_oauth_event_data(event, app)


def registration(url: str) -> dict[str, Any]:
    """Give the parameters of ``imbot.register``."""
    return {
        "CODE": "echo",
        "TYPE": "B",
        "EVENT_MESSAGE_ADD": url,
        "EVENT_WELCOME_MESSAGE": url,
        "EVENT_BOT_DELETE": url,
        "PROPERTIES": {"NAME": "Echo"},
    }
