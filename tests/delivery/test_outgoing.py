"""One POST as it should be, and where it may go; on asyncio's loop and on uvloop."""

from __future__ import annotations

import asyncio
import contextlib
import socket

import pytest

from skvorets.delivery.addresses import AddressRules
from skvorets.delivery.outcome import FailureKind, Outcome
from skvorets.delivery.outgoing import Outgoing, OutgoingSettings
from support.raw_servers import HEADERS, Serve, accept_one, answer, failure_kind, read_request, reply_with


async def test_a_handler_gets_head_and_body_as_given(outgoing: Outgoing, serve: Serve) -> None:
    requests: list[tuple[str, bytes]] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await read_request(reader))
        writer.write(answer(body="принято".encode()))
        await writer.drain()

    port = await serve(handler)
    outcome = await outgoing.post_form(f"http://127.0.0.1:{port}/bot.php?CLIENT_ID=5", b"event=X&ts=1", HEADERS)
    assert outcome == Outcome(status=200, body_start="принято", duration_ms=outcome.duration_ms, was_sent=True)
    head, body = requests[0]
    assert body == b"event=X&ts=1"
    assert sorted(head.split("\r\n")) == sorted(
        [
            "POST /bot.php?CLIENT_ID=5 HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            "Content-Type: application/x-www-form-urlencoded",
            "User-Agent: Bitrix24 Webhook Engine",
            "webhook-id: e-1",
            "Accept: */*",
            "Content-Length: 12",
            "",
            "",
        ]
    )


async def test_an_empty_body_is_a_body(outgoing: Outgoing, serve: Serve) -> None:
    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(accept_one)}/", b"", HEADERS)
    assert outcome.status == 200


async def test_a_body_of_many_pieces_arrives_whole(outgoing: Outgoing, serve: Serve) -> None:
    bodies: list[bytes] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        bodies.append((await read_request(reader))[1])
        writer.write(answer())
        await reader.read()

    body = bytes(range(256)) * 20_000
    assert (await outgoing.post_form(f"http://127.0.0.1:{await serve(handler)}/", body, HEADERS)).status == 200
    assert bodies == [body]


async def test_connections_are_kept_and_cookies_are_not(outgoing: Outgoing, serve: Serve) -> None:
    heads: list[str] = []
    connections = 0

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            heads.append((await read_request(reader))[0])
            writer.write(answer("200 OK", b"", "Set-Cookie: a=b; Path=/"))

    port = await serve(handler)
    for _ in range(3):
        assert (await outgoing.post_form(f"http://127.0.0.1:{port}/", b"a=1", HEADERS)).status == 200
    assert (connections, len(heads)) == (1, 3)
    assert not any("cookie" in head.lower() for head in heads)


async def test_no_more_connections_to_one_host_than_allowed(serve: Serve) -> None:
    open_now = most = 0

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                await read_request(reader)
                await asyncio.sleep(0.01)
                writer.write(answer())
        open_now -= 1

    port = await serve(handler)
    settings = OutgoingSettings(rules=AddressRules(allow_private=True), max_connections_per_host=3)
    async with Outgoing(settings) as client:
        calls = (client.post_form(f"http://127.0.0.1:{port}/", b"a=1", HEADERS) for _ in range(12))
        assert {outcome.status for outcome in await asyncio.gather(*calls)} == {200}
    assert most == 3


