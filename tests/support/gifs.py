"""GIFs of the company's own collection."""

from __future__ import annotations

from skvorets.core.gifs import NewGif, add_gif
from support.pictures import picture
from support.world import World


async def put_gif(world: World, tags: str, width: int = 300, height: int = 200) -> str:
    """Add a GIF of this size, which makes it another one; its digest."""
    data = picture("GIF", (width, height))
    digest = world.app.blobs.put(data)
    await world.unit(add_gif, NewGif(digest, "a.gif", tags, len(data), "image/gif", width, height))
    return digest
