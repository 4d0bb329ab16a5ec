"""Handing a letter to a real SMTP server: what it says, what goes wrong, and what the letter looks like."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trustme

from skvorets.config import Config, ConfigError, read_config
from skvorets.delivery.mail_message import Letter, Mailbox, read_address, read_mailbox, render
from skvorets.delivery.mailer import Mailer, MailSettings, mail_settings
from skvorets.delivery.outcome import FailureKind, Outcome
from support.mail_server import MailServer
from support.raw_servers import Serve

LETTER = Letter(
    sender=Mailbox("chat@example.com", "Скворец"),
    recipient=Mailbox("bob@example.com", "Боб Иванов"),
    subject="Счёт № 5",
    text="Привет!\n" + "длинная строка " * 200 + "\n.\nend",
    message_id="notification-7.abc@example.com",
    written_at=1_700_000_000_000,
)


def mailer(port: int, **more: Any) -> Mailer:
    settings = MailSettings(host="127.0.0.1", port=port, encryption="none", sender=LETTER.sender)
    return Mailer(msgspec.structs.replace(settings, **more))


async def send(port: int, **more: Any) -> Outcome:
    return await mailer(port, **more).send(LETTER, timeout_s=5)


async def test_a_letter_arrives_as_it_was_written() -> None:
    async with MailServer() as server:
        outcome = await send(server.port)
        received = await server.next()
    assert (outcome.status, outcome.failure, outcome.body_start) == (250, None, "taken")
    assert (received.sender, received.recipients) == ("chat@example.com", ["bob@example.com"])
    message = received.message
    assert message["From"] == "Скворец <chat@example.com>"
    assert message["To"] == "Боб Иванов <bob@example.com>"
    assert message["Subject"] == "Счёт № 5"
    assert message["Message-ID"] == "<notification-7.abc@example.com>"
    assert message["Date"] == "Tue, 14 Nov 2023 22:13:20 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert received.text == LETTER.text + "\n"


@pytest.mark.parametrize("field", ["subject", "name"])
def test_nothing_written_by_people_adds_a_header(field: str) -> None:
    evil = "x\r\nBcc: victim@example.com\r\n\r\nbody\x00\x0b\u2028y"
    letter = msgspec.structs.replace(LETTER, subject=evil)
    if field == "name":
        mailbox = Mailbox("bob@example.com", evil)
        letter = msgspec.structs.replace(LETTER, recipient=mailbox, sender=mailbox)
    head = render(letter).split(b"\r\n\r\n", 1)[0]
    names = [line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith(b" ")]
    assert names == [
        b"From",
        b"To",
        b"Subject",
        b"Date",
        b"Message-ID",
        b"Auto-Submitted",
        b"Content-Type",
        b"Content-Transfer-Encoding",
        b"MIME-Version",
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("bob@example.com", "bob@example.com"),
        (" bob+x@sub.example.com ", "bob+x@sub.example.com"),
        ("bob@почта.рф", "bob@xn--80a1acny.xn--p1ai"),
        ("bob@localhost", "bob@localhost"),
        ("", None),
        ("bob", None),
        ("bob@", None),
        ("bob@exam ple.com", None),
        ("bob@example.com\r\nRCPT TO:<x@y>", None),
        ("bob@example.com>", None),
        ("<bob@example.com>", None),
        ("bob@a@b", None),
        ("боб@example.com", None),
        (".bob@example.com", None),
        ("bob..b@example.com", None),
        ("a" * 65 + "@example.com", None),
        ("bob@" + "a" * 64 + ".com", None),
        ("bob@" + "a." * 200 + "com", None),
        ("bob@example..com", None),
    ],
)
def test_what_is_an_address(text: str, address: str | None) -> None:
    assert read_address(text) == address


def test_a_sender_may_have_a_name() -> None:
    assert read_mailbox("Скворец <chat@example.com>") == Mailbox("chat@example.com", "Скворец")
    assert read_mailbox("chat@example.com") == Mailbox("chat@example.com")
    assert read_mailbox("nobody") is None


@pytest.mark.parametrize("reply", ["450 try later", "550 no such mailbox", "552 full"])
@pytest.mark.parametrize("where", ["rcpt_replies", "data_replies"])
async def test_what_the_server_says_of_the_letter_is_its_status(where: str, reply: str) -> None:
    async with MailServer() as server:
        getattr(server, where).append(reply)
        outcome = await send(server.port)
    assert (outcome.status, outcome.failure) == (int(reply[:3]), None)
    assert outcome.body_start == reply[4:]


async def test_nobody_listens() -> None:
    async with MailServer() as server:
        port = server.port
    outcome = await send(port)
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.was_sent) == (FailureKind.CONNECT, False)


async def test_a_host_without_address() -> None:
    outcome = await send(25, host="no-such-host.invalid")
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.DNS


async def test_a_server_that_does_not_answer(serve: Serve) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del writer
        await reader.read()

    port = await serve(silent)
    outcome = await mailer(port).send(LETTER, timeout_s=0.2)
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.CONNECT


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take a letter as a server does, up to the point where the answer would come."""
    writer.write(b"220 hello\r\n")
    for answer in (b"250 hi", b"250 ok", b"250 ok", b"354 go on"):
        await reader.readline()
        writer.write(answer + b"\r\n")
    await reader.readuntil(b"\r\n.\r\n")


