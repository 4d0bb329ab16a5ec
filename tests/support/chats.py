"""What tests want to know of chats beyond the API: the general chat's id, chats of entities, somebody dismissed."""

from __future__ import annotations

from skvorets.core import people
from skvorets.storage import chats
from skvorets.storage.database import Tx
from support.world import Actor, World


async def general_chat_id(world: World) -> int:
    """Give the id of the chat of all employees."""
    return int(await world.unit(_general_id))


async def dismiss(world: World, actor: Actor) -> None:
    """Make a person inactive."""
    await world.unit(_dismiss, actor.id)


async def entity_chat(world: World, *members: Actor, entity: str) -> int:
    """Create a chat that belongs to a thing; entities restrict what may be done."""
    return await world.chat(*members, ENTITY_TYPE=entity, ENTITY_ID="1")


async def left_chat(world: World, *members: Actor) -> int:
    """Create a chat that the last of the members has left again."""
    chat_id = await world.chat(*members)
    assert await members[-1].call("im.chat.leave", CHAT_ID=chat_id) is True
    return chat_id


async def _general_id(tx: Tx) -> int:
    chat = await chats.general(tx)
    assert chat is not None
    return chat.id


async def _dismiss(tx: Tx, person_id: int) -> None:
    await people.change_person(tx, person_id, active=0)
