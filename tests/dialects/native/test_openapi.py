"""The description of the native API: for everybody, complete, with names that stay, and without loose ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import aiohttp
import msgspec

from skvorets import __version__
from skvorets.dialects.native.openapi import describe
from skvorets.dialects.native.registry import ROUTES, load_routes
from skvorets.dialects.native.schemas import shapes_of
from skvorets.dialects.native.shapes.chats import ChatView
from support.world import World

load_routes()


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        for one in part.values():
            yield from references(one)
    elif isinstance(part, list):
        for one in part:
            yield from references(one)


def operations() -> dict[str, Any]:
    paths = describe(ROUTES)["paths"]
    return {f"{verb.upper()} {path}": one for path, verbs in paths.items() for verb, one in verbs.items()}


async def test_everybody_may_read_the_description(world: World) -> None:
    async with aiohttp.ClientSession() as client, client.get(f"{world.url}/api/openapi.json") as answer:
        assert (answer.status, answer.content_type) == (200, "application/json")
        document = json.loads(await answer.read())
    assert document["openapi"] == "3.1.0"
    assert document["info"]["version"] == __version__
    assert set(document["components"]["securitySchemes"]) == {"session", "forgeryToken"}


async def test_nothing_can_be_sent_to_the_description(world: World) -> None:
    async with aiohttp.ClientSession() as client, client.post(f"{world.url}/api/openapi.json") as answer:
        assert answer.status == 404


def test_every_route_is_described() -> None:
    assert set(operations()) >= {f"{row.verb} {row.path}" for row in ROUTES} | {"POST /api/session"}


def test_operations_have_words_and_names_of_their_own() -> None:
    found = operations()
    assert all(one["summary"] and one["description"] for one in found.values())
    assert len({one["operationId"] for one in found.values()}) == len(found)


def test_no_reference_leads_nowhere() -> None:
    document = json.loads(msgspec.json.encode(describe(ROUTES)))
    for reference in references(document):
        part = document
        for name in reference.removeprefix("#/").split("/"):
            part = part[name]
        assert part


def test_shared_shapes_keep_their_names() -> None:
    named = shapes_of(ROUTES).named
    wanted = {"PersonView", "ContactView", "ChatView", "MineView", "RightsView", "DraftView", "MessageView"}
    assert wanted | {"QuoteView", "FileView", "Refusal"} <= set(named)
    assert list(named["ChatView"]["properties"]) == list(ChatView.__struct_encode_fields__)


def test_what_changes_something_asks_for_the_token() -> None:
    is_open = {f"{row.verb} {row.path}": row.is_open for row in ROUTES}
    assert is_open["POST /api/session"]
    for title, one in operations().items():
        if is_open[title]:
            assert one["security"] == []
        elif title.startswith("GET "):
            assert one["security"] == [{"session": []}]
        else:
            assert one["security"] == [{"session": [], "forgeryToken": []}]


def test_parts_of_paths_and_queries_are_parameters() -> None:
    found = operations()
    assert found["DELETE /api/sessions/{id}"]["parameters"] == [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    ]
    asked = found["GET /api/dev/deliveries"]["parameters"]
    assert ("below", "query") in {(one["name"], one["in"]) for one in asked}


def test_bodies_refusals_and_empty_answers_are_told() -> None:
    one = operations()["POST /api/session"]
    schema = one["requestBody"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/Credentials"}
    assert set(one["responses"]) == {"204", "400", "401", "403", "404"}
    assert operations()["GET /api/session"]["security"]
