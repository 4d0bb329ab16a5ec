"""The bots of the demonstration: those of ``examples/``, each listening at an address of the portal itself.

They are bots like anybody's: the portal posts events to them, they answer over REST with their tokens.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
from aiohttp import web

from skvorets.cli.store import CommandError
from skvorets.config import Config
from skvorets.core.commands import COMMAND_EVENT
from skvorets.delivery.outgoing import Outgoing
from skvorets.php_forms import encode_form


class DemoBot(msgspec.Struct, frozen=True):
    """Which example becomes which bot."""

    name: str  # of the application
    module: str
    path: str  # where it listens
    last_event: str  # the one whose handler it binds last: it is ready then


ECHO = DemoBot("EchoBot", "echo_bot", "/demo/echo-bot/", COMMAND_EVENT)
ITR = DemoBot("ITR Bot", "itr_bot", "/demo/itr-bot/", "ONIMBOTMESSAGEADD")
# Bytes of an answer that bots read: the list of a company's bots, at most.
_MAX_ANSWER = 64 * 1024
# Where examples lie: in a checkout, and where pyproject.toml (data-files) puts them in an installation.
_PLACES = (Path(__file__).parents[3] / "examples", Path(sys.prefix) / "share" / "skvorets" / "examples")


class ExampleBot:
    """An example as a door of the server."""

    def __init__(self, kind: DemoBot, config: Config, outgoing: Outgoing) -> None:
        """Load it; it obeys this portal only. Raises CommandError."""
        self.kind = kind
        self._address = config.base_url + kind.path
        example = _load(kind.module)
        self._bot: Any = type(example.BOT)(example.BOT.register, example.BOT.reactions)
        self._bot.memory = config.data_dir / f"{kind.module}.json"
        self._bot.only = f"{config.base_url}/rest/"
        self._bot.portal = functools.partial(_Portal, outgoing, asyncio.get_running_loop())
        if kind is ITR:
            example.ITR.memory = config.data_dir / "itr_places.json"

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
        sending = self._outgoing.post_form(f"{self.endpoint}{method}", body, headers, kept_bytes=_MAX_ANSWER)
        outcome = asyncio.run_coroutine_threadsafe(sending, self._loop).result()
        if outcome.status != web.HTTPOk.status_code:
            raise RuntimeError(f"{method}: {outcome.status} {outcome.body_start or outcome.failure}")
        return msgspec.json.decode(outcome.body_start)["result"]


def _load(name: str) -> ModuleType:
    folder = next((one for one in _PLACES if (one / f"{name}.py").exists()), None)
    if folder is None:
        raise CommandError(f"the examples are missing: {' and '.join(map(str, _PLACES))}")
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
