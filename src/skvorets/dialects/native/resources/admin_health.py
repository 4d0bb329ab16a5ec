"""``/api/admin/health``: how the server is doing.

GET /api/admin/health   database, readers of the log, queues, sockets, memory, disk

Programs that watch the server ask ``/health``, which tells nothing but whether it works.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from skvorets import __version__
from skvorets.dialects.native.administration import parts_of
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage import statistics
from skvorets.storage.database import Tx

_MS_PER_NS = 1_000_000
_STATM = Path("/proc/self/statm")


class LogReader(msgspec.Struct, frozen=True):
    """A durable reader of the event log."""

    name: str  # delivery, search, links …
    behind: int  # events that it has not seen yet


class Doing(msgspec.Struct, frozen=True, rename="camel"):
    """How the server is doing. Sizes in bytes, times in unix milliseconds."""

    version: str
    python: str
    started_at: int
    now: int
    engine: str  # sqlite, postgres
    latency_us: int  # how long the simplest question to the database took, microseconds
    readers: list[LogReader]
    waiting: int  # deliveries that wait
    sending: int  # that are under way
    dead: int  # that were given up
    oldest_waiting_at: int  # 0 = none waits
    sockets: int  # open push sockets of this process
    connected: int  # people who have one
    memory_bytes: int
    disk_free_bytes: int  # where the data lies
    disk_total_bytes: int


@route("GET", "/api/admin/health", mode="free", is_for_admins=True)
async def get_health(call: Call[Nothing]) -> Doing:
    """Look at everything: five statements."""
    store, parts = call.services.store, parts_of(call.services)
    begun = time.perf_counter_ns()
    await store.read(statistics.ping)
    latency_us = (time.perf_counter_ns() - begun) // 1000
    disk = shutil.disk_usage(_existing(call.services.config.data_dir))
    sockets = parts.sockets()
    engine, readers, queue, oldest = await store.scan(_read, parts.read_up_to())
    return Doing(
        version=__version__,
        python=platform.python_version(),
        started_at=parts.started_at,
        now=time.time_ns() // _MS_PER_NS,
        engine=engine,
        latency_us=latency_us,
        readers=readers,
        waiting=queue.get("waiting", 0),
        sending=queue.get("sending", 0),
        dead=queue.get("dead", 0),
        oldest_waiting_at=oldest,
        sockets=sockets.sockets,
        connected=sockets.people,
        memory_bytes=_memory(),
        disk_free_bytes=disk.free,
        disk_total_bytes=disk.total,
    )


async def _read(tx: Tx, read_up_to: Mapping[str, int]) -> tuple[str, list[LogReader], dict[str, int], int]:
    readers = [LogReader(*one) for one in await statistics.readers(tx, read_up_to)]
    engine = "postgres" if tx.is_postgres else "sqlite"
    return engine, readers, await statistics.deliveries(tx), await statistics.oldest_waiting(tx)


def _memory() -> int:
    """Give the memory that the process holds now; where that is not told, the most it ever held."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def _existing(folder: Path) -> Path:
    """Give the folder, or the nearest one above it that there is: with PostgreSQL nothing may lie there yet."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
