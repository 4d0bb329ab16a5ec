"""Hands e-mails to the SMTP server that the administrator has configured; what becomes of them is an ``Outcome``.

    connect ─► EHLO ─► STARTTLS ─► log in ──► MAIL, RCPT ──► DATA ─► 250
    └──── the server's affair: tried again ────┘  └─ this letter's affair: 4yz again, 5yz never ─┘

The server's reply codes stand for ``status``: like those of HTTP, 2yz is success. The address of the server is an
administrator's choice, so it may be a private one, other than addresses of handlers.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from enum import Enum
from typing import Literal, TypeAlias

import aiosmtplib
import msgspec

from skvorets.config import Config, ConfigError
from skvorets.delivery.mail_message import Letter, Mailbox, read_mailbox, render
from skvorets.delivery.outcome import Failure, FailureKind, Outcome

Encryption: TypeAlias = Literal["none", "starttls", "tls"]

# The registered ports (RFC 5321, 8314, 6409).
_PORTS = {"none": 25, "starttls": 587, "tls": 465}
# Replies from here on are final (RFC 5321, 4.2.1).
_PERMANENT = 500
# Longest text of a reply that is kept, characters.
MAX_REPLY = 200
# Seconds for a polite goodbye, after which nothing depends on it any more.
_QUIT_S = 2.0
_FAILURES = (aiosmtplib.SMTPException, OSError, TimeoutError)


class _Stage(Enum):
    """How far a conversation has come."""

    SERVER = 0  # connecting, encrypting, logging in
    ENVELOPE = 1
    DATA = 2  # the letter may have been taken


class MailSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The server that takes our letters."""

    host: str
    port: int
    encryption: Encryption
    login: str = ""
    password: str = ""
    sender: Mailbox
    trusted_ca: str = ""  # PEM file of authorities trusted beside the system's
    own_name: str = "localhost"  # what we call ourselves

    def __repr__(self) -> str:
        """Leave the password out."""
        return f"MailSettings(host={self.host!r}, port={self.port}, encryption={self.encryption!r})"


def mail_settings(config: Config) -> MailSettings | None:
    """What the configuration says of e-mail; None when it says nothing. Raises ConfigError for an unusable sender."""
    if not config.smtp_host:
        return None
    sender = read_mailbox(config.smtp_sender)
    if sender is None:
        message = f"smtp_sender must be an e-mail address, not {config.smtp_sender!r}"
        raise ConfigError(message)
    return MailSettings(
        host=config.smtp_host,
        port=config.smtp_port or _PORTS[config.smtp_tls],
        encryption=config.smtp_tls,
        login=config.smtp_login,
        password=config.smtp_password,
        sender=sender,
        trusted_ca=config.trusted_ca,
        own_name=config.domain.partition(":")[0] or "localhost",
    )


class Mailer:
    """The client of the SMTP server. Each letter has a connection of its own: they are few."""

    def __init__(self, settings: MailSettings) -> None:
        """Nothing is connected before a letter is sent."""
        self.settings = settings
        self._tls: ssl.SSLContext | None = None

    async def send(self, letter: Letter, *, timeout_s: float) -> Outcome:
        """Hand over a letter. Whatever goes wrong is an outcome, not an exception."""
        return await self._converse(letter, timeout_s)

    async def check(self, *, timeout_s: float) -> Outcome:
        """See whether the server would take letters: connect, encrypt, log in, leave."""
        return await self._converse(None, timeout_s)

    async def _converse(self, letter: Letter | None, timeout_s: float) -> Outcome:
        started = time.perf_counter()
        client = self._client(timeout_s)
        stage, reply = _Stage.SERVER, (250, "")
        failure: Exception | None = None
        try:
            async with asyncio.timeout(timeout_s):
                await client.connect()
                if letter is not None:
                    stage = _Stage.ENVELOPE
                    await client.mail(letter.sender.address)
                    await client.rcpt(letter.recipient.address)
                    stage = _Stage.DATA
                    response = await client.data(render(letter))
                    reply = (response.code, response.message)
        except _FAILURES as error:
            failure = error
        await _leave(client, is_polite=failure is None)
        spent_ms = round((time.perf_counter() - started) * 1000)
        if failure is not None:
            return _outcome(failure, stage, spent_ms)
        return Outcome(status=reply[0], body_start=_short(reply[1]), duration_ms=spent_ms, was_sent=letter is not None)

    def _client(self, timeout_s: float) -> aiosmtplib.SMTP:
        settings = self.settings
        return aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.login or None,
            password=settings.password if settings.login else None,
            local_hostname=settings.own_name,
            timeout=timeout_s,
            use_tls=settings.encryption == "tls",
            start_tls=settings.encryption == "starttls",
            tls_context=self._tls_context(),
        )

    def _tls_context(self) -> ssl.SSLContext | None:
        """Verify the server's certificate; loaded once."""
        if self.settings.encryption == "none":
            return None
        if self._tls is None:
            self._tls = ssl.create_default_context()
            if self.settings.trusted_ca:
                self._tls.load_verify_locations(cafile=self.settings.trusted_ca)
        return self._tls


async def _leave(client: aiosmtplib.SMTP, *, is_polite: bool) -> None:
    """Say goodbye where it was a good conversation; close in any case."""
    try:
        if is_polite and client.is_connected:
            await client.quit(timeout=_QUIT_S)
    except _FAILURES:
        pass  # the letter was taken
    finally:
        client.close()


def _outcome(error: Exception, stage: _Stage, duration_ms: int) -> Outcome:
    if isinstance(error, aiosmtplib.SMTPResponseException) and (stage is not _Stage.SERVER or error.code < _PERMANENT):
        return Outcome(status=error.code, body_start=_short(error.message), duration_ms=duration_ms)
    kind = _kind_at_server(error) if stage is _Stage.SERVER else _kind_at_letter(error, stage)
    failure = Failure(kind, _short(str(error) or type(error).__name__))
    return Outcome(failure=failure, duration_ms=duration_ms, was_sent=stage is _Stage.DATA)


def _kind_at_server(error: BaseException) -> FailureKind:
    """Say why the server could not be used: nothing of this is the letter's fault."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return FailureKind.LOGIN
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return FailureKind.DNS
        if isinstance(cause, ssl.SSLError):
            return FailureKind.TLS
        cause = cause.__cause__
    if isinstance(error, OSError):  # also: no answer in time, connection lost
        return FailureKind.CONNECT
    return FailureKind.LOGIN


def _kind_at_letter(error: Exception, stage: _Stage) -> FailureKind:
    if isinstance(error, TimeoutError):
        return FailureKind.SENT_THEN_TIMEOUT if stage is _Stage.DATA else FailureKind.TIMEOUT_BEFORE_SENT
    return FailureKind.SENT_THEN_LOST if stage is _Stage.DATA else FailureKind.LOST_BEFORE_SENT


def _short(text: str) -> str:
    return text[:MAX_REPLY]
