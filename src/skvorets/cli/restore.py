"""``skvorets restore``: bring a backup into an empty place, of the same engine or of the other one.

Nothing is overwritten: the data folder must hold no database (PostgreSQL: no people).
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
from pathlib import Path

from skvorets.cli.options import add_store_options, config_from
from skvorets.config import Config


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("restore", help="bring a backup into an empty place", description=__doc__)
    add_store_options(parser)
    parser.add_argument("file", help="archive written by skvorets backup")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Unpack, fill the database, put the files in place."""
    from skvorets.cli.archive import FILES, TABLES, WrongArchiveError, unpack
    from skvorets.instance_lock import InstanceLock
    from skvorets.storage.backup import schema_number
    from skvorets.storage.restore import NotEmptyError

    config = config_from(args)
    files = config.data_dir / FILES
    if (not config.database and config.sqlite_path.exists()) or files.exists():
        print(f"{config.data_dir} is not empty; nothing was changed")
        return 1
    config.data_dir.mkdir(parents=True, exist_ok=True)
    with InstanceLock(config.data_dir), tempfile.TemporaryDirectory(dir=config.data_dir, prefix=".restore-") as folder:
        unpacked = Path(folder)
        try:
            manifest = unpack(Path(args.file), unpacked)
        except WrongArchiveError as error:
            print(error)
            return 1
        if manifest.schema > schema_number():
            print(f"the backup was written by skvorets {manifest.program}, which is newer; update this program first")
            return 1
        try:
            asyncio.run(_fill(config, unpacked / TABLES))
        except NotEmptyError:
            print("the database is not empty; nothing was changed")
            return 1
        if (unpacked / FILES).exists():
            shutil.move(unpacked / FILES, files)
    print("restored")
    return 0


async def _fill(config: Config, tables: Path) -> None:
    from skvorets.app import open_store
    from skvorets.storage.database import DIRECTORY_KEY
    from skvorets.storage.restore import restore_tables

    store = open_store(config)
    await store.start()
    try:
        await store.write(DIRECTORY_KEY, restore_tables, tables, _tell, is_sqlite=store.log_is_ordered_by_id)
    finally:
        await store.stop()


def _tell(table: str, rows: int) -> None:
    print(f"  {table}: {rows:,}", flush=True)
