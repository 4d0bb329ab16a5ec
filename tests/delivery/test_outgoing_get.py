"""Fetching pages: limits, media types, redirects checked at every hop; on asyncio's loop and on uvloop."""

from __future__ import annotations

import asyncio
import gzip
import socket

import pytest

from skvorets.delivery.addresses import AddressRules
from skvorets.delivery.outcome import FailureKind, Fetched
from skvorets.delivery.outgoing import Outgoing, OutgoingSettings
from support.raw_servers import Handler, Serve, answer, read_request, reply_with

HTML = ("text/html", "application/xhtml+xml")


def kind(fetched: Fetched) -> FailureKind | None:
    return fetched.failure.kind if fetched.failure else None


async def get(outgoing: Outgoing, url: str, max_bytes: int = 1000, timeout_s: float = 5) -> Fetched:
    headers = {"User-Agent": "SkvoretsPreview"}
    return await outgoing.get(url, max_bytes=max_bytes, accept=HTML, headers=headers, timeout_s=timeout_s)


async def test_a_page_is_fetched_with_its_type_and_charset(outgoing: Outgoing, serve: Serve) -> None:
    heads: list[str] = []
    port = await serve(_replier(answer("200 OK", b"<p>", "Content-Type: Text/HTML; charset=windows-1251"), heads))
    fetched = await get(outgoing, f"http://127.0.0.1:{port}/a?b=1")
    assert (fetched.status, fetched.content_type, fetched.charset) == (200, "text/html", "windows-1251")
    assert (fetched.body, fetched.failure) == (b"<p>", None)
    assert fetched.url == f"http://127.0.0.1:{port}/a?b=1"
    assert "Accept: text/html, application/xhtml+xml\r\n" in heads[0]
    assert "User-Agent: SkvoretsPreview\r\n" in heads[0]
    assert "cookie" not in heads[0].lower()


@pytest.mark.parametrize("size", [1000, 1001, 10_000_000])
async def test_more_bytes_than_taken_are_too_large(outgoing: Outgoing, serve: Serve, size: int) -> None:
    port = await serve(_replier(answer("200 OK", b"x" * size, "Content-Type: text/html")))
    fetched = await get(outgoing, f"http://127.0.0.1:{port}/")
    assert kind(fetched) is (None if size == 1000 else FailureKind.TOO_LARGE)
    assert len(fetched.body) == (1000 if size == 1000 else 0)


@pytest.mark.parametrize("size", [10, 1000, 1001, 10_000_000])
async def test_of_a_longer_page_the_beginning_may_be_enough(outgoing: Outgoing, serve: Serve, size: int) -> None:
    port = await serve(_replier(answer("200 OK", b"x" * size, "Content-Type: text/html")))
    fetched = await outgoing.get(f"http://127.0.0.1:{port}/", max_bytes=1000, accept=HTML, takes_start=True)
    assert (kind(fetched), len(fetched.body)) == (None, min(size, 1000))


async def test_a_bomb_counts_by_what_it_unpacks_to(outgoing: Outgoing, serve: Serve) -> None:
    bomb = gzip.compress(b"x" * 5_000_000)
    port = await serve(_replier(answer("200 OK", bomb, "Content-Type: text/html", "Content-Encoding: gzip")))
    assert kind(await get(outgoing, f"http://127.0.0.1:{port}/", 100_000)) is FailureKind.TOO_LARGE


async def test_another_media_type_is_not_read(outgoing: Outgoing, serve: Serve) -> None:
    port = await serve(_replier(answer("200 OK", b"MZ", "Content-Type: application/x-msdownload")))
    fetched = await get(outgoing, f"http://127.0.0.1:{port}/")
    assert (kind(fetched), fetched.status, fetched.body) == (FailureKind.WRONG_TYPE, 200, b"")


async def test_a_family_of_media_types_can_be_taken(outgoing: Outgoing, serve: Serve) -> None:
    port = await serve(_replier(answer("200 OK", b"PNG", "Content-Type: image/png")))
    fetched = await outgoing.get(f"http://127.0.0.1:{port}/", max_bytes=10, accept=("image/*",))
    assert (fetched.body, fetched.failure) == (b"PNG", None)


