"""Signatures: the vendor's way, all variants of real clients, the clock, the body, replays."""

from __future__ import annotations

import base64
import hashlib
import itertools
import time
from email.utils import formatdate
from urllib.parse import urlsplit

import pytest

from skvorets.core import people
from skvorets.dialects.megaplan import signing
from skvorets.dialects.megaplan.errors import NOT_SIGNED, ApiError
from skvorets.storage.database import Tx
from support.megaplan import COMMON, FORM, Program, program_of, raw, sign
from support.world import World

SECRET = "2Dd0E3ff3d4a7e3695d3CeD3ec9Ff8D39D67365c"
TARGET = f"{COMMON}/Message/list.api"
USER_INFO = f"{COMMON}/UserInfo/id.api"


@pytest.mark.parametrize(
    ("lines", "signature"),
    [
        (
            (
                "GET",
                "",
                "",
                "Sun, 22 Nov 2026 05:24:11 GMT",
                f"chat.example.org{TARGET}?Folder=incoming&Limit=5",
            ),
            "MGU1MjY4NmQxYmMwZDI3ZTYyMDkwZTdjNGIzNGNmNzMzOTUyNzA3OA==",
        ),
        (
            ("POST", "", FORM, "Sun, 22 Nov 2026 05:24:31 +0000", f"chat.example.org{TARGET}"),
            "NDBlMjE5NGZiYTY3YjhlZjJiNTY1NDgzOWY1ZjJkMTMxZTNlMGNhOA==",
        ),
    ],
)
def test_the_vectors_of_the_reference(lines: tuple[str, str, str, str, str], signature: str) -> None:
    assert signing.compute(SECRET, lines) == signature
    assert sign(SECRET, lines) == signature


DATES = ("date", "x-sdf-date", "both, the second signed")
MD5S = ("none", "sent and signed", "sent, not signed")
TYPES = ("whole", "without parameters", "empty", "the form's")
HOSTS = ("with port", "without port")


async def test_every_variant_of_real_clients_is_genuine(world: World) -> None:
    program = await program_of(world, world.bob)
    for variant in itertools.product(DATES, MD5S, TYPES, HOSTS):
        await _check_variant(world, program, *variant)


async def _check_variant(world: World, program: Program, date_by: str, md5_by: str, type_by: str, host_by: str) -> None:
    body, date = b"", formatdate(usegmt=True)
    kind = f"{FORM}; charset=utf-8"
    md5 = hashlib.md5(body, usedforsecurity=False).hexdigest()
    headers = {"Content-Type": kind} | ({"Content-MD5": md5} if md5_by != "none" else {})
    if date_by == "both, the second signed":
        headers |= {"X-Sdf-Date": formatdate(0), "Date": date}
    else:
        headers[date_by] = date
    signed_type = {"whole": kind, "without parameters": FORM, "empty": "", "the form's": FORM}[type_by]
    if type_by == "the form's":
        headers["Content-Type"] = "text/plain"
    host = urlsplit(world.url).netloc
    signed_host = host if host_by == "with port" else host.partition(":")[0]
    lines = ("GET", md5 if md5_by == "sent and signed" else "", signed_type, date, signed_host + USER_INFO)
    headers["X-Authorization"] = f"{program.access_id}:{sign(program.secret, lines)}"
    reply = await raw(world, "GET", USER_INFO, body, headers)
    assert reply.status == 200, (date_by, md5_by, type_by, host_by)


@pytest.mark.parametrize("offset", ["+0000", "GMT", "-0000", "+0300"])
@pytest.mark.parametrize("day", ["%d", "%-d"])
async def test_dates_in_all_spellings_are_read(world: World, offset: str, day: str) -> None:
    program = await program_of(world, world.bob)
    zone = 3 * 3600 if offset == "+0300" else 0
    date = time.strftime(f"%a, {day} %b %Y %H:%M:%S {offset}", time.gmtime(time.time() + zone))
    assert (await program.send("GET", USER_INFO, Date=date)).data["UserId"] == world.bob.id


@pytest.mark.parametrize("away_s", [-16 * 60, 16 * 60])
async def test_a_date_far_from_our_clock_is_refused(world: World, away_s: int) -> None:
    program = await program_of(world, world.bob)
    status, text = (await program.send("GET", USER_INFO, Date=formatdate(time.time() + away_s))).refusal
    assert (status, "clock" in text) == (401, True)


@pytest.mark.parametrize("date", ["yesterday", "99 Foo 2026", "Sun, 32 Nov 99999999 05:24:11 GMT", "1"])
async def test_a_date_that_cannot_be_read_is_refused(world: World, date: str) -> None:
    program = await program_of(world, world.bob)
    assert (await program.send("GET", USER_INFO, Date=date)).status == 401


