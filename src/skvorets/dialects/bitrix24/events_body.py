"""The form of one event: documented keys, fresh tokens, the bots' credentials.

Source: spec ``bitrix24-events.md`` §1 (wire format, ``auth``), §1.3 (refresh tokens), §4 (credentials of bots).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from skvorets.config import Config
from skvorets.core import signing, tokens
from skvorets.core.applications import issue_tokens
from skvorets.core.file_links import FileAddresses
from skvorets.dialects.bitrix24.events_routing import is_ready, own_client_id
from skvorets.dialects.bitrix24.php_forms import TooComplex, encode_form
from skvorets.dialects.bitrix24.views_files import file_addresses
from skvorets.storage import applications, files, people
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery

USER_AGENT = "Bitrix24 Webhook Engine"
# Local applications; free, paid and others are kinds of the vendor's market.
STATUS_LOCAL = "L"
# Events whose ``auth`` has no refresh token, and the one that has no tokens at all (§1.3).
WITHOUT_REFRESH = frozenset({"ONIMBOTJOINCHAT", "ONIMBOTDELETE"})
WITHOUT_TOKENS = frozenset({"ONAPPUNINSTALL"})
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
        self._domain = config.domain
        self._base_url = config.base_url
        self._endpoint = f"{config.base_url}/rest/"

    async def build(self, tx: Tx, delivery: Delivery) -> Request | None:
        """Build one event's form; None when the application may not get it any more. Raises ValueError."""
        application = await applications.find(tx, delivery.application_id)
        if application is None or not (delivery.event in ALWAYS_TOLD or is_ready(application)):
            return None
        head: dict[str, Any] = {
            "event": delivery.event,
            # 0 for the installation address, which is no bound handler: b24pysdk refuses events without the number.
            "event_handler_id": delivery.handler_id,
        }
        tail: dict[str, Any] = {"ts": tx.now // 1000, "auth": await self._auth(tx, delivery, application)}
        try:
            pieces = [encode_form(head), *await self._data(tx, delivery, application), encode_form(tail)]
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
                entries = msgspec.json.decode(value)
                if isinstance(entries, dict):
                    entries = {key: self._with_credentials(tx, application, one) for key, one in entries.items()}
                pieces.append(_write_piece(name, entries))
            elif name == "PARAMS" and "BOT" in raw and _HAS_FILES in (text := bytes(value)):
                params = msgspec.json.decode(text)
                await self._add_addresses(tx, params, msgspec.json.decode(raw["BOT"]))
                pieces.append(_write_piece(name, params))
            else:
                pieces.append(_piece(name, bytes(value)))
        return pieces

    async def _auth(self, tx: Tx, delivery: Delivery, application: Application) -> dict[str, Any]:
        """``auth``: the authority of who caused the event, as far as there is such a person and he may act."""
        token = tokens.application_token(tx.portal, application.id, application.installation)
        if application.kind == "webhook" or delivery.event in WITHOUT_TOKENS:
            return {
                "domain": self._domain,
                "server_endpoint": self._endpoint,
                "client_endpoint": self._endpoint,
                "member_id": tx.portal.member_id,
                "application_token": token,
            }
        person = await people.find(tx, delivery.auth_person_id) if delivery.auth_person_id else None
        if person is None or not person.active or not application.active:
            return {"domain": self._domain, "member_id": tx.portal.member_id, "application_token": token}
        auth = self._tokens(tx, application, person.id)
        if delivery.event in WITHOUT_REFRESH:
            del auth["refresh_token"]
        return auth | {"application_token": token}

    async def _add_addresses(self, tx: Tx, params: Any, bots: Any) -> None:
        """Give each file addresses for the bot that the event is for (the first one): they are good for a day."""
        shown = params.get("FILES") if isinstance(params, dict) else None
        if not isinstance(shown, dict) or not isinstance(bots, dict) or not bots:
            return
        addresses = FileAddresses(self._base_url, tx.portal, next(iter(bots.values()))["BOT_ID"], tx.now)
        for file in (await files.find_many(tx, map(int, shown))).values():
            shown[str(file.id)] |= file_addresses(file, addresses)

    def _with_credentials(self, tx: Tx, application: Application, entry: dict[str, Any]) -> dict[str, Any]:
        """Add a bot's credentials to its entry, once flat and once as AUTH."""
        credentials = self._credentials(tx, application, entry["BOT_ID"])
        return {**credentials, "AUTH": credentials, **entry}

    def _credentials(self, tx: Tx, application: Application, bot_id: int) -> dict[str, Any]:
        """The bot's own authority; bots of webhooks have no tokens, they answer through their webhook."""
        token = tokens.application_token(tx.portal, application.id, application.installation)
        last = {"client_id": own_client_id(application), "application_token": token}
        if application.kind == "webhook":
            return {"domain": self._domain, "member_id": tx.portal.member_id, **last}
        return self._tokens(tx, application, bot_id) | last

    def _tokens(self, tx: Tx, application: Application, person_id: int) -> dict[str, Any]:
        pair = issue_tokens(tx, application, person_id)
        return {
            "access_token": pair.access_token,
            "expires": pair.expires_at,
            "expires_in": tokens.ACCESS_TOKEN_S,
            "scope": application.scopes,
            "domain": self._domain,
            "server_endpoint": self._endpoint,
            "status": STATUS_LOCAL,
            "client_endpoint": self._endpoint,
            "member_id": tx.portal.member_id,
            "user_id": person_id,
            "refresh_token": pair.refresh_token,
        }


def _piece(name: str, raw: bytes) -> str:
    return _kept_piece(name, raw) if len(raw) <= _KEPT_BYTES else _write_piece(name, msgspec.json.decode(raw))


@lru_cache(maxsize=_KEPT_PIECES)
def _kept_piece(name: str, raw: bytes) -> str:
    return _write_piece(name, msgspec.json.decode(raw))


def _write_piece(name: str, value: Any) -> str:
    return encode_form({"data": {name: value}})
