"""``skvorets backup``: write a consistent copy of all data, also while the server runs.

The archive holds people's messages and the portal's keys: keep it as you keep the server. It fits both engines, so a
backup from SQLite can be restored into PostgreSQL and the other way round.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from skvorets import __version__
from skvorets.cli.options import add_store_options, config_from


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("backup", help="write a consistent copy of all data", description=__doc__)
    add_store_options(parser)
    parser.add_argument("file", nargs="?", help="archive to write (default: skvorets-DATE.tar.gz here)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Dump the tables into a temporary folder and pack them with the files.

    The tables first: the files that they name are on the disk by then, and files are never deleted.
    """
    from skvorets.cli.archive import FORMAT, Manifest, default_name, pack
    from skvorets.cli.store import CommandError
    from skvorets.storage import backup

    config = config_from(args)
    target = Path(args.file or default_name())
    if target.exists():
        raise CommandError(f"{target} exists already")
    if not config.database and not config.sqlite_path.exists():
        raise CommandError(f"there is no database in {config.data_dir}")
    with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".backup-") as folder:
        tables = Path(folder)
        if config.database:
            copy = asyncio.run(backup.dump_postgres(config.database, tables, tell))
        else:
            copy = backup.dump_sqlite(config.sqlite_path, tables, tell)
        engine = "postgres" if config.database else "sqlite"
        print("packing …", flush=True)
        pack(target, tables, config.blobs_path, Manifest(FORMAT, __version__, copy.schema, engine, _now_s(), copy.rows))
    print(f"written: {target} ({target.stat().st_size:,} bytes)")
    return 0


def tell(table: str, rows: int) -> None:
    """Show the progress."""
    print(f"  {table}: {rows:,}", flush=True)


def _now_s() -> int:
    return int(time.time())
