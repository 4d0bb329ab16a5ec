"""Results as JSON lines, and their medians and ratios as Markdown tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from bench.scenarios.stage import Measurement
from bench.summary import Values, medians, ratios

RATIO_OF = ("per_s", "p50_ms", "p99_ms", "cpu_ms", "kib_per_socket", "start_ms", "rss_mib")
"""Values for which a ratio to the base says something."""


class Result(msgspec.Struct, frozen=True):
    """One line of the results file."""

    at: int  # milliseconds UTC
    target: str
    round: int  # from 1
    measurement: Measurement


def to_line(result: Result) -> bytes:
    """Return the JSON line; nan, which JSON has not, becomes null."""
    return msgspec.json.encode(result) + b"\n"


def to_markdown(results: Sequence[Result], base: str) -> str:
    """Return one table a scenario: medians over the rounds of each target, then ratios to the target `base`."""
    scenarios = dict.fromkeys(result.measurement.scenario for result in results)
    parts = [
        _table(scenario, [r for r in results if r.measurement.scenario == scenario], base) for scenario in scenarios
    ]
    return "\n\n".join(parts)


def _table(scenario: str, results: Sequence[Result], base: str) -> str:
    rows: dict[str, dict[str, list[Values]]] = {}  # level -> target -> rounds
    for result in results:
        of_level = rows.setdefault(result.measurement.level, {})
        of_level.setdefault(result.target, []).append(result.measurement.values)
    columns = list(dict.fromkeys(name for result in results for name in result.measurement.values))
    lines = [f"### {scenario}", "", _line(["level", "target", *columns]), _line(["---"] * (2 + len(columns)))]
    for level, targets in rows.items():
        middle = {target: medians(rounds) for target, rounds in targets.items()}
        lines += [
            _line([level, target, *_cells(middle[target], rounds, columns)]) for target, rounds in targets.items()
        ]
        lines += [
            _line([level, f"**{target} ÷ {base}**", *_ratio_cells(values, middle[base], columns)])
            for target, values in middle.items()
            if base in middle and target != base
        ]
    return "\n".join(lines)


def _cells(middle: Values, rounds: Sequence[Values], columns: Iterable[str]) -> list[str]:
    return [_with_range(name, middle, rounds) if name in middle else "–" for name in columns]


def _with_range(name: str, middle: Values, rounds: Sequence[Values]) -> str:
    shown = figure(middle[name])
    if name != "per_s" or len(rounds) == 1:
        return shown
    every = [values[name] for values in rounds if name in values]
    return f"{shown} ({figure(min(every))}–{figure(max(every))})"


def _ratio_cells(values: Values, base: Values, columns: Iterable[str]) -> list[str]:
    found = ratios(values, base)
    return [f"**{found[name]:.2f}**" if name in RATIO_OF and name in found else "" for name in columns]


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def figure(value: float) -> str:
    """Return a figure with three digits that matter: 15,011 · 152 · 4.27 · 0.0612; a dash for nan."""
    if math.isnan(value):
        return "–"
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"
