"""Who wants to take an application's events: what he shows, and who he turned out to be."""

from __future__ import annotations

import base64
import binascii
from typing import Protocol

import msgspec
from aiohttp import web

# Parts of /pull/USER/SECRET/events.
_WEBHOOK_PARTS = 4


class NotRecognisedError(Exception):
    """Whoever asks has not shown that the application's events are his."""


class PullCredentials(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown; one of the three kinds."""

    access_token: str = ""
    client_id: str = ""  # with a secret, or with a webhook the CLIENT_ID of its bots
    client_secret: str = ""
    webhook_person: str = ""
    webhook_secret: str = ""


class PullReader(Protocol):
    """Who is recognised."""

    @property
    def application_id(self) -> int:
        """Whose events he may take."""

    @property
    def is_pulling(self) -> bool:
        """Does the application take its events itself?"""

    @property
    def expires_at(self) -> int:
        """When what he has shown ends (unix seconds), 0 = never."""


def read_credentials(request: web.BaseRequest) -> PullCredentials:
    """Read what a request shows: ``Authorization``, the webhook in the path, or ``auth``. Raises NotRecognisedError."""
    parts = request.path.strip("/").split("/")
    if len(parts) == _WEBHOOK_PARTS:
        return PullCredentials(
            webhook_person=parts[1], webhook_secret=parts[2], client_id=request.query.get("CLIENT_ID", "")
        )
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    match kind.lower():
        case "bearer":
            return PullCredentials(access_token=value.strip())
        case "basic":
            client_id, colon, secret = _decode(value).partition(":")
            if colon:
                return PullCredentials(client_id=client_id, client_secret=secret)
        case "" if request.query.get("auth"):
            return PullCredentials(access_token=request.query["auth"])
    raise NotRecognisedError


def _decode(text: str) -> str:
    try:
        return base64.b64decode(text.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        raise NotRecognisedError from None
