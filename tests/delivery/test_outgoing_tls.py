"""One POST over TLS: whose certificate counts, and what is known after a failure; on asyncio's loop and on uvloop."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import cast

import pytest
import trustme

from skvorets.delivery.addresses import AddressRules
from skvorets.delivery.outcome import FailureKind, Outcome
from skvorets.delivery.outgoing import Outgoing, OutgoingSettings
from support.raw_servers import HEADERS, Serve, accept_one, answer, failure_kind, read_request

# More than the kernel takes for a connection that nobody reads (4 MiB to send and 6 MiB to receive are Linux' limits).
UNSENDABLE = b"x" * (24 * 1024 * 1024)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, Path]:
    ca = trustme.CA()
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return ca, path


def server_tls(ca: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*names).configure_cert(context)
    return context


async def post_tls(port: int, trusted_ca: Path | None, body: bytes = b"a=1", timeout_s: float = 5) -> Outcome:
    async def look_up(host: str) -> list[str]:
        return ["127.0.0.1"]

    settings = OutgoingSettings(rules=AddressRules(allow_private=True), trusted_ca=trusted_ca)
    async with Outgoing(settings, lookup=look_up) as client:
        return await client.post_form(f"https://bot.example:{port}/", body, HEADERS, timeout_s=timeout_s)


async def test_a_certificate_for_this_host_from_a_trusted_authority_passes(
    serve: Serve, authority: tuple[trustme.CA, Path]
) -> None:
    ca, path = authority
    outcome = await post_tls(await serve(accept_one, tls=server_tls(ca, "bot.example")), path)
    assert outcome.status == 200


async def test_a_certificate_for_another_host_is_refused(serve: Serve, authority: tuple[trustme.CA, Path]) -> None:
    ca, path = authority
    outcome = await post_tls(await serve(accept_one, tls=server_tls(ca, "other.example")), path)
    assert failure_kind(outcome) is FailureKind.TLS
    assert not outcome.was_sent


async def test_an_unknown_authority_is_refused(serve: Serve, authority: tuple[trustme.CA, Path]) -> None:
    outcome = await post_tls(await serve(accept_one, tls=server_tls(authority[0], "bot.example")), None)
    assert failure_kind(outcome) is FailureKind.TLS
    assert not outcome.was_sent


async def test_a_server_without_tls_is_a_tls_failure(serve: Serve, authority: tuple[trustme.CA, Path]) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(answer("400 Bad Request"))
        await reader.read(1000)

    outcome = await post_tls(await serve(handler), authority[1])
    assert failure_kind(outcome) is FailureKind.TLS
    assert not outcome.was_sent


async def test_over_tls_a_body_that_nobody_reads_was_not_sent(serve: Serve, authority: tuple[trustme.CA, Path]) -> None:
    ca, path = authority

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        cast("asyncio.Transport", writer.transport).pause_reading()
        await asyncio.sleep(30)

    outcome = await post_tls(await serve(handler, tls=server_tls(ca, "bot.example")), path, UNSENDABLE, 0.7)
    assert failure_kind(outcome) is FailureKind.TIMEOUT_BEFORE_SENT
    assert not outcome.was_sent


async def test_over_tls_a_lost_answer_counts_as_sent(serve: Serve, authority: tuple[trustme.CA, Path]) -> None:
    ca, path = authority

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)

    outcome = await post_tls(await serve(handler, tls=server_tls(ca, "bot.example")), path)
    assert failure_kind(outcome) is FailureKind.SENT_THEN_LOST
    assert outcome.was_sent


async def test_a_file_of_authorities_that_cannot_be_read_is_an_error_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        await Outgoing(OutgoingSettings(trusted_ca=tmp_path / "absent.pem")).start()
