"""The door: addresses, formats, verbs, bodies; whatever is sent, the answer is an envelope in the wanted format."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skvorets.dialects.megaplan.envelope import encode, failure, success
from skvorets.dialects.megaplan.registry import METHODS, load_methods
from skvorets.dialects.megaplan.xml import element_name
from support.megaplan import COMMON, FORM, STAFF, program_of, raw
from support.world import World

LIST = f"{COMMON}/Message/list"


@pytest.mark.parametrize(
    "path",
    [
        f"{COMMON}/Message/fly.api",
        f"{COMMON}/Message/card.json",
        f"{COMMON}/Message/card",
        f"{COMMON}/message/card.api",
        f"{COMMON}/Comment/list.api",
        f"{COMMON}/",
        f"{COMMON}/.api",
        f"{COMMON}//Message/card.api/x",
        f"{STAFF}/Message/card.api",
        f"{COMMON}/%00.api",
        COMMON,
    ],
)
async def test_unknown_addresses(world: World, path: str) -> None:
    assert (await raw(world, "GET", path)).refusal[0] == 404


async def test_unknown_methods_are_refused_in_xml_as_well(world: World) -> None:
    reply = await raw(world, "GET", f"{COMMON}/Message/fly.xml")
    assert (reply.status, reply.xml.findtext("status/code")) == (404, "error")
    assert [one.tag for one in reply.xml] == ["status", "params", "data"]


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_verbs(world: World, verb: str) -> None:
    assert (await raw(world, verb, f"{LIST}.api")).refusal == (405, "Only GET and POST here")


async def test_the_three_extensions(world: World) -> None:
    bob = await program_of(world, world.bob)
    as_api, as_easy = await bob.get(f"{LIST}.api", Folder="all"), await bob.get(f"{LIST}.easy", Folder="all")
    assert (
        as_api.body
        == as_easy.body
        == (b'{"status":{"code":"ok","message":null},"params":{"Folder":"all"},"data":{"messages":[]}}')
    )
    as_xml = await bob.send("GET", f"{LIST}.xml?Folder=all", Accept="application/json")
    assert as_xml.body == (
        b'<?xml version="1.0" encoding="utf-8"?><response><status><code>ok</code><message></message></status>'
        b"<params><folder>all</folder></params><data><messages></messages></data></response>"
    )


async def test_the_body_wins_over_the_query_and_an_empty_one_is_nothing(world: World) -> None:
    bob = await program_of(world, world.bob)
    reply = await bob.send("POST", f"{LIST}.api?Folder=spam&Limit=3", b"Folder=outgoing", content_type=FORM)
    assert reply.tree["params"] == {"Folder": "outgoing", "Limit": 3}
    assert (await bob.send("POST", f"{LIST}.api", content_type=FORM, Content_Length="0")).data == {"messages": []}
    assert (await bob.send("POST", f"{LIST}.api", b'{"Folder": "all"}', content_type="application/json")).data


async def test_answers_are_not_compressed(world: World) -> None:
    bob = await program_of(world, world.bob)
    reply = await bob.send("GET", f"{LIST}.api", Accept_Encoding="gzip, deflate")
    assert "Content-Encoding" not in reply.headers
    assert reply.headers["Content-Length"] == str(len(reply.body))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"a":' * 200 + b"1" + b"}" * 200),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition"),
        (FORM, b"a" + b"[x]" * 100 + b"=1"),
        (FORM, b"&".join([b"a=1"] * 20_000)),
    ],
)
async def test_bodies_that_cannot_be_read(world: World, kind: str, body: bytes) -> None:
    bob = await program_of(world, world.bob)
    assert (await bob.send("POST", f"{LIST}.api", body, content_type=kind)).refusal[0] == 400


async def test_a_body_that_is_too_large(world: World) -> None:
    bob = await program_of(world, world.bob)
    reply = await bob.send("POST", f"{LIST}.api", b"x" * (world.config.max_body_bytes + 1), content_type=FORM)
    assert reply.refusal[0] == 413


async def test_every_method_asks_for_a_signature_but_those_for_logging_in(world: World) -> None:
    load_methods()
    for name, row in METHODS.items():
        reply = await raw(world, "GET", f"/{name}.api")
        assert (reply.status == 401) == (not row.is_open), name


async def test_every_method_answers_everything_wrong_without_failing(world: World) -> None:
    load_methods()
    bob = await program_of(world, world.bob)
    names = [
        "Id",
        "Folder",
        "Limit",
        "SubjectType",
        "SubjectId",
        "Ids",
        "qs",
        "url",
        "Name",
        "Login",
        "Password",
        "Reply",
    ]
    names += ["OneTimeKey", "Department", "OrderBy", "TimeUpdated", "DateFrom", "FavoritesOnly", "Model[To]", "Group"]
    names += ["Model[Content]", "Model[Subject]", "Model[Attaches]", "WithAnswer"]
    values = ["", "x", "-1", "9" * 50, "\x00\x0b", "\ufffe", "1e999", "null", "[]", "ё" * 3000]
    for name in METHODS:
        for value in values:
            for form, extension in (("{}", "xml"), ("{}[]", "api"), ("{}[a][b]", "xml")):
                body = urlencode({form.format(one): value for one in names}).encode()
                reply = await bob.send("POST", f"/{name}.{extension}", body, content_type=FORM)
                assert reply.status < 500, (name, value, form)
                assert reply.tree if extension == "api" else reply.xml is not None


@given(st.dictionaries(st.text(max_size=8), st.recursive(st.text(max_size=8), st.lists, max_leaves=5), max_size=4))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_parameters_can_be_written_in_both_formats(tree: dict[str, object]) -> None:
    from xml.etree import ElementTree as ET  # noqa: PLC0415 — of this test alone

    for answer in (success(tree, []), failure(tree, str(tree))):  # type: ignore[arg-type]  # any tree
        assert encode(answer, "api")[0]
        assert ET.fromstring(encode(answer, "xml")[0]).tag == "response"  # noqa: S314 — written by us


@dataclass(frozen=True)
class _Element:
    key: str
    name: str


@pytest.mark.parametrize(
    "element",
    [
        _Element("Id", "id"),
        _Element("TimeCreated", "time_created"),
        _Element("AccessId", "access_id"),
        _Element("UserId", "user_id"),
        _Element("IsFavorite", "is_favorite"),
        _Element("datetime", "datetime"),
        _Element("0", "item"),
        _Element("a b", "item"),
        _Element("", "item"),
    ],
)
def test_names_of_elements(element: _Element) -> None:
    assert element_name(element.key) == element.name
