"""``log.blogpost.update``: what changes and what does not, files, who may, each documented error."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from skvorets.core.events_posts import PostChanged
from support.world import World

CODE = "SONET_CONTROLLER_LIVEFEED_BLOGPOST_UPDATE_ERROR"
PAIR = ["a.txt", base64.b64encode(b"hello").decode()]


async def test_title_and_text_change_as_documented(world: World) -> None:
    post_id = await world.bob.call("log.blogpost.add", POST_TITLE="Old", POST_MESSAGE="Text")
    assert await world.bob.call("log.blogpost.update", POST_ID=post_id, POST_TITLE="New") == post_id
    [post] = await world.carol.call("log.blogpost.get")
    assert (post["TITLE"], post["DETAIL_TEXT"], post["MICRO"]) == ("New", "Text", "N")
    await world.bob.call("log.blogpost.update", POST_ID=post_id, POST_MESSAGE="Other")
    [post] = await world.carol.call("log.blogpost.get")
    assert (post["TITLE"], post["DETAIL_TEXT"], post["MICRO"]) == ("Other", "Other", "Y")
    changes = [one.change for one in await world.events("post.changed") if isinstance(one, PostChanged)]
    assert changes == ["added", "changed", "changed"]


async def test_it_may_be_for_others_afterwards(world: World) -> None:
    post_id = await world.bob.call("log.blogpost.add", POST_MESSAGE="x")
    params = {"POST_TITLE": "x", "DEST": [f"U{world.carol.id}"], "IMPORTANT": "Y"}
    await world.bob.call("log.blogpost.update", POST_ID=post_id, **params)
    assert await world.stranger.call("log.blogpost.get") == []
    for actor in (world.carol, world.bob):
        [post] = await actor.call("log.blogpost.get")
        assert (post["HAS_SOCNET_ALL"], post["UF_BLOG_POST_IMPRTNT"]["VALUE"]) == ("N", "1")


async def test_files_are_added_and_taken_away(world: World) -> None:
    post_id = await world.bob.call("log.blogpost.add", POST_MESSAGE="x", FILES=[PAIR])
    [[first]] = [post["FILES"] for post in await world.bob.call("log.blogpost.get")]
    await world.bob.call("log.blogpost.update", POST_ID=post_id, POST_TITLE="x", FILES=[PAIR])
    [[_, second]] = [post["FILES"] for post in await world.bob.call("log.blogpost.get")]
    await world.bob.call("log.blogpost.update", POST_ID=post_id, POST_TITLE="x", FILES={str(first): "del"})
    [post] = await world.bob.call("log.blogpost.get")
    assert post["FILES"] == [second]
    assert (await world.carol.refused("disk.file.get", id=first))[1] == "ERROR_NOT_FOUND"
    await world.bob.call("log.blogpost.update", POST_ID=post_id, POST_TITLE="x", UF_BLOG_POST_FILE=["empty"])
    [post] = await world.bob.call("log.blogpost.get")
    assert post["FILES"] == []
    assert await world.bob.call("disk.file.get", id=second)  # on the drive it stays


async def test_the_author_and_administrators_change_a_post(world: World) -> None:
    post_id = await world.bob.call("log.blogpost.add", POST_MESSAGE="x", DEST=[f"U{world.carol.id}"])
    assert await world.alice.call("log.blogpost.update", POST_ID=post_id, POST_TITLE="x") == post_id
    reader = await world.carol.ask("log.blogpost.update", POST_ID=post_id, POST_TITLE="y", USER_ID=world.bob.id)
    assert (reader.refusal, reader.body["error_description"]) == ((400, CODE), "No write perms")
    stranger = await world.stranger.ask("log.blogpost.update", POST_ID=post_id, POST_TITLE="y")
    absent = await world.stranger.ask("log.blogpost.update", POST_ID=post_id + 1, POST_TITLE="y")
    assert stranger.body == absent.body
    assert (stranger.refusal, stranger.body["error_description"]) == ((400, CODE), "No post found")
    [post] = await world.carol.call("log.blogpost.get")
    assert post["TITLE"] == "x"


@pytest.mark.parametrize(
    ("params", "code", "text"),
    [
        ({"POST_ID": None}, CODE, "Wrong post ID"),
        ({"POST_ID": 0}, CODE, "Wrong post ID"),
        ({"POST_ID": ["x"]}, CODE, "Wrong post ID"),
        ({}, "EMPTY_TITLE", "The title of the message is not specified"),
        ({"POST_TITLE": " ", "POST_MESSAGE": ""}, "EMPTY_TITLE", "The title of the message is not specified"),
        ({"FILES": [PAIR]}, "EMPTY_TITLE", "The title of the message is not specified"),
        ({"POST_TITLE": "x", "DEST": ["U999999"]}, CODE, "No destination specified"),
        ({"POST_MESSAGE": "x" * 100_001}, CODE, "Cannot update blog post"),
        ({"POST_TITLE": "x", "FILES": [["a"]]}, "ERROR_ARGUMENT", "Wrong format of FILES"),
    ],
)
async def test_each_documented_error_changes_nothing(
    world: World, params: dict[str, Any], code: str, text: str
) -> None:
    post_id = await world.bob.call("log.blogpost.add", POST_TITLE="Old", POST_MESSAGE="Text")
    before = len(await world.events())
    answer = await world.bob.ask("log.blogpost.update", **{"POST_ID": post_id, **params})
    assert (answer.refusal, answer.body["error_description"]) == ((400, code), text)
    assert len(await world.events()) == before
    [post] = await world.bob.call("log.blogpost.get")
    assert (post["TITLE"], post["FILES"]) == ("Old", [])