async def test_settings_of_a_proxy_in_the_environment_are_ignored(
    outgoing: Outgoing, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    assert (await outgoing.post_form(f"http://127.0.0.1:{await serve(accept_one)}/", b"a=1", HEADERS)).status == 200


@pytest.mark.parametrize(
    ("given", "seconds"), [("120", 120.0), ("0", 0.0), ("soon", None), ("-5", None), ("9" * 99, None)]
)
async def test_retry_after_in_seconds_is_reported(
    outgoing: Outgoing, serve: Serve, given: str, seconds: float | None
) -> None:
    port = await serve(reply_with(answer("503 Busy", b"", f"Retry-After: {given}")))
    outcome = await outgoing.post_form(f"http://127.0.0.1:{port}/", b"a=1", HEADERS)
    assert outcome.status == 503
    assert outcome.retry_after_s == (float("9" * 9) if given == "9" * 99 else seconds)


async def test_retry_after_as_a_date_is_reported_in_seconds(outgoing: Outgoing, serve: Serve) -> None:
    port = await serve(reply_with(answer("429 Slow down", b"", "Retry-After: Fri, 31 Dec 2199 23:59:59 GMT")))
    outcome = await outgoing.post_form(f"http://127.0.0.1:{port}/", b"a=1", HEADERS)
    assert outcome.retry_after_s is not None
    assert outcome.retry_after_s > 3600


@pytest.fixture
def production() -> Outgoing:
    """A client with the rules of a real server and names of our own."""
    names = {
        "127.0.0.1.nip.io": ["127.0.0.1"],
        "localhost.": ["127.0.0.1", "::1"],
        "mixed.example": ["93.184.215.14", "10.0.0.1"],
        "mapped.example": ["::ffff:127.0.0.1"],
        "nat64.example": ["64:ff9b::7f00:1"],
        "sixtofour.example": ["2002:7f00:1::"],
        "metadata.example": ["169.254.169.254"],
        "zone.example": ["fe80::1%lo"],
        "odd.example": ["not an address"],
        "empty.example": [],
    }

    async def look_up(host: str) -> list[str]:
        if host not in names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return names[host]

    return Outgoing(OutgoingSettings(), lookup=look_up)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127。0。0。1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 — an address to refuse, not to bind to
        "127.0.0.1.nip.io",
        "localhost.",
        "mixed.example",
        "mapped.example",
        "nat64.example",
        "sixtofour.example",
        "metadata.example",
        "zone.example",
        "odd.example",
    ],
)
async def test_a_refused_address_is_never_connected_to(production: Outgoing, serve: Serve, host: str) -> None:
    accepted: list[object] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted.append(writer)

    port = await serve(handler)
    async with production:
        outcome = await production.post_form(f"http://{host}:{port}/", b"a=1", HEADERS)
    assert failure_kind(outcome) is FailureKind.REFUSED_ADDRESS
    assert not outcome.was_sent
    assert not accepted


@pytest.mark.parametrize(
    "url", ["http://0x7f.1/", "http://2130706433/", "http://127.1/", "ftp://example.com/", "", "x"]
)
async def test_a_doubtful_url_is_a_bad_url(production: Outgoing, url: str) -> None:
    async with production:
        assert failure_kind(await production.post_form(url, b"a=1", HEADERS)) is FailureKind.BAD_URL


@pytest.mark.parametrize("host", ["unknown.example", "empty.example"])
async def test_a_name_without_address_is_a_dns_failure(production: Outgoing, host: str) -> None:
    async with production:
        assert failure_kind(await production.post_form(f"http://{host}/", b"a=1", HEADERS)) is FailureKind.DNS


async def test_a_name_that_is_not_found_in_time_is_a_dns_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skvorets.delivery.resolving.LOOKUP_TIMEOUT_S", 0.05)

    async def look_up(host: str) -> list[str]:
        await asyncio.sleep(30)
        return []

    async with Outgoing(OutgoingSettings(), lookup=look_up) as client:
        outcome = await client.post_form("http://slow.example/", b"a=1", HEADERS)
    assert failure_kind(outcome) is FailureKind.DNS


async def test_the_connection_goes_to_the_address_that_was_judged(serve: Serve) -> None:
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])

    async def look_up(host: str) -> list[str]:
        return next(answers)

    port = await serve(accept_one)
    settings = OutgoingSettings(rules=AddressRules(allowed_networks=("127.0.0.0/8",)))
    async with Outgoing(settings, lookup=look_up) as client:
        assert (await client.post_form(f"http://rebind.example:{port}/", b"a=1", HEADERS)).status == 200
    assert next(answers) == ["169.254.169.254"]  # the name was looked up once


async def test_names_come_from_the_system_when_nothing_else_is_given(outgoing: Outgoing, serve: Serve) -> None:
    port = await serve(accept_one)
    assert (await outgoing.post_form(f"http://localhost:{port}/", b"a=1", HEADERS)).status == 200


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
async def test_a_redirect_of_a_post_is_reported_and_not_followed(outgoing: Outgoing, serve: Serve, status: str) -> None:
    followed: list[object] = []

    async def target(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        followed.append(writer)

    location = f"Location: http://127.0.0.1:{await serve(target)}/"
    port = await serve(reply_with(answer(status, b"", location)))
    outcome = await outgoing.post_form(f"http://127.0.0.1:{port}/", b"a=1", HEADERS)
    assert outcome.status == int(status[:3])
    assert not followed
