"""``imopenlines.config.path.get``."""

from __future__ import annotations

from support.world import World


async def test_the_page_of_lines_is_named(world: World) -> None:
    found = await world.bob.call("imopenlines.config.path.get")

    assert found == {"SERVER_ADDRESS": world.app.config.base_url, "PUBLIC_PATH": "/admin/lines"}
    async with world.session.get(f"{world.url}{found['PUBLIC_PATH']}") as response:
        assert response.status == 200
