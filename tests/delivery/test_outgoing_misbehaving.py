"""One POST to servers that do what they should not, and what is known afterwards; on asyncio's loop and on uvloop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct

import pytest

from skvorets.delivery.addresses import AddressRules
from skvorets.delivery.outcome import FailureKind
from skvorets.delivery.outgoing import Outgoing, OutgoingSettings
from support.raw_servers import HEADERS, Serve, answer, failure_kind, read_request, reply_with, stay_silent

# More than the kernel takes for a connection that nobody reads (4 MiB to send and 6 MiB to receive are Linux' limits).
UNSENDABLE = b"x" * (24 * 1024 * 1024)


async def test_nobody_listens(outgoing: Outgoing) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        outcome = await outgoing.post_form(f"http://127.0.0.1:{free.getsockname()[1]}/", b"a=1", HEADERS)
    assert failure_kind(outcome) is FailureKind.CONNECT
    assert not outcome.was_sent


async def test_a_connection_that_is_never_accepted_is_a_connect_failure() -> None:
    with socket.socket() as full, contextlib.ExitStack() as waiting:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(4):  # fill the queue of connections, so that the kernel answers no further ones
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        settings = OutgoingSettings(rules=AddressRules(allow_private=True), connect_timeout_s=0.2)
        async with Outgoing(settings) as client:
            outcome = await client.post_form(f"http://127.0.0.1:{full.getsockname()[1]}/", b"a=1", HEADERS)
    assert failure_kind(outcome) is FailureKind.CONNECT
    assert not outcome.was_sent


async def test_accepted_and_reset_after_reading(outgoing: Outgoing, serve: Serve) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(handler)}/", b"a=1", HEADERS)
    assert failure_kind(outcome) is FailureKind.SENT_THEN_LOST
    assert outcome.was_sent


async def test_accepted_read_and_closed(outgoing: Outgoing, serve: Serve) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)

    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(handler)}/", b"a=1", HEADERS)
    assert failure_kind(outcome) is FailureKind.SENT_THEN_LOST
    assert outcome.was_sent


async def test_accepted_and_closed_at_once_is_never_taken_for_unsent_when_it_was_sent(
    outgoing: Outgoing, serve: Serve
) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(handler)}/", b"a=1", HEADERS)
    assert failure_kind(outcome) is (FailureKind.SENT_THEN_LOST if outcome.was_sent else FailureKind.LOST_BEFORE_SENT)


async def test_a_big_body_cut_off_half_way_was_not_sent(outgoing: Outgoing, serve: Serve) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(1000)

    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(handler)}/", UNSENDABLE, HEADERS)
    assert failure_kind(outcome) is FailureKind.LOST_BEFORE_SENT
    assert not outcome.was_sent


async def test_a_small_body_that_nobody_reads_counts_as_sent(outgoing: Outgoing, serve: Serve) -> None:
    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(stay_silent)}/", b"a=1", HEADERS, timeout_s=0.2)
    assert failure_kind(outcome) is FailureKind.SENT_THEN_TIMEOUT
    assert outcome.was_sent
    assert 150 <= outcome.duration_ms <= 2000


async def test_a_body_that_cannot_leave_was_not_sent_and_never_leaves_later(outgoing: Outgoing, serve: Serve) -> None:
    go_on = asyncio.Event()
    received = asyncio.get_running_loop().create_future()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await go_on.wait()
        total = 0
        with contextlib.suppress(ConnectionError):
            while chunk := await reader.read(1 << 20):
                total += len(chunk)
        received.set_result(total)

    port = await serve(handler)
    outcome = await outgoing.post_form(f"http://127.0.0.1:{port}/", UNSENDABLE, HEADERS, timeout_s=0.2)
    assert failure_kind(outcome) is FailureKind.TIMEOUT_BEFORE_SENT
    assert not outcome.was_sent
    go_on.set()
    assert await asyncio.wait_for(received, 10) < len(UNSENDABLE)


async def test_waiting_for_a_free_connection_until_time_is_over_was_not_sent(serve: Serve) -> None:
    port = await serve(stay_silent)
    settings = OutgoingSettings(rules=AddressRules(allow_private=True), max_connections_per_host=1)
    async with Outgoing(settings) as client:
        first = asyncio.create_task(client.post_form(f"http://127.0.0.1:{port}/", b"a=1", HEADERS, timeout_s=0.4))
        await asyncio.sleep(0.05)
        second = await client.post_form(f"http://127.0.0.1:{port}/", b"a=2", HEADERS, timeout_s=0.1)
        assert failure_kind(second) is FailureKind.TIMEOUT_BEFORE_SENT
        assert not second.was_sent
        assert failure_kind(await first) is FailureKind.SENT_THEN_TIMEOUT


@pytest.mark.parametrize(
    "garbage",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\x00\xff" * 100,
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello",
    ],
)
async def test_an_answer_that_is_not_http_is_a_bad_answer(outgoing: Outgoing, serve: Serve, garbage: bytes) -> None:
    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(reply_with(garbage))}/", b"a=1", HEADERS)
    assert failure_kind(outcome) is FailureKind.BAD_ANSWER
    assert outcome.was_sent


@pytest.mark.parametrize(
    "broken",
    [
        b"HTTP/1.1 202 OK\r\nContent-Length: 100\r\n\r\nhello",
        b"HTTP/1.1 202 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 202 OK\r\nContent-Encoding: br\r\n\r\nhello",
        b"HTTP/1.1 202 OK\r\n\r\nhello",
        b"HTTP/1.1 202 OK\r\nContent-Type: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
    ],
)
async def test_once_the_status_is_heard_a_broken_body_does_not_matter(
    outgoing: Outgoing, serve: Serve, broken: bytes
) -> None:
    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(reply_with(broken))}/", b"a=1", HEADERS)
    assert outcome.status == 202


async def test_chunks_that_turn_to_garbage_after_the_head_do_not_matter(
    outgoing: Outgoing, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skvorets.delivery.answers.ANSWER_BODY_TIMEOUT_S", 0.3)

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 202 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
        await asyncio.sleep(0.05)
        writer.write(b"zz\r\n\x00\r\n")
        await writer.drain()
        await reader.read()

    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(handler)}/", b"a=1", HEADERS)
    assert (outcome.status, outcome.body_start) == (202, "hello")


async def test_of_a_huge_answer_only_the_beginning_is_read(outgoing: Outgoing, serve: Serve) -> None:
    written = 0
    ended = asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal written
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        try:
            while written < 1_000_000_000:
                writer.write(b"z" * 65536)
                written += 65536
                await writer.drain()
        finally:
            ended.set()

    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(handler)}/", b"a=1", HEADERS)
    assert outcome.status == 200
    assert outcome.body_start == "z" * 512
    await asyncio.wait_for(ended.wait(), 5)
    assert written < 50_000_000


async def test_a_body_that_drips_is_not_waited_for(
    outgoing: Outgoing, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skvorets.delivery.answers.ANSWER_BODY_TIMEOUT_S", 0.1)

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nslow")
        await stay_silent(reader, writer)

    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(handler)}/", b"a=1", HEADERS)
    assert (outcome.status, outcome.body_start) == (200, "slow")
    assert outcome.duration_ms < 2000


async def test_a_head_that_drips_runs_into_the_time_limit(outgoing: Outgoing, serve: Serve) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            writer.write(b"X-%d: y\r\n" % number)
            await asyncio.sleep(0.02)

    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(handler)}/", b"a=1", HEADERS, timeout_s=0.2)
    assert failure_kind(outcome) is FailureKind.SENT_THEN_TIMEOUT


async def test_an_answer_before_the_body_was_read_counts(outgoing: Outgoing, serve: Serve) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer("413 Too big", b"no", "Connection: close"))
        await writer.drain()
        await asyncio.sleep(0.2)

    outcome = await outgoing.post_form(f"http://127.0.0.1:{await serve(handler)}/", UNSENDABLE, HEADERS)
    assert (outcome.status, outcome.body_start) == (413, "no")


async def test_a_kept_connection_closed_meanwhile_is_replaced_unnoticed(outgoing: Outgoing, serve: Serve) -> None:
    bodies: list[bytes] = []
    writers: list[asyncio.StreamWriter] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        while True:
            bodies.append((await read_request(reader))[1])
            writer.write(answer())

    port = await serve(handler)
    url = f"http://127.0.0.1:{port}/"
    assert (await outgoing.post_form(url, b"a=1", HEADERS)).status == 200
    # Closed by the other side in a way that this event loop has not learnt of when the next request begins.
    sock = writers[0].get_extra_info("socket")
    with socket.socket(fileno=_duplicate(sock)) as same:
        same.shutdown(socket.SHUT_RDWR)
    assert (await outgoing.post_form(url, b"a=2", HEADERS)).status == 200
    assert bodies == [b"a=1", b"a=2"]
    assert len(writers) == 2


async def test_a_kept_connection_that_dies_after_the_request_is_not_repeated(outgoing: Outgoing, serve: Serve) -> None:
    bodies: list[bytes] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        bodies.append((await read_request(reader))[1])
        writer.write(answer())
        bodies.append((await read_request(reader))[1])

    url = f"http://127.0.0.1:{await serve(handler)}/"
    assert (await outgoing.post_form(url, b"a=1", HEADERS)).status == 200
    outcome = await outgoing.post_form(url, b"a=2", HEADERS)
    assert failure_kind(outcome) is FailureKind.SENT_THEN_LOST
    assert outcome.was_sent
    assert bodies == [b"a=1", b"a=2"]


def _duplicate(sock: socket.socket) -> int:
    return socket.dup(sock.fileno())
