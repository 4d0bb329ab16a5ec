"""`sizes`: does a message cost more in a big chat?

8 callers post into chats of 2, 10 and 10,000 members, and into chats with 100,000 and 1,000,000 messages of history.
`rate_to_team` and `cpu_to_team` compare each with the chat of ten. The chats must have been prepared (full run); those
that are missing are left out.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from bench.scenarios.send import send_at
from bench.scenarios.stage import Measurement, Stage
from bench.summary import Values
from bench.world import CROWD, HISTORY, MEMBERS, PAIR, TEAM

CALLERS = 8
LEVELS = {chat: f"{MEMBERS[chat]:,} members" for chat in (TEAM, PAIR, CROWD)}  # the team first: the others refer to it
LEVELS |= {chat: f"{messages:,} messages" for chat, messages in HISTORY.items()}


async def sizes(stage: Stage) -> AsyncIterator[Measurement]:
    """Measure every prepared size."""
    team: Values = {}
    for chat, level in LEVELS.items():
        if stage.service.has_chat(chat):
            row = await send_at(stage, CALLERS, chat, "sizes", level)
            team = team or row.values
            row.values["rate_to_team"] = row.values["per_s"] / team["per_s"]
            row.values["cpu_to_team"] = row.values["cpu_ms"] / team["cpu_ms"]
            yield row