def test_the_clock_check_can_be_switched_off() -> None:
    signing.check_clock("Sun, 22 Nov 1970 05:24:11 GMT", time.time_ns() // 1_000_000, 0)
    with pytest.raises(ApiError):
        signing.check_clock("Sun, 22 Nov 1970 05:24:11 GMT", time.time_ns() // 1_000_000, 1)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "x",
        ":",
        "a:b",
        "{id}:",
        "{id}:{wrong}",
        "0123456789abcdef0123:{right}",
        "{id}{right}",
        "{id}:{right}x",
        "ё:{right}",
        "{id}:" + "ё" * 56,
        ":{right}",
        "a b:{right}",
    ],
)
async def test_every_wrong_signature_gets_the_same_answer(world: World, header: str) -> None:
    program = await program_of(world, world.bob)
    date = formatdate(usegmt=True)
    right = sign(program.secret, ("GET", "", "", date, urlsplit(world.url).netloc + USER_INFO))
    wrong = sign("0" * 40, ("GET", "", "", date, urlsplit(world.url).netloc + USER_INFO))
    given = header.format(id=program.access_id, right=right, wrong=wrong)
    reply = await raw(world, "GET", USER_INFO, headers={"Date": date, "X-Authorization": given})
    assert reply.refusal == (401, NOT_SIGNED)


async def test_a_request_without_a_date_is_refused(world: World) -> None:
    program = await program_of(world, world.bob)
    assert (await program.send("GET", USER_INFO, Date="")).refusal == (401, NOT_SIGNED)


@pytest.mark.parametrize("changed", ["target", "verb"])
async def test_another_request_with_the_same_signature_is_refused(world: World, changed: str) -> None:
    program = await program_of(world, world.bob)
    date = formatdate(usegmt=True)
    signature = sign(program.secret, ("GET", "", "", date, urlsplit(world.url).netloc + USER_INFO))
    headers = {"Date": date, "X-Authorization": f"{program.access_id}:{signature}"}
    target = f"{USER_INFO}?x=1" if changed == "target" else USER_INFO
    reply = await raw(world, "POST" if changed == "verb" else "GET", target, headers=headers)
    assert reply.status == 401


@pytest.mark.parametrize("spelling", ["hex", "HEX", "base64"])
async def test_a_signed_md5_must_be_the_bodys(world: World, spelling: str) -> None:
    program = await program_of(world, world.bob)
    body = b"Folder=incoming"
    digest = hashlib.md5(body, usedforsecurity=False)
    md5 = {"hex": digest.hexdigest(), "HEX": digest.hexdigest().upper()}.get(
        spelling, base64.b64encode(digest.digest()).decode()
    )
    assert (await program.send("POST", TARGET, body, content_type=FORM, Content_MD5=md5)).status == 200
    refused = await program.send("POST", TARGET, b"Folder=outgoing", content_type=FORM, Content_MD5=md5)
    assert refused.refusal == (401, "Content-MD5 is not that of the body")


async def test_two_equal_requests_are_both_answered_unless_they_send_a_message(world: World) -> None:
    program = await program_of(world, world.bob)
    date = formatdate(usegmt=True)
    for _ in range(2):
        assert (await program.send("GET", USER_INFO, Date=date)).status == 200
    body = f"Model[To]={world.carol.id}&Model[Content]=Once".encode()
    target = f"{COMMON}/Message/create.api"
    assert (await program.send("POST", target, body, content_type=FORM, Date=date)).status == 200
    again = await program.send("POST", target, body, content_type=FORM, Date=date)
    assert again.refusal == (401, "This very request was made before")
    # A client that does not sign bodies sends two different messages in one second with one signature.
    other = f"Model[To]={world.carol.id}&Model[Content]=Twice".encode()
    assert (await program.send("POST", target, other, content_type=FORM, Date=date)).status == 200
    shown = await world.carol.call("im.dialog.messages.get", DIALOG_ID=world.bob.id)
    assert [one["text"] for one in shown["messages"]] == ["Twice", "Once"]


async def test_a_refused_message_may_be_sent_again(world: World) -> None:
    program = await program_of(world, world.bob)
    date = formatdate(usegmt=True)
    target = f"{COMMON}/Message/create.api?Model[To]=987654&Model[Content]=x"
    for _ in range(2):
        assert (await program.send("GET", target, Date=date)).status == 400


async def test_who_was_disabled_is_refused(world: World) -> None:
    program = await program_of(world, world.bob)
    await world.unit(_disable, world.bob.id)
    assert (await program.get(USER_INFO)).refusal == (403, "Access denied")


async def test_wrong_signatures_of_one_address_are_slowed_down(world: World) -> None:
    program = Program(world, "0" * 20, "0" * 40)
    answers = [(await program.get(USER_INFO)) for _ in range(105)]
    assert {one.status for one in answers} == {401, 429}
    assert answers[-1].headers["Retry-After"] == "60"


async def _disable(tx: Tx, person_id: int) -> None:
    await people.change_person(tx, person_id, active=0)
