"""The npm package @bitrix24/b24jssdk, unchanged, in Node: calls, lists, batches, renewal at the vendor's OAuth host.

The package is installed once into the repository's cache folder, in the versions of the lock file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.js_programs import js_programs, run_js
from support.portal import Portal

pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def packages() -> Path:
    """Give a folder with the programs beside the packages that they use."""
    return js_programs()


async def test_a_webhook_calls_lists_and_batches(portal: Portal, packages: Path) -> None:
    await portal.add_crowd(60)
    url, partner = portal.webhook_url(portal.alice), str(portal.bob.id)
    got = await node(portal, packages / "webhook.mjs", PORTAL_WEBHOOK=url, PARTNER_ID=partner)
    assert got["message"] > 0
    assert got["refusal"] == {"code": "DIALOG_ID_EMPTY", "text": "Dialog ID can't be empty"}
    assert len(got["people"]) == len(set(got["people"])) == sum(got["pages"]) > 60
    assert got["pages"][0] == 50
    chat_id, message_id = got["batch"]["chat"], got["batch"]["message"]
    shown = await portal.bob.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    assert (shown["messages"][0]["id"], shown["messages"][0]["text"]) == (message_id, "раз & два")
    assert len(set(got["chunks"])) == 60


async def test_an_application_renews_its_tokens_at_the_vendors_host(portal: Portal, packages: Path) -> None:
    application, secret = await portal.install_with_secret()
    pair = await portal.expired_tokens(application, portal.alice.person)
    auth = {
        "applicationToken": "",
        "userId": portal.alice.id,
        "memberId": portal.app.store.portal.member_id,
        "accessToken": pair.access_token,
        "refreshToken": pair.refresh_token,
        "expires": pair.expires_at,
        "expiresIn": 3600,
        "scope": application.scopes,
        "domain": portal.domain,
        "clientEndpoint": f"{portal.url}/rest/",
        "serverEndpoint": "https://oauth.bitrix24.tech/rest/",
        "status": "L",
    }
    given = {"auth": auth, "secret": {"clientId": application.client_id, "clientSecret": secret}}
    partner = str(portal.bob.id)
    got = await node(portal, packages / "application.mjs", APPLICATION=json.dumps(given), PARTNER_ID=partner)
    assert got["renewed"] == 1
    assert got["isAdmin"] is True
    assert int(got["person"]) == portal.alice.id
    assert got["message"] > 0


async def node(portal: Portal, program: Path, **environment: str) -> dict[str, Any]:
    """Run a program against the portal and give what it printed."""
    trust = {"NODE_EXTRA_CA_CERTS": str(portal.ca_file), "PORTAL_PORT": str(portal.port)}
    hosts = program.with_name("vendor_hosts.mjs").as_uri()
    found: dict[str, Any] = await run_js(program, "--import", hosts, **trust, **environment)
    return found
