"""Interleaved rounds: each level of each scenario on target A, B, …, then the next level; and all of it again.

All targets of a run are started together and idle while another is measured, so that two figures to be compared are
taken within seconds of each other and a noisy neighbour hurts both.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.launcher import Launcher
from bench.loops import CALL_ERRORS
from bench.report import Result, figure, to_line
from bench.scenarios.catalogue import SCENARIOS
from bench.scenarios.stage import Stage
from bench.service import Service
from bench.targets import Contents, Target


@dataclass(frozen=True)
class Plan:
    """What to run."""

    targets: list[Target]
    scenarios: list[str]
    rounds: int
    seconds: float  # of one measurement
    budget_s: float  # no round begins which would probably end after it
    is_full: bool  # prepare big chats and histories


async def run(plan: Plan, launcher: Launcher, out: Path) -> list[Result]:
    """Run the plan; append every result to the file `out` as it comes."""
    began, results, longest = time.perf_counter(), list[Result](), 0.0
    with _stages(plan, launcher) as stages:
        for number in range(1, plan.rounds + 1):
            start = time.perf_counter()
            if start + longest > began + plan.budget_s:
                print(f"round {number} left out: it would not fit into {plan.budget_s:.0f} s", flush=True)
                break
            for stage in stages:
                stage.best_rate = 0.0
            for scenario in plan.scenarios:
                results += [result async for result in _interleave(stages, scenario, number, out)]
            longest = max(longest, time.perf_counter() - start)
    return results


@contextlib.contextmanager
def _stages(plan: Plan, launcher: Launcher) -> Iterator[list[Stage]]:
    with contextlib.ExitStack() as stack:
        stages = []
        for target in plan.targets:
            service = stack.enter_context(launcher.serve(target, "main", Contents(plan.is_full)))
            another = partial(launcher.serve, target, "cold", Contents())
            if "start" in plan.scenarios:
                with another():
                    pass  # prepared now, so that the scenario times the start alone
            stages.append(Stage(service, plan.seconds, another, partial(_library, launcher, target)))
        yield stages


def _library(launcher: Launcher, target: Target, messages: int) -> AbstractContextManager[Service]:
    return launcher.serve(target, f"library-{messages}", Contents(library=messages))


async def _interleave(stages: list[Stage], scenario: str, number: int, out: Path) -> AsyncIterator[Result]:
    """Let the stages take turns, one level each, until all are through."""
    running = [(stage.service.name, SCENARIOS[scenario](stage)) for stage in stages]
    while running:
        for turn in list(running):
            name, levels = turn
            try:
                row = await anext(levels)
            except StopAsyncIteration:
                running.remove(turn)
                continue
            except CALL_ERRORS as error:
                running.remove(turn)
                print(f"round {number}  {name}  {scenario}: failed, {error!r:.500}", flush=True)
                continue
            result = Result(int(1000 * time.time()), name, number, row)
            _tell(result, out)
            yield result


def _tell(result: Result, out: Path) -> None:
    with out.open("ab") as file:
        file.write(to_line(result))
    row = result.measurement
    shown = "  ".join(f"{key} {figure(value)}" for key, value in row.values.items())
    print(f"round {result.round}  {result.target:<18} {row.scenario:<9} {row.level:<14} {shown}", flush=True)
