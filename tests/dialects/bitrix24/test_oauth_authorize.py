"""The page on which a person lets an application act for him: form, consent, everything that may be wrong."""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from skvorets.core import applications, logins, people, second_factor
from skvorets.core.applications import NewApplication
from skvorets.dialects.bitrix24 import oauth_authorize
from skvorets.dialects.bitrix24.oauth_pages import language_of
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from support.codes import Phone
from support.world import World

PAGE = "/oauth/authorize/"
HANDLER = "http://bot.example.org:81/handler?a=1#part"
PASSWORD = "correct horse"
HASH = logins.hash_password(PASSWORD)


class Seen(NamedTuple):
    """A page as a browser gets it."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def ticket(self) -> str:
        found = re.search(r'name="ticket" value="([^"]+)"', self.text)
        assert found is not None, self.text
        return html.unescape(found[1])


@pytest.fixture
async def application(world: World) -> Application:
    await world.unit(logins.set_password_hash, world.bob.id, "bob", HASH)
    return await world.install(name='<b>"App" & {name}</b>', scopes=("im", "imbot"), handler_url=HANDLER)


async def look(world: World, headers: Any = None, **asked: str) -> Seen:
    url = f"{world.url}{PAGE}?{urlencode(asked)}"
    async with world.session.get(url, headers=headers or {}, allow_redirects=False) as response:
        return Seen(response.status, await response.text(), dict(response.headers))


async def send(world: World, headers: dict[str, str] | None = None, **fields: Any) -> Seen:
    async with world.session.post(
        world.url + PAGE, data=fields, headers=headers or {}, allow_redirects=False
    ) as response:
        return Seen(response.status, await response.text(), dict(response.headers))


def is_error(seen: Seen, words: str) -> bool:
    return words in html.unescape(seen.text) and "<form" not in seen.text and "Location" not in seen.headers


async def test_the_form_says_who_asks_for_what(world: World, application: Application) -> None:
    seen = await look(world, client_id=application.client_id, state="s")
    assert seen.status == 200
    assert "&lt;b&gt;&quot;App&quot; &amp; {name}&lt;/b&gt;" in seen.text
    assert "<li>im</li><li>imbot</li>" in seen.text
    assert '<html lang="ru">' in seen.text
    assert "Set-Cookie" not in seen.headers


async def test_the_page_is_locked_down(world: World, application: Application) -> None:
    seen = await look(world, client_id=application.client_id)
    policy = seen.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' http://bot.example.org:81;" in policy
    assert "unsafe" not in policy
    assert seen.headers["X-Content-Type-Options"] == "nosniff"
    assert seen.headers["Cache-Control"] == "no-store"
    assert "<script" not in seen.text


async def test_consent_leads_to_the_handler_with_a_code(world: World, application: Application) -> None:
    state = 'a b&c="<ф>'
    form = await look(world, client_id=application.client_id, state=state, response_type="code", scope="im,imbot")
    seen = await send(world, ticket=form.ticket, login="Bob", password=PASSWORD)
    assert seen.status == 302
    address = urlsplit(seen.headers["Location"])
    assert (address.scheme, address.netloc, address.path, address.fragment) == (
        "http", "bot.example.org:81", "/handler", "",
    )  # fmt: skip
    given = {name: values[0] for name, values in parse_qs(address.query).items()}
    code = given.pop("code")
    assert len(code) >= 32
    assert given == {
        "a": "1",
        "state": state,
        "domain": world.config.domain,
        "member_id": world.app.store.portal.member_id,
        "scope": "im,imbot",
        "server_domain": world.config.domain,
    }
    secret = await world.unit(applications.renew_secret, application.id)
    asked = {"grant_type": "authorization_code", "client_id": application.client_id, "client_secret": secret}
    answer = await world.get(f"/oauth/token/?{urlencode({**asked, 'code': code})}")
    assert answer.body["user_id"] == world.bob.id


async def test_a_wrong_password_shows_the_form_again(world: World, application: Application) -> None:
    form = await look(world, client_id=application.client_id)
    for login in ('bob"><script>', "bob", "nobody"):
        seen = await send(world, ticket=form.ticket, login=login, password="wrong horse")
        assert seen.status == 403
        assert "Неверный логин или пароль." in seen.text
        assert f'value="{html.escape(login)}"' in seen.text
        assert "<script" not in seen.text
        assert "Location" not in seen.headers
        assert (await send(world, ticket=seen.ticket, login="bob", password=PASSWORD)).status == 302


async def test_a_second_factor_is_asked_for_here_too(world: World, application: Application) -> None:
    begun = await world.unit(second_factor.begin, world.bob.person, "here")
    phone = Phone(begun.secret)
    await world.unit(second_factor.confirm, world.bob.person, phone.code(-1))
    form = await look(world, client_id=application.client_id)
    assert 'name="code"' not in form.text
    seen = await send(world, ticket=form.ticket, login="bob", password=PASSWORD)
    assert (seen.status, "Location" in seen.headers) == (403, False)
    assert "Введите пароль ещё раз и код второго фактора." in seen.text
    assert '<input id="code" name="code" autocomplete="one-time-code"' in seen.text
    seen = await send(world, ticket=seen.ticket, login="bob", password=PASSWORD, code=phone.wrong())
    assert (seen.status, "Location" in seen.headers) == (403, False)
    assert "Неверный код." in seen.text
    assert (await send(world, ticket=seen.ticket, login="bob", password="wrong", code=phone.code())).status == 403
    assert (await send(world, ticket=seen.ticket, login="bob", password=PASSWORD, code=phone.code())).status == 302
    again = await send(world, ticket=seen.ticket, login="bob", password=PASSWORD, code=phone.code())
    assert again.status == 403


async def test_guessing_is_stopped(world: World, application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "MAX_PER_ACCOUNT_AND_ADDRESS", 1)
    form = await look(world, client_id=application.client_id)
    assert (await send(world, ticket=form.ticket, login="bob", password="wrong horse")).status == 403
    seen = await send(world, ticket=form.ticket, login="bob", password=PASSWORD)
    assert seen.status == 429
    assert "Слишком много попыток" in seen.text


async def test_a_disabled_person_cannot_consent(world: World, application: Application) -> None:
    async def disable(tx: Tx) -> None:
        await people.change_person(tx, world.bob.id, active=0)

    form = await look(world, client_id=application.client_id)
    await world.unit(disable)
    assert (await send(world, ticket=form.ticket, login="bob", password=PASSWORD)).status == 403


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"client_id": ""}, "составлен неверно"),
        ({"client_id": "local.unknown"}, "не найдено"),
        ({"response_type": "token"}, "составлен неверно"),
        ({"redirect_uri": "http://bot.example.org:81/handler"}, "не совпадает"),
        ({"redirect_uri": "http://evil.example.org/"}, "не совпадает"),
        ({"scope": "im,disk"}, "которых у него нет"),
        ({"state": "x" * 3000}, "составлен неверно"),
        ({"state[]": "x"}, "составлен неверно"),
        ({"client_id[a]": "x"}, "составлен неверно"),
        ({"a" + "[b]" * 70: "x"}, "составлен неверно"),
    ],
)
async def test_errors_are_told_on_the_page(
    world: World, application: Application, asked: dict[str, str], words: str
) -> None:
    seen = await look(world, **{"client_id": application.client_id, **asked})
    assert seen.status == 400
    assert is_error(seen, words)


async def test_the_registered_address_may_be_named(world: World, application: Application) -> None:
    assert (await look(world, client_id=application.client_id, redirect_uri=HANDLER)).status == 200


async def test_an_application_that_is_not_there_cannot_ask(world: World, application: Application) -> None:
    new = NewApplication(name="Later", scopes=("im",), handler_url=HANDLER)
    registered = (await world.unit(applications.create_application, new)).application
    nowhere = await world.install(name="Nowhere")
    assert is_error(await look(world, client_id=registered.client_id), "не установлено")
    assert is_error(await look(world, client_id=nowhere.client_id), "возвращаться некуда")
    form = await look(world, client_id=application.client_id)
    await world.unit(applications.uninstall_application, world.alice.person, application.id)
    assert is_error(await send(world, ticket=form.ticket, login="bob", password=PASSWORD), "не установлено")


async def test_a_form_without_our_ticket_is_refused(
    world: World, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = (await look(world, client_id=application.client_id)).ticket
    for ticket in ("", "x", "я", good[:-8] + "AAAAAAAA", "A" * len(good)):
        seen = await send(world, ticket=ticket, login="bob", password=PASSWORD)
        assert seen.status == 400
        assert is_error(seen, "устарела")
    monkeypatch.setattr(oauth_authorize, "TICKET_S", -1)
    old = (await look(world, client_id=application.client_id)).ticket
    assert is_error(await send(world, ticket=old, login="bob", password=PASSWORD), "устарела")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example.org"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_a_form_from_another_site_is_refused(
    world: World, application: Application, headers: dict[str, str]
) -> None:
    form = await look(world, client_id=application.client_id)
    seen = await send(world, headers, ticket=form.ticket, login="bob", password=PASSWORD)
    assert seen.status == 403
    assert is_error(seen, "с другого сайта")


async def test_a_form_from_our_own_page_is_taken(world: World, application: Application) -> None:
    form = await look(world, client_id=application.client_id)
    headers = {"Origin": world.url, "Sec-Fetch-Site": "same-origin"}
    assert (await send(world, headers, ticket=form.ticket, login="bob", password=PASSWORD)).status == 302


@pytest.mark.parametrize("body", [b"login[]=a&ticket=x", b"{", b"a[" * 3000, b"x" * 100_000, b"login=%00%ff"])
async def test_garbage_never_breaks_the_page(world: World, application: Application, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with world.session.post(world.url + PAGE, data=body, headers=headers) as response:
        assert response.status in {400, 413}
        assert "<form" not in await response.text()


async def test_other_methods_are_refused(world: World) -> None:
    async with world.session.put(world.url + PAGE) as response:
        assert response.status == 405


async def test_the_page_speaks_the_browsers_language(world: World, application: Application) -> None:
    seen = await look(world, {"Accept-Language": "de, en-GB;q=0.8, ru;q=0.7"}, client_id=application.client_id)
    assert '<html lang="en">' in seen.text
    assert "Log in and allow" in seen.text


@pytest.mark.parametrize(
    ("accepted", "portal", "language"),
    [
        ("", "ru", "ru"),
        ("", "en", "en"),
        ("de,fr", "ru", "ru"),
        ("en", "ru", "en"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "en", "ru"),
        ("en;q=0, ru;q=0.1", "en", "ru"),
        ("en;q=x", "ru", "en"),
        ("english", "ru", "ru"),
        (";,;q=,," * 1000, "en", "en"),
    ],
)
def test_the_language_is_chosen(accepted: str, portal: str, language: str) -> None:
    assert language_of(accepted, portal) == language
