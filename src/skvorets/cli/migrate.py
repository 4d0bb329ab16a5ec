"""``skvorets migrate``: bring the database up to date, or say what would be done.

The server does this by itself when it starts; the command is for those who want to see it first.
"""

from __future__ import annotations

import argparse
import asyncio

from skvorets.cli.options import add_store_options, config_from


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("migrate", help="bring the database up to date", description=__doc__)
    add_store_options(parser)
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say what is missing and, unless it is a dry run, do it."""
    return asyncio.run(_migrate(args))


async def _migrate(args: argparse.Namespace) -> int:
    from contextlib import ExitStack

    from skvorets.app import open_store
    from skvorets.instance_lock import InstanceLock
    from skvorets.storage import migrations, versions

    config = config_from(args)
    with ExitStack() as stack:
        if not config.database and not args.dry_run:
            stack.enter_context(InstanceLock(config.data_dir))
        version = await versions.version_of(config.sqlite_path, config.database)
        missing = migrations.pending(version)
        print(f"the database has version {version}")
        for migration in missing:
            print(f"  {'would run' if args.dry_run else 'running'} {migration.name}", flush=True)
        if not missing:
            print("nothing to do")
        elif not args.dry_run:
            store = open_store(config)
            await store.start()
            await store.stop()
            print("done")
    return 0
