"""Letters to people who are not in the directory yet: handed to the SMTP server at once, while somebody waits for it.

Such a letter holds a secret (the link of an invitation), so it is neither logged nor queued, and it is not tried again:
whoever sends it is told that it did not go, and has the link himself.
"""

from __future__ import annotations

import secrets
import time

from skvorets.delivery.mail_message import Letter, Mailbox, read_address
from skvorets.delivery.mailer import Mailer

# Seconds that somebody waits in front of the screen.
TIMEOUT_S = 15.0
_ID_BYTES = 16
_MILLISECONDS = 1000
# Replies from here on mean that the letter was not taken (RFC 5321, 4.2.1).
_REFUSED = 400


class SingleLetters:
    """Sends them."""

    def __init__(self, mailer: Mailer) -> None:
        """Send through this client."""
        self._mailer = mailer

    async def send(self, address: str, subject: str, text: str) -> str:
        """Send one; empty, or in some words why it did not go."""
        recipient = read_address(address)
        if recipient is None:
            return "not an e-mail address"
        sender = self._mailer.settings.sender
        letter = Letter(
            sender=sender,
            recipient=Mailbox(recipient),
            subject=subject,
            text=text,
            message_id=f"{secrets.token_hex(_ID_BYTES)}@{sender.address.rpartition('@')[2]}",
            written_at=int(time.time() * _MILLISECONDS),
        )
        outcome = await self._mailer.send(letter, timeout_s=TIMEOUT_S)
        if outcome.failure is not None:
            return f"{outcome.failure.kind}: {outcome.failure.detail}"
        is_taken = outcome.status is not None and outcome.status < _REFUSED
        return "" if is_taken else f"{outcome.status} {outcome.body_start}"
