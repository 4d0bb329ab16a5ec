"""``skvorets restore``: bring a backup into an empty place, of the same engine or of the other one.

Nothing is overwritten: the data folder must hold no database and no files, a PostgreSQL database no rows. Stop all
servers on it first.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from skvorets.cli.options import add_store_options, config_from
from skvorets.config import Config

if TYPE_CHECKING:
    from skvorets.cli.archive import Manifest


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("restore", help="bring a backup into an empty place", description=__doc__)
    add_store_options(parser)
    parser.add_argument("file", help="archive written by skvorets backup")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Unpack, check, fill the database, put the files in place."""
    from skvorets.cli.archive import unpack
    from skvorets.cli.store import CommandError
    from skvorets.instance_lock import InstanceLock
    from skvorets.storage.migrations import known_migrations

    config = config_from(args)
    if (not config.database and config.sqlite_path.exists()) or config.blobs_path.exists():
        raise CommandError(f"{config.data_dir} is not empty; nothing was changed")
    with InstanceLock(config.data_dir), tempfile.TemporaryDirectory(dir=config.data_dir, prefix=".restore-") as folder:
        unpacked = Path(folder)
        manifest = unpack(Path(args.file), unpacked)
        if manifest.schema > known_migrations()[-1].number:
            raise CommandError(f"the backup is of skvorets {manifest.program}, which is newer; update this program")
        _put_in_place(config, unpacked, manifest)
    print("restored")
    return 0


def _put_in_place(config: Config, unpacked: Path, manifest: Manifest) -> None:
    """Put the files there first: where there is a database its files are complete."""
    from skvorets.cli.archive import FILES, TABLES
    from skvorets.cli.backup import tell
    from skvorets.storage import restore
    from skvorets.storage.backup import Copy

    copy = Copy(unpacked / TABLES, manifest.schema, manifest.rows)
    finished = unpacked / config.sqlite_path.name
    if not config.database:
        restore.restore_sqlite(finished, copy, tell)
    if (unpacked / FILES).exists():
        shutil.move(unpacked / FILES, config.blobs_path)
    os.sync()
    if not config.database:
        finished.rename(config.sqlite_path)
        return
    try:
        asyncio.run(restore.restore_postgres(config.database, copy, tell))
    except BaseException:
        shutil.rmtree(config.blobs_path, ignore_errors=True)
        raise
