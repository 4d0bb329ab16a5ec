"""The arithmetic of the bench (`bench/summary.py`): percentiles, medians over rounds, ratios."""

from __future__ import annotations

import math

import pytest

from bench.summary import medians, percentile, ratios, spread_ms


def test_a_percentile_of_a_hundred_values_is_the_value_of_that_rank() -> None:
    ordered = [float(value) for value in range(100)]
    assert [percentile(ordered, percent) for percent in (0, 50, 95, 99, 100)] == [0, 50, 95, 99, 99]


def test_a_percentile_of_nothing_is_nan() -> None:
    assert math.isnan(percentile([], 50))


def test_durations_in_seconds_become_a_spread_in_milliseconds_whatever_their_order() -> None:
    spread = spread_ms([0.003, 0.001, 0.002])
    assert spread == pytest.approx({"p50_ms": 2, "p95_ms": 3, "p99_ms": 3, "max_ms": 3})


def test_the_median_of_rounds_ignores_one_that_a_neighbour_spoiled() -> None:
    rounds = [{"per_s": 1000.0, "p50_ms": 1.0}, {"per_s": 90.0, "p50_ms": 11.0}, {"per_s": 1100.0, "p50_ms": 0.9}]
    assert medians(rounds) == {"per_s": 1000.0, "p50_ms": 1.0}


def test_a_value_that_only_some_rounds_have_is_the_median_of_those() -> None:
    assert medians([{"per_s": 1.0}, {"per_s": 2.0, "lost": 4.0}, {"per_s": 3.0, "lost": 6.0}]) == {
        "per_s": 2.0,
        "lost": 5.0,
    }


def test_ratios_are_ours_over_the_base_and_leave_out_what_cannot_be_divided() -> None:
    ours = {"per_s": 600.0, "p50_ms": 3.0, "lost": 1.0, "own": 1.0}
    assert ratios(ours, {"per_s": 1200.0, "p50_ms": 2.0, "lost": 0.0}) == {"per_s": 0.5, "p50_ms": 1.5}
