"""What applications keep with us: settings of their own, for all people or for each.

Source: spec ``bitrix24-transport.md`` §10 (app.option.*, user.option.*). The limits are ours: this is a place for
settings, not for files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from skvorets.errors import TooLargeError
from skvorets.storage import options
from skvorets.storage.database import Tx

MAX_NAME_LENGTH = 255  # characters
MAX_OPTIONS = 1000  # of one application, and of one person in it
MAX_VALUE_LENGTH = 65_536  # bytes of JSON


async def set_options(tx: Tx, application_id: int, person_id: int, values: Mapping[str, Any]) -> None:
    """Set some options; ``person_id`` 0 = for all. Raises TooLargeError past the limits."""
    if any(len(name) > MAX_NAME_LENGTH for name in values):
        raise TooLargeError
    if any(len(msgspec.json.encode(value)) > MAX_VALUE_LENGTH for value in values.values()):
        raise TooLargeError
    kept = await options.every(tx, application_id, person_id)
    if len(kept.keys() | values.keys()) > MAX_OPTIONS:
        raise TooLargeError
    await options.put(tx, application_id, person_id, values)
