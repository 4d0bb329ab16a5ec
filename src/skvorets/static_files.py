"""Files of the package as browsers get them: read once, served from memory, packed, known by a tag.

Shared by the doors that serve pages; what headers go along is theirs to say.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Final

import msgspec
from aiohttp import web

# Below this a packed file is no smaller on the wire, bytes.
_MIN_PACKED: Final = 600
_TYPES: Final = {
    "html": "text/html",
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "txt": "text/plain",
}


class Asset(msgspec.Struct, frozen=True):
    """A file as it is served."""

    media_type: str
    plain: bytes
    etag: str


def asset_of(plain: bytes, media_type: str) -> Asset:
    """Make a file that is served of bytes."""
    # Weak: the packed form is not the same bytes.
    return Asset(media_type, plain, f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"')


def read_folder(folder: Traversable, prefix: str = "") -> dict[str, Asset]:
    """Read the files of a folder of the package that browsers understand, by their names below it."""
    found: dict[str, Asset] = {}
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            found |= read_folder(entry, f"{name}/")
            continue
        media_type = _TYPES.get(entry.name.rpartition(".")[2])
        if media_type:
            found[name] = asset_of(entry.read_bytes(), media_type)
    return found


def digest_of(assets: Mapping[str, Asset]) -> str:
    """Give a digest of files together, 32 hex digits: it changes with any of them."""
    together = "".join(f"{name} {asset.etag}\n" for name, asset in sorted(assets.items()))
    return hashlib.sha256(together.encode()).hexdigest()[:32]


def send(request: web.BaseRequest, asset: Asset, headers: Mapping[str, str]) -> web.Response:
    """Answer with a file: 200, 304 for who has it, 405 for everything but reading."""
    if request.method not in {"GET", "HEAD"}:
        return web.Response(status=405, headers={"Allow": "GET, HEAD"})
    headers = {**headers, "ETag": asset.etag, "Vary": "Accept-Encoding"}
    if request.headers.get("If-None-Match") == asset.etag:
        return web.Response(status=304, headers=headers)
    body = asset.plain
    if _is_worth_packing(asset) and "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = _packed(asset.plain)
    headers["Content-Type"] = asset.media_type + ("" if asset.media_type == "image/png" else "; charset=utf-8")
    return web.Response(body=body, headers=headers)


def _is_worth_packing(asset: Asset) -> bool:
    return asset.media_type != "image/png" and len(asset.plain) >= _MIN_PACKED


@functools.lru_cache(maxsize=1_000)  # more than there are files
def _packed(plain: bytes) -> bytes:
    return gzip.compress(plain, 9, mtime=0)
