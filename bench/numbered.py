"""Texts that can be found again: every message carries its number.

A listener searches the raw bytes of a frame or of a posted form for the marker, so nothing is parsed while the clock
runs. The marker has letters and digits only: no encoding (JSON, form, BB code) changes it.
"""

from __future__ import annotations

import re

MARKER = re.compile(rb"zq([0-9]+)q")

TEXT_BYTES = 100  # length of every text, a usual chat sentence


def text_of(number: int) -> bytes:
    """Return the text of message `number`: the marker, a space and a filling up to `TEXT_BYTES`."""
    return (b"zq%dq " % number).ljust(TEXT_BYTES, b"x")


def numbers_in(payload: bytes) -> list[int]:
    """Return the numbers of all messages found in `payload`, in their order."""
    return [int(found) for found in MARKER.findall(payload)]


class Counter:
    """Gives out the numbers of one run, so that no two messages of it are alike."""

    def __init__(self) -> None:
        self.last = 0

    def take(self) -> int:
        """Return the next number; the first is 1."""
        self.last += 1
        return self.last
