"""Writes what is made from the native API's table: TypeScript types for the client, the list of docs/native-api.md.

    .venv/bin/python scripts/client_shapes.py     after every change of a route or a shape

``src/skvorets/client/shapes.d.ts`` is for the client's JSDoc: ``import("../shapes.js").ChatView``. It has every shape,
``Answers`` and ``Given`` by route (``Answers["GET /api/start"]``), and ``Pushed``: what the push socket's frames carry.
tests/client/test_shapes.py holds both files current.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import msgspec

from skvorets.core.event_base import Event
from skvorets.dialects.native.openapi import words_of
from skvorets.dialects.native.registry import ROUTES, Nothing, Route, load_routes
from skvorets.dialects.native.schemas import Schema, Shapes, answer_of, name_of, shapes_of
from skvorets.realtime.frames import PUSHED_KINDS

ROOT = Path(__file__).resolve().parents[1]
TYPES: Final = ROOT / "src" / "skvorets" / "client" / "shapes.d.ts"
DOCUMENT: Final = ROOT / "docs" / "native-api.md"
_BEGIN, _END = "<!-- routes: written by scripts/client_shapes.py -->", "<!-- end of routes -->"
_HEAD = """\
// Shapes of the native API and of what is pushed. Written by scripts/client_shapes.py: do not edit.
// Times are unix milliseconds, 0 = never; ids are integers, 0 = none.

"""
_PLAIN = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "null"}
_NAME = re.compile(r"[A-Za-z_$][\w$]*\Z")


def types_text() -> str:
    """Give the TypeScript declarations."""
    rows = _rows()
    pushed = sorted((one for one in Event.__subclasses__() if one.kind in PUSHED_KINDS), key=lambda one: one.kind)
    shapes = shapes_of(rows, pushed)
    named = [_declared(name, schema) for name, schema in shapes.named.items()]
    answers = {_title(row): _answer(row, shapes) for row in rows}
    given = {_title(row): _type(shapes.of_type[row.given]) for row in rows if row.given is not Nothing}
    events = {one.kind: _type(shapes.of_type[one]) for one in pushed}
    tables = [
        _table("Answers", "What a route answers with; `null` is 204.", answers),
        _table("Given", "Body of a route, or query of a GET.", given),
        _table("Pushed", "`data` of the push socket's frames, by `type`; names as the log has them.", events),
    ]
    return _HEAD + "\n".join([*named, *tables])


def document_text(text: str) -> str:
    """Give the document with the list of routes as it is now."""
    before, _, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2]
    lines = ["| Route | What it does | Who may |", "|---|---|---|"]
    lines += [f"| `{_title(row)}` | {words_of(row.handler)[0]} | {_audience(row)} |" for row in _rows()]
    return f"{before}{_BEGIN}\n" + "\n".join(lines) + f"\n{_END}{after}"


def main() -> int:
    """Write both files; the exit code."""
    TYPES.write_text(types_text())
    DOCUMENT.write_text(document_text(DOCUMENT.read_text()))
    return 0


def _rows() -> list[Route]:
    load_routes()
    return sorted(ROUTES, key=lambda row: (row.path, row.verb))


def _title(row: Route) -> str:
    return f"{row.verb} {row.path}"


def _answer(row: Route, shapes: Shapes) -> str:
    answer = answer_of(row)
    return "null" if answer is None else _type(shapes.of_type[answer])


def _audience(row: Route) -> str:
    if row.is_open:
        return "everybody, without a log-in"
    return "administrators" if row.is_for_admins else "who is logged in"


def _table(name: str, words: str, entries: dict[str, str]) -> str:
    lines = "".join(f'  "{key}": {value};\n' for key, value in entries.items())
    return f"/** {words} */\nexport interface {name} {{\n{lines}}}\n"


def _declared(name: str, schema: Schema) -> str:
    words = f"/** {str(schema.get('description', '')).partition(chr(10))[0]} */\n" if "description" in schema else ""
    if "properties" not in schema:
        return f"{words}export type {name} = {_type(schema)};\n"
    required = set(schema.get("required", ()))
    lines = "".join(
        f"  {_key(key)}{'' if key in required else '?'}: {_type(one)};\n" for key, one in schema["properties"].items()
    )
    return f"{words}export interface {name} {{\n{lines}}}\n"


def _key(name: str) -> str:
    return name if _NAME.match(name) else f'"{name}"'


def _type(schema: Schema) -> str:
    if name := name_of(schema):
        return name
    if "enum" in schema:
        return _union(msgspec.json.encode(one).decode() for one in schema["enum"])
    if "const" in schema:
        return msgspec.json.encode(schema["const"]).decode()
    if "anyOf" in schema:
        return _union(_type(one) for one in schema["anyOf"])
    kind = schema.get("type")
    if kind == "array":
        return _array(schema)
    if kind == "object":
        inner: Any = schema.get("additionalProperties")
        return f"Record<string, {_type(inner) if isinstance(inner, dict) else 'any'}>"
    return _PLAIN.get(str(kind), "any")


def _array(schema: Schema) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(map(_type, schema['prefixItems']))}]"
    inner = _type(schema.get("items") or {})
    return f"({inner})[]" if "|" in inner else f"{inner}[]"


def _union(kinds: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(kinds))


if __name__ == "__main__":
    sys.exit(main())
