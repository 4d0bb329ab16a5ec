"""Programs of this repository in processes of their own, as their users start them.

with started("serve", "--listen", "127.0.0.1:0") as server:
    server.wait_for("listening on ")      # the line that begins so
    ...
    assert server.stop() == 0
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Seconds that anything may take on a busy machine before the test fails.
PATIENCE_S = 30.0


class Program:
    """A running program; what it prints is kept."""

    def __init__(self, words: list[str], folder: Path | None, environment: dict[str, str]) -> None:
        """Start it in a folder."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SKVORETS_")}
        self.process = subprocess.Popen(
            words,
            cwd=folder,
            env={**kept, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "default", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: list[str] = []
        self.errors: list[str] = []
        self._news = threading.Condition()
        self._readers = [
            threading.Thread(target=self._read, args=(self.process.stdout, self.lines)),
            threading.Thread(target=self._read, args=(self.process.stderr, self.errors)),
        ]
        for reader in self._readers:
            reader.start()

    def wait_for(self, beginning: str) -> str:
        """Wait for a line that begins so; the rest of it."""
        with self._news:
            self._news.wait_for(lambda: self._found(beginning) or self._has_ended(), PATIENCE_S)
        found = self._found(beginning)
        assert found, (beginning, self.lines, self.errors)
        return found[0].removeprefix(beginning)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit code."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for its end; its exit code."""
        code = self.process.wait(PATIENCE_S)
        for reader in self._readers:
            reader.join(PATIENCE_S)
        return code

    def end(self) -> None:
        """End it in any case."""
        if self.process.poll() is None:
            self.process.kill()
        self.wait()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def _found(self, beginning: str) -> list[str]:
        return [line for line in self.lines if line.startswith(beginning)]

    def _has_ended(self) -> bool:
        return self.process.poll() is not None and not self._readers[0].is_alive()

    def _read(self, stream: Iterator[str], lines: list[str]) -> None:
        for line in stream:
            with self._news:
                lines.append(line.rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self._news.notify_all()


@contextmanager
def started(*words: str, folder: Path | None = None, **environment: str) -> Iterator[Program]:
    """Run ``skvorets`` with these words; it is ended with the block."""
    with running([sys.executable, "-m", "skvorets", *words], folder, **environment) as program:
        yield program


@contextmanager
def running(words: list[str], folder: Path | None = None, **environment: str) -> Iterator[Program]:
    """Run any program; it is ended with the block."""
    program = Program(words, folder, environment)
    try:
        yield program
    finally:
        program.end()


def passed_since(start: float) -> float:
    """Seconds since a moment of ``time.monotonic``."""
    return time.monotonic() - start
