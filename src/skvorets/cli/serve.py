"""``skvorets serve``: run the server until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import gc
import signal
import socket
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import msgspec

from skvorets.cli.options import add_config_options, config_from
from skvorets.config import Config

if TYPE_CHECKING:
    from skvorets.app import App

# New objects after which the collector looks at the youngest; the default, 700, is a dozen requests.
GARBAGE_THRESHOLD = 20_000


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("serve", help="run the server", description=__doc__)
    add_config_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM."""
    import uvloop

    config = with_port(config_from(args))
    with data_folder_of(config):
        return uvloop.run(serve(config))


def with_port(config: Config) -> Config:
    """Put a free port in the place of port 0: what the server says of itself must name it."""
    if config.listen_port:
        return config
    family = socket.AF_INET6 if ":" in config.listen_host else socket.AF_INET
    with socket.create_server((config.listen_host, 0), family=family) as probe:
        port: int = probe.getsockname()[1]
    return msgspec.structs.replace(config, listen=f"{config.listen.rpartition(':')[0]}:{port}")


def data_folder_of(config: Config) -> AbstractContextManager[object]:
    """Lock the data folder: one SQLite file is for one process. PostgreSQL needs no lock of a folder."""
    from skvorets.instance_lock import InstanceLock

    return nullcontext() if config.database else InstanceLock(config.data_dir)


async def serve(config: Config) -> int:
    """Start the server, say where it listens, wait for a signal, stop."""
    from skvorets.app import App

    stop = watch_signals()
    app = App(config)
    await app.start()
    spare_the_collector()
    welcome = await welcome_link(app)
    announce(app)
    if welcome:
        print(f"no administrator can log in yet; open this link to make one: {welcome}", flush=True)
    await stop.wait()
    print("stopping", flush=True)
    await app.stop()
    return 0


def spare_the_collector() -> None:
    """Let the garbage collector pass over what the start has made and look less often: circles are rare here."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)


async def welcome_link(app: App) -> str:
    """Give the link of the first run, good until the next start; empty when there is an administrator."""
    from skvorets.core import first_run
    from skvorets.storage.database import DIRECTORY_KEY

    secret = await app.store.write(DIRECTORY_KEY, first_run.prepare)
    return f"{app.config.base_url}/welcome/{secret}" if secret else ""


def announce(app: App) -> None:
    """Say that the server is ready, in a line that programs may wait for."""
    config = app.config
    scheme, host = "https" if config.serves_tls else "http", config.listen.rpartition(":")[0]
    print(f"listening on {scheme}://{host}:{app.port}", flush=True)
    if config.public_url:
        print(f"public address {config.base_url}", flush=True)


def watch_signals() -> asyncio.Event:
    """Give an event that is set when somebody asks the process to stop, also while it is still starting."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
