"""A real SMTP server that does as a test wishes, on a loopback port that can be left and taken again."""

from __future__ import annotations

import asyncio
import contextlib
import email
import email.policy
import ssl
import threading
import warnings
from collections import deque
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any, NamedTuple, Self, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

# A test that waits longer has failed.
PATIENCE_S = 10.0


class Received(NamedTuple):
    """A letter as it arrived."""

    sender: str
    recipients: list[str]
    message: EmailMessage
    is_encrypted: bool
    login: str

    @property
    def text(self) -> str:
        """The decoded body, lines ended by a line feed."""
        return cast("str", self.message.get_content()).replace("\r\n", "\n")


class MailServer:
    """The server. ``replies`` are given to the next letters instead of 250, at RCPT or after DATA."""

    def __init__(
        self, *, context: ssl.SSLContext | None = None, is_tls_at_once: bool = False, password: str = ""
    ) -> None:
        """``context``: with STARTTLS, or TLS from the first byte; ``password``: a login is required."""
        self.rcpt_replies: deque[str] = deque()
        self.data_replies: deque[str] = deque()
        self.letters: asyncio.Queue[Received] = asyncio.Queue()
        self.tried = 0  # letters of which at least the recipient was named
        self.port = 0
        self._context = context
        self._is_tls_at_once = is_tls_at_once
        self._password = password
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen, at the same port as before."""
        context = self._context if self._is_tls_at_once else None
        self._server = await asyncio.get_running_loop().create_server(
            self._protocol, "127.0.0.1", self.port, ssl=context
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.stop()

    async def next(self) -> Received:
        """Wait for the next letter."""
        async with asyncio.timeout(PATIENCE_S):
            return await self.letters.get()

    async def handle_RCPT(  # noqa: N802 — the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        self.tried += 1
        if self.rcpt_replies and (reply := self.rcpt_replies.popleft()):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 — the library's name
        del server
        if self.data_replies and (reply := self.data_replies.popleft()):
            return reply
        content = cast("bytes", envelope.content)
        message = email.message_from_bytes(content, policy=email.policy.default)
        auth: Any = session.auth_data  # None before a log-in, whatever the library's types say
        login = auth.login.decode() if auth else ""
        self.letters.put_nowait(
            Received(envelope.mail_from or "", envelope.rcpt_tos, message, session.ssl is not None, login)
        )
        return "250 taken"

    def _protocol(self) -> SMTP:
        starts_tls = self._context is not None and not self._is_tls_at_once
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of logins in the clear: one test wants them
            return SMTP(
                self,
                hostname="mail.example",
                tls_context=self._context if starts_tls else None,
                require_starttls=starts_tls,
                authenticator=self._authenticate if self._password else None,
                auth_required=bool(self._password),
                auth_require_tls=starts_tls,
            )

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        del server, session, envelope, mechanism
        is_right = isinstance(data, LoginPassword) and data.password == self._password.encode()
        return AuthResult(success=is_right, handled=False, auth_data=data)


@contextlib.contextmanager
def beside(server: MailServer) -> Iterator[MailServer]:
    """Run the server on a loop in a thread, for tests that have no loop of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(PATIENCE_S)
        yield server
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(PATIENCE_S)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE_S)
        loop.close()
