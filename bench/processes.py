"""CPU time and memory of a server's process tree, read from /proc (Linux only, no dependency).

CPU per message is the figure that noisy neighbours disturb least; prefer it when looking for regressions.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

TICKS_PER_S = os.sysconf("SC_CLK_TCK")
KIB_PER_MIB = 1024


def tree(root: int) -> list[int]:
    """Return `root` and all its living descendants."""
    found = [root]
    for pid in found:  # grows while we walk: breadth first
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found.extend(int(child) for child in task.read_text().split())
            except OSError:
                continue  # the thread ended meanwhile
    return found


def cpu_seconds(roots: list[int]) -> float:
    """Return the CPU seconds (user and system) which the trees of `roots`, and their ended children, have used."""
    ticks = 0
    for pid in {pid for root in roots for pid in tree(root)}:
        try:
            line = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            continue
        # proc(5): after the name come state=3 … utime=14 stime=15 cutime=16 cstime=17
        fields = line.rpartition(")")[2].split()
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / TICKS_PER_S


def rss_mib(root: int) -> float:
    """Return the resident memory of the tree of `root`, in MiB (shared pages count once per process)."""
    kib = 0
    for pid in tree(root):
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            continue
        kib += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return kib / KIB_PER_MIB


@dataclass
class CpuSpan:
    """CPU used between enter and exit, by the server (trees of `roots`) and by this generator."""

    roots: list[int]
    wall: float = 0.0  # seconds
    server: float = 0.0  # CPU seconds
    generator: float = 0.0  # CPU seconds

    def __enter__(self) -> Self:
        """Remember the clocks."""
        self.wall, self.server, self.generator = -time.perf_counter(), -cpu_seconds(self.roots), -time.process_time()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Turn the remembered clocks into spans."""
        self.wall += time.perf_counter()
        self.server += cpu_seconds(self.roots)
        self.generator += time.process_time()

    def per_operation(self, operations: int) -> dict[str, float]:
        """Return server CPU milliseconds per operation, and how busy (percent of a core) the generator was.

        A generator near 100 % was itself the limit: the rate is then a lower bound.
        """
        return {
            "cpu_ms": 1000 * self.server / max(1, operations),
            "generator_pct": 100 * self.generator / self.wall,
        }
