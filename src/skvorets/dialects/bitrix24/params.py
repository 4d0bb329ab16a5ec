"""From loosely typed parameters to a method's frozen struct, before anything uses them.

A method declares ``class Params(Struct, frozen=True)``; the annotation of a field says how it is read:

    int, str, bool, float      as ``values.py`` reads numbers, texts and flags (Y/N, true/false, 1/0)
    tuple[int, ...]            list of ids
    Dialog                     ``chat29`` or ``256``
    Conversation               the same, or ``notify``: the caller's notifications
    Structure                  map or list, also as JSON text; "" and N are EMPTY
    Anything                   whatever came; the method reads it itself
    … | None                   None when the parameter was not given

A field without default is required. A missing, nested-where-scalar or otherwise unreadable value is refused with the
error that the method's row names for the field (``faults``), ERROR_ARGUMENT otherwise.
"""

from __future__ import annotations

import functools
import re
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import msgspec

from skvorets.core.access import Dialog
from skvorets.dialects.bitrix24 import values
from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError, Fault
from skvorets.dialects.bitrix24.values import BadValue
from skvorets.php_forms import Value

_MAX_DIALOG_LENGTH = 32  # characters, with the spaces around
# The caller's notifications where a dialog is named. [source: im]
_NOTIFICATIONS = "notify"
_DIALOG = re.compile(r"(chat)?([0-9]{1,18})")


class Structure(msgspec.Struct, frozen=True):
    """A map or a list as it came; ``value`` is None for the documented ways to say "none" ("", N, empty list)."""

    value: dict[str, Value] | list[Value] | None


class Anything(msgspec.Struct, frozen=True):
    """A parameter that is documented in several shapes (``order``: a direction or a map), as it came."""

    value: Value


class Conversation(msgspec.Struct, frozen=True):
    """A dialog, or the caller's notifications: what the recent list can hold."""

    dialog: Dialog | None  # None = the notifications


class _Field(msgspec.Struct, frozen=True):
    name: str
    read: Callable[[Value], Any]
    is_required: bool
    default: Any
    fault: Fault | None


Plan: TypeAlias = tuple[_Field, ...]


def read_dialog(value: Value) -> Dialog:
    """Read a DIALOG_ID: ``chatN`` or a person's id, as text or number. Raises BadValue."""
    text = values.to_text(value)
    if len(text) > _MAX_DIALOG_LENGTH:  # it must not be remembered either
        raise BadValue("a dialog id was expected")
    return _dialog_of_text(text)


def read_conversation(value: Value) -> Conversation:
    """Read a DIALOG_ID that may be ``notify``. Raises BadValue."""
    return Conversation(None if value == _NOTIFICATIONS else read_dialog(value))


@functools.lru_cache(maxsize=4096)  # the same few conversations are named again and again
def _dialog_of_text(text: str) -> Dialog:
    match = _DIALOG.fullmatch(text.strip())
    if match is None or not (number := int(match[2])):
        raise BadValue("a dialog id was expected")
    return Dialog(chat_id=number) if match[1] else Dialog(person_id=number)


def read_structure(value: Value) -> Structure:
    """Read ATTACH, KEYBOARD and the like. Raises BadValue for what is neither."""
    if not value or value == "N":
        return Structure(None)
    return Structure(values.to_structure(value))


_READERS: Mapping[Any, Callable[[Value], Any]] = {
    int: values.to_int,
    str: values.to_text,
    Dialog: read_dialog,
    Conversation: read_conversation,
    Structure: read_structure,
    Anything: Anything,
    tuple[int, ...]: lambda value: tuple(values.to_int_list(value)),
    tuple[str, ...]: lambda value: tuple(values.to_text(item) for item in values.to_list(value)),
}


def plan_of(struct: type[msgspec.Struct], faults: Mapping[str, Fault]) -> Plan:
    """Prepare the reading of a struct once, when the method is registered."""
    hints = typing.get_type_hints(struct)
    plan = []
    for field in msgspec.structs.fields(struct):
        is_required = field.required
        default = None if is_required else field.default
        plan.append(
            _Field(field.name, _reader_for(hints[field.name], default), is_required, default, faults.get(field.name))
        )
    return tuple(plan)


def read_params(struct: type[msgspec.Struct], plan: Plan, given: Mapping[str, Value]) -> msgspec.Struct:
    """Read a method's parameters. Raises ApiError with the documented error of the first wrong one."""
    found: dict[str, Any] = {}
    for field in plan:
        value = given.get(field.name)
        if value is None:
            if field.is_required:
                raise _refusal(field)
            continue
        try:
            found[field.name] = field.read(value)
        except BadValue:
            raise _refusal(field) from None
    return struct(**found)


def _refusal(field: _Field) -> ApiError:
    if field.fault is not None:
        return ApiError(field.fault)
    return ApiError(ERROR_ARGUMENT, text=f"Argument '{field.name}' is null or empty", argument=field.name)


def _reader_for(annotation: Any, default: object) -> Callable[[Value], Any]:
    if isinstance(annotation, types.UnionType):
        annotation = next(part for part in typing.get_args(annotation) if part is not types.NoneType)
    if annotation is bool:
        fallback = bool(default)
        return lambda value: values.to_flag(value, fallback)
    return _READERS[annotation]
