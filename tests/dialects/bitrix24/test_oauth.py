"""OAuth for programs: codes and refresh tokens, every documented error, other host names, hostile input."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest

from skvorets.core import applications, grants, people, tokens
from skvorets.core.applications import NewApplication
from skvorets.storage import people as rows
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from support.world import Answer, World

FORM = "application/x-www-form-urlencoded"
TOKEN = "/oauth/token/"
KEYS = {
    "access_token", "refresh_token", "expires", "expires_in", "scope", "domain", "server_endpoint", "client_endpoint",
    "member_id", "user_id", "status",
}  # fmt: skip


class Client:
    """An installed application with its secret, as a program that asks for tokens."""

    def __init__(self, world: World, application: Application, secret: str) -> None:
        self.world = world
        self.application = application
        self.secret = secret

    async def code(self, person_id: int = 0) -> str:
        """Give a code of bob, as after his consent."""

        async def issue(tx: Tx) -> str:
            person = await rows.find(tx, person_id or self.world.bob.id)
            assert person is not None
            return await grants.issue_code(tx, self.application, person)

        code: str = await self.world.unit(issue)
        return code

    def ask(self, **more: str) -> dict[str, str]:
        """Give the parameters of a request."""
        asked = {"client_id": self.application.client_id, "client_secret": self.secret, **more}
        return {name: value for name, value in asked.items() if value != "-"}

    async def by_code(self, code: str, **more: str) -> Answer:
        return await self.send(grant_type="authorization_code", code=code, **more)

    async def by_refresh(self, token: str, **more: str) -> Answer:
        return await self.send(grant_type="refresh_token", refresh_token=token, **more)

    async def send(self, **more: str) -> Answer:
        return await self.world.get(f"{TOKEN}?{urlencode(self.ask(**more))}")

    async def pair(self) -> dict[str, Any]:
        return tokens_of(await self.by_code(await self.code()))


@pytest.fixture
async def client(world: World) -> Client:
    return await make_client(world)


async def make_client(world: World) -> Client:
    async def make(tx: Tx) -> tuple[Application, str]:
        new = NewApplication(name="App", scopes=("im", "imbot"), handler_url="http://example.org/handler")
        made = await applications.create_application(tx, new)
        return await applications.install_application(tx, world.alice.person, made.application.id), made.client_secret

    return Client(world, *await world.unit(make))


def tokens_of(answer: Answer) -> dict[str, Any]:
    assert answer.status == 200, answer
    assert set(answer.body) == KEYS
    return answer.body


def refusal(answer: Answer) -> tuple[int, str]:
    assert set(answer.body) == {"error", "error_description"}, answer
    return answer.status, answer.body["error"]


async def can_call(world: World, token: str) -> bool:
    answer = await world.get(f"/rest/im.message.add?auth={token}&DIALOG_ID={world.carol.id}&MESSAGE=x")
    return answer.status == 200


async def test_a_code_gives_the_documented_answer(world: World, client: Client) -> None:
    answer = tokens_of(await client.by_code(await client.code()))
    config = world.config
    assert abs(answer.pop("expires") - time.time() - 3600) < 30
    assert await can_call(world, answer.pop("access_token"))
    assert len(answer.pop("refresh_token")) == tokens.TOKEN_LENGTH
    assert answer == {
        "expires_in": 3600,
        "scope": "im,imbot",
        "domain": config.domain,
        "server_endpoint": f"{config.base_url}/rest/",
        "client_endpoint": f"{config.base_url}/rest/",
        "member_id": world.app.store.portal.member_id,
        "user_id": world.bob.id,
        "status": "L",
    }


async def test_get_forms_json_and_mixtures_are_taken(world: World, client: Client) -> None:
    def asked(code: str) -> dict[str, str]:
        return client.ask(grant_type="authorization_code", code=code)

    one, two, three = asked(await client.code()), asked(await client.code()), asked(await client.code())
    half = {"code": three.pop("code")}
    answers = [
        await world.post(TOKEN, urlencode(one).encode(), FORM),
        await world.post("/oauth/token", json.dumps(two).encode(), "application/json"),
        await world.post(f"{TOKEN}?{urlencode(three)}", urlencode(half).encode(), FORM),
        await client.by_code(await client.code()),
    ]
    assert [set(answer.body) == KEYS for answer in answers] == [True] * 4


async def test_the_answer_may_not_be_cached(world: World, client: Client) -> None:
    url = f"{world.url}{TOKEN}?{urlencode(client.ask(grant_type='x'))}"
    async with world.session.get(url) as response:
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Content-Type"].startswith("application/json")


async def test_a_code_is_good_once(client: Client) -> None:
    code = await client.code()
    tokens_of(await client.by_code(code))
    assert refusal(await client.by_code(code)) == (400, "invalid_grant")


async def test_a_code_sent_by_many_at_once_is_good_once(client: Client) -> None:
    code = await client.code()
    answers = await asyncio.gather(*(client.by_code(code) for _ in range(8)))
    assert sorted(answer.status for answer in answers) == [200] + [400] * 7


async def test_a_code_lives_thirty_seconds_and_is_stored_hashed(world: World, client: Client) -> None:
    code = await client.code()

    async def look_and_age(tx: Tx) -> tuple[Any, int]:
        row = await tx.row("SELECT code_hash, expires_at FROM oauth_codes")
        assert row is not None
        await tx.do("UPDATE oauth_codes SET expires_at = $1", tx.now - 1)
        return row, tx.now

    row, now = await world.unit(look_and_age)
    assert row[0] == tokens.fingerprint(code)
    assert 25_000 < row[1] - now <= 30_000
    assert refusal(await client.by_code(code)) == (400, "invalid_grant")


async def test_a_code_of_another_application_is_used_up_in_vain(world: World, client: Client) -> None:
    other = await make_client(world)
    code = await client.code()
    assert refusal(await other.by_code(code)) == (400, "invalid_grant")
    assert refusal(await client.by_code(code)) == (400, "invalid_grant")


async def test_a_refresh_token_gives_the_next_pair(world: World, client: Client) -> None:
    first = await client.pair()
    second = tokens_of(await client.by_refresh(first["refresh_token"], scope="im imbot"))
    assert second["refresh_token"] != first["refresh_token"]
    assert (second["user_id"], second["scope"]) == (world.bob.id, "im,imbot")
    assert await can_call(world, second["access_token"])
    assert await can_call(world, first["access_token"])  # until its hour is over


async def test_parallel_workers_may_refresh_within_a_minute(client: Client) -> None:
    first = await client.pair()
    answers = await asyncio.gather(*(client.by_refresh(first["refresh_token"]) for _ in range(5)))
    assert len({tokens_of(answer)["refresh_token"] for answer in answers}) == 5


async def test_a_spent_refresh_token_stays_spent(world: World, client: Client) -> None:
    first = await client.pair()
    second = tokens_of(await client.by_refresh(first["refresh_token"]))

    async def let_time_pass(tx: Tx) -> None:
        await tx.do("UPDATE spent_tokens SET spent_at = spent_at - $1", grants.GRACE_MS - 5000)

    await world.unit(let_time_pass)
    tokens_of(await client.by_refresh(first["refresh_token"]))  # a use within the grace does not make it longer
    await world.unit(let_time_pass)
    assert refusal(await client.by_refresh(first["refresh_token"])) == (400, "invalid_grant")
    assert refusal(await client.by_refresh(first["refresh_token"])) == (400, "invalid_grant")
    tokens_of(await client.by_refresh(second["refresh_token"]))


async def test_spent_tokens_are_remembered_only_while_they_could_work(world: World, client: Client) -> None:
    await client.by_refresh((await client.pair())["refresh_token"])

    async def age(tx: Tx) -> None:
        await tx.do("UPDATE spent_tokens SET expires_at = $1", tx.now - 1)

    async def count(tx: Tx) -> int:
        kept: int = await tx.val("SELECT count(*) FROM spent_tokens")
        return kept

    await world.unit(age)
    await client.by_refresh((await client.pair())["refresh_token"])
    assert await world.unit(count) == 1


async def test_a_refresh_token_that_does_not_fit_is_refused(world: World, client: Client) -> None:
    pair = await client.pair()
    other = await make_client(world)
    old = tokens.Token(tokens.REFRESH, client.application.id, client.application.installation, world.bob.id, 1000)
    for asker, token in (
        (client, "nonsense"),
        (client, pair["access_token"]),
        (client, tokens.issue(world.app.store.portal, old)),
        (client, tokens.issue(world.app.store.portal, msgspec.structs.replace(old, installation=9))),
        (other, pair["refresh_token"]),
    ):
        assert refusal(await asker.by_refresh(token)) == (400, "invalid_grant")
    tokens_of(await client.by_refresh(pair["refresh_token"]))


async def test_a_disabled_person_gets_no_tokens(world: World, client: Client) -> None:
    pair, code = await client.pair(), await client.code()

    async def disable(tx: Tx) -> None:
        await people.change_person(tx, world.bob.id, active=0)

    await world.unit(disable)
    assert refusal(await client.by_code(code)) == (400, "invalid_grant")
    assert refusal(await client.by_refresh(pair["refresh_token"])) == (400, "invalid_grant")


async def test_an_uninstalled_application_is_no_client(world: World, client: Client) -> None:
    pair, code = await client.pair(), await client.code()
    await world.unit(applications.uninstall_application, world.alice.person, client.application.id)
    assert refusal(await client.by_refresh(pair["refresh_token"])) == (401, "invalid_client")
    await world.unit(applications.install_application, world.alice.person, client.application.id)
    assert refusal(await client.by_refresh(pair["refresh_token"])) == (400, "invalid_grant")
    assert refusal(await client.by_code(code)) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"client_secret": "wrong"}, (401, "invalid_client")),
        ({"client_id": "local.unknown"}, (401, "invalid_client")),
        ({"client_id": "x" * 5000}, (400, "invalid_request")),
        ({"client_id": "-"}, (400, "invalid_request")),
        ({"client_secret": "-"}, (400, "invalid_request")),
        ({"code": ""}, (400, "invalid_request")),
        ({"grant_type": "-"}, (400, "invalid_request")),
        ({"grant_type": "password"}, (400, "invalid_request")),
        ({"grant_type": "refresh_token"}, (400, "invalid_request")),
        ({"scope": "im,disk"}, (400, "invalid_scope")),
        ({"code": "unknown"}, (400, "invalid_grant")),
    ],
)
async def test_wrong_requests_get_the_documented_errors(
    client: Client, changes: dict[str, str], expected: tuple[int, str]
) -> None:
    code = await client.code()
    asked = {"grant_type": "authorization_code", "code": code, **changes}
    assert refusal(await client.send(**asked)) == expected
    if changes.get("code") is None:
        tokens_of(await client.by_code(code))  # the mistake did not use it up


@pytest.mark.parametrize("name", ["grant_type", "client_id", "client_secret", "code", "scope"])
@pytest.mark.parametrize("value", [{"$gt": ""}, ["x"], [], {}])
async def test_nested_values_are_refused(client: Client, name: str, value: object) -> None:
    asked: dict[str, object] = {**client.ask(grant_type="authorization_code", code=await client.code()), name: value}
    answer = await client.world.post(TOKEN, json.dumps(asked).encode(), "application/json")
    assert refusal(answer) == (400, "invalid_request")
    nested = await client.world.get(f"{TOKEN}?{urlencode(client.ask(grant_type='authorization_code'))}&{name}[a][]=1")
    assert refusal(nested) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[1,2]", "application/json"),
        (
            b'{"client_id":"\\u0000","client_secret":"x","grant_type":"refresh_token","refresh_token":"x"}',
            "application/json",
        ),
        (b"client_id=%00%ff&client_secret=%ff&grant_type=refresh_token&refresh_token=%ff", FORM),
        (b"a[" * 5000, FORM),
        (b"x" * 200_000, FORM),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
    ],
)
async def test_garbage_never_breaks_the_endpoint(world: World, body: bytes, content_type: str) -> None:
    answer = await world.post(TOKEN, body, content_type)
    assert refusal(answer) in {(400, "invalid_request"), (401, "invalid_client")}


async def test_other_methods_and_paths_are_refused(world: World, client: Client) -> None:
    async with world.session.delete(world.url + TOKEN) as response:
        assert response.status == 405
    async with world.session.get(world.url + "/oauth/other/") as response:
        assert response.status == 404


@pytest.mark.parametrize("host", ["oauth.bitrix.info", "OAuth.Bitrix24.tech:443"])
async def test_the_same_is_answered_under_the_vendors_names(world: World, client: Client, host: str) -> None:
    asked = urlencode(client.ask(grant_type="authorization_code", code=await client.code()))
    answer = tokens_of(await world.get(f"{TOKEN}?{asked}", Host=host))
    assert answer["domain"] == world.config.domain  # never what the caller says we are called


@pytest.mark.parametrize("path", ["/rest/app.info", "/rest/app.info/", "/rest/App.Info.json"])
async def test_app_info_under_a_vendors_name_tells_of_the_token(world: World, client: Client, path: str) -> None:
    pair = await client.pair()
    answer = await world.get(f"{path}?auth={pair['access_token']}", Host="oauth.bitrix.info")
    assert set(answer.body["time"]) == {
        "start", "finish", "duration", "processing", "date_start", "date_finish", "operating_reset_at", "operating",
    }  # fmt: skip
    result = answer.result
    expires = result.pop("expires")
    assert expires[10] == "T"
    assert expires.endswith("+03:00")
    assert result == {
        "client_id": client.application.client_id,
        "scope": "im,imbot",
        "install": {
            "installed": True,
            "version": "1",
            "status": "L",
            "scope": "im,imbot",
            "domain": "127.0.0.1",
            "uri": world.config.base_url,
            "client_endpoint": f"{world.config.base_url}/rest/",
            "member_id": world.app.store.portal.member_id,
            "member_type": "bitrix24",
        },
        "user_id": world.bob.id,
    }
    posted = await world.post(path, f"auth={pair['access_token']}".encode(), FORM, Host="oauth.bitrix.info")
    assert posted.result["user_id"] == world.bob.id
    borne = await world.get(path, Host="oauth.bitrix.info", Authorization=f"Bearer {pair['access_token']}")
    assert borne.result["user_id"] == world.bob.id


async def test_app_info_refuses_what_is_no_token(world: World) -> None:
    for given, expected in (
        ("", (401, "NO_AUTH_FOUND")),
        ("auth=x", (401, "invalid_token")),
        ("auth[a]=x", (401, "invalid_token")),
        ("a[" * 3000, (401, "NO_AUTH_FOUND")),
    ):
        answer = await world.post("/rest/app.info/", given.encode(), FORM, Host="oauth.bitrix.info")
        assert answer.refusal == expected


async def test_other_methods_under_a_vendors_name_are_ours(world: World) -> None:
    path = f"{world.bob.path}im.message.add?DIALOG_ID={world.carol.id}&MESSAGE=x"
    assert (await world.get(path, Host="oauth.bitrix.info")).result > 0
