"""``log.blogpost.add``: for whom a post is, what is kept of it, files, in whose name, each documented error."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from skvorets.core import departments
from skvorets.core.events_posts import PostChanged
from support.company import company
from support.world import Actor, World

CODE = "SONET_CONTROLLER_LIVEFEED_BLOGPOST_ADD_ERROR"


async def ids(actor: Actor, **params: Any) -> list[int]:
    return [int(one["ID"]) for one in await actor.call("log.blogpost.get", **params)]


async def test_a_post_is_for_all_employees_unless_said_otherwise(world: World) -> None:
    answer = await world.bob.ask("log.blogpost.add", POST_MESSAGE=" Hello, world! ")
    post_id = answer.result
    assert isinstance(post_id, int)
    assert set(answer.body) == {"result", "time"}
    for actor in (world.alice, world.bob, world.stranger):
        [post] = await actor.call("log.blogpost.get")
        assert (post["ID"], post["DETAIL_TEXT"], post["TITLE"]) == (str(post_id), "Hello, world!", "Hello, world!")
        assert (post["MICRO"], post["HAS_SOCNET_ALL"], post["HAS_PROPS"]) == ("Y", "Y", "N")
    assert await ids(world.outsider) == []
    assert await world.events("post.changed") == [
        PostChanged(post_id=post_id, author_id=world.bob.id, actor_id=world.bob.id, change="added")
    ]


async def test_a_post_is_for_the_people_departments_and_groups_that_are_named(world: World) -> None:
    await world.chat(world.bob, world.outsider, ENTITY_TYPE="SONET_GROUP", ENTITY_ID="5")
    for_carol = await world.bob.call("log.blogpost.add", POST_MESSAGE="x", DEST=[f"U{world.carol.id}", "U999999"])
    for_group = await world.bob.call("log.blogpost.add", POST_MESSAGE="x", DEST="sg5")
    old_form = {"U": [f"U{world.carol.id}"], "SG": {"5": "SG5"}}
    for_both = await world.bob.call("log.blogpost.add", POST_MESSAGE="x", SPERM=old_form)
    assert await ids(world.carol) == [for_both, for_carol]
    assert await ids(world.outsider) == [for_both, for_group]
    assert await ids(world.bob) == [for_both, for_group, for_carol]
    assert await ids(world.stranger) == []
    assert await ids(world.alice) == []


async def test_a_department_reads_with_those_below_it(world: World) -> None:
    tree = await company(world)
    wide = await world.alice.call("log.blogpost.add", POST_MESSAGE="x", DEST=[f"DR{tree.root}"])
    narrow = await world.alice.call("log.blogpost.add", POST_MESSAGE="x", DEST=[f"DR{tree.north}"])
    other = await world.alice.call("log.blogpost.add", POST_MESSAGE="x", DEST=[f"DR{tree.sales}"])
    assert await ids(world.carol) == [other, narrow, wide]
    assert await ids(world.stranger) == []
    await world.unit(departments.put_person, tree.sales, world.stranger.id)
    assert await ids(world.stranger) == [other, wide]


async def test_tags_title_and_importance_are_kept(world: World) -> None:
    params = {
        "POST_TITLE": "Новый регламент",
        "POST_MESSAGE": "С 1 ноября [b]обновляется[/b]",
        "TAGS": "регламент, согласование,регламент",
        "IMPORTANT": "Y",
        "IMPORTANT_DATE_END": "2030-01-01T10:00:00+03:00",
    }
    await world.bob.call("log.blogpost.add", **params)
    await world.carol.call("log.blogpost.add", POST_MESSAGE="x", TAGS=["согласование"])
    second, first = await world.alice.call("log.blogpost.get")
    assert (first["TITLE"], first["MICRO"], first["HAS_TAGS"]) == ("Новый регламент", "N", "Y")
    assert first["CATEGORY_ID"].split(",")[1] == second["CATEGORY_ID"]
    assert first["UF_BLOG_POST_IMPRTNT"]["VALUE"] == "1"
    assert first["UF_IMPRTANT_DATE_END"]["VALUE"] == "2030-01-01T10:00:00+03:00"


@pytest.mark.parametrize(
    "files",
    [
        [["a.txt", base64.b64encode(b"hello").decode()]],
        ["a.txt", base64.b64encode(b"hello").decode()],
        [{"fileData": ["a.txt", base64.b64encode(b"hello").decode()]}],
        {"0": {"0": "a.txt", "1": base64.b64encode(b"hello").decode()}},
    ],
)
async def test_files_hang_on_the_post_and_are_read_by_its_readers_alone(world: World, files: Any) -> None:
    await world.bob.call("log.blogpost.add", POST_MESSAGE="x", DEST=[f"U{world.carol.id}"], FILES=files)
    [post] = await world.carol.call("log.blogpost.get")
    [file_id] = post["FILES"]
    assert post["UF_BLOG_POST_FILE"]["VALUE"] == [file_id]
    for actor in (world.bob, world.carol):
        file = await actor.call("disk.file.get", id=file_id)
        assert (file["NAME"], file["SIZE"]) == ("a.txt", "5")
    assert (await world.stranger.refused("disk.file.get", id=file_id))[1] == "ERROR_NOT_FOUND"


async def test_a_file_of_the_drive_is_attached_one_of_another_is_not(world: World) -> None:
    pair = ["a.txt", base64.b64encode(b"hello").decode()]
    await world.bob.call("log.blogpost.add", POST_MESSAGE="x", DEST=[f"U{world.bob.id}"], FILES=[pair])
    [[file_id]] = [post["FILES"] for post in await world.bob.call("log.blogpost.get")]
    own = await world.bob.call("log.blogpost.add", POST_MESSAGE="y", UF_BLOG_POST_FILE=[f"n{file_id}"])
    foreign = await world.carol.call("log.blogpost.add", POST_MESSAGE="z", UF_BLOG_POST_FILE=[f"n{file_id}", "n9", "x"])
    [post] = await world.stranger.call("log.blogpost.get", POST_ID=own)
    assert post["FILES"] == [file_id]
    [post] = await world.stranger.call("log.blogpost.get", POST_ID=foreign)
    assert post["FILES"] != [file_id]


async def test_only_administrators_write_in_the_name_of_others(world: World) -> None:
    await world.alice.call("log.blogpost.add", POST_MESSAGE="x", USER_ID=world.bob.id)
    await world.carol.call("log.blogpost.add", POST_MESSAGE="y", USER_ID=world.bob.id)
    authors = [post["AUTHOR_ID"] for post in await world.stranger.call("log.blogpost.get")]
    assert authors == [str(world.carol.id), str(world.bob.id)]
    refused = await world.alice.refused("log.blogpost.add", POST_MESSAGE="x", USER_ID=999_999)
    assert refused == (400, "SONET_CONTROLLER_LIVEFEED_BLOG_NOT_FOUND")


@pytest.mark.parametrize(
    ("params", "code", "text"),
    [
        ({}, CODE, "Blog post hasn't been added"),
        ({"POST_MESSAGE": " "}, CODE, "Blog post hasn't been added"),
        ({"POST_MESSAGE": ["x"]}, CODE, "Blog post hasn't been added"),
        ({"POST_MESSAGE": "x" * 100_001}, CODE, "Blog post hasn't been added"),
        ({"POST_MESSAGE": "x", "DEST": ["U999999", "DR9", "SG9", "x", "U0"]}, CODE, "No destination specified"),
        ({"POST_MESSAGE": "x", "DEST": [f"U{n}" for n in range(1, 1002)]}, CODE, "Blog post hasn't been added"),
        ({"POST_MESSAGE": "x", "TAGS": [str(n) for n in range(21)]}, CODE, "Blog post hasn't been added"),
        ({"POST_MESSAGE": "x", "FILES": ["x"]}, "ERROR_ARGUMENT", "Wrong format of FILES"),
        ({"POST_MESSAGE": "x", "FILES": [["a.txt", "%%%"]]}, "ERROR_ARGUMENT", "Wrong format of FILES"),
        ({"POST_MESSAGE": "x", "FILES": [["", "eA=="]]}, "ERROR_ARGUMENT", "Wrong format of FILES"),
        ({"POST_MESSAGE": "x", "FILES": [["a", "eA=="]] * 101}, "ERROR_ARGUMENT", "Wrong format of FILES"),
        (
            {"POST_MESSAGE": "x", "IMPORTANT_DATE_END": "0001-01-01"},
            "ERROR_ARGUMENT",
            "Wrong date format in IMPORTANT_DATE_END",
        ),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_kept(
    world: World, params: dict[str, Any], code: str, text: str
) -> None:
    answer = await world.bob.ask("log.blogpost.add", **params)
    assert (answer.refusal, answer.body["error_description"]) == ((400, code), text)
    assert not await world.events("post.changed")


async def test_one_from_outside_writes_to_nobody_unknown_to_him(world: World) -> None:
    for dest in (None, ["UA"], [f"U{world.bob.id}"]):
        answer = await world.outsider.ask("log.blogpost.add", POST_MESSAGE="x", DEST=dest)
        assert answer.refusal == (400, CODE)
    await world.chat(world.bob, world.outsider)
    await world.outsider.call("log.blogpost.add", POST_MESSAGE="x", DEST=[f"U{world.bob.id}"])
    assert len(await ids(world.bob)) == 1


async def test_the_scope_is_needed(world: World) -> None:
    actor = await world.webhook(world.bob, "im")
    assert (await actor.refused("log.blogpost.add", POST_MESSAGE="x"))[1] == "insufficient_scope"
