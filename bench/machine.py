"""What the figures depend on besides the code: cores, load, and what one durable write costs on this disk."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

from bench.summary import percentile

BLOCK = b"\0" * 4096
PROBE_S = 0.4


def fdatasync_ms(directory: Path) -> float:
    """Return the median milliseconds of writing one block and `fdatasync`: the floor of a durable message."""
    path, took = directory / "probe", []
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        end = time.perf_counter() + PROBE_S
        while (began := time.perf_counter()) < end:
            os.pwrite(file, BLOCK, 0)
            os.fdatasync(file)
            took.append(time.perf_counter() - began)
    finally:
        os.close(file)
        path.unlink()
    return 1000 * percentile(sorted(took), 50)


def describe(directory: Path) -> str:
    """Return one line about the machine, to stand above the figures."""
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, load {load:.1f} before the run, Python {platform.python_version()}, "
        f"durable block in {fdatasync_ms(directory):.2f} ms"
    )
