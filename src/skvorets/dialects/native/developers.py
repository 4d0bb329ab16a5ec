"""What the resources of the developer's page share: typed pieces of bodies, and the part that knows deliveries.

The console (``delivery/console.py``) and the names of profiles are handed over by the composition root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Protocol, TypeAlias, cast

import msgspec

from skvorets.dialects.native.registry import Services

# PostgreSQL takes no NUL; control characters have no business in names.
Line: TypeAlias = Annotated[str, msgspec.Meta(max_length=255, pattern=r"^[^\x00-\x1f\x7f]*\Z")]
Name: TypeAlias = Annotated[
    str, msgspec.Meta(max_length=255, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*\Z")
]
Url: TypeAlias = Annotated[str, msgspec.Meta(max_length=4096)]
Scope: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_.]{0,63}\Z")]
Scopes: TypeAlias = Annotated[list[Scope], msgspec.Meta(min_length=1, max_length=50)]
Pairs: TypeAlias = list[tuple[str, str]]


class Health(Protocol):
    """How a handler is doing."""

    @property
    def state(self) -> str:
        """closed, open or probing."""

    @property
    def next_attempt_at(self) -> int:
        """Unix milliseconds, 0 = now."""


class Sent(Protocol):
    """What became of a copy that was sent."""

    @property
    def status(self) -> int | None:
        """Of the answer, if there was one."""

    @property
    def body_start(self) -> str:
        """Beginning of the answer."""

    @property
    def duration_ms(self) -> int:
        """How long it took."""

    @property
    def failure(self) -> Any:
        """Why there was no answer: an object with a ``kind``, or None."""


class Console(Protocol):
    """Single deliveries."""

    def health(self, application_id: int) -> Mapping[str, Health]:
        """Handlers by target."""

    async def form_of(self, delivery_id: int) -> Pairs | None:
        """The form as it would be sent now."""

    async def replay_one(self, delivery_id: int) -> bool:
        """Send a finished delivery again."""

    async def replay_dead(self, application_id: int) -> int:
        """Send all dead letters of an application again."""

    async def send_copy(self, delivery_id: int, pairs: Iterable[tuple[str, str]]) -> Sent | None:
        """Send an edited form once."""

    async def as_curl(self, delivery_id: int) -> str | None:
        """The request as a command for a shell."""


class DeveloperParts(msgspec.Struct, frozen=True):
    """What the composition root hands over."""

    console: Console
    limits: tuple[str, ...]  # names of rate limit profiles
    policies: tuple[str, ...]  # names of delivery policies
    marks_of_bot: Callable[[int], tuple[str, ...]]  # texts one of which the data of a bot's events has
    words_of: Callable[[str], str]  # the words that an event's data tells of


PART = "developers"


def parts_of(services: Services) -> DeveloperParts:
    """Give the parts."""
    return cast("DeveloperParts", services.parts[PART])
