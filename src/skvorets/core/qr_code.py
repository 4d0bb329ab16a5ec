"""QR codes as a drawing: what a phone's camera reads from the screen."""

from __future__ import annotations

import msgspec

# Modules of empty space around, as the standard wants (ISO/IEC 18004).
_QUIET_ZONE = 4


class QrCode(msgspec.Struct, frozen=True):
    """A square of ``size`` × ``size`` units with its empty edge, and the dark part of it as data of an SVG path."""

    size: int
    path: str


def draw_qr_code(text: str) -> QrCode:
    """Draw a text of some hundred characters. Takes some 10 ms."""
    import segno  # noqa: PLC0415 — a server where nobody asks for one starts without it

    rows = segno.make_qr(text, error="m").matrix
    runs = [
        f"M{start + _QUIET_ZONE} {y + _QUIET_ZONE}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _dark_runs(row)
    ]
    return QrCode(len(rows) + 2 * _QUIET_ZONE, "".join(runs))


def _dark_runs(row: bytearray) -> list[tuple[int, int]]:
    """Where dark modules begin, and how many stand together."""
    runs: list[tuple[int, int]] = []
    start = -1
    for x, is_dark in enumerate((*row, 0)):
        if is_dark and start < 0:
            start = x
        elif not is_dark and start >= 0:
            runs.append((start, x - start))
            start = -1
    return runs
