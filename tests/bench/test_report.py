"""The report of the bench (`bench/report.py`): JSON lines and Markdown."""

from __future__ import annotations

import json
import math

import pytest

from bench.report import Result, figure, to_line, to_markdown
from bench.scenarios.stage import Measurement


def result(target: str, number: int, per_s: float, level: str = "32") -> Result:
    return Result(0, target, number, Measurement("send", level, {"per_s": per_s, "errors": 0.0}))


def test_a_table_has_the_median_the_range_and_the_ratio_to_the_base() -> None:
    rates = {"ours": (500.0, 600.0, 90.0), "stub": (1000.0, 1100.0, 990.0)}
    results = [result(target, number, rate) for target, of in rates.items() for number, rate in enumerate(of, 1)]
    lines = to_markdown(results, "stub").splitlines()
    assert "| 32 | ours | 500 (90.0–600) | 0 |" in lines
    assert "| 32 | stub | 1,000 (990–1,100) | 0 |" in lines
    assert "| 32 | **ours ÷ stub** | **0.50** |  |" in lines


def test_a_level_that_the_base_did_not_reach_has_no_ratio() -> None:
    report = to_markdown([result("ours", 1, 10.0, "1"), result("stub", 1, 10.0, "8")], "stub")
    assert "÷" not in report


def test_a_line_of_the_results_file_is_json_even_when_a_figure_is_missing() -> None:
    line = to_line(result("ours", 2, math.nan))
    assert line.endswith(b"\n")
    assert json.loads(line)["measurement"]["values"]["per_s"] is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [(15011.4, "15,011"), (152.0, "152"), (42.51, "42.5"), (4.267, "4.27"), (0.06123, "0.0612"), (0.0, "0")],
)
def test_a_figure_shows_three_digits_that_matter(value: float, shown: str) -> None:
    assert figure(value) == shown


def test_a_missing_figure_is_a_dash() -> None:
    assert figure(math.nan) == "–"
