"""The bot of the demonstration: ``examples/echo_bot.py``, listening at an address of the portal itself.

It is a bot like anybody's: the portal posts events to it, it answers over REST with their tokens.
"""

from __future__ import annotations

import asyncio
import importlib
import ssl
import sys
import urllib.request
from pathlib import Path
from typing import Any

from aiohttp import web

from skvorets.cli.store import CommandError
from skvorets.config import Config

PATH = "/demo/echo-bot/"
NAME = "EchoBot"
# Where examples lie: in a checkout, and where pyproject.toml (data-files) puts them in an installation.
_PLACES = (Path(__file__).parents[3] / "examples", Path(sys.prefix) / "share" / "skvorets" / "examples")
_MEMORY = "echo_bot.json"


class EchoBot:
    """The example as a door of the server."""

    def __init__(self, config: Config) -> None:
        """Load it; it obeys this portal only. Raises CommandError."""
        self._address = config.base_url + PATH
        example = _load()
        self._bot: Any = type(example.BOT)(example.BOT.register, example.BOT.reactions)
        self._bot.memory = config.data_dir / _MEMORY
        self._bot.only = f"{config.base_url}/rest/"
        trust = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=config.trusted_ca or None))
        # The example calls this very server: over no proxy, and trusting whom the server trusts.
        urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({}), trust))

    @property
    def is_installed(self) -> bool:
        """Does it know the portal?"""
        return bool(self._bot.memory.exists())

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Take one event."""
        body = await request.read()
        return web.Response(status=await asyncio.to_thread(self._bot.take, body, self._address))


def _load() -> Any:  # a module that no type checker knows
    folder = next((one for one in _PLACES if (one / "echo_bot.py").exists()), None)
    if folder is None:
        raise CommandError(f"the examples are missing: {' and '.join(map(str, _PLACES))}")
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module("echo_bot")
    finally:
        sys.path.remove(str(folder))
