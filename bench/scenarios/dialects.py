"""`dialects`: the same message written, and the same 50 listed, through each dialect against the Bitrix24 one.

    conversation about a record   Bitrix24, Bpium
    private dialog of two         Bitrix24, Megaplan (to the partner; the folder `outgoing`)

One caller on one connection for each door. The doors of a conversation take turns every fraction of a second, so that a
noisy neighbour hurts them alike; `to_bitrix24` is the ratio of the medians, `cpu_to_bitrix24` that of the CPU.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from bench.dialect_doors import Bitrix24Door, BpiumDoor, Door, MegaplanDoor
from bench.processes import CpuSpan
from bench.scenarios.stage import Measurement, Stage
from bench.summary import MS_PER_S, spread_ms

PAGE = 50
# Turns of each door within one measurement, and what is said before to fill a page and warm up.
TURNS = 8
FILLING = PAGE + 10
ACTIONS = ("create", "list 50")


@dataclass
class _Taken:
    durations: list[float] = field(default_factory=list)
    cpu_s: float = 0.0


async def dialects(stage: Stage) -> AsyncIterator[Measurement]:
    """Measure each door of each conversation; nothing on a target that has no dialects."""
    if stage.service.name.startswith("stub"):
        return
    service = stage.service
    bpium, megaplan = BpiumDoor(service), MegaplanDoor(service)
    record_chat = await bpium.open(PAGE)
    private_chat = await megaplan.open(PAGE)
    conversations: Sequence[tuple[str, Sequence[Door]]] = (
        ("record", (Bitrix24Door(service, record_chat, PAGE), bpium)),
        ("dialog", (Bitrix24Door(service, private_chat, PAGE), megaplan)),
    )
    for conversation, doors in conversations:
        for _ in range(FILLING):
            for door in doors:
                await door.create(stage.numbers.take())
        for action in ACTIONS:
            for row in await _measure(stage, conversation, doors, action):
                yield row
        for door in doors:
            door.close()


async def _measure(stage: Stage, conversation: str, doors: Sequence[Door], action: str) -> list[Measurement]:
    taken = {door.name: _Taken() for door in doors}
    for _ in range(TURNS):
        for door in doors:
            await _turn(stage, door, action, taken[door.name])
    base = taken[doors[0].name]
    return [_row(f"{action}, {conversation}, {door.name}", taken[door.name], base) for door in doors]


async def _turn(stage: Stage, door: Door, action: str, taken: _Taken) -> None:
    end = time.perf_counter() + stage.seconds / TURNS
    with CpuSpan(stage.service.cpu_roots) as cpu:
        while (began := time.perf_counter()) < end:
            await (door.create(stage.numbers.take()) if action == "create" else door.list_page())
            taken.durations.append(time.perf_counter() - began)
    taken.cpu_s += cpu.server


def _row(level: str, taken: _Taken, base: _Taken) -> Measurement:
    values = spread_ms(taken.durations)
    cpu_ms, base_cpu_ms = (MS_PER_S * one.cpu_s / max(1, len(one.durations)) for one in (taken, base))
    values |= {"calls": float(len(taken.durations)), "cpu_ms": cpu_ms}
    values["to_bitrix24"] = values["p50_ms"] / spread_ms(base.durations)["p50_ms"]
    values["cpu_to_bitrix24"] = cpu_ms / base_cpu_ms if base_cpu_ms else float("nan")
    return Measurement("dialects", level, values)
