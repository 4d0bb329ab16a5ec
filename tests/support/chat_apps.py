"""Chat applications for tests."""

from __future__ import annotations

from typing import Any

from skvorets.storage import chat_apps
from skvorets.storage.chat_apps import ChatApp
from support.bots import Robot
from support.world import World

WORD = "d1ab17949a572b0979d8db0d5b349cd2"
PHRASES = [
    {"LANGUAGE_ID": "ru", "TITLE": "Эхо", "DESCRIPTION": "Открыть эхо", "COPYRIGHT": "Мы"},
    {"LANGUAGE_ID": "en", "TITLE": "Echo", "DESCRIPTION": "Open the echo"},
]
COMMAND = {"CODE": "help", "JS_METHOD": "SEND", "JS_PARAM": "/help", "LANG": PHRASES}
FRAME = {"CODE": "frame", "IFRAME": "https://app.example.com/frame?a=1", "HASH": WORD, "LANG": PHRASES}


async def chat_app(bot: Robot, code: str = "frame", **more: Any) -> int:
    """Register a frame of the bot; its id."""
    app_id: int = await bot.call("imbot.app.register", **{**FRAME, "CODE": code, **more})
    return app_id


async def stored(world: World, app_id: int) -> ChatApp | None:
    """Give the row of a chat application."""
    found: ChatApp | None = await world.app.store.read(chat_apps.find, app_id)
    return found
