"""``User/authorize`` and ``User/createOneTimeKeyAuth``: the one check of passwords, in this dialect's words."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest

from skvorets.core import access_pairs, app_passwords, logins
from skvorets.storage import logins as login_rows
from skvorets.storage import second_factors
from skvorets.storage.database import Tx
from skvorets.storage.second_factors import SecondFactor
from support.megaplan import COMMON, FORM, HASH, PASSWORD, Program, Reply, md5_of, open_account, raw
from support.world import World

AUTHORIZE = f"{COMMON}/User/authorize.api"
MAKE_KEY = f"{COMMON}/User/createOneTimeKeyAuth.api"


async def post(world: World, path: str, **params: Any) -> Reply:
    return await raw(world, "POST", path, urlencode(params).encode(), {"Content-Type": FORM})


async def test_the_documented_answer(world: World) -> None:
    login = await open_account(world, world.bob)
    reply = await post(world, AUTHORIZE, Login=login, Password=md5_of(PASSWORD), OneTimeKey="OneTimeKey")
    assert reply.tree["params"] == {"Login": login}
    data = reply.data
    assert list(data) == ["AccessId", "SecretKey", "UserId", "EmployeeId", "ContractorId"]
    assert re.fullmatch("[0-9a-fA-F]{20}", data["AccessId"])
    assert re.fullmatch("[0-9a-fA-F]{40}", data["SecretKey"])
    assert (data["UserId"], data["EmployeeId"]) == (world.bob.id, world.bob.id + 1_000_000)
    assert data["ContractorId"] == ""
    assert (await post(world, AUTHORIZE, Login=login, Password=md5_of(PASSWORD))).data == data
    assert (await Program(world, data["AccessId"], data["SecretKey"]).get(f"{COMMON}/UserInfo/id")).data == {
        "UserId": world.bob.id,
        "EmployeeId": world.bob.id + 1_000_000,
        "ContractorId": "",
    }


@pytest.mark.parametrize("way", ["GET", "small letters", "json", "capital MD5", "multipart"])
async def test_all_the_ways_in_which_programs_send_it(world: World, way: str) -> None:
    login, md5 = await open_account(world, world.bob), md5_of(PASSWORD)
    if way == "GET":
        reply = await raw(world, "GET", f"{AUTHORIZE}?{urlencode({'Login': login, 'Password': md5})}")
    elif way == "json":
        body = json.dumps({"Login": login, "Password": md5}).encode()
        reply = await raw(world, "POST", AUTHORIZE, body, {"Content-Type": "application/json"})
    elif way == "multipart":
        fields = {"Login": login, "Password": md5}
        parts = [f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
        body = ("".join(parts) + "--b--\r\n").encode()
        reply = await raw(world, "POST", AUTHORIZE, body, {"Content-Type": "multipart/form-data; boundary=b"})
    elif way == "small letters":
        reply = await post(world, AUTHORIZE, login=login, password=md5)
    else:
        reply = await post(world, AUTHORIZE, Login=login, Password=md5.upper())
    assert reply.data["UserId"] == world.bob.id


async def test_in_xml(world: World) -> None:
    login = await open_account(world, world.bob)
    reply = await post(world, AUTHORIZE.replace(".api", ".xml"), Login=login, Password=md5_of(PASSWORD))
    assert [one.tag for one in reply.xml.find("data") or []] == [
        *("access_id", "secret_key", "user_id", "employee_id", "contractor_id"),
    ]
    refused = await post(world, AUTHORIZE.replace(".api", ".xml"), Login=login, Password=md5_of("no"))
    assert refused.status == 401
    assert (refused.xml.findtext("status/code"), refused.xml.findtext("status/message")) == (
        "error",
        "Wrong login or password",
    )


@pytest.mark.parametrize("path", [AUTHORIZE, MAKE_KEY])
@pytest.mark.parametrize(
    ("given", "status", "text"),
    [
        ({"Login": "bob", "Password": md5_of("wrong horse")}, 401, "Wrong login or password"),
        ({"Login": "nobody", "Password": md5_of(PASSWORD)}, 401, "Wrong login or password"),
        ({"Login": "bob", "Password": PASSWORD}, 401, "Wrong login or password"),
        ({"Login": "bob", "Password": "x" * 5000}, 401, "Wrong login or password"),
        ({"Login": "b\0b\ud800", "Password": md5_of(PASSWORD)}, 401, "Wrong login or password"),
        ({"Login": "bob"}, 400, "Password is required"),
        ({"Login": "bob", "Password": ""}, 400, "Password is required"),
        ({"Password": md5_of(PASSWORD)}, 400, "Login is required"),
        ({}, 400, "Login is required"),
        ({"Login[x]": "bob", "Password": md5_of(PASSWORD)}, 400, "Login must be a text"),
    ],
)
async def test_refusals(world: World, path: str, given: dict[str, str], status: int, text: str) -> None:
    await open_account(world, world.bob, "bob")
    body = urlencode(given, errors="surrogatepass").encode()
    reply = await raw(world, "POST", path, body, {"Content-Type": FORM})
    assert reply.refusal == (status, text)
    assert "Password" not in reply.tree["params"]


async def test_guessing_is_stopped(world: World) -> None:
    await open_account(world, world.bob, "bob")
    for _ in range(logins.MAX_PER_ACCOUNT_AND_ADDRESS):
        assert (await post(world, AUTHORIZE, Login="bob", Password="x" * 32)).status == 401
    reply = await post(world, AUTHORIZE, Login="bob", Password=md5_of(PASSWORD))
    assert reply.refusal[0] == 429
    assert int(reply.headers["Retry-After"]) > 0


async def test_who_has_a_second_factor_comes_with_a_password_for_programs(world: World) -> None:
    await open_account(world, world.bob, "bob")
    await world.unit(_ask_for_codes, world.bob.id)
    reply = await post(world, AUTHORIZE, Login="bob", Password=md5_of(PASSWORD))
    assert reply.refusal[0] == 401
    assert "password for programs" in reply.refusal[1]
    new, secret = await world.unit(app_passwords.create, world.bob.person, "Reports", "")
    pair = (await post(world, AUTHORIZE, Login="bob", Password=md5_of(secret))).data
    program = Program(world, pair["AccessId"], pair["SecretKey"])
    assert (await program.get(f"{COMMON}/UserInfo/id")).status == 200
    await world.unit(app_passwords.revoke, world.bob.person, new.id, "")
    assert (await program.get(f"{COMMON}/UserInfo/id")).status == 401


async def test_a_one_time_password_must_be_replaced_first(world: World) -> None:
    await open_account(world, world.bob, "bob")
    await world.unit(login_rows.mark_one_time, world.bob.id)
    assert (await post(world, AUTHORIZE, Login="bob", Password=md5_of(PASSWORD))).refusal[0] == 401


async def test_another_password_voids_the_pair(world: World) -> None:
    await open_account(world, world.bob, "bob")
    pair = (await post(world, AUTHORIZE, Login="bob", Password=md5_of(PASSWORD))).data
    await world.unit(logins.set_password_hash, world.bob.id, "bob", HASH)
    assert (await Program(world, pair["AccessId"], pair["SecretKey"]).get(f"{COMMON}/UserInfo/id")).status == 401
    assert (await post(world, AUTHORIZE, Login="bob", Password=md5_of(PASSWORD))).data["AccessId"] != pair["AccessId"]


async def test_a_one_time_key_logs_in_once(world: World) -> None:
    await open_account(world, world.bob, "bob")
    made = await post(world, MAKE_KEY, Login="bob", Password=md5_of(PASSWORD))
    assert list(made.data) == ["OneTimeKey"]
    key = made.data["OneTimeKey"]
    got = await post(world, AUTHORIZE, Login="", Password="", OneTimeKey=key)
    assert got.data["UserId"] == world.bob.id
    assert got.tree["params"] == {"Login": ""}
    assert (await post(world, AUTHORIZE, OneTimeKey=key)).refusal == (401, "Wrong login or password")


async def test_an_old_one_time_key_is_void(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await open_account(world, world.bob, "bob")
    monkeypatch.setattr(access_pairs, "KEY_MS", 0)
    key = (await post(world, MAKE_KEY, Login="bob", Password=md5_of(PASSWORD))).data["OneTimeKey"]
    assert (await post(world, AUTHORIZE, OneTimeKey=key)).status == 401


async def _ask_for_codes(tx: Tx, person_id: int) -> None:
    await second_factors.put(tx, SecondFactor(person_id, "00", tx.now, tx.now, 0))
