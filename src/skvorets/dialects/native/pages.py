"""The client's files: pages at ``/dev``, ``/app/…``, modules, styles and icons below ``/client/``, as they lie there.

What a page names is put together for it (``page_bundles.py``), so that a browser asks for few files.

    /client/bx24/bx24.js, /api/v1/   the library that frames of applications load: one script out of ``bx24/parts/``

Everything is read once, when first asked for, and served from memory: what is not in the package has no address.
Scripts and styles come from our own files only; a page may show frames of applications but is never shown in a
foreign frame.
"""

from __future__ import annotations

import functools
import re
from importlib import resources

from aiohttp import web

from skvorets import static_files
from skvorets.dialects.native.page_bundles import bundled
from skvorets.static_files import Asset, asset_of

# Who may be the source of what, see CSP level 3.
_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data: blob: http: https:",
    "media-src": "'self' blob: http: https:",
    "connect-src": "'self' ws: wss:",
    "frame-src": "http: https:",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_POLICY = "; ".join(f"{kind} {sources}" for kind, sources in _SOURCES.items())
# A page that opens applications posts a form into their frames, and says from where, as handlers are told to check.
_HOST_POLICY = "; ".join(
    f"{kind} {sources}" for kind, sources in {**_SOURCES, "form-action": "'self' http: https:"}.items()
)
_HOSTS = frozenset({"app.html", "messenger.html"})
# A chat or the number of a person.
_DIALOG = re.compile(r"(?:chat)?[0-9]{1,18}", re.ASCII)
_MESSAGE = re.compile(r"[0-9]{1,18}", re.ASCII)
# The library for frames: its parts in their order, which see each other's names and show none to the page around.
_LIBRARY = "bx24/bx24.js"
_LIBRARY_PARTS = tuple(f"bx24/parts/{name}.js" for name in ("bridge", "forms", "rest", "library", "elements"))
_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
_PAGE_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
}
_HOST_HEADERS = {
    **_PAGE_HEADERS,
    "Content-Security-Policy": _HOST_POLICY,
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


class Pages:
    """Serves pages and the client's files."""

    async def handle_file(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/client/…``."""
        name = request.path.removeprefix("/client/")
        return self._send(request, "" if name.endswith(".html") else name)

    async def handle_dev(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/dev`` and what lies below: the page looks at its address itself."""
        return self._send(request, "dev.html")

    async def handle_app(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/app/…``: the page that shows an application in a frame."""
        return self._send(request, "app.html")

    async def handle_messenger(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/`` and ``/im/…``: the messenger, which looks at its address itself."""
        return self._send(request, "messenger.html")

    async def handle_online(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/online/?IM_DIALOG=chat5&IM_MESSAGE=7``: where bots know the vendor's messenger to be."""
        dialog, message = request.query.get("IM_DIALOG", ""), request.query.get("IM_MESSAGE", "")
        path = f"/im/{dialog}" if _DIALOG.fullmatch(dialog) else "/"
        if path != "/" and _MESSAGE.fullmatch(message):
            path += f"/{message}"
        return web.Response(status=302, headers={"Location": path})

    async def handle_admin(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/admin`` and what lies below: the page looks at its address itself."""
        return self._send(request, "admin.html")

    async def handle_invite(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/invite/SECRET``: the page on which somebody makes his account."""
        return self._send(request, "invite.html")

    async def handle_welcome(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/welcome/SECRET``: the page of the first run."""
        return self._send(request, "welcome.html")

    def is_library(self, request: web.BaseRequest) -> bool:
        """Is the library for frames asked for at its stable address?"""
        return request.path in {"/api/v1", "/api/v1/"}

    async def handle_library(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/api/v1/``."""
        return self._send(request, _LIBRARY)

    def read(self, name: str) -> Asset:
        """Give a file of the client. Raises KeyError."""
        return _assets()[name]

    def _send(self, request: web.BaseRequest, name: str) -> web.StreamResponse:
        asset = _assets().get(name)
        if asset is None:
            return web.Response(status=404, text="Not found\n", headers=_HEADERS)
        return self.send(request, asset, name)

    def send(self, request: web.BaseRequest, asset: Asset, name: str = "") -> web.Response:
        """Answer with a file; pages by name have their headers."""
        headers = {**_HEADERS}
        if asset.media_type == "text/html":
            headers |= _HOST_HEADERS if name in _HOSTS else _PAGE_HEADERS
            headers["X-Client-Version"] = client_version()
        return static_files.send(request, asset, headers)


@functools.cache
def _assets() -> dict[str, Asset]:
    """Read the package's files, at the first request of this process."""
    assets = static_files.read_folder(resources.files("skvorets").joinpath("client"))
    assets[_LIBRARY] = _library([assets[name] for name in _LIBRARY_PARTS])
    pages = [name for name in assets if name.endswith(".html")]
    return assets | {name: asset for page in pages for name, asset in bundled(page, assets).items()}


@functools.cache
def client_version() -> str:
    """Give a digest of all of the client's files: the service worker tells by it whether a page fits its store."""
    return static_files.digest_of(_assets())


def _library(parts: list[Asset]) -> Asset:
    """Put the parts of the library into one function."""
    body = b"\n".join(part.plain for part in parts)
    return asset_of(b'(() => {\n"use strict";\n' + body + b"})();\n", "text/javascript")
