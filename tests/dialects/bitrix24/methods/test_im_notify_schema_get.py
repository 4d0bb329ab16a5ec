"""``im.notify.schema.get``: the kinds of notifications by module, in the portal's language."""

from __future__ import annotations

from support.notices import notices
from support.world import World


async def test_the_kinds_by_module(world: World) -> None:
    schema = await world.stranger.call("im.notify.schema.get")
    assert schema["im"] == {
        "name": "Чат",
        "module_id": "im",
        "list": [
            {"id": "im|default", "name": "Прочие уведомления"},
            {"id": "im|like", "name": "Отметки «Нравится»"},
            {"id": "im|mention", "name": "Упоминания в чатах"},
        ],
    }
    assert all(module == entry["module_id"] for module, entry in schema.items())


async def test_what_is_sent_is_of_a_kind_in_the_schema(world: World) -> None:
    await world.alice.call("im.notify.personal.add", USER_ID=world.bob.id, MESSAGE="x")
    chat_id = await world.chat(world.alice, world.bob)
    text = f"[USER={world.bob.id}][/USER] x"
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)
    message_id = await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="x")
    await world.alice.call("im.message.like", MESSAGE_ID=message_id)
    known = {one["id"] for entry in (await world.bob.call("im.notify.schema.get")).values() for one in entry["list"]}
    assert {one["setting_name"] for one in await notices(world.bob)} == {"im|like", "im|mention", "rest|rest_notify"}
    assert {one["setting_name"] for one in await notices(world.bob)} <= known
