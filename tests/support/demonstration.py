"""``skvorets demo`` as a process, and a client that has read nothing but what it printed."""

from __future__ import annotations

import json
import ssl
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from support.processes import PATIENCE_S, Program, started

PREFIX = "SKVORETS_DEMO_"
_PAUSE_S = 0.02


class Demonstration:
    """A running demonstration; ``notes`` are the lines that it printed, without their prefix."""

    def __init__(self, program: Program, folder: Path) -> None:
        """Read what was printed when it was ready."""
        self.program = program
        self.folder = folder
        self.url = program.wait_for("listening on ")
        lines = [line.removeprefix(PREFIX) for line in program.lines if line.startswith(PREFIX)]
        self.notes = dict(line.split("=", 1) for line in lines)
        authority = folder / "var/demo/tls/authority.pem"
        self.tls = ssl.create_default_context(cafile=authority) if self.url.startswith("https:") else None

    def call(self, method: str, **params: Any) -> Any:
        """Call a method through the printed webhook; its result."""
        body = json.dumps(params).encode()
        request = urllib.request.Request(  # noqa: S310 — our own server
            f"{self.notes['WEBHOOK']}{method}.json", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_S, context=self.tls) as answer:  # noqa: S310
            return json.load(answer)["result"]

    def newest(self, dialog: str | int) -> dict[str, Any]:
        """Give the newest message of a dialog."""
        messages = self.call("im.dialog.messages.get", DIALOG_ID=dialog, LIMIT=1)["messages"]
        return max(messages, key=lambda one: one["id"])

    def answer_to(self, dialog: str | int, text: str, words: str = "") -> dict[str, Any]:
        """Write to a dialog and wait for an answer with certain words: a bot that is new there greets first."""
        sent = self.call("im.message.add", DIALOG_ID=dialog, MESSAGE=text)
        wait_until(lambda: (last := self.newest(dialog))["id"] > sent and words in last["text"])
        return self.newest(dialog)


@contextmanager
def demonstration(folder: Path, *words: str) -> Iterator[Demonstration]:
    """Run the demonstration in a folder; the first start fills it."""
    listen = () if "--listen" in words else ("--listen", "127.0.0.1:0")
    with started("demo", *listen, *words, folder=folder) as program:
        yield Demonstration(program, folder)


def wait_until(condition: Callable[[], object]) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(_PAUSE_S)
