"""Notifications that go out by e-mail: an ``EventDialect`` beside those that speak to handlers.

    log: mail.wanted ──► a delivery to ``mailto:`` ──► worker ──► Mailer ──► the SMTP server

Retries, the breaker, dead letters and replay are those of all deliveries; the target is the one SMTP server, and each
letter has a lane of its own: they do not wait for each other. Who gets it is looked up when it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from skvorets.config import Config
from skvorets.core.events import Event
from skvorets.core.events_notifications import MailWanted
from skvorets.delivery.contracts import EventDialect, Request
from skvorets.delivery.mail_message import MAX_NAME, Letter, Mailbox, one_line, read_address
from skvorets.delivery.mailer import Mailer, mail_settings
from skvorets.delivery.outcome import Outcome
from skvorets.delivery.schedule import MAIL_POLICY
from skvorets.storage import people
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery, NewDelivery
from skvorets.storage.event_log import StoredEvent

# The target of all letters, and the name of the event in the delivery log.
MAIL_URL = "mailto:"
MAIL_EVENT = "MAIL"

_encoder = msgspec.json.Encoder()


class _Wanted(msgspec.Struct, frozen=True):
    """What a delivery keeps of a letter."""

    person_id: int
    notification_id: int
    subject: str
    text: str


class MailRequest(msgspec.Struct, frozen=True):
    """One letter, ready to be sent; ``Request`` for the worker, which lets it send itself."""

    letter: Letter
    mailer: Mailer
    body: bytes = b""
    headers: dict[str, str] = {}
    secrets: tuple[str, ...] = ()

    async def send(self, timeout_s: float) -> Outcome:
        """Hand it over."""
        return await self.mailer.send(self.letter, timeout_s=timeout_s)


class MailEvents:
    """Plans and builds letters."""

    def __init__(self, mailer: Mailer) -> None:
        """All letters go through one server."""
        self._mailer = mailer

    async def concerns(self, tx: Tx, stored: StoredEvent) -> bool:
        """Only what asks to be mailed."""
        del tx
        return stored.kind == MailWanted.kind

    async def plan(self, tx: Tx, event: Event) -> Sequence[NewDelivery]:
        """One letter, if the person has an address."""
        if not isinstance(event, MailWanted) or await _mailbox_of(tx, event.person_id) is None:
            return []
        wanted = _Wanted(event.person_id, event.notification_id, event.subject, event.text)
        return [
            NewDelivery(
                application_id=0,
                handler_id=0,
                url=MAIL_URL,
                event=MAIL_EVENT,
                data=_encoder.encode(wanted).decode(),
                chat_id=event.notification_id,
                policy=MAIL_POLICY.name,
            )
        ]

    async def build(self, tx: Tx, delivery: Delivery) -> MailRequest | None:
        """Write the letter; None when the person is gone or has no address any more."""
        wanted = msgspec.json.decode(delivery.data, type=_Wanted)
        recipient = await _mailbox_of(tx, wanted.person_id)
        if recipient is None:
            return None
        sender = self._mailer.settings.sender
        letter = Letter(
            sender=sender,
            recipient=recipient,
            subject=wanted.subject,
            text=wanted.text,
            message_id=f"notification-{wanted.notification_id}.{tx.portal.member_id}@{sender.address.rpartition('@')[2]}",
            written_at=delivery.created_at,
        )
        return MailRequest(letter, self._mailer)


class WithMail:
    """The events of a dialect, and letters."""

    def __init__(self, dialect: EventDialect, mail: MailEvents) -> None:
        """Letters are told from requests by the delivery's address."""
        self._dialect = dialect
        self._mail = mail

    async def concerns(self, tx: Tx, stored: StoredEvent) -> bool:
        """Ask both."""
        return await self._mail.concerns(tx, stored) or await self._dialect.concerns(tx, stored)

    async def plan(self, tx: Tx, event: Event) -> Sequence[NewDelivery]:
        """Ask both."""
        return [*await self._dialect.plan(tx, event), *await self._mail.plan(tx, event)]

    async def build(self, tx: Tx, delivery: Delivery) -> Request | None:
        """Ask the one whose delivery it is."""
        if delivery.url == MAIL_URL:
            return await self._mail.build(tx, delivery)
        return await self._dialect.build(tx, delivery)


def with_mail(config: Config, dialect: EventDialect) -> EventDialect:
    """Let notifications go out by e-mail, too, if a server for them is configured. Raises ConfigError."""
    settings = mail_settings(config)
    return dialect if settings is None else WithMail(dialect, MailEvents(Mailer(settings)))


async def _mailbox_of(tx: Tx, person_id: int) -> Mailbox | None:
    person = await people.find(tx, person_id)
    address = read_address(person.email) if person is not None and person.active else None
    return None if person is None or address is None else Mailbox(address, one_line(person.name)[:MAX_NAME])
