"""`sizes`: does a message cost more in a big chat?

8 callers post into chats of 2, 10 and 10,000 members, and into chats with 100,000 and 1,000,000 messages of history.
`rate_to_team` and `cpu_to_team` compare each with the chat of ten. The chats must have been prepared (full run); those
that are missing are left out.
"""

from __future__ import annotations

from bench.scenarios.send import send_at
from bench.scenarios.stage import Measurement, Stage
from bench.world import CROWD, HISTORY, MEMBERS, PAIR, TEAM

CALLERS = 8
LEVELS = {chat: f"{MEMBERS[chat]:,} members" for chat in (PAIR, TEAM, CROWD)}
LEVELS |= {chat: f"{messages:,} messages" for chat, messages in HISTORY.items()}


async def sizes(stage: Stage) -> list[Measurement]:
    """Measure every prepared size."""
    rows = {
        chat: await send_at(stage, CALLERS, chat, "sizes", level)
        for chat, level in LEVELS.items()
        if stage.service.has_chat(chat)
    }
    for row in rows.values():
        row.values["rate_to_team"] = row.values["per_s"] / rows[TEAM].values["per_s"]
        row.values["cpu_to_team"] = row.values["cpu_ms"] / rows[TEAM].values["cpu_ms"]
    return list(rows.values())
