"""The bot of the demonstration: ``examples/echo_bot.py``, listening at an address of the portal itself.

It is a bot like anybody's: the portal posts events to it, it answers over REST with their tokens.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
import sys
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

from skvorets.cli.store import CommandError
from skvorets.config import Config
from skvorets.delivery.outgoing import Outgoing
from skvorets.php_forms import encode_form

PATH = "/demo/echo-bot/"
NAME = "EchoBot"
# Where examples lie: in a checkout, and where pyproject.toml (data-files) puts them in an installation.
_PLACES = (Path(__file__).parents[3] / "examples", Path(sys.prefix) / "share" / "skvorets" / "examples")
_MEMORY = "echo_bot.json"


class EchoBot:
    """The example as a door of the server."""

    def __init__(self, config: Config, outgoing: Outgoing) -> None:
        """Load it; it obeys this portal only. Raises CommandError."""
        self._address = config.base_url + PATH
        example = _load()
        self._bot: Any = type(example.BOT)(example.BOT.register, example.BOT.reactions)
        self._bot.memory = config.data_dir / _MEMORY
        self._bot.only = f"{config.base_url}/rest/"
        self._bot.portal = functools.partial(_Portal, outgoing, asyncio.get_running_loop())

    @property
    def is_installed(self) -> bool:
        """Does it know the portal?"""
        return bool(self._bot.memory.exists())

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Take one event."""
        body = await request.read()
        return web.Response(status=await asyncio.to_thread(self._bot.take, body, self._address))


class _Portal:
    """What ``Portal`` is to the examples, with calls through the server's own client: it trusts whom the server trusts.

    The bot lives in a thread of its own, the client in the server's loop.
    """

    def __init__(
        self,
        outgoing: Outgoing,
        loop: asyncio.AbstractEventLoop,
        endpoint: str,
        authority: dict[str, Any],
        handler: str,
    ) -> None:
        self._outgoing = outgoing
        self._loop = loop
        self.endpoint = endpoint
        self.authority = authority
        self.handler = handler

    def call(self, method: str, **params: Any) -> Any:
        """Call a method; its result. Raises RuntimeError with what went wrong."""
        body = encode_form({**params, **self.authority}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        sending = self._outgoing.post_form(f"{self.endpoint}{method}", body, headers)
        outcome = asyncio.run_coroutine_threadsafe(sending, self._loop).result()
        if outcome.status != web.HTTPOk.status_code:
            raise RuntimeError(f"{method}: {outcome.status} {outcome.body_start or outcome.failure}")
        return msgspec.json.decode(outcome.body_start)["result"]


def _load() -> Any:  # a module that no type checker knows
    folder = next((one for one in _PLACES if (one / "echo_bot.py").exists()), None)
    if folder is None:
        raise CommandError(f"the examples are missing: {' and '.join(map(str, _PLACES))}")
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module("echo_bot")
    finally:
        sys.path.remove(str(folder))
