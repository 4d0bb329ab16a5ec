"""Who an event's receiver may act as: ``auth``, and the credentials of bots and commands inside ``data``.

Source: spec ``bitrix24-events.md`` §1 (``auth``), §1.3 (refresh tokens), §4 (credentials of bots).

Nothing of it changes from one event to the next but tokens and times: the form of the rest is written once, with holes.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from skvorets.config import Config
from skvorets.core import tokens
from skvorets.core.applications import issue_tokens
from skvorets.dialects.bitrix24.events_routing import own_client_id
from skvorets.php_forms import encode_form
from skvorets.storage import bots, people
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery
from skvorets.storage.people import Person

# Local applications; free, paid and others are kinds of the vendor's market.
STATUS_LOCAL = "L"
# Events whose ``auth`` has no refresh token, and the one that has no tokens at all (§1.3).
WITHOUT_REFRESH = frozenset({"ONIMBOTJOINCHAT", "ONIMBOTDELETE"})
WITHOUT_TOKENS = frozenset({"ONAPPUNINSTALL"})
# Written forms that are kept, a kilobyte or two each: per bot, and per person whose authority goes along.
_KEPT_FORMS = 1024
_read_entries = msgspec.json.Decoder(dict[str, dict[str, Any]]).decode
# What stands in a written form where something goes that is made anew. Random: nobody can write it into a field.
_ACCESS, _REFRESH, _EXPIRES = secrets.token_hex(), secrets.token_hex(), secrets.token_hex()


class _Self(NamedTuple):
    """What the portal and the application say of themselves in every event."""

    domain: str
    endpoint: str
    member_id: str
    kind: str  # the application's
    client_id: str  # as the application itself knows it
    scopes: str
    application_token: str


class Credentials:
    """Writes credentials; everything the portal says of itself comes from the configuration."""

    def __init__(self, config: Config) -> None:
        """Take the public address from the configuration."""
        self._domain = config.domain
        self._endpoint = f"{config.base_url}/rest/"

    async def auth(self, tx: Tx, delivery: Delivery, application: Application) -> str:
        """Write ``auth``: the authority of who caused the event, if there is such a person and he may act."""
        own = self._self(tx, application)
        if application.kind == "webhook" or delivery.event in WITHOUT_TOKENS:
            return _auth_of_addresses(own)
        person = await _authority(tx, application, delivery.auth_person_id)
        if person is None or not person.active or not application.active:
            return _auth_of_nobody(own)
        form = _auth_of_person(own, person.id, delivery.event not in WITHOUT_REFRESH)
        return _fill(form, tx, application, person.id)

    def of_entries(self, tx: Tx, application: Application, name: str, entries: bytes) -> list[str]:
        """Write bots or commands (JSON of a map) with the credentials of their bots, once flat and once as AUTH."""
        forms = _entries(self._self(tx, application), name, entries)
        return [_fill(form, tx, application, bot_id) if bot_id else form for bot_id, form in forms]

    def _self(self, tx: Tx, application: Application) -> _Self:
        return _Self(
            self._domain,
            self._endpoint,
            tx.portal.member_id,
            application.kind,
            own_client_id(application),
            application.scopes,
            tokens.application_token(tx.portal, application.id, application.installation),
        )


async def _authority(tx: Tx, application: Application, person_id: int) -> Person | None:
    """Find who the receiver may act as, None = nobody.

    A customer of an open line has no rights that could go along: the application's own bot has them, for handlers that
    answer with ``auth``, as those of the seed do.
    """
    person = await people.find(tx, person_id) if person_id else None
    if person is None or person.kind != "guest":
        return person
    own = await bots.of_application(tx, application.id)
    return await people.find(tx, own[0].person_id) if own else None


@lru_cache(maxsize=_KEPT_FORMS)
def _auth_of_addresses(own: _Self) -> str:
    auth: dict[str, Any] = {
        "domain": own.domain,
        "server_endpoint": own.endpoint,
        "client_endpoint": own.endpoint,
        "member_id": own.member_id,
        "application_token": own.application_token,
    }
    return encode_form({"auth": auth})


@lru_cache(maxsize=_KEPT_FORMS)
def _auth_of_nobody(own: _Self) -> str:
    about = {"domain": own.domain, "member_id": own.member_id}
    auth: dict[str, Any] = {**about, "application_token": own.application_token}
    return encode_form({"auth": auth})


@lru_cache(maxsize=_KEPT_FORMS)
def _auth_of_person(own: _Self, person_id: int, has_refresh: bool) -> str:  # noqa: FBT001 — a key of the cache
    auth = _tokens(own, person_id)
    if not has_refresh:
        del auth["refresh_token"]
    return encode_form({"auth": {**auth, "application_token": own.application_token}})


@lru_cache(maxsize=_KEPT_FORMS)
def _entries(own: _Self, name: str, entries: bytes) -> tuple[tuple[int, str], ...]:
    """Write each entry, with holes for the tokens of the bot whose id stands before it; 0 = there are none."""
    return tuple(_entry(own, name, key, entry) for key, entry in _read_entries(entries).items())


def _entry(own: _Self, name: str, key: str, entry: Mapping[str, Any]) -> tuple[int, str]:
    last: dict[str, Any] = {"client_id": own.client_id, "application_token": own.application_token}
    if own.kind == "webhook":
        # Bots of webhooks have no tokens, they answer through their webhook.
        bot_id, own_part = 0, {"domain": own.domain, "member_id": own.member_id, **last}
    else:
        bot_id = entry["BOT_ID"]
        own_part = _tokens(own, bot_id) | last
    return bot_id, encode_form({"data": {name: {key: {**own_part, "AUTH": own_part, **entry}}}})


def _tokens(own: _Self, person_id: int) -> dict[str, Any]:
    return {
        "access_token": _ACCESS,
        "expires": _EXPIRES,
        "expires_in": tokens.ACCESS_TOKEN_S,
        "scope": own.scopes,
        "domain": own.domain,
        "server_endpoint": own.endpoint,
        "status": STATUS_LOCAL,
        "client_endpoint": own.endpoint,
        "member_id": own.member_id,
        "user_id": person_id,
        "refresh_token": _REFRESH,
    }


def _fill(form: str, tx: Tx, application: Application, person_id: int) -> str:
    """Put fresh tokens into a form; all they consist of stands in a form as it is."""
    pair = issue_tokens(tx, application, person_id)
    form = form.replace(_ACCESS, pair.access_token).replace(_EXPIRES, str(pair.expires_at))
    return form.replace(_REFRESH, pair.refresh_token)
