"""The session cookie: accepted at ``/api/`` and nowhere else.

Over https it has the ``__Host-`` prefix (no domain, whole path, secure), so that no neighbour can set it.
Rules: OWASP ASVS 3.3 and 7.2.
"""

from __future__ import annotations

from aiohttp import web

from skvorets.config import Config
from skvorets.core.sessions import IDLE_MS

_MILLISECONDS = 1000


def cookie_name(config: Config) -> str:
    """Name of the cookie for this portal's address."""
    return "__Host-skvorets" if config.base_url.startswith("https:") else "skvorets"


def read_cookie(request: web.BaseRequest, config: Config) -> str:
    """Give the session's secret; empty when there is none."""
    return request.cookies.get(cookie_name(config), "")


def set_cookie(response: web.Response, config: Config, secret: str) -> None:
    """Log the browser in; an empty secret logs it out."""
    response.set_cookie(
        cookie_name(config),
        secret,
        max_age=IDLE_MS // _MILLISECONDS if secret else 0,
        path="/",
        secure=config.base_url.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )
