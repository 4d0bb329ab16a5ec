"""Numbers about numbers: percentiles, medians over rounds, ratios between targets. Pure functions."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence

Values = dict[str, float]

MS_PER_S = 1000.0


def percentile(ordered: Sequence[float], percent: float) -> float:
    """Return the value below which `percent` (0..100) of the ascending list `ordered` lies; nan when it is empty."""
    if not ordered:
        return float("nan")
    return ordered[min(len(ordered) - 1, int(percent / 100 * len(ordered)))]


def spread_ms(seconds: Iterable[float]) -> Values:
    """Return p50, p95, p99 and the maximum, in milliseconds, of durations in seconds."""
    ordered = sorted(seconds)
    return {
        "p50_ms": percentile(ordered, 50) * MS_PER_S,
        "p95_ms": percentile(ordered, 95) * MS_PER_S,
        "p99_ms": percentile(ordered, 99) * MS_PER_S,
        "max_ms": (ordered[-1] if ordered else float("nan")) * MS_PER_S,
    }


def medians(rounds: Sequence[Mapping[str, float]]) -> Values:
    """Return the median of each value over the rounds which have it; the order of first appearance is kept."""
    names = dict.fromkeys(name for one in rounds for name in one)
    return {name: statistics.median(one[name] for one in rounds if name in one) for name in names}


def ratios(ours: Mapping[str, float], base: Mapping[str, float]) -> Values:
    """Return ours / base for each value that both have; a base of zero or nan gives no ratio."""
    return {name: ours[name] / base[name] for name in ours if base.get(name, 0.0) > 0}
