"""What browsers of visitors load: the loader, the page of the frame, the files of both.

    /widget.js                            the loader, src/skvorets/widget/loader.js
    /widget/<code of a line>              the page of the frame, src/skvorets/widget/frame.html
    /widget/static/<version>/widget/…     files of src/skvorets/widget, cached for ever: the version changes with them
    /widget/static/<version>/client/…     files of the messenger that the widget shares

In the page ``{{version}}`` stands for the version. No cookie is set or looked at. The frame may be shown on the sites
that the line names, on all when it names none; nothing else than our own files runs in it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Final

from aiohttp import web

from skvorets import static_files
from skvorets.core.lines.settings import settings_of
from skvorets.lean_scripts import lean_script, lean_style
from skvorets.module_bundles import bundle, needed_by
from skvorets.static_files import Asset, asset_of
from skvorets.storage import lines
from skvorets.storage.database import Store
from skvorets.storage.lines import Line

LOADER: Final = "/widget.js"
_FRAME: Final = "frame.html"
_STATIC: Final = "/widget/static/"
# A host with its port, as it may stand in a policy.
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\[[0-9a-fA-F:]{2,45}\](?::[0-9]{1,5})?")
_CODE = re.compile(r"[0-9a-f]{32}")
# Pages of customers ask for the loader again after an hour; meanwhile the old one is used while the new one comes.
_LOADER_CACHING: Final = "public, max-age=3600, stale-while-revalidate=86400"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_PLAIN: Final = {"X-Content-Type-Options": "nosniff"}
# Scripts and styles of anybody's page may load what is public anyway.
_FOR_ANYBODY: Final = {**_PLAIN, "Cross-Origin-Resource-Policy": "cross-origin"}
# Who may be the source of what, see CSP level 3. Pictures: attachments of bots show those of any site.
_SOURCES: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob: http: https:",
    "media-src": "'self'",
    "font-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
}
_LEAN: Final[dict[str, Callable[[str], str]]] = {"text/javascript": lean_script, "text/css": lean_style}
_BOOT, _APP, _WORDS = "widget/boot.js", "widget/app.js", "widget/views/words.js"
# What is loaded at once, by its first module, and what the page has got by then.
_BUNDLES: Final[Mapping[str, tuple[str, ...]]] = {
    _BOOT: (),
    _APP: (_BOOT,),
    "widget/words-en.js": (_BOOT, _APP),
    "widget/words-ru.js": (_BOOT, _APP),
    _WORDS: (_BOOT, _APP),
    "widget/views/attach.js": (_BOOT, _APP, _WORDS),
    "widget/views/keyboard.js": (_BOOT, _APP),
}
_PERMISSIONS: Final = ", ".join(
    f"{name}=()" for name in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "midi")
)


class WidgetPages:
    """Serves the loader, the page of the frame and their files."""

    def __init__(self, store: Store) -> None:
        """Lines are looked up in this store."""
        self._store = store

    async def handle_loader(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/widget.js``."""
        loader = _assets().get("widget/loader.js")
        if request.path != LOADER or loader is None:
            return _not_found()
        return static_files.send(request, loader, {**_FOR_ANYBODY, "Cache-Control": _LOADER_CACHING})

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer ``/widget/<code>`` and ``/widget/static/…``."""
        if request.path.startswith(_STATIC):
            return self._send_file(request)
        code = request.path.removeprefix("/widget/")
        line = await self._store.read(lines.by_code, code) if _CODE.fullmatch(code) else None
        page = _assets().get(f"widget/{_FRAME}")
        if line is None or not line.active or page is None:
            return _not_found()
        return static_files.send(request, page, _page_headers(line, request))

    @staticmethod
    def _send_file(request: web.BaseRequest) -> web.StreamResponse:
        asked_version, _, name = request.path.removeprefix(_STATIC).partition("/")
        asset = None if name.endswith(".html") else _assets().get(name)
        if asset is None:
            return _not_found()
        # A page that was loaded before the server got new files asks for the old version: it must not keep the new one.
        caching = _FOR_EVER if asked_version == version() else "no-cache"
        return static_files.send(request, asset, {**_FOR_ANYBODY, "Cache-Control": caching})


@functools.cache
def version() -> str:
    """Give a digest of all files that the widget may load."""
    return static_files.digest_of(_files())


@functools.cache
def _assets() -> dict[str, Asset]:
    """Give the files by their names, the page as it is sent."""
    files = {**_files(), **_bundles(_files())}
    page = files[f"widget/{_FRAME}"]
    plain = page.plain.replace(b"{{version}}", version().encode())
    return {**files, f"widget/{_FRAME}": asset_of(plain, "text/html")}


def _bundles(files: Mapping[str, Asset]) -> dict[str, Asset]:
    """Put what is loaded together into one file each, at the address of its first module."""
    modules = {name: asset.plain.decode() for name, asset in files.items() if name.endswith(".js")}
    found: dict[str, Asset] = {}
    for first, befores in _BUNDLES.items():
        known = {name for before in befores for name in needed_by(before, modules)}
        found[first] = asset_of(bundle(first, modules, known).encode(), "text/javascript")
    return found


@functools.cache
def _files() -> dict[str, Asset]:
    """Read the package's files, at the first request of this process."""
    package = resources.files("skvorets")
    folders = (name for name in ("widget", "client") if package.joinpath(name).is_dir())
    return {
        name: _lean(name, asset)
        for folder in folders
        for name, asset in static_files.read_folder(package.joinpath(folder), f"{folder}/").items()
    }


def _lean(name: str, asset: Asset) -> Asset:
    """Take the comments out of our scripts and styles: strangers' phones wait for every byte."""
    if "/vendor/" in name or asset.media_type not in _LEAN:
        return asset
    return asset_of(_LEAN[asset.media_type](asset.plain.decode()).encode(), asset.media_type)


def _page_headers(line: Line, request: web.BaseRequest) -> dict[str, str]:
    sites = settings_of(line).widget.sites
    own = f" ws://{request.host} wss://{request.host}" if _HOST.fullmatch(request.host) else ""
    policy = {
        **_SOURCES,
        "connect-src": f"'self'{own}",
        "frame-ancestors": " ".join(("'self'", *sites)) if sites else "*",
    }
    return {
        **_PLAIN,
        "Cache-Control": "no-cache",
        "Content-Security-Policy": "; ".join(f"{kind} {sources}" for kind, sources in policy.items()),
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": _PERMISSIONS,
    }


def _not_found() -> web.Response:
    return web.Response(status=404, text="Not found\n", headers={**_PLAIN, "Cache-Control": "no-store"})
