"""Keys with which an application's events are signed (Standard Webhooks): derived, not stored.

One key per application, since ids and addresses of its handlers change with every registration and the owner could not
know which key belongs to which. While a key is being replaced events carry two signatures.
See docs/delivery.md, "Signature".
"""

from __future__ import annotations

from skvorets.core import tokens
from skvorets.storage import signing_keys
from skvorets.storage.database import Portal, Tx

# How long the key before is used beside the new one, milliseconds: a day for the owner to change his handler.
OVERLAP_MS = 24 * 3600 * 1000


async def secrets_of(tx: Tx, application_id: int) -> tuple[str, ...]:
    """Give the key (``whsec_…``) in use, and after it the one before while that is still good."""
    generation, replaced_at = await signing_keys.generation_of(tx, application_id)
    present = _secret(tx.portal, application_id, generation)
    if generation > 1 and tx.now - replaced_at < OVERLAP_MS:
        return present, _secret(tx.portal, application_id, generation - 1)
    return (present,)


async def replace_secret(tx: Tx, application_id: int) -> str:
    """Take a new key from now on and give it; the one before is used, too, for another day."""
    return _secret(tx.portal, application_id, await signing_keys.replace(tx, application_id))


def _secret(portal: Portal, application_id: int, generation: int) -> str:
    return tokens.signing_secret(portal, f"{application_id}:{generation}")
