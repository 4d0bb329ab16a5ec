"""Starts and stops the processes of the targets, and knows which processes to charge."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from bench.http_client import LOOPBACK
from bench.postgres import Postgres
from bench.service import Service
from bench.targets import Contents, Target, command_of, prepare
from bench.world import World

START_S = 30.0  # a server that does not listen by then has failed
STOP_S = 10.0
LOOK_EVERY_S = 0.005


class NotStartedError(Exception):
    """The server ended, or did not listen in time."""


@dataclass
class Launcher:
    """Prepares data of targets under `work_dir` and serves it."""

    work_dir: Path
    postgres: Postgres
    _described: dict[str, Path] = field(default_factory=dict)  # name of the data -> description of its world

    @contextlib.contextmanager
    def serve(self, target: Target, data_name: str, contents: Contents) -> Iterator[Service]:
        """Serve the data called `data_name` (prepared at its first use) as long as the context lasts."""
        key = f"{target.name}-{data_name}"
        database = self.postgres.address_of(key) if target.is_postgres else ""
        data_dir = self.work_dir / key
        if key not in self._described:
            self._described[key] = prepare(target, data_dir, database, contents)
        world = msgspec.json.decode(self._described[key].read_bytes(), type=World)
        port = _free_port()
        command, environment = command_of(target, data_dir, database, port)
        with (data_dir / "server.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=target.checkout, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            _wait_for(process, port, data_dir / "server.log")
            yield Service(target.name, port, world, process.pid, self.postgres.pid if database else 0)
        finally:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.perf_counter() + START_S
    while time.perf_counter() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
            return
        time.sleep(LOOK_EVERY_S)
    raise NotStartedError(f"exit code {process.poll()}; the log ends with:\n{log.read_text()[-2000:]}")