@pytest.mark.parametrize("status", ["301 A", "302 B", "303 C", "307 D", "308 E"])
async def test_redirects_are_followed(outgoing: Outgoing, serve: Serve, status: str) -> None:
    end = await serve(_replier(answer("200 OK", b"end", "Content-Type: text/html")))
    start = await serve(_replier(answer(status, b"", f"Location: //127.0.0.1:{end}/x")))
    fetched = await get(outgoing, f"http://127.0.0.1:{start}/")
    assert (fetched.body, fetched.url) == (b"end", f"http://127.0.0.1:{end}/x")


async def test_a_circle_of_redirects_ends_after_three(outgoing: Outgoing, serve: Serve) -> None:
    heads: list[str] = []
    port = await serve(_replier(answer("302 Found", b"", "Location: /again"), heads))
    assert kind(await get(outgoing, f"http://127.0.0.1:{port}/")) is FailureKind.TOO_MANY_REDIRECTS
    assert len(heads) == 4


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("http://10.0.0.1/", FailureKind.REFUSED_ADDRESS),
        ("http://[::ffff:169.254.169.254]/", FailureKind.REFUSED_ADDRESS),
        ("//internal.example/", FailureKind.REFUSED_ADDRESS),
        ("http://0x7f.1/", FailureKind.BAD_URL),
        ("http://2130706433/", FailureKind.BAD_URL),
        ("http://user:pass@example.com/", FailureKind.BAD_URL),
        ("file:///etc/passwd", FailureKind.BAD_URL),
        ("gopher://127.0.0.1/", FailureKind.BAD_URL),
        ("http://[::1", FailureKind.BAD_URL),
        ("http://\u0431\ud800/", FailureKind.BAD_URL),
    ],
)
async def test_each_hop_is_checked_anew(serve: Serve, location: str, expected: FailureKind) -> None:
    async def look_up(host: str) -> list[str]:
        return {"internal.example": ["10.0.0.1"]}[host]

    reply = f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {location}\r\n\r\n"
    port = await serve(_replier(reply.encode("utf-8", "surrogatepass")))
    settings = OutgoingSettings(rules=AddressRules(allowed_networks=("127.0.0.1/32",)))
    async with Outgoing(settings, lookup=look_up) as client:
        assert kind(await get(client, f"http://127.0.0.1:{port}/")) is expected


async def test_a_slow_page_runs_into_the_time_limit(outgoing: Outgoing, serve: Serve) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(100):
            writer.write(b"x")
            await asyncio.sleep(0.02)

    fetched = await get(outgoing, f"http://127.0.0.1:{await serve(handler)}/", timeout_s=0.2)
    assert kind(fetched) is FailureKind.SENT_THEN_TIMEOUT
    assert fetched.body == b""


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"nonsense\r\n\r\n", FailureKind.BAD_ANSWER),
        (b"", FailureKind.SENT_THEN_LOST),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nx", FailureKind.BAD_ANSWER),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\nnot gzip!",
            FailureKind.BAD_ANSWER,
        ),
    ],
)
async def test_a_broken_answer_is_a_failure(
    outgoing: Outgoing, serve: Serve, data: bytes, expected: FailureKind
) -> None:
    fetched = await get(outgoing, f"http://127.0.0.1:{await serve(reply_with(data))}/")
    assert kind(fetched) is expected
    assert fetched.body == b""


async def test_nobody_listens(outgoing: Outgoing) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        fetched = await get(outgoing, f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert kind(fetched) is FailureKind.CONNECT


async def test_a_client_that_was_not_started_says_so() -> None:
    with pytest.raises(RuntimeError, match="not started"):
        await get(Outgoing(OutgoingSettings(rules=AddressRules(allow_private=True))), "http://127.0.0.1/")


def _replier(data: bytes, heads: list[str] | None = None) -> Handler:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head, _ = await read_request(reader)
            if heads is not None:
                heads.append(head)
            writer.write(data)
            await writer.drain()

    return handler
