"""``app.info``."""

from __future__ import annotations

from support.world import World


async def test_an_application_is_described(world: World) -> None:
    application = await world.install()
    actor = await world.bob.through(application)
    assert await actor.call("app.info") == {
        "ID": application.id,
        "CODE": application.client_id,
        "VERSION": 1,
        "STATUS": "L",
        "INSTALLED": True,
        "PAYMENT_EXPIRED": "N",
        "DAYS": None,
        "LANGUAGE_ID": "ru",
        "LICENSE": "ru_selfhosted",
        "LICENSE_TYPE": "selfhosted",
        "LICENSE_FAMILY": "selfhosted",
    }


async def test_a_webhook_has_no_application(world: World) -> None:
    answer = await world.alice.ask("app.info")
    assert answer == (
        403,
        {"error": "ACCESS_DENIED", "error_description": "Access denied! Application context required"},
    )
