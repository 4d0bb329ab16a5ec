"""The bot of the demonstration: it lives behind the public API like anybody's bot.

- ONAPPINSTALL, ONAPPUPDATE → imbot.register, imbot.command.register
- ONIMBOTJOINCHAT → a greeting
- ONIMBOTMESSAGEADD → says the words again, with a keyboard
- ONIMCOMMANDADD → says the words behind /echo again, also in chats where the bot is not
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from aiohttp import web

from skvorets.delivery.outgoing import Outgoing
from skvorets.dialects.bitrix24.php_forms import TooComplex, Value, encode_form, parse_query

PATH = "/demo/echo-bot/"
NAME = "Скворец-эхо"
_GREETING = "Привет! Я повторяю всё, что слышу. Hello! I repeat whatever I hear. [send=Как дела?]Как дела?[/send]"
_SILENCE = "…"
_KEYBOARD: list[Value] = [
    {"TEXT": "Ещё раз · Again", "COMMAND": "echo", "COMMAND_PARAMS": "again", "DISPLAY": "LINE", "BG_COLOR": "#29619b"},
    {"TEXT": "Что это?", "ACTION": "SEND", "ACTION_VALUE": "Что это?", "DISPLAY": "LINE"},
]

_log = logging.getLogger(__name__)


class EchoBot:
    """Receives the events of its application and answers over REST."""

    def __init__(self, outgoing: Outgoing, base_url: str) -> None:
        """Answer through the portal at ``base_url``."""
        self._outgoing = outgoing
        self._rest = f"{base_url}/rest/"
        self._handler = base_url + PATH

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Take one event."""
        try:
            event = parse_query((await request.read()).decode("utf-8", "replace"))
        except TooComplex:
            return web.Response(status=400, text="too complex")
        name, data = str(event.get("event", "")), _map(event.get("data"))
        token = str(_map(event.get("auth")).get("access_token", ""))
        params = _map(data.get("PARAMS"))
        if name in {"ONAPPINSTALL", "ONAPPUPDATE"}:
            await self._install(token)
        elif name == "ONIMBOTJOINCHAT":
            await self._call(token, "imbot.message.add", {"DIALOG_ID": params.get("DIALOG_ID"), "MESSAGE": _GREETING})
        elif name == "ONIMBOTMESSAGEADD":
            answer = {"DIALOG_ID": params.get("DIALOG_ID"), "MESSAGE": params.get("MESSAGE")}
            await self._call(token, "imbot.message.add", {**answer, "KEYBOARD": _KEYBOARD})
        elif name == "ONIMCOMMANDADD":
            for called in map(_map, _map(data.get("COMMAND")).values()):
                ids = {name: called.get(name) for name in ("COMMAND_ID", "MESSAGE_ID")}
                words = called.get("COMMAND_PARAMS") or _SILENCE
                await self._call(token, "imbot.command.answer", {**ids, "MESSAGE": words, "KEYBOARD": _KEYBOARD})
        return web.Response(text="ok")

    async def _install(self, token: str) -> None:
        bot_id = await self._call(
            token,
            "imbot.register",
            {
                "CODE": "demo_echo",
                "TYPE": "B",
                "EVENT_HANDLER": self._handler,
                "PROPERTIES": {"NAME": NAME, "WORK_POSITION": "Повторяет · Repeats", "COLOR": "GRAPHITE"},
            },
        )
        phrases: list[Value] = [
            {"LANGUAGE_ID": "ru", "TITLE": "Повторить", "PARAMS": "текст"},
            {"LANGUAGE_ID": "en", "TITLE": "Repeat", "PARAMS": "text"},
        ]
        command: dict[str, Value] = {
            "BOT_ID": bot_id,
            "COMMAND": "echo",
            "COMMON": "Y",
            "EVENT_COMMAND_ADD": self._handler,
            "LANG": phrases,
        }
        await self._call(token, "imbot.command.register", command)

    async def _call(self, token: str, method: str, params: dict[str, Value]) -> Any:  # any documented result
        body = encode_form({**params, "auth": token}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        outcome = await self._outgoing.post_form(self._rest + method, body, headers)
        if outcome.status != web.HTTPOk.status_code:
            _log.warning("%s: %s %s", method, outcome.status, outcome.body_start or outcome.failure)
            return None
        return msgspec.json.decode(outcome.body_start).get("result")


def _map(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}
