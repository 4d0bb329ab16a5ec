"""The door ``/oauth/``: a person agrees on a page of ours, the application exchanges the code for tokens.

    browser  GET authorize ─► login form ─► POST authorize ─► redirect to the handler with ``code``
    program  GET/POST token: code or refresh token ─► tokens

The same answers are given under the vendor's host names when they are pointed at this server (``Config.oauth_hosts``).
No cookie is read or written. Source: spec ``bitrix24-transport.md`` §9, ``wire-habits.md`` ("OAuth and installation").
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from aiohttp import http_exceptions, web

from skvorets.core import grants
from skvorets.core.grants import Grant
from skvorets.dialects.bitrix24.errors import INTERNAL_SERVER_ERROR, ApiError, Fault
from skvorets.dialects.bitrix24.oauth_authorize import AuthorizePage
from skvorets.dialects.bitrix24.registry import Surroundings, Tx
from skvorets.dialects.bitrix24.requests import read_parameters
from skvorets.dialects.bitrix24.values import BadValue, to_text
from skvorets.php_forms import TooComplex, Value
from skvorets.storage.database import Portal, lock_key

INVALID_REQUEST = Fault("invalid_request", "Missing or unknown parameters")
UNKNOWN_GRANT_TYPE = Fault("invalid_request", "Unknown grant type")
INVALID_CLIENT = Fault("invalid_client", "Wrong client id or secret, or the application is not installed", 401)
INVALID_GRANT = Fault("invalid_grant", "The code or refresh token is unknown, used or expired")
INVALID_SCOPE = Fault("invalid_scope", "The scope is not among those of the application")
METHOD_NOT_ALLOWED = Fault("invalid_request", "Use GET or POST", 405)

# Longest value of one parameter, characters. Ours have at most 60; the rest is somebody trying.
MAX_PARAMETER_LENGTH = 4096
# Largest body, bytes.
MAX_BODY_BYTES = 64 * 1024
# A local application, as ``status`` names it.
_LOCAL = "L"
_EXPIRES_IN_S = 3600
# Codes and refresh tokens are used up one after another.
_GRANTS_KEY = lock_key("grants")
_HEADERS = {"Cache-Control": "no-store", "Pragma": "no-cache", "X-Content-Type-Options": "nosniff"}

_encoder = msgspec.json.Encoder()
_log = logging.getLogger(__name__)


class TokenRequest(msgspec.Struct, frozen=True):
    """What a program sends to the token endpoint."""

    grant_type: str
    client_id: str
    client_secret: str
    code: str
    refresh_token: str
    scope: str


class OAuth:
    """Serves ``/oauth/``."""

    def __init__(self, surroundings: Surroundings) -> None:
        """Answer for the portal."""
        self._surroundings = surroundings
        self._authorize = AuthorizePage(surroundings)

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Route one request: ``/oauth/authorize/`` or ``/oauth/token/``, the final slash may be missing."""
        parts = [part for part in request.path.lower().split("/") if part]
        if parts == ["oauth", "authorize"]:
            return await self._authorize.handle(request)
        if parts == ["oauth", "token"]:
            return await self.handle_token(request)
        return web.Response(status=404, text="Not found\n", headers=_HEADERS)

    async def handle_token(self, request: web.BaseRequest) -> web.Response:
        """Answer a program that has a code or a refresh token."""
        try:
            wanted = _read_request(await _read_given(request))
            status, answer = 200, await self._exchange(wanted)
        except ApiError as error:
            status = error.fault.status
            answer = {"error": error.fault.code, "error_description": error.fault.text}
        except Exception:  # noqa: BLE001 — logged in full, told as the documented internal error
            _log.exception("token request failed")
            status = INTERNAL_SERVER_ERROR.status
            answer = {"error": INTERNAL_SERVER_ERROR.code, "error_description": INTERNAL_SERVER_ERROR.text}
        return web.Response(
            body=_encoder.encode(answer), status=status, headers=_HEADERS, content_type="application/json"
        )

    async def _exchange(self, wanted: TokenRequest) -> dict[str, Any]:
        """Give tokens. Raises ApiError as documented."""
        store = self._surroundings.store
        application = await store.read(grants.find_client, wanted.client_id, wanted.client_secret)
        if application is None:
            raise ApiError(INVALID_CLIENT)
        if not read_scope(wanted.scope) <= application.scope_set:
            raise ApiError(INVALID_SCOPE)
        grant = await store.write(_GRANTS_KEY, _redeem, wanted)
        if grant is None:
            raise ApiError(INVALID_GRANT)
        return self.token_answer(store.portal, grant)

    def token_answer(self, portal: Portal, grant: Grant) -> dict[str, Any]:
        """Build the documented answer with tokens."""
        config = self._surroundings.config
        endpoint = f"{config.base_url}/rest/"
        return {
            "access_token": grant.tokens.access_token,
            "refresh_token": grant.tokens.refresh_token,
            "expires": grant.tokens.expires_at,
            "expires_in": _EXPIRES_IN_S,
            "scope": grant.application.scopes,
            # COMPAT(bitrix24): the documented renewal code builds the REST address from it: ours, with the port.
            "domain": config.domain,
            "server_endpoint": endpoint,
            "client_endpoint": endpoint,
            "member_id": portal.member_id,
            "user_id": grant.person_id,
            "status": _LOCAL,
        }


def read_scope(text: str) -> frozenset[str]:
    """Read scopes separated by commas or spaces."""
    return frozenset(text.replace(",", " ").split())


def read_scalar(given: dict[str, Value], name: str) -> str:
    """Read a parameter that must be a text of bearable length; "" when it is missing. Raises BadValue."""
    text = to_text(given.get(name))
    if len(text) > MAX_PARAMETER_LENGTH:
        raise BadValue(f"{name} is too long")
    return text


async def _redeem(tx: Tx, wanted: TokenRequest) -> Grant | None:
    application = await grants.find_client(tx, wanted.client_id, wanted.client_secret)
    if application is None:  # uninstalled since we looked
        return None
    if wanted.grant_type == "refresh_token":
        return await grants.refresh(tx, application, wanted.refresh_token)
    return await grants.redeem_code(tx, application, wanted.code)


async def _read_given(request: web.BaseRequest) -> dict[str, Value]:
    if request.method not in {"GET", "POST"}:
        raise ApiError(METHOD_NOT_ALLOWED)
    try:
        if (request.content_length or 0) > MAX_BODY_BYTES:
            raise ApiError(INVALID_REQUEST)
        body = await request.read() if request.body_exists else b""
        return read_parameters(request.rel_url.raw_query_string, request.headers.get("Content-Type", ""), body)
    except TooComplex:
        raise ApiError(INVALID_REQUEST) from None
    except (web.HTTPRequestEntityTooLarge, web.RequestPayloadError, http_exceptions.HttpProcessingError):
        raise ApiError(INVALID_REQUEST) from None


def _read_request(given: dict[str, Value]) -> TokenRequest:
    try:
        wanted = TokenRequest(*(read_scalar(given, name.upper()) for name in TokenRequest.__struct_fields__))
    except BadValue:
        raise ApiError(INVALID_REQUEST) from None
    if wanted.grant_type not in {"authorization_code", "refresh_token"}:
        raise ApiError(UNKNOWN_GRANT_TYPE if wanted.grant_type else INVALID_REQUEST)
    proof = wanted.code if wanted.grant_type == "authorization_code" else wanted.refresh_token
    if not (wanted.client_id and wanted.client_secret and proof):
        raise ApiError(INVALID_REQUEST)
    return wanted
