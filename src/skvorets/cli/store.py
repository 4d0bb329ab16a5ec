"""How a command that changes something opens the database: alone, or beside a server on PostgreSQL.

One SQLite file is for one process, so such a command takes the server's lock and is refused while the server runs.
On PostgreSQL the server notices within a second.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from skvorets.cli.options import config_from
from skvorets.cli.serve import data_folder_of
from skvorets.config import Config
from skvorets.errors import CoreError


class CommandError(CoreError):
    """What the command cannot do; the text is shown as it is."""


def run_unit(args: argparse.Namespace, unit: Callable[..., Awaitable[Any]], *given: Any) -> Any:
    """Open the database, run one unit of work, close it; what the unit returns.

    Raises ConfigError, LockHeldError (a server runs on the SQLite file), CoreError of the unit.
    """
    config = config_from(args)
    with data_folder_of(config):
        return asyncio.run(_run(config, unit, given))


async def _run(config: Config, unit: Callable[..., Awaitable[Any]], given: tuple[Any, ...]) -> Any:
    from skvorets.app import open_store
    from skvorets.storage.database import DIRECTORY_KEY

    store = open_store(config)
    await store.start()
    try:
        return await store.write(DIRECTORY_KEY, unit, *given)
    finally:
        await store.stop()
