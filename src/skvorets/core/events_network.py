"""Events of lines that lie on another server: what must go there, and what could not. See core/lines/network.py."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from skvorets.core.event_base import Event


class NetworkWanted(Event, frozen=True, kw_only=True):
    """Something is to be told to another server. Internal."""

    kind: ClassVar[str] = "network.wanted"
    server: str  # https://other.example
    lane_id: int  # the chat here that it is about: what concerns one chat keeps its order
    body: str  # JSON of core/lines/network_wire.py, without what is put in when it is sent
    file_ids: list[int] = msgspec.field(default_factory=list)
    reader_id: int = 0  # who may read these files
    is_fleeting: bool = False  # is it worth nothing a moment later, like typing?


class NetworkUndelivered(Event, frozen=True, kw_only=True):
    """It could not be told. Internal."""

    kind: ClassVar[str] = "network.undelivered"
    server: str
    lane_id: int
    body: str
    status: int  # what the other server answered, 0 = nothing
