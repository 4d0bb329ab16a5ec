"""The door itself: slashes, bodies, unknown resources, limits (spec bpium-messages §1 and §3)."""

from __future__ import annotations

import pytest

from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.limits import WINDOW_S, RequestCounter
from support.bpium import ask, program_of
from support.world import World


async def test_a_final_slash_and_a_body_of_a_get_are_legal(world: World) -> None:
    alice = await program_of(world, world.alice)
    assert (await alice.ask("GET", "/profile/me/", {})).result == await alice.get("/profile/me")
    assert (await alice.ask("GET", "/profile/me?timezoneOffset=180&skipPrevId=1")).status == 200


@pytest.mark.parametrize(
    ("verb", "path", "refusal"),
    [
        ("GET", "/boards", (501, "NotImplemented")),
        ("GET", "/license", (501, "NotImplemented")),
        ("GET", "/profile/you", (404, "NotFound")),
        ("POST", "/profile/me", (405, "MethodNotAllowed")),
        ("PUT", "/profile/me", (405, "MethodNotAllowed")),
        ("GET", "/profile/%00", (404, "NotFound")),
        ("GET", "/%ff%fe", (501, "NotImplemented")),
    ],
)
async def test_what_is_not_there(world: World, verb: str, path: str, refusal: tuple[int, str]) -> None:
    alice = await program_of(world, world.alice)
    assert await alice.refused(verb, path) == refusal


async def test_the_library_for_frames_stays_at_its_address(world: World) -> None:
    for path in ("/api/v1", "/api/v1/"):
        answer = await ask(world, "GET", path)
        assert answer.status == 200
        assert "javascript" in answer.headers["Content-Type"]


def test_a_full_window_refuses_until_it_is_over() -> None:
    now = 100.0
    counter = RequestCounter(2, lambda: now)
    counter.count("a")
    counter.count("a")
    counter.count("b")
    now += 10
    with pytest.raises(ApiError) as refused:
        counter.count("a")
    assert (refused.value.status, refused.value.retry_after_s) == (429, WINDOW_S - 10 + 1)
    now += WINDOW_S - 10
    counter.count("a")


def test_without_a_number_nothing_is_refused() -> None:
    counter = RequestCounter(0)
    for _ in range(1000):
        counter.count("a")
