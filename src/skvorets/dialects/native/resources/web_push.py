"""``/api/web-push``: news for a browser while no page is open (the Push API). See docs/push.md.

GET    /api/web-push               the key with which the browser subscribes at its push service
PUT    /api/web-push/subscription  tell this browser; its session's end is the end of that, too
DELETE /api/web-push/subscription  tell it nothing more; no error when it was told nothing
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from skvorets.core import web_push
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage.database import Tx, lock_key

_Endpoint = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
# Base64url of 65 and of 16 bytes, perhaps with padding.
_Key = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class Keys(msgspec.Struct, frozen=True):
    """As ``PushSubscription.toJSON()`` names them."""

    p256dh: _Key
    auth: _Key


class Subscription(msgspec.Struct, frozen=True):
    """What ``PushSubscription.toJSON()`` gives."""

    endpoint: _Endpoint
    keys: Keys


class Endpoint(msgspec.Struct, frozen=True):
    """Which subscription ends."""

    endpoint: _Endpoint


class ServerKey(msgspec.Struct, frozen=True, rename="camel"):
    """``applicationServerKey`` of ``PushManager.subscribe``."""

    public_key: str  # base64url


def _lock(call: Call[Subscription] | Call[Endpoint]) -> int:
    return lock_key("web-push", call.person.id)


@route("GET", "/api/web-push", mode="read")
async def get_key(tx: Tx, call: Call[Nothing]) -> ServerKey:
    """Give the key with which browsers subscribe."""
    del call
    return ServerKey(web_push.public_key(tx.portal))


@route("PUT", "/api/web-push/subscription", body=Subscription, lock=_lock)
async def put_subscription(tx: Tx, call: Call[Subscription]) -> None:
    """Tell this browser from now on."""
    given = call.given
    await web_push.subscribe(tx, call.session, given.endpoint, given.keys.p256dh, given.keys.auth)


@route("DELETE", "/api/web-push/subscription", body=Endpoint, lock=_lock)
async def delete_subscription(tx: Tx, call: Call[Endpoint]) -> None:
    """Tell this browser nothing more."""
    await web_push.unsubscribe(tx, call.person.id, call.given.endpoint)
