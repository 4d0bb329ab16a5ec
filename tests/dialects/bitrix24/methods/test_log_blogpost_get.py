"""``log.blogpost.get``: the whole documented object, filters, pages, cursors, who sees what, how many queries."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from support.queries import count_queries
from support.world import World

KEYS = [
    "ID",
    "BLOG_ID",
    "PUBLISH_STATUS",
    "TITLE",
    "AUTHOR_ID",
    "ENABLE_COMMENTS",
    "NUM_COMMENTS",
    "CODE",
    "MICRO",
    "DETAIL_TEXT",
    "DATE_PUBLISH",
    "CATEGORY_ID",
    "HAS_SOCNET_ALL",
    "HAS_TAGS",
    "HAS_IMAGES",
    "HAS_PROPS",
    "HAS_COMMENT_IMAGES",
]
FIELD_KEYS = {
    *("ID", "ENTITY_ID", "FIELD_NAME", "USER_TYPE_ID", "XML_ID", "SORT", "MULTIPLE", "MANDATORY", "SHOW_FILTER"),
    *("SHOW_IN_LIST", "EDIT_IN_LIST", "IS_SEARCHABLE", "SETTINGS", "EDIT_FORM_LABEL", "LIST_COLUMN_LABEL"),
    *("LIST_FILTER_LABEL", "ERROR_MESSAGE", "HELP_MESSAGE", "USER_TYPE", "VALUE", "ENTITY_VALUE_ID", "VALUE_EXISTS"),
    *("VALUE_RAW", "CUSTOM_DATA"),
}


async def test_a_post_has_all_documented_keys(world: World) -> None:
    post_id = await world.bob.call("log.blogpost.add", POST_TITLE="Title", POST_MESSAGE="Text", DEST=["UA"])
    answer = await world.carol.ask("log.blogpost.get", POST_ID=post_id)
    [post] = answer.result
    assert list(post) == [*KEYS, "FILES"]
    date = post.pop("DATE_PUBLISH")
    assert date.endswith("+03:00")
    assert post == {
        "ID": str(post_id),
        "BLOG_ID": str(world.bob.id),
        "PUBLISH_STATUS": "P",
        "TITLE": "Title",
        "AUTHOR_ID": str(world.bob.id),
        "ENABLE_COMMENTS": "Y",
        "NUM_COMMENTS": "0",
        "CODE": None,
        "MICRO": "N",
        "DETAIL_TEXT": "Text",
        "CATEGORY_ID": "",
        "HAS_SOCNET_ALL": "Y",
        "HAS_TAGS": "N",
        "HAS_IMAGES": "N",
        "HAS_PROPS": "N",
        "HAS_COMMENT_IMAGES": None,
        "FILES": [],
    }
    assert answer.body["total"] == 1
    assert "next" not in answer.body


async def test_fields_of_files_and_importance_are_described(world: World) -> None:
    pair = ["a.txt", base64.b64encode(b"x").decode()]
    post_id = await world.bob.call("log.blogpost.add", POST_MESSAGE="x", IMPORTANT="Y", FILES=[pair])
    [post] = await world.bob.call("log.blogpost.get")
    names = ["UF_BLOG_POST_FILE", "UF_BLOG_POST_IMPRTNT", "UF_IMPRTANT_DATE_END"]
    assert list(post) == [*KEYS, *names, "FILES"]
    for name in names:
        assert set(post[name]) == FIELD_KEYS
        assert (post[name]["FIELD_NAME"], post[name]["ENTITY_VALUE_ID"]) == (name, post_id)
    assert post["UF_BLOG_POST_FILE"]["VALUE"] == post["FILES"]
    assert post["UF_IMPRTANT_DATE_END"]["VALUE"] == ""


@pytest.fixture
async def many(world: World) -> World:
    """Give 60 posts of bob, ids ascending; every third is for carol alone."""
    for number in range(60):
        dest = [f"U{world.carol.id}"] if number % 3 == 0 else ["UA"]
        await world.bob.call("log.blogpost.add", POST_MESSAGE=str(number), DEST=dest)
    return world


async def texts(answer: Any) -> list[str]:
    return [post["DETAIL_TEXT"] for post in answer.result]


async def test_pages_have_fifty_posts_the_newest_first(many: World) -> None:
    first = await many.carol.ask("log.blogpost.get")
    assert (await texts(first))[:2] == ["59", "58"]
    assert (len(first.result), first.body["next"], first.body["total"]) == (50, 50, 60)
    second = await many.carol.ask("log.blogpost.get", start=50)
    assert await texts(second) == [str(number) for number in reversed(range(10))]
    assert "next" not in second.body
    uncounted = await many.carol.ask("log.blogpost.get", start=-1)
    assert "total" not in uncounted.body


async def test_cursors_lead_forwards_and_backwards(many: World) -> None:
    forwards = await many.carol.ask("log.blogpost.get", FIRST_ID=0, LIMIT=3)
    assert await texts(forwards) == ["0", "1", "2"]
    assert set(forwards.body) == {"result", "time"}
    last = forwards.result[-1]["ID"]
    assert await texts(await many.carol.ask("log.blogpost.get", FIRST_ID=last, LIMIT=2)) == ["3", "4"]
    backwards = await many.carol.ask("log.blogpost.get", LAST_ID=last)
    assert await texts(backwards) == ["1", "0"]
    assert len((await many.carol.ask("log.blogpost.get", LAST_ID="", LIMIT=1000)).result) == 60
    assert len((await many.carol.ask("log.blogpost.get", LAST_ID="", LIMIT=-5)).result) == 50


async def test_posts_are_found_by_for_whom_they_are_and_when(many: World) -> None:
    mine = await many.carol.ask("log.blogpost.get", LOG_RIGHTS=f"U{many.carol.id}")
    assert mine.body["total"] == 20
    assert (await many.carol.ask("log.blogpost.get", LOG_RIGHTS=["UA", f"U{many.carol.id}"])).body["total"] == 60
    # What is not for oneself is not found by asking for it.
    assert (await many.stranger.ask("log.blogpost.get", LOG_RIGHTS=f"U{many.carol.id}")).body["total"] == 0
    assert (await many.stranger.ask("log.blogpost.get")).body["total"] == 40
    none = await many.carol.ask("log.blogpost.get", LOG_DATE_FROM="2099-01-01T00:00:00+03:00")
    assert (none.result, none.body["total"]) == ([], 0)
    span = {"LOG_DATE_FROM": "2001-01-01T00:00:00", "LOG_DATE_TO": "2099-01-01"}
    assert (await many.carol.ask("log.blogpost.get", **span)).body["total"] == 60


async def test_what_is_not_for_one_looks_like_what_is_not_there(world: World) -> None:
    post_id = await world.bob.call("log.blogpost.add", POST_MESSAGE="x", DEST=[f"U{world.carol.id}"])
    hidden = await world.stranger.ask("log.blogpost.get", POST_ID=post_id)
    absent = await world.stranger.ask("log.blogpost.get", POST_ID=post_id + 1)
    assert hidden.result == absent.result == []
    # Administrators, too, read only what is for them.
    assert await world.alice.call("log.blogpost.get", POST_ID=post_id) == []


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({"LOG_DATE_FROM": "x"}, "Wrong date format in LOG_DATE_FROM"),
        ({"LOG_DATE_TO": ["x"]}, "Wrong date format in LOG_DATE_TO"),
        ({"LOG_DATE_FROM": "2024-02-01", "LOG_DATE_TO": "2024-01-01"}, "LOG_DATE_FROM is later than LOG_DATE_TO"),
        ({"FIRST_ID": -1}, "Wrong FIRST_ID value"),
        ({"FIRST_ID": "x"}, "Wrong FIRST_ID value"),
        ({"LAST_ID": [1]}, "Wrong LAST_ID value"),
        ({"LAST_ID": 10**30}, "Wrong LAST_ID value"),
    ],
)
async def test_each_documented_error(world: World, params: dict[str, Any], text: str) -> None:
    answer = await world.bob.ask("log.blogpost.get", **params)
    assert (answer.refusal, answer.body["error_description"]) == ((400, "ERROR_ARGUMENT"), text)


async def test_a_page_costs_six_queries_however_many_posts(many: World) -> None:
    with count_queries(many) as queries:
        await many.carol.call("log.blogpost.get")
    assert len(queries.statements) == 6
