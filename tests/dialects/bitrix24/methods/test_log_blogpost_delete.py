"""``log.blogpost.delete``: author and administrators delete, others are refused as documented."""

from __future__ import annotations

import pytest

from skvorets.core.events_posts import PostChanged
from support.world import World


async def test_the_author_and_administrators_delete(world: World) -> None:
    for actor in (world.bob, world.alice):
        post_id = await world.bob.call("log.blogpost.add", POST_MESSAGE="x", DEST=[f"U{world.carol.id}"])
        assert await actor.call("log.blogpost.delete", POST_ID=post_id) is True
        assert await world.carol.call("log.blogpost.get") == []
        assert await world.events("post.changed") != []
        last = (await world.events("post.changed"))[-1]
        assert last == PostChanged(post_id=post_id, author_id=world.bob.id, actor_id=actor.id, change="deleted")
        assert await actor.refused("log.blogpost.delete", POST_ID=post_id) == (400, "100")


async def test_readers_are_refused_and_strangers_do_not_learn_that_it_exists(world: World) -> None:
    post_id = await world.bob.call("log.blogpost.add", POST_MESSAGE="x", DEST=[f"U{world.carol.id}"])
    reader = await world.carol.ask("log.blogpost.delete", POST_ID=post_id, USER_ID=world.bob.id)
    assert reader.refusal == (400, "403")
    assert reader.body["error_description"] == "You do not have permission to delete this message"
    hidden = await world.stranger.ask("log.blogpost.delete", POST_ID=post_id)
    absent = await world.stranger.ask("log.blogpost.delete", POST_ID=post_id + 1)
    assert hidden.body == absent.body
    assert hidden.refusal == (400, "100")
    assert len(await world.carol.call("log.blogpost.get")) == 1


@pytest.mark.parametrize("post_id", [None, "", 0, -1, "x", [1], 10**30])
async def test_what_is_no_post_is_refused(world: World, post_id: object) -> None:
    answer = await world.bob.ask("log.blogpost.delete", POST_ID=post_id)
    assert (answer.refusal, answer.body["error_description"]) == ((400, "100"), "Wrong post ID")
