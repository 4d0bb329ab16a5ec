"""``skvorets serve``: run the server until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import signal
from contextlib import AbstractContextManager, nullcontext

from skvorets.cli.options import add_config_options, config_from
from skvorets.config import Config


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("serve", help="run the server", description=__doc__)
    add_config_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM."""
    import uvloop

    config = config_from(args)
    with data_folder_of(config):
        return uvloop.run(serve(config))


def data_folder_of(config: Config) -> AbstractContextManager[object]:
    """Lock the data folder: one SQLite file is for one process. On PostgreSQL several may serve."""
    from skvorets.instance_lock import InstanceLock

    return nullcontext() if config.database else InstanceLock(config.data_dir)


async def serve(config: Config) -> int:
    """Start the server, say where it listens, wait for a signal, stop."""
    from skvorets.app import App

    app = App(config)
    await app.start()
    scheme = "https" if config.serves_tls else "http"
    print(f"listening on {scheme}://{config.listen_host}:{app.port}", flush=True)
    if config.public_url:
        print(f"public address {config.base_url}", flush=True)
    await wait_for_signal()
    print("stopping", flush=True)
    await app.stop()
    return 0


async def wait_for_signal() -> None:
    """Wait until somebody asks the process to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
