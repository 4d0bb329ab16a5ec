"""The fields that a program wants a catalog to have. Source: spec ``bpium-messages.md`` §6.2 – 6.7."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from skvorets.core import field_types
from skvorets.core.catalog_fields import Field
from skvorets.errors import WrongFieldError

MAX_FIELDS: Final = 500
LAST_ID: Final = 1_000_000
"""Ids of fields, which are never given again, fit into 20 bits (storage/record_index.py)."""
MAX_NAME_LENGTH: Final = 255
# Name on the wire -> attribute, what it must be. Everything else is kept as it came.
_KEYS: Final[Mapping[str, tuple[str, type | tuple[type, ...]]]] = {
    "hint": ("hint", str),
    "required": ("required", bool),
    "history": ("history", bool),
    "filterable": ("filterable", bool),
    "apiOnly": ("api_only", bool),
    "comment": ("comment", str),
    "config": ("config", dict),
    "visible": ("visible", (dict, bool, list, str)),
}


class NewFields(msgspec.Struct, frozen=True):
    """The fields of a catalog and the last id that was given to one of them; such ids are never given again."""

    fields: tuple[Field, ...]
    last_id: int


def new_fields(given: Sequence[Mapping[str, Any]], before: NewFields) -> NewFields:
    """Read the whole new list of fields: those with the id of a known one keep it, others get new ids in their order.

    A known field may be renamed and configured, its type cannot change. Raises WrongFieldError.
    """
    if len(given) > MAX_FIELDS:
        raise WrongFieldError(f"a catalog has at most {MAX_FIELDS} fields")
    known = {str(one.id): one for one in before.fields}
    last_id, found = before.last_id, []
    for one in given:
        old = known.pop(str(one.get("id", "")), None)
        if old is None:
            last_id += 1
            if last_id > LAST_ID:
                raise WrongFieldError("this catalog has had all the fields that it can have")
        found.append(_read_field(one, last_id, old))
    return NewFields(tuple(found), last_id)


def _read_field(given: Mapping[str, Any], new_id: int, old: Field | None) -> Field:
    name, kind = given.get("name", old.name if old else None), given.get("type", old.type if old else None)
    if not isinstance(name, str) or not 0 < len(name.strip()) <= MAX_NAME_LENGTH:
        raise WrongFieldError(f"a field needs a name of at most {MAX_NAME_LENGTH} characters")
    if not isinstance(kind, str) or kind not in field_types.TYPES:
        raise WrongFieldError(f"field {name[:50]}: there is no type {str(kind)[:50]}")
    if old is not None and kind != old.type:
        raise WrongFieldError(f"field {name[:50]}: the type of a field cannot change")
    values: dict[str, Any] = {"id": old.id if old else new_id, "name": name.strip(), "type": kind}
    others = {key: value for key, value in given.items() if key not in {"id", "name", "type", *_KEYS}}
    values["others"] = {**(old.others if old else {}), **others}
    for key, value in given.items():
        if key in _KEYS:
            attribute, wanted = _KEYS[key]
            if value is None:
                continue
            if not isinstance(value, wanted):
                raise WrongFieldError(f"field {name[:50]}: {key} is of the wrong kind")
            values[attribute] = value
    config = values.get("config", old.config if old else {})
    try:
        values["config"] = field_types.TYPES[kind].check_config(config, old.config if old else {})
    except field_types.WrongValue as error:
        raise WrongFieldError(f"field {name[:50]}: {error}") from None
    return msgspec.structs.replace(old, **values) if old else Field(**values)
