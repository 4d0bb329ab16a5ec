"""A parameter that is itself a map of documented fields (FIELDS, PROPERTIES): read like a method's parameters.

Source: spec ``bitrix24-imbot.md`` §2, §5.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar, cast

import msgspec

from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.params import Structure, plan_of, read_params

S = TypeVar("S", bound=msgspec.Struct)


class FieldsReader(Generic[S]):
    """Reads one kind of map into its frozen struct; made once, when the module of the method is loaded."""

    def __init__(self, struct: type[S], faults: Mapping[str, Fault]) -> None:
        """Read into ``struct``; ``faults``: field → documented error when it is unreadable."""
        self._struct = struct
        self._plan = plan_of(struct, faults)

    def read(self, given: Structure | None) -> S:
        """Read what was given; nothing, and a list, are a map without fields. Raises ApiError."""
        value = given.value if given is not None else None
        return cast("S", read_params(self._struct, self._plan, value if isinstance(value, dict) else {}))
