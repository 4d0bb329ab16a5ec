"""The npm package @bitrix24/b24jssdk, unchanged, in Node: calls, lists, batches, renewal at the vendor's OAuth host.

The package is installed once into the repository's cache folder, in the versions of the lock file.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from support.portal import Portal

pytestmark = pytest.mark.clients

SOURCES = Path(__file__).parent / "js"
CACHE = Path(__file__).parents[2] / ".cache" / "clients-js"
# Seconds for a run of a program, and for the installation of its packages.
RUN_S, INSTALL_S = 30.0, 120.0


@pytest.fixture(scope="module")
def packages() -> Path:
    """Give a folder with the programs beside the packages that they use."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("Node is not installed")
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:  # tests may run in several processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        _install(npm)
    return CACHE


def _install(npm: str) -> None:
    wanted = (SOURCES / "package-lock.json").read_text()
    stamp = CACHE / "installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SOURCES / name, CACHE / name)
        command = [npm, "ci", "--prefix", str(CACHE), "--ignore-scripts", "--no-audit", "--no-fund"]
        asyncio.run(_run(command, {}, INSTALL_S))
        stamp.write_text(wanted)
    for program in SOURCES.glob("*.mjs"):
        shutil.copy(program, CACHE / program.name)


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
    output = await _run(["node", "--import", hosts, str(program)], {**trust, **environment}, RUN_S)
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


async def _run(command: list[str], environment: dict[str, str], patience_s: float) -> str:
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(patience_s):
            output, errors = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode == 0, errors.decode()
    return output.decode()
