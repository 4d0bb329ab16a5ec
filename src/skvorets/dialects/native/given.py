"""Typed pieces of bodies and queries that several resources take."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

import msgspec

# Ids fit into 63 bits; larger numbers are nobody's.
_LARGEST = 2**62
Id: TypeAlias = Annotated[int, msgspec.Meta(ge=1, lt=_LARGEST)]
IdOrNone: TypeAlias = Annotated[int, msgspec.Meta(ge=0, lt=_LARGEST)]  # 0 = none
Moment: TypeAlias = Annotated[int, msgspec.Meta(ge=0, lt=_LARGEST)]  # unix milliseconds
Phrase: TypeAlias = Annotated[str, msgspec.Meta(max_length=200)]  # to be searched for

MAX_PEOPLE: Final = 1000
"""People who are named in one request."""
Ids: TypeAlias = Annotated[list[Id], msgspec.Meta(max_length=MAX_PEOPLE)]
