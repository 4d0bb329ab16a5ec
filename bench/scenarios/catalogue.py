"""The scenarios by name, in the order of a round (`latency` wants the rate that `sendlive` found)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from bench.scenarios.dialects import dialects
from bench.scenarios.events import events
from bench.scenarios.fanout import fanout
from bench.scenarios.handover import handover
from bench.scenarios.latency import latency
from bench.scenarios.reading import list_latest
from bench.scenarios.reads import reads
from bench.scenarios.send import send, sendlive
from bench.scenarios.sizes import sizes
from bench.scenarios.stage import Measurement, Stage
from bench.scenarios.start import start

# Yields one row per level; between two rows other targets have their turn, so nothing may run then.
Scenario = Callable[[Stage], AsyncIterator[Measurement]]

SCENARIOS: dict[str, Scenario] = {
    "start": start,
    "send": send,
    "sendlive": sendlive,
    "latency": latency,
    "fanout": fanout,
    "list": list_latest,
    "handover": handover,
    "events": events,
    "reads": reads,
    "dialects": dialects,
    "sizes": sizes,
}

QUICK = ["start", "send", "sendlive", "latency", "fanout", "list", "handover"]
"""All but `events` and `dialects`, which take their time, and those whose histories take minutes to prepare."""
