"""`python -m bench`: drive started servers over real HTTP and print medians and ratios. See `bench/README.md`.

Run from the root of the repository with `PYTHONPATH=.` and the virtual environment's Python.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import tempfile
import time
from pathlib import Path

import uvloop

from bench.launcher import Launcher
from bench.machine import describe
from bench.postgres import on_demand
from bench.report import to_markdown
from bench.rounds import Plan, run
from bench.scenarios.catalogue import QUICK, SCENARIOS
from bench.stub.install import ensure_installed
from bench.targets import of_checkout, target_named

RESULTS = Path(__file__).resolve().parent / "results"
DEFAULT_TARGETS = ["skvorets-sqlite", "stub"]
FULL_TARGETS = ["skvorets-sqlite", "stub", "skvorets-postgres", "stub-postgres"]
OPEN_FILES = 8_192  # 1,000 sockets with room to spare
BUDGET_S, FULL_BUDGET_S = 165.0, 3_600.0
SECONDS, FULL_SECONDS = 1.0, 4.0


def main() -> None:
    """Read the command line, run the plan, write the results."""
    options = _arguments()
    plan = _plan(options)
    if any(target.is_stub for target in plan.targets):
        ensure_installed()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(OPEN_FILES, hard), hard))
    RESULTS.mkdir(exist_ok=True)
    out = options.out or RESULTS / time.strftime("%Y%m%d-%H%M%S.jsonl", time.gmtime())
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.work_dir) as work:
        print(describe(Path(work)), flush=True)
        with (
            on_demand(Path(work) / "postgres") as postgres,
            asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
        ):
            results = runner.run(run(plan, Launcher(Path(work), postgres), out))
    report = to_markdown(results, options.base or plan.targets[-1].name)
    out.with_suffix(".md").write_text(report + "\n")
    print(f"\n{report}\n\nresults: {out}")


def _plan(options: argparse.Namespace) -> Plan:
    names = options.targets or (FULL_TARGETS if options.full else DEFAULT_TARGETS)
    targets = [target_named(name) for name in names]
    if options.compare:
        others = [of_checkout(target, options.compare) for target in targets if not target.is_stub]
        targets = [target for target in targets if not target.is_stub or options.targets] + others
    return Plan(
        targets,
        options.scenario or (list(SCENARIOS) if options.full else QUICK),
        options.rounds,
        options.seconds or (FULL_SECONDS if options.full else SECONDS),
        options.budget or (FULL_BUDGET_S if options.full else BUDGET_S),
        is_full=options.full,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("targets", nargs="*", help="skvorets-sqlite, skvorets-postgres, stub, stub-postgres")
    parser.add_argument("--compare", type=Path, metavar="PATH", help="measure another checkout in the same rounds")
    parser.add_argument("--base", metavar="NAME", help="target the ratios refer to (default: the last one)")
    parser.add_argument("--scenario", action="append", choices=list(SCENARIOS), help="may be repeated")
    parser.add_argument("--full", action="store_true", help="all scenarios, both engines, big chats, long spans")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, help="length of one measurement")
    parser.add_argument("--budget", type=float, metavar="S", help="begin no round that would end after so many seconds")
    parser.add_argument("--out", type=Path, help="results file (default: bench/results/TIME.jsonl)")
    parser.add_argument("--work-dir", type=Path, help="where databases are made; choose the disk to be measured")
    return parser.parse_args()


if __name__ == "__main__":
    main()
