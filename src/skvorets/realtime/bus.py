"""Wakes those who follow the event log, after the commit that made it grow. Nothing else happens in a request."""

from __future__ import annotations

import asyncio


class Bus:
    """Followers of one process. With several processes the wake-ups of the others come in here, too."""

    def __init__(self) -> None:
        """Begin without followers."""
        self._followers: list[asyncio.Event] = []

    def follow(self) -> asyncio.Event:
        """Give an event that is set whenever the log grew; the follower clears it before it reads."""
        wake = asyncio.Event()
        self._followers.append(wake)
        return wake

    def leave(self, wake: asyncio.Event) -> None:
        """Stop following."""
        self._followers.remove(wake)

    def log_grew(self) -> None:
        """Wake all followers; called on the event loop after a commit."""
        for wake in self._followers:
            wake.set()
