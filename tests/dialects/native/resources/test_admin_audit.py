"""Who did what, for administrators: filtered, in pages, as a table."""

from __future__ import annotations

import csv
import io

import pytest

from skvorets.core import audit
from skvorets.core.audit import ACTIONS
from support.administration import audit_of, refuses_others
from support.browsers import COOKIE, RefusedError, browser_of
from support.world import World


async def test_entries_are_told_newest_first(world: World) -> None:
    await world.unit(audit.note, world.bob.id, "webhook.revoked", "webhook", 5, {"name": "x", "address": "192.0.2.1"})
    async with browser_of(world, world.alice) as browser:
        page = await browser.get("/api/admin/audit")
    assert page["entries"][0]["action"] == "session.opened"
    entry = page["entries"][1]
    assert entry == {
        "id": entry["id"],
        "at": entry["at"],
        "actorId": world.bob.id,
        "actorName": "Bob Ivanov",
        "action": "webhook.revoked",
        "subjectKind": "webhook",
        "subjectId": 5,
        "address": "192.0.2.1",
        "details": {"name": "x"},
    }
    assert page["actions"] == list(ACTIONS)


async def test_entries_are_filtered_and_paged(world: World) -> None:
    for number in range(5):
        await world.unit(audit.note, world.bob.id, "webhook.revoked", "webhook", number)
    async with browser_of(world, world.alice) as browser:
        first = await browser.get(f"/api/admin/audit?actor={world.bob.id}&action=webhook.revoked&limit=3")
        rest = await browser.get(
            f"/api/admin/audit?actor={world.bob.id}&action=webhook.revoked&limit=3&before={first['next']}"
        )
        assert [one["subjectId"] for one in first["entries"] + rest["entries"]] == [4, 3, 2, 1, 0]
        assert rest["next"] == 0
        at = first["entries"][0]["at"]
        later = await browser.get(f"/api/admin/audit?since={at + 60_000}")
        assert later["entries"] == []
        for query in ("action=nothing", "actor=bob", "limit=0", "limit=1000", "since=-1"):
            with pytest.raises(RefusedError, match=r"^400 "):
                await browser.get(f"/api/admin/audit?{query}")


async def test_the_table_is_harmless_to_spreadsheets(world: World) -> None:
    await world.unit(audit.note, world.bob.id, "chat.closed", "chat", 5, {"name": '=HYPERLINK("x")', "was": "a,b"})
    async with browser_of(world, world.alice) as browser:
        request = world.session.get(
            f"{world.url}/api/admin/audit/csv?action=chat.closed", headers={"Cookie": f"{COOKIE}={browser.cookie}"}
        )
        async with request as response:
            assert response.content_type == "text/csv"
            assert response.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
            text = (await response.read()).decode("utf-8-sig")
    heads, row = csv.reader(io.StringIO(text))
    assert heads == ["time", "actor", "actor_id", "action", "subject", "subject_id", "name", "address", "details"]
    assert row[1:] == [
        *("Bob Ivanov", str(world.bob.id), "chat.closed", "chat", "5"),
        *('\'=HYPERLINK("x")', "", '{"was":"a,b"}'),
    ]
    assert row[0].endswith("+00:00")


async def test_programs_and_their_secrets_are_written_down(world: World) -> None:
    async with browser_of(world, world.alice) as browser:
        made = await browser.call("POST", "/api/dev/applications", {"name": "App", "scopes": ["im"]})
        path = f"/api/dev/applications/{made['application']['id']}"
        await browser.call("PATCH", path, {"name": "Other"})
        shown = await browser.call("POST", f"{path}/reveal")
        secret = await browser.call("POST", f"{path}/secret")
        await browser.call("POST", f"{path}/update")
        await browser.call("POST", f"{path}/uninstall")
        await browser.call("POST", f"{path}/install")
        hook = await browser.call("POST", "/api/dev/webhooks", {"scopes": ["im"], "title": "Hook"})
        listed = await browser.get("/api/dev/webhooks")
        await browser.call("DELETE", f"/api/dev/webhooks/{listed[0]['id']}")
        page = await browser.get("/api/admin/audit?limit=9")
    assert [one["action"] for one in page["entries"]] == [
        "webhook.revoked",
        "webhook.created",
        "application.installed",
        "application.uninstalled",
        "application.updated",
        "application.secret_renewed",
        "application.secrets_shown",
        "application.changed",
        "application.created",
    ]
    written = str(page)
    for hidden in (made["clientSecret"], shown["signingKey"], secret["clientSecret"], hook["url"].split("/")[-2]):
        assert hidden not in written


async def test_log_ins_are_written_down_with_their_address(world: World) -> None:
    async with browser_of(world, world.bob):
        pass
    [entry] = await audit_of(world, "session.opened")
    assert (entry["actor"], entry["address"]) == (world.bob.id, "127.0.0.1")


async def test_only_administrators_look(world: World) -> None:
    await refuses_others(world, "GET", "/api/admin/audit")
    await refuses_others(world, "GET", "/api/admin/audit/csv")
