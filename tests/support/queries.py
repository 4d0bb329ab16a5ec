"""Counting the SQL statements that calls cost, on either engine.

    with count_queries(world) as queries:
        await world.alice.call("im.dialog.messages.get", DIALOG_ID="chat5")
    assert queries.count == 5

Only statements of methods are counted: not BEGIN and COMMIT, not what followers of the event log do meanwhile, and not
the look-up of the caller, which is remembered until some follower forgets it.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from unittest import mock

from skvorets.storage.postgres_tx import PostgresTx
from skvorets.storage.sqlite_connection import SqliteTx
from support.world import World

_METHODS = ("val", "row", "one", "rows", "do")
_OTHERS = ("skvorets.delivery", "skvorets.realtime", "skvorets.web_push", "skvorets.dialects.bitrix24.caller")


class Queries:
    """The statements seen so far."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self.statements)


@contextlib.contextmanager
def count_queries(world: World) -> Iterator[Queries]:
    """Collect the statements that the world's server runs meanwhile."""
    queries = Queries()
    kind: type[Any] = PostgresTx if world.config.database else SqliteTx
    with contextlib.ExitStack() as stack:
        for name in _METHODS:
            stack.enter_context(mock.patch.object(kind, name, _counting(queries, getattr(kind, name))))
        yield queries


def _counting(queries: Queries, run: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def counted(self: Any, sql: str, *args: object) -> Any:
        if _belongs_to_a_call():
            queries.statements.append(sql)
        return await run(self, sql, *args)

    return counted


def _belongs_to_a_call() -> bool:
    """Whether a dialect, but neither a follower nor the look-up of a caller, stands in the chain of callers."""
    frame, is_call = sys._getframe(1), False
    while frame.f_back is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith(_OTHERS):
            return False
        is_call = is_call or name.startswith("skvorets.dialects")
        frame = frame.f_back
    return is_call
