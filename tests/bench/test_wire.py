"""The bench finds its messages on the wire: markers, the HTTP and WebSocket clients, the handler of events."""

from __future__ import annotations

import asyncio

import pytest

from bench.handler import Handler
from bench.http_client import ConnectionEndedError, HttpConnection
from bench.numbered import TEXT_BYTES, numbers_in, text_of
from bench.ws_client import WsConnection


def test_a_text_has_its_length_and_gives_its_number_back() -> None:
    assert len(text_of(1_234_567)) == TEXT_BYTES
    assert numbers_in(b'{"a":"' + text_of(7) + b'","b":"' + text_of(8) + b'"}') == [7, 8]


async def serve_once(answer: bytes) -> asyncio.Server:
    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for byte in range(0, len(answer), 7):  # in small pieces, as a network may
            writer.write(answer[byte : byte + 7])
            await writer.drain()
            await asyncio.sleep(0)
        writer.close()

    return await asyncio.start_server(reply, "127.0.0.1", 0)


def port_of(server: asyncio.Server) -> int:
    port: int = server.sockets[0].getsockname()[1]
    return port


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 201 Created\r\nContent-Length: 11\r\n\r\nhello world",
        b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n",
    ],
)
async def test_an_answer_is_read_by_length_and_by_chunks(answer: bytes) -> None:
    async with await serve_once(answer) as server:
        connection = HttpConnection(port_of(server))
        assert await connection.post_json(b"/", b"") == (201, b"hello world")
        connection.close()


async def test_a_connection_that_ends_early_is_an_error() -> None:
    async with await serve_once(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort") as server:
        with pytest.raises(ConnectionEndedError):
            await HttpConnection(port_of(server)).post_json(b"/", b"")


async def test_frames_of_all_lengths_and_fragments_reach_the_listener_whole() -> None:
    long = b"x" * 70_000
    frames = b"\x81\x03one" + b"\x01\x02tw\x80\x01o" + b"\x81\x7e\x01\x2c" + long[:300]
    frames += b"\x81\x7f" + len(long).to_bytes(8, "big") + long
    got: asyncio.Queue[bytes] = asyncio.Queue()
    async with await serve_once(b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + frames) as server:
        connection = await WsConnection.open(port_of(server), "/", got.put_nowait)
        assert [await got.get() for _ in range(4)] == [b"one", b"two", long[:300], long]
        connection.close()


async def test_a_refused_handshake_is_an_error() -> None:
    async with await serve_once(b"HTTP/1.1 403 Forbidden\r\n\r\n") as server:
        with pytest.raises(ConnectionEndedError):
            await WsConnection.open(port_of(server), "/", print)


async def test_the_handler_notes_each_message_of_an_event_once() -> None:
    arrived: list[int] = []
    handler = await Handler.start(lambda number, _when: arrived.append(number))
    connection = HttpConnection(int(handler.url.split(":")[2].partition("/")[0]))
    body = b"data[PARAMS][MESSAGE]=zq5q+x&data[PARAMS][MESSAGE_ORIGINAL]=zq5q+x"
    assert await connection.post_json(b"/event", body) == (200, b"ok")
    assert await connection.post_json(b"/event", b"zq6q") == (200, b"ok")
    connection.close()
    handler.stop()
    assert arrived == [5, 6]
