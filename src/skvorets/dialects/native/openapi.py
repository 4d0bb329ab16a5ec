"""``GET /api/openapi.json``: the native API described by itself (OpenAPI 3.1), for everybody.

Everything comes from the table of routes: the types of handlers give bodies and answers, their docstrings the words.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, Final

import msgspec
from aiohttp import web

from skvorets import __version__
from skvorets.dialects.native.registry import ROUTES, Download, Nothing, Route, load_routes
from skvorets.dialects.native.schemas import Schema, Shapes, answer_of, name_of, shapes_of
from skvorets.dialects.native.shapes.refusals import Refusal

DOCUMENT_PATH: Final = "/api/openapi.json"
_VERSION = "3.1.0"
_PART = re.compile(r"\{(\w+)\}")
_SAFE = frozenset({"GET"})
_JSON, _BYTES = "application/json", "application/octet-stream"
_REFUSALS = {
    400: "Malformed, or against a rule.",
    401: "Nobody is logged in.",
    403: "Not allowed, or the forgery token is wrong.",
    404: "There is no such thing, or the caller may not see it.",
}
_COOKIE, _TOKEN = "session", "forgeryToken"
_SCHEMES = {
    _COOKIE: {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-skvorets",
        "description": "Set by POST /api/session. On a server without https its name is `skvorets`.",
    },
    _TOKEN: {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "`csrfToken` of GET /api/session; with everything that changes something.",
    },
}


def serve_document(_request: web.BaseRequest) -> web.Response:
    """Answer with the description."""
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
    return web.Response(body=_encoded(), content_type=_JSON, headers=headers)


def describe(rows: Iterable[Route]) -> Schema:
    """Describe these routes."""
    found = sorted(rows, key=lambda row: (row.path, row.verb))
    shapes = shapes_of(found)
    taken = Counter(row.handler.__name__ for row in found)
    paths: dict[str, Schema] = {}
    for row in found:
        paths.setdefault(row.path, {})[row.verb.lower()] = _operation(row, shapes, taken[row.handler.__name__] == 1)
    return {
        "openapi": _VERSION,
        "info": {
            "title": "Skvorets: native API",
            "version": __version__,
            "description": "What the web client speaks. How to log in and what refusals look like: docs/native-api.md.",
        },
        "paths": {path: paths[path] for path in sorted(paths)},
        "components": {
            "schemas": shapes.named,
            "responses": {f"Refused{status}": _refused(text, shapes) for status, text in _REFUSALS.items()},
            "securitySchemes": _SCHEMES,
        },
    }


def words_of(handler: Callable[..., Any]) -> tuple[str, str]:
    """Give the first sentence of a handler's docstring, and all of it."""
    text = inspect.getdoc(handler) or ""
    return text.partition("\n")[0].split(". ")[0].rstrip("."), text


@functools.cache
def _encoded() -> bytes:
    load_routes()
    return msgspec.json.encode(describe(ROUTES))


def _operation(row: Route, shapes: Shapes, has_own_name: bool) -> Schema:  # noqa: FBT001 — a fact, told once
    file, name = row.handler.__module__.rpartition(".")[2], row.handler.__name__
    summary, text = words_of(row.handler)
    operation: Schema = {
        "operationId": name if has_own_name else f"{file}_{name}",
        "tags": [file],
        "summary": summary,
        "description": text + ("\n\nFor administrators." if row.is_for_admins else ""),
        "security": _security(row),
        "parameters": [_part(name) for name in _PART.findall(row.path)],
        "responses": _responses(answer_of(row), shapes),
    }
    if row.verb in _SAFE or row.streams:
        operation["parameters"] += _query(row, shapes)
    if row.streams:
        operation["requestBody"] = {"required": True, "content": {_BYTES: {}}}
    elif row.verb not in _SAFE and row.given is not Nothing:
        operation["requestBody"] = _body(shapes.of_type[row.given])
    return operation


def _security(row: Route) -> list[Schema]:
    if row.is_open:
        return []
    return [{_COOKIE: []} if row.verb in _SAFE else {_COOKIE: [], _TOKEN: []}]


def _part(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}


def _query(row: Route, shapes: Shapes) -> list[Schema]:
    if row.given is Nothing:
        return []
    schema = shapes.named[name_of(shapes.of_type[row.given])]
    required = schema.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in required, "schema": one}
        for name, one in schema["properties"].items()
    ]


def _body(schema: Schema) -> Schema:
    return {"required": True, "content": {_JSON: {"schema": schema}}}


def _responses(answer: Any, shapes: Shapes) -> Schema:
    refused = {str(status): {"$ref": f"#/components/responses/Refused{status}"} for status in _REFUSALS}
    if answer is None:
        return {str(HTTPStatus.NO_CONTENT.value): {"description": "Done."}, **refused}
    content: Schema = {_BYTES: {}} if answer is Download else {_JSON: {"schema": shapes.of_type[answer]}}
    return {str(HTTPStatus.OK.value): {"description": "The answer.", "content": content}, **refused}


def _refused(text: str, shapes: Shapes) -> Schema:
    return {"description": text, "content": {_JSON: {"schema": shapes.of_type[Refusal]}}}
