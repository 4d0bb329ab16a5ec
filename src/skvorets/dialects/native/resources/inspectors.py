"""``/api/dev/inspectors``: addresses of ours that keep what is sent to them; only their owner sees it.

GET    /api/dev/inspectors              one's own
POST   /api/dev/inspectors              another one
DELETE /api/dev/inspectors/{id}         remove it with what it kept
GET    /api/dev/inspectors/{id}         the last fifty requests, newest first; secrets as dots
POST   /api/dev/inspectors/{id}/reveal  the same with secrets
"""

from __future__ import annotations

from urllib.parse import parse_qsl

import msgspec

from skvorets.core import inspectors, masking
from skvorets.dialects.native.developers import Pairs
from skvorets.dialects.native.registry import Call, Nothing, Services, route
from skvorets.storage.database import Tx
from skvorets.storage.inspectors import InspectedRequest
from skvorets.storage.inspectors import Inspector as Row

_FORM = "application/x-www-form-urlencoded"
# More fields are shown as text only.
_MAX_FIELDS = 2_000


class Inspector(msgspec.Struct, frozen=True, rename="camel"):
    """An address. Times are unix milliseconds."""

    id: int
    url: str
    created_at: int
    expires_at: int


class Kept(msgspec.Struct, frozen=True, rename="camel"):
    """A request that came there."""

    id: int
    at: int  # unix milliseconds
    verb: str
    query: str
    headers: Pairs
    body: str  # its beginning
    body_size: int  # bytes of the whole
    form: Pairs | None  # decoded, when it is a form


class Seen(msgspec.Struct, frozen=True, rename="camel"):
    """An address with what came there."""

    inspector: Inspector
    requests: list[Kept]


@route("GET", "/api/dev/inspectors", mode="read")
async def list_inspectors(tx: Tx, call: Call[Nothing]) -> list[Inspector]:
    """List one's own."""
    return [_shown(call.services, one) for one in await inspectors.inspectors_of(tx, call.person)]


@route("POST", "/api/dev/inspectors")
async def add_inspector(tx: Tx, call: Call[Nothing]) -> Inspector:
    """Make another one."""
    return _shown(call.services, await inspectors.make_inspector(tx, call.person))


@route("DELETE", "/api/dev/inspectors/{id}")
async def remove_inspector(tx: Tx, call: Call[Nothing]) -> None:
    """Remove one with what it kept."""
    await inspectors.remove_inspector(tx, call.person, call.ids["id"])


@route("GET", "/api/dev/inspectors/{id}", mode="read")
async def get_requests(tx: Tx, call: Call[Nothing]) -> Seen:
    """Show what came there."""
    return await _seen(tx, call, is_masked=True)


@route("POST", "/api/dev/inspectors/{id}/reveal", mode="read")
async def reveal_requests(tx: Tx, call: Call[Nothing]) -> Seen:
    """Show what came there with its secrets."""
    return await _seen(tx, call, is_masked=False)


async def _seen(tx: Tx, call: Call[Nothing], *, is_masked: bool) -> Seen:
    found, requests = await inspectors.requests_to_see(tx, call.person, call.ids["id"])
    return Seen(_shown(call.services, found), [_kept(one, is_masked=is_masked) for one in requests])


def _kept(request: InspectedRequest, *, is_masked: bool) -> Kept:
    headers = msgspec.json.decode(request.headers, type=list[tuple[str, str]])
    form, body, query = _form(request, headers), request.body, request.query
    if is_masked:
        headers = masking.mask_headers(headers)
        query = masking.mask_text(query)
        body = "" if form is not None else masking.mask_text(body)
        form = form and masking.mask_pairs(form)
    return Kept(request.id, request.at, request.verb, query, headers, body, request.body_size, form)


def _form(request: InspectedRequest, headers: Pairs) -> Pairs | None:
    media_type = next((value for name, value in headers if name.lower() == "content-type"), "")
    if media_type.partition(";")[0].strip().lower() != _FORM:
        return None
    try:
        return parse_qsl(request.body, keep_blank_values=True, max_num_fields=_MAX_FIELDS)
    except ValueError:
        return None


def _shown(services: Services, one: Row) -> Inspector:
    return Inspector(one.id, f"{services.config.base_url}/dev/hook/{one.name}", one.created_at, one.expires_at)
