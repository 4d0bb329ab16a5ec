"""Bots of ``examples/`` as their readers start them, beside a demonstration that installs them.

with example("echo_bot", tmp_path) as bot, demonstration(tmp_path, "--bot", bot.url) as demo:
    bot_id = bot.installed(demo, "echobot")
"""

from __future__ import annotations

import http.client
import re
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from support.demonstration import Demonstration, wait_until
from support.processes import PATIENCE_S, Program

FOLDER = Path(__file__).resolve().parents[2] / "examples"
# What a button is made of; the server adds more.
_BUTTON = ("TYPE", "TEXT", "LINK", "COMMAND", "COMMAND_PARAMS", "BG_COLOR", "TEXT_COLOR", "DISPLAY", "BLOCK")

# The last line of a traceback, or a line that is none; what frames it says nothing.
_SAYS_WHAT = re.compile(r"(?! |Traceback|During handling|The above|Exception occurred|-{8}|$)")
_GONE = re.compile(r"ConnectionRefused|ConnectionReset|RemoteDisconnected|BrokenPipe|Connection refused|IncompleteRead")


class Example:
    """A running example; what it remembers lies in a folder."""

    def __init__(self, name: str, folder: Path, words: tuple[str, ...]) -> None:
        """Start it at a free port."""
        self._name, self._folder, self._words = name, folder, words
        self._listen = "127.0.0.1:0"
        self.program = self.start()

    def start(self) -> Program:
        """Start it where it was before, and wait until it listens."""
        command = [sys.executable, str(FOLDER / f"{self._name}.py"), "--listen", self._listen, *self._words]
        self.program = Program(command, self._folder, {})
        self.url = self.program.wait_for("listening on ")
        self._listen = urlsplit(self.url).netloc
        return self.program

    def stop(self) -> None:
        """Stop it; it must not have complained, except of a portal that ended while it was answering."""
        self.program.end()
        complaints = [line for line in self.program.errors if _SAYS_WHAT.match(line) and not _GONE.search(line)]
        if complaints:
            raise AssertionError("\n".join(self.program.errors))

    def installed(self, demo: Demonstration, code: str) -> int:
        """Wait until it has registered itself after ONAPPINSTALL; the id of the newest bot with its code."""
        wait_until((self._folder / f"{self._name}.json").exists)
        return newest_bot(demo, code)


@contextmanager
def example(name: str, folder: Path, *words: str) -> Iterator[Example]:
    """Run an example. It must not have complained when the block ends well."""
    bot = Example(name, folder, words)
    try:
        yield bot
        bot.stop()
    finally:
        bot.program.end()


def newest_bot(demo: Demonstration, code: str) -> int:
    """Give the id of a bot: the demonstration has a bot of its own, which may have the same code."""
    return max(int(one["ID"]) for one in demo.call("imbot.bot.list").values() if one["CODE"] == code)


def answer_of(demo: Demonstration, bot_id: int, dialog: str | int, text: str) -> dict[str, Any]:
    """Write to a dialog and give what the bot answers, as a person sees it."""
    sent = demo.call("im.message.add", DIALOG_ID=dialog, MESSAGE=text)
    return shown(answers_after(demo, bot_id, dialog, sent)[0])


def answers_after(
    demo: Demonstration, bot_id: int, dialog: str | int, after: int, count: int = 1
) -> list[dict[str, Any]]:
    """Wait for so many messages of the bot in a dialog, after another message; oldest first."""
    found: list[dict[str, Any]] = []

    def are_there() -> bool:
        page = demo.call("im.dialog.messages.get", DIALOG_ID=dialog, FIRST_ID=after, LIMIT=50)["messages"]
        found[:] = sorted((one for one in page if one["author_id"] == bot_id), key=lambda one: int(one["id"]))
        return len(found) >= count

    wait_until(are_there)
    return found


def posted(url: str, body: bytes) -> int:
    """Post a form as anybody could; the status."""
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=PATIENCE_S)) as connection:
        connection.request("POST", parts.path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        return connection.getresponse().status


def shown(message: dict[str, Any]) -> dict[str, Any]:
    """What a person sees of a message: text, blocks, buttons. How many seconds something took is not told."""
    params = message["params"] or {}
    attach = [block for one in params.get("ATTACH") or [] for block in one["BLOCKS"]]
    for block in attach:
        if "MESSAGE" in block:
            block["MESSAGE"] = re.sub(r"\b\d+s$", "…s", block["MESSAGE"])
    keyboard = params.get("KEYBOARD") or []
    buttons = [{key: one[key] for key in _BUTTON if one.get(key)} for one in keyboard]
    return {"text": message["text"], "attach": attach, "buttons": buttons}