async def test_an_answer_that_never_comes_is_in_doubt(serve: Serve) -> None:
    async def taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _talk(reader, writer)
        await reader.read()

    outcome = await mailer(await serve(taken)).send(LETTER, timeout_s=0.5)
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.was_sent) == (FailureKind.SENT_THEN_TIMEOUT, True)


async def test_a_connection_lost_after_the_letter_is_in_doubt(serve: Serve) -> None:
    outcome = await mailer(await serve(_talk)).send(LETTER, timeout_s=5)
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.was_sent) == (FailureKind.SENT_THEN_LOST, True)


@pytest.mark.parametrize(("greeting", "status"), [(b"421 later\r\n", 421), (b"554 go away\r\n", None)])
async def test_a_server_that_greets_us_badly(serve: Serve, greeting: bytes, status: int | None) -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        await reader.read()

    outcome = await send(await serve(greet))
    assert outcome.status == status
    if status is None:
        assert outcome.failure is not None
        assert outcome.failure.kind is FailureKind.LOGIN


async def test_a_login() -> None:
    async with MailServer(password="secret") as server:
        assert (await send(server.port, login="chat", password="secret")).status == 250
        assert (await server.next()).login == "chat"
        outcome = await send(server.port, login="chat", password="wrong")
        assert outcome.failure is not None
        assert (outcome.failure.kind, outcome.was_sent) == (FailureKind.LOGIN, False)
        assert (await mailer(server.port, login="chat", password="secret").check(timeout_s=5)).status == 250


async def test_a_server_that_knows_no_login() -> None:
    async with MailServer() as server:
        outcome = await send(server.port, login="chat", password="secret")
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.LOGIN


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, Path]:
    ca = trustme.CA()
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return ca, path


def server_tls(ca: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(name).configure_cert(context)
    return context


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
async def test_an_encrypted_conversation(authority: tuple[trustme.CA, Path], encryption: str) -> None:
    ca, path = authority
    context = server_tls(ca, "127.0.0.1")
    async with MailServer(context=context, is_tls_at_once=encryption == "tls") as server:
        outcome = await send(server.port, encryption=encryption, trusted_ca=str(path))
        assert outcome.status == 200 + 50, outcome
        assert (await server.next()).is_encrypted or encryption == "tls"


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
@pytest.mark.parametrize("name", ["127.0.0.1", "other.example"])
async def test_a_certificate_that_is_not_good_enough(
    authority: tuple[trustme.CA, Path], encryption: str, name: str
) -> None:
    ca, path = authority
    trusted = "" if name == "127.0.0.1" else str(path)  # an unknown authority, or another host
    async with MailServer(context=server_tls(ca, name), is_tls_at_once=encryption == "tls") as server:
        outcome = await send(server.port, encryption=encryption, trusted_ca=trusted)
        assert server.letters.empty()
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.was_sent) == (FailureKind.TLS, False)


async def test_nothing_is_sent_in_the_clear_when_encryption_is_wanted() -> None:
    async with MailServer() as server:
        outcome = await send(server.port, encryption="starttls", login="chat", password="secret")
        assert server.tried == 0
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.LOGIN


def test_what_the_configuration_says() -> None:
    assert mail_settings(Config()) is None
    config = read_config(
        {}, smtp_host="mail.example", smtp_sender="Chat <c@example.com>", public_url="https://a.b:8443"
    )
    settings = mail_settings(config)
    assert settings is not None
    assert (settings.port, settings.encryption, settings.own_name) == (587, "starttls", "a.b")
    assert settings.sender == Mailbox("c@example.com", "Chat")
    for given, port in (({"smtp_tls": "tls"}, 465), ({"smtp_tls": "none"}, 25), ({"smtp_port": 2525}, 2525)):
        more = mail_settings(msgspec.structs.replace(config, **given))
        assert more is not None
        assert more.port == port


@pytest.mark.parametrize(
    "given",
    [
        {"smtp_host": "mail.example"},
        {"smtp_host": "mail.example", "smtp_sender": "nobody"},
        {"smtp_login": "chat"},
        {"smtp_password": "secret"},
        {"smtp_tls": "ssl"},
        {"smtp_port": 70_000},
        {"smtp_port": -1},
        {"keep_notifications_days": 0},
    ],
)
def test_settings_that_cannot_be_used(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        read_config({}, **given)


def test_passwords_are_not_shown() -> None:
    config = read_config({}, smtp_login="chat", smtp_password="secret", database="postgresql://me:hidden@host/name")
    assert "secret" not in repr(config)
    assert "hidden" not in repr(config)
    assert "postgresql://me:***@host/name" in repr(config)
    host = read_config({}, smtp_host="h", smtp_sender="a@b", smtp_login="chat", smtp_password="secret")
    assert "secret" not in repr(mail_settings(host))
