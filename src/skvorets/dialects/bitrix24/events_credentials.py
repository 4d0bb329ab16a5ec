"""Who an event's receiver may act as: ``auth``, and the credentials of bots and commands inside ``data``.

Source: spec ``bitrix24-events.md`` §1 (``auth``), §1.3 (refresh tokens), §4 (credentials of bots).

Nothing of it changes from one event to the next but tokens and times: the form of the rest is written once, with holes.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from skvorets.config import Config
from skvorets.core import tokens
from skvorets.core.applications import issue_tokens
from skvorets.dialects.bitrix24.events_routing import own_client_id
from skvorets.dialects.bitrix24.php_forms import encode_form
from skvorets.storage import people
from skvorets.storage.applications import Application
from skvorets.storage.database import Portal, Tx
from skvorets.storage.deliveries import Delivery

# Local applications; free, paid and others are kinds of the vendor's market.
STATUS_LOCAL = "L"
# Events whose ``auth`` has no refresh token, and the one that has no tokens at all (§1.3).
WITHOUT_REFRESH = frozenset({"ONIMBOTJOINCHAT", "ONIMBOTDELETE"})
WITHOUT_TOKENS = frozenset({"ONAPPUNINSTALL"})
# Written forms that are kept, a kilobyte or two each: per bot, and per person whose authority goes along.
_KEPT_FORMS = 1024
# What stands in a written form where something goes that is made anew. Random: nobody can write it into a field.
_ACCESS, _REFRESH, _EXPIRES = secrets.token_hex(), secrets.token_hex(), secrets.token_hex()


class Credentials:
    """Writes credentials; everything the portal says of itself comes from the configuration."""

    def __init__(self, config: Config) -> None:
        """Take the public address from the configuration."""
        self._domain = config.domain
        self._endpoint = f"{config.base_url}/rest/"

    async def auth(self, tx: Tx, delivery: Delivery, application: Application) -> str:
        """Write ``auth``: the authority of who caused the event, if there is such a person and he may act."""
        token = tokens.application_token(tx.portal, application.id, application.installation)
        fields: dict[str, Any]
        if application.kind == "webhook" or delivery.event in WITHOUT_TOKENS:
            fields = {
                "domain": self._domain,
                "server_endpoint": self._endpoint,
                "client_endpoint": self._endpoint,
                "member_id": tx.portal.member_id,
                "application_token": token,
            }
            return _form(("auth",), tuple(fields.items()))
        person = await people.find(tx, delivery.auth_person_id) if delivery.auth_person_id else None
        if person is None or not person.active or not application.active:
            fields = {"domain": self._domain, "member_id": tx.portal.member_id, "application_token": token}
            return _form(("auth",), tuple(fields.items()))
        fields = self._tokens(tx.portal, application, person.id)
        if delivery.event in WITHOUT_REFRESH:
            del fields["refresh_token"]
        fields["application_token"] = token
        return _fill(_form(("auth",), tuple(fields.items())), tx, application, person.id)

    def of_entry(self, tx: Tx, application: Application, path: tuple[str, ...], entry: Mapping[str, Any]) -> str:
        """Write a bot's or command's entry with the credentials of its bot, once flat and once as AUTH."""
        bot_id = entry["BOT_ID"]
        token = tokens.application_token(tx.portal, application.id, application.installation)
        last = {"client_id": own_client_id(application), "application_token": token}
        if application.kind == "webhook":
            # Bots of webhooks have no tokens, they answer through their webhook.
            fields = {"domain": self._domain, "member_id": tx.portal.member_id, **last}
            written = _twice(path, tuple(fields.items()))
        else:
            fields = self._tokens(tx.portal, application, bot_id) | last
            written = _fill(_twice(path, tuple(fields.items())), tx, application, bot_id)
        return f"{written}&{encode_form(_nested(path, entry))}"

    def _tokens(self, portal: Portal, application: Application, person_id: int) -> dict[str, Any]:
        return {
            "access_token": _ACCESS,
            "expires": _EXPIRES,
            "expires_in": tokens.ACCESS_TOKEN_S,
            "scope": application.scopes,
            "domain": self._domain,
            "server_endpoint": self._endpoint,
            "status": STATUS_LOCAL,
            "client_endpoint": self._endpoint,
            "member_id": portal.member_id,
            "user_id": person_id,
            "refresh_token": _REFRESH,
        }


@lru_cache(maxsize=_KEPT_FORMS)
def _form(path: tuple[str, ...], fields: tuple[tuple[str, Any], ...]) -> str:
    return encode_form(_nested(path, dict(fields)))


@lru_cache(maxsize=_KEPT_FORMS)
def _twice(path: tuple[str, ...], fields: tuple[tuple[str, Any], ...]) -> str:
    return encode_form(_nested(path, {**dict(fields), "AUTH": dict(fields)}))


def _fill(form: str, tx: Tx, application: Application, person_id: int) -> str:
    """Put fresh tokens into a form; all they consist of stands in a form as it is."""
    pair = issue_tokens(tx, application, person_id)
    form = form.replace(_ACCESS, pair.access_token).replace(_EXPIRES, str(pair.expires_at))
    return form.replace(_REFRESH, pair.refresh_token)


def _nested(path: tuple[str, ...], value: Mapping[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = dict(value)
    for name in reversed(path):
        tree = {name: tree}
    return tree
