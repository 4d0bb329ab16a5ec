"""JSON schemas of what the native API takes and gives, made from the structs of its routes.

A struct is known by its name; where two files have structs of one name, their files' names come before it:
``Page`` of ``resources/deliveries.py`` is ``DeliveriesPage`` then. The shapes shared by resources (``shapes/``) must
have names of their own.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import typing
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

from skvorets.dialects.native.registry import Nothing, Reply, Route

Schema: TypeAlias = dict[str, Any]
_REF = "#/components/schemas/"


class Shapes(msgspec.Struct, frozen=True):
    """All schemas: of each type that was asked for, and the named ones that they refer to."""

    of_type: Mapping[Any, Schema]
    named: Mapping[str, Schema]


def answer_of(row: Route) -> Any:
    """Give the type of a route's answer; None for 204, and for answers that only change the cookie."""
    answer = typing.get_type_hints(row.handler)["return"]
    return None if answer in {type(None), Reply} else answer


def shapes_of(rows: Iterable[Route], others: Iterable[Any] = ()) -> Shapes:
    """Make the schemas of everything that these routes take and give, and of the shared shapes.

    ``others`` are answers, too.
    """
    given, answers = set[Any](), [*_shared(), *others]
    for row in rows:
        given.add(row.given)
        answers.append(answer_of(row))
    answered = [one for one in dict.fromkeys(answers) if one is not None]
    asked = sorted(given - {Nothing, *answered}, key=lambda kind: (kind.__module__, kind.__qualname__))
    wanted = [*answered, *asked]
    found, components = msgspec.json.schema_components(wanted, ref_template=_REF + "{name}")
    names = {name: _short(name) for name in components}
    named = {names[name]: {**_renamed(schema, names), "title": names[name]} for name, schema in components.items()}
    of_type = {kind: _renamed(schema, names) for kind, schema in zip(wanted, found, strict=True)}
    _complete(named, [of_type[kind] for kind in answered], [of_type[kind] for kind in asked])
    return Shapes(of_type, {name: named[name] for name in sorted(named)})


@functools.cache
def _shared() -> list[type[msgspec.Struct]]:
    package = importlib.import_module("skvorets.dialects.native.shapes")
    files = [
        importlib.import_module(f"{package.__name__}.{one.name}") for one in pkgutil.iter_modules(package.__path__)
    ]
    return [
        one
        for file in files
        for one in vars(file).values()
        if isinstance(one, type) and issubclass(one, msgspec.Struct) and one.__module__ == file.__name__
    ]


def name_of(schema: Schema) -> str:
    """Give the name of what a schema refers to; empty when it says all itself."""
    return str(schema.get("$ref", "")).removeprefix(_REF)


def _short(name: str) -> str:
    """Turn the full name, which is given to structs that share one, into the short one with its file's."""
    file, _, own = name.rpartition(".")
    return "".join(word.title() for word in file.rpartition(".")[2].split("_")) + own


def _renamed(schema: Any, names: Mapping[str, str]) -> Any:
    if isinstance(schema, dict):
        return {
            key: _REF + names[value.removeprefix(_REF)] if key == "$ref" else _renamed(value, names)
            for key, value in schema.items()
        }
    return [_renamed(one, names) for one in schema] if isinstance(schema, list) else schema


def _complete(named: dict[str, Schema], answers: list[Schema], given: list[Schema]) -> None:
    """Say of answers that all their fields are there: what has a default may be left out by callers only."""
    for name in _reached(named, answers) - _reached(named, given):
        if "properties" in named[name]:
            named[name]["required"] = list(named[name]["properties"])


def _reached(named: Mapping[str, Schema], begin: list[Schema]) -> set[str]:
    found, waiting = set[str](), list[Any](begin)
    while waiting:
        one = waiting.pop()
        waiting.extend(one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        if isinstance(one, dict) and (name := name_of(one)) and name not in found:
            found.add(name)
            waiting.append(named[name])
    return found
