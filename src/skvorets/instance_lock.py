"""One process per data folder: a lock on ``server.lock``, released by the kernel when the process ends in any way.

Two processes must never write one SQLite file. The server holds the lock while it runs; commands that open the database
themselves take it for their moment.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

LOCK_NAME = "server.lock"


class LockHeldError(Exception):
    """Another process uses the data folder."""


class InstanceLock:
    """An exclusive lock on a data folder, made when absent. Use it with ``with``, or ``acquire`` and ``release``."""

    def __init__(self, data_dir: Path) -> None:
        """Nothing is locked before ``acquire``."""
        self.path = data_dir / LOCK_NAME
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock and write our process id into the file. Raises LockHeldError at once when it is taken."""
        # Only for the owner: messages and the portal's keys lie there.
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise LockHeldError(f"{self.path.parent} is in use by process {holder}") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back; the file stays, so that nobody can lock a deleted one."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def is_held(self) -> bool:
        """Does any process hold the lock, this one included?"""
        if self._descriptor is not None:
            return True
        try:
            self.acquire()
        except LockHeldError:
            return True
        self.release()
        return False

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
