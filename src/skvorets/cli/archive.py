"""The file that ``backup`` writes and ``restore`` reads: a gzipped tar of tables, files and a manifest."""

from __future__ import annotations

import tarfile
import time
from pathlib import Path

import msgspec

MANIFEST, TABLES, FILES = "manifest.json", "tables", "files"
FORMAT = 1
# Quick and already small: most of a backup is text.
_COMPRESSION = 1


class Manifest(msgspec.Struct, frozen=True):
    """What the archive is."""

    format: int
    program: str  # version that wrote it
    schema: int  # number of the newest migration in it
    engine: str  # sqlite or postgres
    created_at: int  # unix seconds


class WrongArchiveError(ValueError):
    """The file is no backup of this program, or of a newer one."""


def pack(target: Path, tables: Path, files: Path, manifest: Manifest) -> None:
    """Write the archive beside its final name and then move it there: a half-written backup never looks whole."""
    unfinished = target.with_name(target.name + ".part")
    unfinished.touch(mode=0o600)
    (tables / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    with tarfile.open(unfinished, "w:gz", compresslevel=_COMPRESSION) as archive:
        archive.add(tables / MANIFEST, MANIFEST)
        for path in sorted(tables.glob("*.jsonl")):
            archive.add(path, f"{TABLES}/{path.name}")
        if files.exists():
            archive.add(files, FILES)
    unfinished.replace(target)


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack into a folder and check what it is. Raises WrongArchiveError."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (tarfile.TarError, OSError, msgspec.MsgspecError, EOFError) as error:
        message = f"{source} is not a backup: {error}"
        raise WrongArchiveError(message) from None
    if manifest.format != FORMAT:
        message = f"{source} has format {manifest.format}, this program reads {FORMAT}"
        raise WrongArchiveError(message)
    return manifest


def default_name() -> str:
    """Name a backup after its time, UTC."""
    return time.strftime("skvorets-%Y%m%d-%H%M%S.tar.gz", time.gmtime())
