"""The file that ``backup`` writes and ``restore`` reads: a gzipped tar of tables, files and a manifest.

    manifest.json     what it is, rows per table
    tables/NAME.jsonl one JSON list per row, the names of the columns first
    files/ab/cd/abcd… pictures and files by the digest of their bytes

Nothing else is taken from an archive, whatever it holds.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import tarfile
import time
import zlib
from pathlib import Path

import msgspec

from skvorets.errors import CoreError

MANIFEST, TABLES, FILES = "manifest.json", "tables", "files"
FORMAT = 1
# Quick and already small: most of a backup is text.
_COMPRESSION = 1
_READ_AT_ONCE = 1 << 20
_ALLOWED = re.compile(r"manifest\.json|tables/[a-z0-9_]+\.jsonl|files/[0-9a-f]{2}/[0-9a-f]{2}/(?P<digest>[0-9a-f]{64})")


class Manifest(msgspec.Struct, frozen=True):
    """What the archive is."""

    format: int
    program: str  # version that wrote it
    schema: int  # version of the database that it was taken from
    engine: str  # sqlite or postgres
    created_at: int  # unix seconds
    rows: dict[str, int]  # rows per table


class WrongArchiveError(CoreError):
    """The file is no backup of this program, or of a newer one."""


def pack(target: Path, tables: Path, files: Path, manifest: Manifest) -> None:
    """Write the archive beside its final name and then move it there: a half-written backup never looks whole."""
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    (tables / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    # Only for the owner from its first byte on: it holds people's messages and the portal's keys.
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:
        try:
            with tarfile.open(fileobj=output, mode="w:gz", compresslevel=_COMPRESSION) as archive:
                archive.add(tables / MANIFEST, MANIFEST)
                for path in sorted(tables.glob("*.jsonl")):
                    archive.add(path, f"{TABLES}/{path.name}")
                for path in sorted(files.glob("??/??/*")):
                    name = f"{FILES}/{path.relative_to(files).as_posix()}"
                    if _ALLOWED.fullmatch(name):  # a running server has unfinished ones there, too
                        archive.add(path, name)
            output.flush()
            os.fsync(output.fileno())
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    unfinished.replace(target)


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack into a folder and check what it is. Raises WrongArchiveError, OSError when it cannot be opened."""
    with source.open("rb") as packed:
        try:
            with gzip.open(packed) as plain, tarfile.open(fileobj=plain, mode="r:") as archive:
                for member in archive:
                    _unpack_one(archive, member, folder)
                # Python's tarfile takes a damaged head for the end. The checksum is behind the last byte: read it.
                while plain.read(_READ_AT_ONCE):
                    pass
            manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
        except (tarfile.TarError, OSError, EOFError, zlib.error, msgspec.MsgspecError) as error:
            raise WrongArchiveError(f"{source} is not a whole backup: {error}") from None
    if manifest.format != FORMAT:
        raise WrongArchiveError(f"{source} has format {manifest.format}, this program reads {FORMAT}")
    return manifest


def _unpack_one(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    match = _ALLOWED.fullmatch(member.name)
    content = archive.extractfile(member) if match and member.isreg() else None
    if match is None or content is None:
        raise tarfile.TarError(f"it holds {member.name!r}")
    path = folder / member.name
    path.parent.mkdir(parents=True, exist_ok=True)
    with content, path.open("xb") as file:
        shutil.copyfileobj(content, file)
    if (digest := match["digest"]) and digest != _digest_of(path):
        raise tarfile.TarError(f"{member.name!r} is damaged")


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def default_name() -> str:
    """Name a backup after its time, UTC."""
    return time.strftime("skvorets-%Y%m%d-%H%M%S.tar.gz", time.gmtime())
