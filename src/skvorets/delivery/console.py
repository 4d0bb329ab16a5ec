"""What developers do with single deliveries: look at the request, send it again, send an edited copy, take it as curl.

An edited copy goes to the same address with the marks of a test (``webhook-test: 1``, an id of its own), once, and
nothing of it is stored: the original and its attempts stay as they are.
"""

from __future__ import annotations

import secrets
import shlex
import time
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote_plus

import msgspec

from skvorets.delivery.attempts import policy_named
from skvorets.delivery.board import HandlerHealth
from skvorets.delivery.contracts import EventDialect, Request
from skvorets.delivery.mail import MailRequest
from skvorets.delivery.outcome import Outcome
from skvorets.delivery.outgoing import Outgoing
from skvorets.delivery.sent_body import FORM_TYPE
from skvorets.delivery.service import DeliveryService
from skvorets.delivery.signature import sign
from skvorets.storage import deliveries
from skvorets.storage.database import Store, Tx
from skvorets.storage.deliveries import Delivery

# The mark of a copy that somebody sent by hand.
TEST_HEADER = "webhook-test"
_TEST_ID_BYTES = 4
# What a mistake of ours in building a request looks like.
_MISTAKES = (LookupError, TypeError, ValueError, AttributeError, msgspec.MsgspecError)


class EventConsole:
    """The one of a process; made by the composition root."""

    def __init__(self, store: Store, outgoing: Outgoing, dialect: EventDialect, service: DeliveryService) -> None:
        """``service`` sends what is replayed."""
        self._store = store
        self._outgoing = outgoing
        self._dialect = dialect
        self._service = service

    def health(self, application_id: int) -> dict[str, HandlerHealth]:
        """How the application's handlers are doing that were called since the start, by target."""
        prefix = f"{application_id}-"
        return {one.target: one for one in self._service.health() if one.target.startswith(prefix)}

    async def form_of(self, delivery_id: int) -> list[tuple[str, str]] | None:
        """Give the form as it would be sent now, with fresh tokens; None when the application may not get it any more.

        Pairs of name and value, in their order.
        """
        built = await self._store.read(_build, self._dialect, delivery_id)
        return None if built is None else decode(built[1].body)

    async def replay_one(self, delivery_id: int) -> bool:
        """Send one finished delivery again; False when it is not finished, or not there."""
        return await self._service.replay_one(delivery_id)

    async def replay_dead(self, application_id: int) -> int:
        """Send all dead letters of an application again; how many there are."""
        return await self._service.replay_range(application_id, 1, deliveries.NO_UPPER_ID)

    async def send_copy(self, delivery_id: int, pairs: Iterable[tuple[str, str]]) -> Outcome | None:
        """Send an edited form once, marked as a test; None when the application may not get the event any more."""
        built = await self._store.read(_build, self._dialect, delivery_id)
        if built is None:
            return None
        delivery, request = built
        body = encode(pairs)
        timeout_s = policy_named(delivery.policy, "").timeout_s
        headers = self._headers(delivery, request, body)
        return await self._outgoing.post_form(delivery.url, body, headers, timeout_s=timeout_s)

    async def as_curl(self, delivery_id: int) -> str | None:
        """Write the request as a command for a shell, marked as a test; None as in ``send_copy``."""
        built = await self._store.read(_build, self._dialect, delivery_id)
        if built is None:
            return None
        delivery, request = built
        lines = [f"curl -X POST {shlex.quote(delivery.url)}", f"-H {shlex.quote(f'Content-Type: {FORM_TYPE}')}"]
        for name, value in self._headers(delivery, request, request.body).items():
            lines.append(f"-H {shlex.quote(f'{name}: {value}')}")
        lines.append(f"--data-raw {shlex.quote(request.body.decode())}")
        return " \\\n  ".join(lines)

    def _headers(self, delivery: Delivery, request: Request, body: bytes) -> dict[str, str]:
        test_id = f"{self._store.portal.member_id}-{delivery.id}-test-{secrets.token_hex(_TEST_ID_BYTES)}"
        return {
            **request.headers,
            **sign(test_id, int(time.time()), body, request.secrets, 1),
            TEST_HEADER: "1",
        }


def decode(body: bytes) -> list[tuple[str, str]]:
    """Read a form as pairs."""
    return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)


def encode(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Write pairs as a form, as the documented bodies are written."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode()


async def _build(tx: Tx, dialect: EventDialect, delivery_id: int) -> tuple[Delivery, Request] | None:
    delivery = await deliveries.find(tx, delivery_id)
    if delivery is None:
        return None
    try:
        request = await dialect.build(tx, delivery)
    except _MISTAKES:
        return None
    return None if request is None or isinstance(request, MailRequest) else (delivery, request)
