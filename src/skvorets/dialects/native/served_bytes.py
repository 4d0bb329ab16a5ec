"""What goes along with bytes that people have uploaded, so that no browser takes them for more than they are.

``nosniff`` keeps it to the type that was found when they came, the sandbox lets nothing in them run. Other sites may
show them: applications do so in frames of their own; a secret address, not a cookie, is what lets them.
See delivery-and-security in docs, "OWASP ASVS 5.0" (files).
"""

from __future__ import annotations

from typing import Final

from aiohttp import web

NO_SNIFFING: Final = {"X-Content-Type-Options": "nosniff"}


def headers_with(caching: str) -> dict[str, str]:
    """Give the headers of such bytes; ``caching`` as in ``Cache-Control``."""
    return {
        **NO_SNIFFING,
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": caching,
    }


def not_found() -> web.Response:
    """Answer for what is not there, or not for this reader."""
    return web.Response(status=404, text="Not found\n", headers=NO_SNIFFING)


def wrong_verb() -> web.Response:
    """Answer for everything but reading."""
    return web.Response(status=405, headers={"Allow": "GET, HEAD"})
