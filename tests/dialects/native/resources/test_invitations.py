"""``/api/invitations`` and ``/api/invitation``: from the administrator's link to the account."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from skvorets.core import departments, logins, throttle
from skvorets.storage import invitations as rows
from skvorets.storage import people
from skvorets.storage.database import Tx
from support.browsers import Browser, RefusedError, browser_of
from support.mail_server import MailServer
from support.queries import count_queries
from support.world import World
from support.world import test_config as config_of

PASSWORD = "correct horse"
DAY_MS = 24 * 3600 * 1000


def secret_of(link: str) -> str:
    return link.rpartition("/")[2]


async def invite(world: World, **given: Any) -> Any:
    async with browser_of(world, world.alice) as browser:
        return await browser.call("POST", "/api/invitations", given)


async def accept(browser: Browser, link: str, **given: Any) -> None:
    entrance = {"secret": secret_of(link), "firstName": "Dora", "login": "dora", "password": PASSWORD, **given}
    await browser.call("POST", "/api/invitation", entrance)


async def test_from_the_link_to_the_account(world: World) -> None:
    team = await world.unit(departments.add_department, "Team", 0)
    made = await invite(
        world, email="dora@example.com", firstName="Dora", lastName="Lang", departmentId=team, validDays=3
    )
    assert set(made) == {"id", "link", "expiresAt", "mail"}
    assert made["mail"] == ""
    assert made["link"].startswith(f"{world.app.config.base_url}/invite/")
    async with Browser(world.url) as browser:
        looked = await browser.get(f"/api/invitation?secret={secret_of(made['link'])}")
        assert looked == {
            "inviterName": world.alice.person.name,
            "domain": world.app.config.domain,
            "language": "ru",
            "email": "dora@example.com",
            "firstName": "Dora",
            "lastName": "Lang",
            "expiresAt": made["expiresAt"],
        }
        await accept(
            browser, made["link"], firstName="Dorothea", lastName="Lang", login="Dora@Example.com", language="en"
        )
        me = (await browser.get("/api/session"))["me"]
    assert (me["name"], me["language"], me["isAdmin"], me["isExtranet"]) == ("Dorothea Lang", "en", False, False)
    dora = await world.unit(people.find, me["id"])
    assert dora is not None
    assert dora.email == "dora@example.com"
    assert await world.unit(people.departments_of, [dora.id]) == {dora.id: [team]}
    async with Browser(world.url) as browser:
        await browser.log_in("dora@example.com", PASSWORD)


async def test_a_link_is_good_once(world: World) -> None:
    made = await invite(world)
    async with Browser(world.url) as first, Browser(world.url) as second:
        await accept(first, made["link"])
        with pytest.raises(RefusedError, match="404 not_found"):
            await accept(second, made["link"], login="other")
        with pytest.raises(RefusedError, match="404 not_found"):
            await second.get(f"/api/invitation?secret={secret_of(made['link'])}")


async def test_what_is_refused_does_not_use_the_link_up(world: World) -> None:
    await world.unit(logins.set_password_hash, world.bob.id, "bob", logins.hash_password(PASSWORD))
    made = await invite(world)
    async with Browser(world.url) as browser:
        for given, refusal in (
            ({"login": "BOB"}, "409 taken"),
            ({"password": "short"}, "400 weak_password"),
            ({"login": " "}, "400 wrong_name"),
            ({"firstName": " "}, "400 empty_name"),
            ({"firstName": ""}, "400 malformed"),
            ({"language": "de"}, "400 malformed"),
            ({"login": ["x"]}, "400 malformed"),
        ):
            with pytest.raises(RefusedError, match=refusal):
                await accept(browser, made["link"], **given)
        await accept(browser, made["link"])


async def test_guests_come_from_outside(world: World) -> None:
    made = await invite(world, isExtranet=True)
    async with Browser(world.url) as browser:
        await accept(browser, made["link"])
        assert (await browser.get("/api/session"))["me"]["isExtranet"]
        assert (await browser.get("/api/people"))["people"] == []
    with pytest.raises(RefusedError, match="403 not_allowed"):
        await invite(world, isExtranet=True, departmentId=1)


async def test_they_are_listed_without_their_secrets_and_revoked(world: World) -> None:
    first = await invite(world, email="a@example.com")
    second = await invite(world, firstName="Б")
    async with browser_of(world, world.alice) as browser:
        with count_queries(world) as queries:
            listed = (await browser.get("/api/invitations"))["invitations"]
        assert queries.count == 4  # the session, its person, the invitations, who made them
        assert [one["id"] for one in listed] == [second["id"], first["id"]]
        assert all(secret_of(one["link"]) not in str(listed) for one in (first, second))
        created_at = listed[1].pop("createdAt")
        assert first["expiresAt"] == created_at + 7 * DAY_MS
        assert listed[1] == {
            "id": first["id"],
            "email": "a@example.com",
            "firstName": "",
            "lastName": "",
            "isExtranet": False,
            "departmentId": 0,
            "inviterId": world.alice.id,
            "inviterName": world.alice.person.name,
            "expiresAt": first["expiresAt"],
        }
        assert await browser.call("DELETE", f"/api/invitations/{first['id']}") is None
        with pytest.raises(RefusedError, match="404 not_found"):
            await browser.call("DELETE", f"/api/invitations/{first['id']}")
    async with Browser(world.url) as browser:
        with pytest.raises(RefusedError, match="404 not_found"):
            await accept(browser, first["link"])


async def test_only_the_digest_is_stored(world: World) -> None:
    made = await invite(world)
    [stored] = await world.unit(rows.every)
    assert secret_of(made["link"]) not in str(stored)


async def test_old_links_and_those_of_dismissed_administrators_are_worth_nothing(world: World) -> None:
    old, other = await invite(world), await invite(world)
    await world.unit(_age, old["id"])
    async with Browser(world.url) as browser:
        with pytest.raises(RefusedError, match="404 not_found"):
            await accept(browser, old["link"])
        await world.unit(_demote, world.alice.id)
        with pytest.raises(RefusedError, match="404 not_found"):
            await accept(browser, other["link"])


async def test_guessing_links_is_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "MAX_PER_ADDRESS", 3)
    made = await invite(world)
    async with Browser(world.url) as browser:
        for _ in range(4):
            assert await browser.get(f"/api/invitation?secret={secret_of(made['link'])}")  # good ones do not count
        for _ in range(3):
            with pytest.raises(RefusedError, match="404 not_found"):
                await browser.get("/api/invitation?secret=" + "x" * 43)
        with pytest.raises(RefusedError, match="429 too_many_attempts"):
            await accept(browser, made["link"])


@pytest.mark.parametrize("secret", ["", "x", "я" * 43, "x" * 101, "%00"])
async def test_what_is_no_link_is_refused(world: World, secret: str) -> None:
    async with Browser(world.url) as browser:
        with pytest.raises(RefusedError, match=r"404 not_found|400 malformed"):
            await browser.get(f"/api/invitation?secret={secret}")


async def test_only_administrators_invite(world: World) -> None:
    made = await invite(world)
    for actor in (world.bob, world.outsider):
        async with browser_of(world, actor) as browser:
            for verb, path in (("GET", ""), ("POST", ""), ("DELETE", f"/{made['id']}")):
                with pytest.raises(RefusedError, match="403 administrators_only"):
                    await browser.call(verb, f"/api/invitations{path}")
    async with Browser(world.url) as browser:
        with pytest.raises(RefusedError, match="401 not_logged_in"):
            await browser.get("/api/invitations")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"email": "x"}, "400 wrong_email"),
        ({"email": "x" * 255}, "400 malformed"),
        ({"validDays": 0}, "400 malformed"),
        ({"validDays": 91}, "400 malformed"),
        ({"departmentId": 999}, "404 not_found"),
        ({"departmentId": -1}, "400 malformed"),
        ({"firstName": {}}, "400 malformed"),
    ],
)
async def test_bad_input_is_refused(world: World, given: dict[str, Any], refusal: str) -> None:
    with pytest.raises(RefusedError, match=refusal):
        await invite(world, **given)
    assert await world.unit(rows.count) == 0


async def test_who_is_there_already_is_not_invited(world: World) -> None:
    await world.unit(_set_email, world.bob.id, "bob@example.com")
    with pytest.raises(RefusedError, match="409 taken"):
        await invite(world, email="BOB@example.com")


async def test_a_foreign_page_cannot_accept(world: World) -> None:
    made = await invite(world)
    async with Browser(world.url) as browser:
        given = {"secret": secret_of(made["link"]), "firstName": "D", "login": "d", "password": PASSWORD}
        with pytest.raises(RefusedError, match="403 foreign_page"):
            await browser.call("POST", "/api/invitation", given, headers={"Origin": "https://evil.example"})


async def test_the_link_is_mailed(database: str, tmp_path: Path) -> None:
    async with MailServer() as mail:
        given = {"smtp_host": "127.0.0.1", "smtp_port": mail.port, "smtp_tls": "none", "smtp_sender": "us@example.com"}
        world = World(config_of(tmp_path, database, **given))
        await world.open()
        try:
            made = await invite(world, email="dora@example.com", validDays=5)
            letter = await mail.next()
            assert (made["mail"], letter.recipients) == ("sent", ["dora@example.com"])
            assert made["link"] in letter.text
            assert "дней: 5" in letter.text
            assert letter.message["Subject"] == "Alice Petrova приглашает вас в Скворец"
            mail.rcpt_replies.append("550 no such user")
            assert (await invite(world, email="nobody@example.com"))["mail"] == "550 no such user"
            assert (await invite(world))["mail"] == ""
        finally:
            await world.close()


async def _age(tx: Tx, invitation_id: int) -> None:
    await tx.do("UPDATE invitations SET expires_at = $2 WHERE id = $1", invitation_id, tx.now)


async def _demote(tx: Tx, person_id: int) -> None:
    await people.change(tx, person_id, admin=0)


async def _set_email(tx: Tx, person_id: int, email: str) -> None:
    await people.change(tx, person_id, email=email)
