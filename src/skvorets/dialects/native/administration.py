"""What the resources of the administrators' pages share: the audit entry of a call, paging, and parts of the server.

Their paths lie below ``/api/admin/``; all are for administrators only. The composition root hands over ``AdminParts``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Protocol, TypeAlias, cast

import msgspec

from skvorets.core import audit
from skvorets.core.audit import Action
from skvorets.dialects.native.registry import Call, Services
from skvorets.storage.database import Tx
from skvorets.storage.words import words_to_find

# What is searched for; each word costs a look into the index.
Phrase: TypeAlias = Annotated[str, msgspec.Meta(max_length=200)]
MAX_WORDS = 10
# An id, or 0 for none.
IdOrNone: TypeAlias = Annotated[int, msgspec.Meta(ge=0, lt=2**62)]
Id: TypeAlias = Annotated[int, msgspec.Meta(ge=1, lt=2**62)]
Limit: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=200)]
PAGE_SIZE = 50


class Survey(msgspec.Struct, frozen=True, rename="camel"):
    """What lies in the folder of files, as it was counted last. Sizes in bytes."""

    at: int  # unix milliseconds
    blobs: int
    blob_bytes: int
    previews: int
    preview_bytes: int
    unnamed: int  # blobs that nothing names, older than a day
    unnamed_bytes: int


class Surveyor(Protocol):
    """Counts the folder of files."""

    @property
    def latest(self) -> Any:
        """The last count: an object with the fields of ``Survey``, or None."""

    @property
    def is_counting(self) -> bool:
        """Is a count under way?"""

    def begin(self) -> None:
        """Count in the background."""

    async def clear(self) -> Any:
        """Remove what nothing names: an object with ``count`` and ``bytes``."""


class Sockets(msgspec.Struct, frozen=True):
    """Open push sockets of this process."""

    sockets: int
    people: int


class AdminParts(msgspec.Struct, frozen=True):
    """What the composition root hands over."""

    survey: Surveyor
    sockets: Callable[[], Sockets]
    # Up to which event the durable readers of this process have read, by name: their stored places may be older.
    read_up_to: Callable[[], Mapping[str, int]]
    # Bounds that cannot be configured, by name; names end with their unit as those of settings do.
    fixed_limits: Mapping[str, int]
    started_at: int  # unix milliseconds


PART = "administration"


def parts_of(services: Services) -> AdminParts:
    """Give the parts."""
    return cast("AdminParts", services.parts[PART])


async def note(tx: Tx, call: Call[Any], action: Action, subject_kind: str, subject_id: int, **details: object) -> None:
    """Write down what the caller did, with his address, in the unit of work of the deed."""
    await audit.note(tx, call.person.id, action, subject_kind, subject_id, {**details, "address": call.address})


def words_in(phrase: str) -> list[str]:
    """Give the words that are searched for."""
    return words_to_find(phrase)[:MAX_WORDS]
