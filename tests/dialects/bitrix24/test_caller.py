"""Who calls: every kind of good and bad credential, wherever it may stand, with its documented code and status."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest

from skvorets.core import applications, people, tokens, webhooks
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from support.world import Actor, Answer, World

NO_AUTH = (401, "NO_AUTH_FOUND")
INVALID_TOKEN = (401, "invalid_token")
INVALID_CREDENTIALS = (401, "INVALID_CREDENTIALS")
METHOD = "im.message.add"
# Far more than it takes a revocation to be noticed.
PATIENCE_S = 10.0


async def good_call(world: World, who: Actor) -> Answer:
    return await who.ask(METHOD, DIALOG_ID=world.carol.id, MESSAGE="x")


async def refused_soon(world: World, who: Actor) -> tuple[int, str]:
    """Call until the call is refused; a remembered caller is forgotten a moment after the change."""
    async with asyncio.timeout(PATIENCE_S):
        while (answer := await good_call(world, who)).status == 200:  # noqa: ASYNC110 — the server tells nobody
            await asyncio.sleep(0.02)
    return answer.refusal


async def token_of(world: World, application: Application, **changes: Any) -> str:
    now = int(time.time())
    values = {
        "kind": tokens.ACCESS,
        "application_id": application.id,
        "installation": application.installation,
        "person_id": world.bob.id,
        "expires_at": now + 3600,
        **changes,
    }
    return tokens.issue(world.app.store.portal, tokens.Token(**values))


@pytest.mark.parametrize("name", ["auth", "AUTH", "access_token", "Access_Token"])
async def test_a_token_may_stand_in_the_query_a_form_or_json(world: World, name: str) -> None:
    bob = await world.bob.through(await world.install())
    rest = f"DIALOG_ID={world.carol.id}&MESSAGE=x"
    form = "application/x-www-form-urlencoded"
    body = {name: bob.auth, "DIALOG_ID": world.carol.id, "MESSAGE": "x"}
    answers = [
        await world.get(f"/rest/{METHOD}?{name}={bob.auth}&{rest}"),
        await world.post(f"/rest/{METHOD}?{name}={bob.auth}", rest.encode(), form),
        await world.post(f"/rest/{METHOD}", f"{name}={bob.auth}&{rest}".encode(), form),
        await world.post(f"/rest/{METHOD}", json.dumps(body).encode(), "application/json"),
    ]
    assert [answer.result > 0 for answer in answers] == [True] * 4


@pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER  "])
async def test_a_bearer_token_comes_before_all_others(world: World, scheme: str) -> None:
    bob = await world.bob.through(await world.install())
    path = f"/rest/{METHOD}?DIALOG_ID={world.carol.id}&MESSAGE=x&auth=nonsense"
    assert (await world.get(path, Authorization=scheme + bob.auth)).result > 0
    assert (await world.get(path)).refusal == INVALID_TOKEN


async def test_without_credentials_nobody_calls(world: World) -> None:
    for path in (f"/rest/{METHOD}", f"/rest/{METHOD}?auth=", f"/rest/{METHOD}?auth[]=", "/rest/im.chat.add.json"):
        assert (await world.get(path)).refusal in {NO_AUTH, INVALID_TOKEN}
    assert (await world.get(f"/rest/{METHOD}", Authorization="Basic Ym9iOnB3")).refusal == NO_AUTH
    assert (await world.get(f"/rest/{METHOD}", Authorization="Bearer ")).refusal == NO_AUTH


async def test_a_cookie_is_nobody(world: World) -> None:
    bob = await world.bob.through(await world.install())
    cookie = f"auth={bob.auth}; access_token={bob.auth}; sessid={bob.auth}; PHPSESSID=1"
    assert (await world.get(f"/rest/{METHOD}?sessid={bob.auth}", Cookie=cookie)).refusal == NO_AUTH


@pytest.mark.parametrize(
    "nested", ["auth[a]=b", "auth[]=x", "auth[0]=x", "access_token[a][b][c]=x", "auth[a]=b&access_token[]=c"]
)
async def test_nested_credentials_are_refused(world: World, nested: str) -> None:
    assert (await world.get(f"/rest/{METHOD}?{nested}")).refusal == INVALID_TOKEN


@pytest.mark.parametrize("value", [{"a": 1}, ["x"], {"$gt": ""}, 17, True, 1.5])
async def test_credentials_of_another_type_are_refused(world: World, value: object) -> None:
    answer = await world.post(f"/rest/{METHOD}", json.dumps({"auth": value}).encode(), "application/json")
    assert answer.refusal == INVALID_TOKEN


@pytest.mark.parametrize("token", ["x", "0" * 60, "-" * 60, "я" * 60, "\U0001f600" * 60, "a" * 100_000])
async def test_a_token_that_we_did_not_write_is_refused(world: World, token: str) -> None:
    body = f"auth={token}".encode()
    answer = await world.post(f"/rest/{METHOD}", body, "application/x-www-form-urlencoded")
    assert answer.refusal == INVALID_TOKEN


async def test_a_changed_token_is_refused(world: World) -> None:
    bob = await world.bob.through(await world.install())
    for place in (0, 20, 59):
        other = "A" if bob.auth[place] != "A" else "B"
        forged = Actor(world, bob.person, "/rest/", bob.auth[:place] + other + bob.auth[place + 1 :])
        assert (await good_call(world, forged)).refusal == INVALID_TOKEN


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": tokens.REFRESH}, INVALID_TOKEN),
        ({"expires_at": 1}, (401, "expired_token")),
        ({"application_id": 987}, (401, "APPLICATION_NOT_FOUND")),
        ({"installation": 7}, INVALID_TOKEN),
        ({"person_id": 987}, (401, "authorization_error")),
    ],
)
async def test_a_genuine_token_for_something_else_is_refused(
    world: World, changes: dict[str, int], refusal: tuple[int, str]
) -> None:
    token = await token_of(world, await world.install(), **changes)
    assert (await good_call(world, Actor(world, world.bob.person, "/rest/", token))).refusal == refusal


async def test_a_remembered_token_expires_all_the_same(world: World) -> None:
    application = await world.install()
    token = await token_of(world, application)
    bob = Actor(world, world.bob.person, "/rest/", token)
    async with asyncio.timeout(PATIENCE_S):
        while token not in world.app.callers._by_token:  # the installation just made may be noticed in between
            assert (await good_call(world, bob)).status == 200
    caller = world.app.callers._by_token[token]
    world.app.callers._by_token[token] = type(caller)(
        caller.person, caller.scopes, caller.application, caller.webhook_id, int(time.time()) - 1
    )
    assert (await good_call(world, bob)).refusal == (401, "expired_token")
    assert token not in world.app.callers._by_token


async def test_a_token_of_an_uninstalled_application_is_void(world: World) -> None:
    application = await world.install()
    bob = await world.bob.through(application)
    assert (await good_call(world, bob)).status == 200
    await world.unit(applications.uninstall_application, world.alice.person, application.id)
    assert await refused_soon(world, bob) == (401, "APPLICATION_NOT_FOUND")


async def test_a_token_from_before_a_reinstallation_is_void(world: World) -> None:
    application = await world.install()
    bob = await world.bob.through(application)
    assert (await good_call(world, bob)).status == 200
    again = await world.unit(applications.install_application, world.alice.person, application.id)
    assert await refused_soon(world, bob) == INVALID_TOKEN
    assert (await good_call(world, await world.bob.through(again))).status == 200


async def test_a_disabled_person_is_nobody_by_token_and_by_webhook(world: World) -> None:
    bob = await world.bob.through(await world.install())
    assert (await good_call(world, bob)).status == 200
    assert (await good_call(world, world.bob)).status == 200

    async def switch(tx: Tx, active: int) -> None:
        await people.change_person(tx, world.bob.id, active=active)

    await world.unit(switch, 0)
    assert await refused_soon(world, bob) == (401, "authorization_error")
    assert await refused_soon(world, world.bob) == INVALID_CREDENTIALS
    await world.unit(switch, 1)
    assert (await good_call(world, bob)).status == 200


async def test_a_revoked_webhook_is_void_and_others_are_not(world: World) -> None:
    second = await world.webhook(world.bob, "im")
    assert (await good_call(world, second)).status == 200
    webhook = (await world.unit(webhooks.every_webhook))[-1]
    await world.unit(webhooks.revoke_webhook, webhook.id)
    assert await refused_soon(world, second) == INVALID_CREDENTIALS
    assert (await good_call(world, world.bob)).status == 200


async def test_an_expired_webhook_is_void(world: World) -> None:
    now = int(time.time() * 1000)
    assert (await good_call(world, await world.webhook(world.bob, "im", expires_at=now + 60_000))).status == 200
    late = await world.webhook(world.bob, "im", expires_at=now - 1000)
    assert (await good_call(world, late)).refusal == INVALID_CREDENTIALS


@pytest.mark.parametrize("user", ["0", "-1", "x", "%D9%A1", "%00", "1e0", "99999999999999999999"])
async def test_a_webhook_works_for_its_owner_only(world: World, user: str) -> None:
    secret = world.bob.path.split("/")[3]
    for path in (f"/rest/{user}/{secret}/{METHOD}", f"/rest/{world.alice.id}/{secret}/{METHOD}"):
        assert (await world.get(path)).refusal == INVALID_CREDENTIALS


@pytest.mark.parametrize("secret", ["x", "%00", "%FF", "%ED%A0%80", "%D1%8F", "0" * 5000])
async def test_an_unknown_webhook_is_refused(world: World, secret: str) -> None:
    assert (await world.get(f"/rest/{world.bob.id}/{secret}/{METHOD}")).refusal == INVALID_CREDENTIALS


async def test_a_scope_that_was_not_granted_is_refused(world: World) -> None:
    narrow = await world.webhook(world.bob, "disk")
    assert (await good_call(world, narrow)).refusal == (403, "insufficient_scope")
    bob = await world.bob.through(await world.install(scopes=("disk",)))
    assert (await good_call(world, bob)).refusal == (403, "insufficient_scope")


async def test_no_more_callers_are_remembered_than_the_limit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skvorets.dialects.bitrix24.caller.MAX_REMEMBERED", 3)
    application = await world.install()
    for _ in range(5):
        assert (await good_call(world, await world.bob.through(application))).status == 200
    assert len(world.app.callers._by_token) <= 3
