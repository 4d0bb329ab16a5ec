"""The client's files: pages at ``/dev``, ``/app/…``, modules, styles and icons below ``/client/``, as they lie there.

    /client/bx24/bx24.js, /api/v1/   the library that frames of applications load: one script out of ``bx24/parts/``

Everything is read once, when first asked for, and served from memory: what is not in the package has no address.
Scripts and styles come from our own files only; a page may show frames of applications but is never shown in a
foreign frame.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import re
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec
from aiohttp import web

from skvorets.dialects.native.preloads import with_preloads

# Below this a packed file is no smaller on the wire, bytes.
_MIN_PACKED = 600
_TYPES = {
    "html": "text/html",
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "txt": "text/plain",
}
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


class Asset(msgspec.Struct, frozen=True):
    """A file as it is served."""

    media_type: str
    plain: bytes
    etag: str


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
        if request.method not in {"GET", "HEAD"}:
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        headers = {**_HEADERS, "ETag": asset.etag, "Vary": "Accept-Encoding"}
        if asset.media_type == "text/html":
            headers |= _HOST_HEADERS if name in _HOSTS else _PAGE_HEADERS
            headers["X-Client-Version"] = client_version()
        if request.headers.get("If-None-Match") == asset.etag:
            return web.Response(status=304, headers=headers)
        body = asset.plain
        if _is_worth_packing(asset) and "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = _packed(asset.plain)
        headers["Content-Type"] = asset.media_type + ("" if asset.media_type == "image/png" else "; charset=utf-8")
        return web.Response(body=body, headers=headers)


@functools.cache
def _assets() -> dict[str, Asset]:
    """Read the package's files, at the first request of this process."""
    assets = dict(_read_folder(resources.files("skvorets").joinpath("client"), ""))
    assets[_LIBRARY] = _library([assets[name] for name in _LIBRARY_PARTS])
    modules = {name: asset.plain for name, asset in assets.items() if name.endswith(".js")}
    pages = [name for name in assets if name.endswith(".html")]
    return assets | {name: asset_of(with_preloads(assets[name].plain, modules), "text/html") for name in pages}


@functools.cache
def client_version() -> str:
    """Give a digest of all of the client's files: the service worker tells by it whether a page fits its store."""
    together = "".join(f"{name} {asset.etag}\n" for name, asset in sorted(_assets().items()))
    return hashlib.sha256(together.encode()).hexdigest()[:32]


def _is_worth_packing(asset: Asset) -> bool:
    return asset.media_type != "image/png" and len(asset.plain) >= _MIN_PACKED


@functools.lru_cache(maxsize=1_000)  # more than there are files
def _packed(plain: bytes) -> bytes:
    return gzip.compress(plain, 9, mtime=0)


def _read_folder(folder: Traversable, prefix: str) -> list[tuple[str, Asset]]:
    found: list[tuple[str, Asset]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            found += _read_folder(entry, f"{name}/")
            continue
        media_type = _TYPES.get(entry.name.rpartition(".")[2])
        if media_type:
            found.append((name, asset_of(entry.read_bytes(), media_type)))
    return found


def asset_of(plain: bytes, media_type: str) -> Asset:
    """Make a file that is served of bytes."""
    # Weak: the packed form is not the same bytes.
    return Asset(media_type, plain, f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"')


def _library(parts: list[Asset]) -> Asset:
    """Put the parts of the library into one function."""
    body = b"\n".join(part.plain for part in parts)
    return asset_of(b'(() => {\n"use strict";\n' + body + b"})();\n", "text/javascript")
