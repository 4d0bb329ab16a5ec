"""Who calls: the visitor whose browser shows this secret."""

from __future__ import annotations

import re
from typing import Final

from skvorets.core.lines import clients
from skvorets.dialects.widget.registry import Visitor
from skvorets.errors import LineNotFoundError, WrongSecretError
from skvorets.storage import lines, people
from skvorets.storage.database import Tx
from skvorets.storage.line_clients import LIVECHAT

# What a secret looks like; anything else is not looked up.
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


async def visitor_of(tx: Tx, token: str) -> Visitor:
    """Give the visitor with this secret: found by its digest, so that no comparison tells anything.

    Three statements. Raises WrongSecretError, LineNotFoundError when his line is switched off.
    """
    client = await clients.client_of_token(tx, token) if _TOKEN.fullmatch(token) else None
    if client is None or client.connector != LIVECHAT:
        raise WrongSecretError
    line, guest = await lines.find(tx, client.line_id), await people.find(tx, client.person_id)
    if guest is None or not guest.active:
        raise WrongSecretError
    if line is None or not line.active or line.deleted_at:
        raise LineNotFoundError
    return Visitor(client, line, guest)
