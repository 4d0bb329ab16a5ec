"""``Favorite/add``, ``/remove``, ``/list``: each person's own messages."""

from __future__ import annotations

import pytest

from support.megaplan import COMMON, listed, program_of, send_message
from support.world import World

ADD, REMOVE, LIST = (f"{COMMON}/Favorite/{name}" for name in ("add", "remove", "list"))


async def test_a_favourite_comes_and_goes_for_its_owner_alone(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    sent = await send_message(bob, world.carol.id, "Keep")
    await send_message(bob, world.carol.id, "Not")
    given = {"SubjectType": "message", "SubjectId": sent["Id"]}
    for _ in range(2):
        assert (await carol.post(ADD, given)).data == []
    found = (await carol.get(LIST)).data
    assert list(found) == ["Tasks", "Projects", "Messages"]
    assert (found["Tasks"], found["Projects"]) == ([], [])
    assert [(one["Id"], one["Folder"], one["IsFavorite"]) for one in found["Messages"]] == [
        (sent["Id"], "incoming", True)
    ]
    assert [one["Content"] for one in await listed(carol, FavoritesOnly="1")] == ["Keep"]
    assert await listed(carol, FavoritesOnly="1", Folder="outgoing") == []
    assert (await bob.get(LIST)).data["Messages"] == []
    for _ in range(2):
        assert (await carol.post(REMOVE, given)).data == []
    assert (await carol.get(LIST)).data["Messages"] == []


async def test_a_deleted_favourite_is_in_the_deleted_folder_alone(world: World) -> None:
    bob = await program_of(world, world.bob)
    sent = await send_message(bob, world.carol.id)
    await bob.post(ADD, {"SubjectType": "Message", "SubjectId": sent["Id"]})
    await bob.post(f"{COMMON}/Message/delete", {"Id": sent["Id"]})
    assert (await bob.get(LIST)).data["Messages"] == []
    assert [one["Id"] for one in await listed(bob, Folder="deleted", FavoritesOnly="1")] == [sent["Id"]]


@pytest.mark.parametrize("path", [ADD, REMOVE])
@pytest.mark.parametrize(
    ("given", "status", "text"),
    [
        ({"SubjectType": "task", "SubjectId": "5"}, 400, "SubjectType must be message"),
        ({"SubjectId": "5"}, 400, "SubjectType must be message"),
        ({"SubjectType": "message"}, 400, "SubjectId is required"),
        ({"SubjectType": "message", "SubjectId": "x"}, 400, "SubjectId must be a whole number"),
        ({"SubjectType": "message", "SubjectId": "1000987"}, 404, "Message not found"),
        ({"SubjectType[]": "message", "SubjectId": "1"}, 400, "SubjectType must be a text"),
    ],
)
async def test_refusals(world: World, path: str, given: dict[str, str], status: int, text: str) -> None:
    bob = await program_of(world, world.bob)
    assert (await bob.post(path, given)).refusal == (status, text)


async def test_a_message_of_others_is_denied(world: World) -> None:
    bob, stranger = await program_of(world, world.bob), await program_of(world, world.stranger)
    sent = await send_message(bob, world.carol.id)
    for path in (ADD, REMOVE):
        reply = await stranger.post(path, {"SubjectType": "message", "SubjectId": sent["Id"]})
        assert reply.refusal == (403, "Access denied")
