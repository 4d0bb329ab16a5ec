"""The form of one event: documented keys, addresses of files; what it authorises: events_credentials.py.

Source: spec ``bitrix24-events.md`` §1 (wire format).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from skvorets.config import Config
from skvorets.core import signing
from skvorets.core.file_links import FileAddresses
from skvorets.dialects.bitrix24.events_credentials import Credentials
from skvorets.dialects.bitrix24.events_routing import is_ready
from skvorets.dialects.bitrix24.views_files import file_addresses
from skvorets.php_forms import TooComplex, encode_form
from skvorets.storage import applications, files
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery

USER_AGENT = "Bitrix24 Webhook Engine"
# Told although the application is not, not yet or no longer, completely installed.
ALWAYS_TOLD = frozenset({"ONAPPINSTALL", "ONAPPUNINSTALL", "ONIMBOTDELETE"})
# Maps inside ``data`` whose entries get the credentials of the bot they name in BOT_ID.
_CREDENTIALED = frozenset({"BOT", "COMMAND"})
# How the encoder of the plan begins the files of a message; inside a text the quotes are escaped.
_HAS_FILES = b'"FILES":'
# Written pieces of ``data`` that are kept, and the longest of them, bytes: what a message says is told to each of its
# handlers, and one person writes many messages.
_KEPT_PIECES = 256
_KEPT_BYTES = 4096

_read_pieces = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


class Request(msgspec.Struct, frozen=True):
    """One POST, ready to be sent (delivery/contracts.py)."""

    body: bytes
    headers: dict[str, str]
    secrets: tuple[str, ...]  # keys to sign with


class BodyBuilder:
    """Builds bodies; everything the portal says of itself comes from the configuration."""

    def __init__(self, config: Config) -> None:
        """Take the public address from the configuration."""
        self._base_url = config.base_url
        self._credentials = Credentials(config)

    async def build(self, tx: Tx, delivery: Delivery) -> Request | None:
        """Build one event's form; None when the application may not get it any more. Raises ValueError."""
        application = await applications.find(tx, delivery.application_id)
        if application is None or not (delivery.event in ALWAYS_TOLD or is_ready(application)):
            return None
        # 0 for the installation address, which is no bound handler: b24pysdk refuses events without the number.
        head = f"event={delivery.event}&event_handler_id={delivery.handler_id}"
        try:
            pieces = [head, *await self._data(tx, delivery, application), f"ts={tx.now // 1000}"]
            pieces.append(await self._credentials.auth(tx, delivery, application))
        except TooComplex as error:
            raise ValueError(str(error)) from error
        body = "&".join(filter(None, pieces)).encode()
        return Request(body, {"User-Agent": USER_AGENT}, await signing.secrets_of(tx, application.id))

    async def _data(self, tx: Tx, delivery: Delivery, application: Application) -> list[str]:
        """Write ``data`` piece by piece: credentials and addresses of files are made now, the rest may be kept."""
        raw = _read_pieces(delivery.data)
        pieces = []
        for name, value in raw.items():
            if name in _CREDENTIALED:
                pieces += self._credentials.of_entries(tx, application, name, bytes(value))
            elif name == "PARAMS" and "BOT" in raw and _HAS_FILES in (text := bytes(value)):
                params = msgspec.json.decode(text)
                await self._add_addresses(tx, params, msgspec.json.decode(raw["BOT"]))
                pieces.append(_write_piece(name, params))
            else:
                pieces.append(_piece(name, bytes(value)))
        return pieces

    async def _add_addresses(self, tx: Tx, params: Any, bots: Any) -> None:
        """Give each file addresses for the bot that the event is for (the first one): they are good for a day."""
        shown = params.get("FILES") if isinstance(params, dict) else None
        if not isinstance(shown, dict) or not isinstance(bots, dict) or not bots:
            return
        addresses = FileAddresses(self._base_url, tx.portal, next(iter(bots.values()))["BOT_ID"], tx.now)
        for file in (await files.find_many(tx, map(int, shown))).values():
            shown[str(file.id)] |= file_addresses(file, addresses)


def _piece(name: str, raw: bytes) -> str:
    return _kept_piece(name, raw) if len(raw) <= _KEPT_BYTES else _write_piece(name, msgspec.json.decode(raw))


@lru_cache(maxsize=_KEPT_PIECES)
def _kept_piece(name: str, raw: bytes) -> str:
    return _write_piece(name, msgspec.json.decode(raw))


def _write_piece(name: str, value: Any) -> str:
    return encode_form({"data": {name: value}})
