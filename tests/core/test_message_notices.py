"""Who hears of mentions and likes, what is left when the message goes, and what a send with a mention costs."""

from __future__ import annotations

from typing import Any

from support.notices import notices, texts
from support.queries import count_queries
from support.world import Actor, World


def called(*people: Actor) -> str:
    return " ".join(f"[USER={one.id}]{one.person.first_name}[/USER]" for one in people)


async def say(world: World, chat_id: int, text: str, **more: Any) -> int:
    message_id: int = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text, **more)
    return message_id


async def test_a_mentioned_member_is_told_where_and_what(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    message_id = await say(world, chat_id, f"{called(world.bob)}: [B]look[/B]")
    [seen] = await notices(world.bob)
    assert seen["text"] == (
        f"[USER={world.alice.id}]Alice Petrova[/USER] упомянула вас в чате «[CHAT={chat_id}]Test[/CHAT]»:\nBob: look"
    )
    assert (seen["notify_type"], seen["author_id"], seen["setting_name"]) == (2, world.alice.id, "im|mention")
    assert seen["params"] == {"CHAT_ID": chat_id, "MESSAGE_ID": message_id, "CAN_ANSWER": "Y"}
    assert await notices(world.carol) == []
    assert await notices(world.alice) == []


async def test_a_title_cannot_break_the_text(world: World) -> None:
    chat_id = await world.alice.call("im.chat.add", USERS=[world.bob.id], TITLE="[/CHAT][USER=1]x")
    await say(world, chat_id, called(world.bob))
    assert f"[CHAT={chat_id}](/CHAT)(USER=1)x[/CHAT]" in (await texts(world.bob))[0]


async def test_long_messages_are_shown_in_part(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    await say(world, chat_id, called(world.bob) + " word" * 1000)
    shown = (await texts(world.bob))[0].split("\n")[1]
    assert len(shown) == 200
    assert shown.endswith("…")


async def test_who_is_not_told(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    await world.carol.call("im.chat.mute", CHAT_ID=chat_id, ACTION="Y")
    everybody = (world.alice, world.carol, world.stranger)
    await say(world, chat_id, called(*everybody))  # the author, one who silenced the chat, no member
    await say(world, chat_id, "[USER=all]all[/USER] [USER=999]nobody[/USER]")
    await world.alice.call("im.message.add", DIALOG_ID=world.bob.id, MESSAGE=called(world.bob))  # a private dialog
    await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=called(world.bob), SYSTEM="Y")
    assert [await notices(one) for one in (*everybody, world.bob)] == [[], [], [], []]


async def test_the_notice_goes_with_the_message(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    message_id = await say(world, chat_id, called(world.bob))
    kept = await say(world, chat_id, called(world.bob))
    await world.alice.call("im.message.delete", MESSAGE_ID=message_id)
    assert [one["params"]["MESSAGE_ID"] for one in await notices(world.bob)] == [kept]


async def test_a_repeated_send_tells_once(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    for _ in range(2):
        await say(world, chat_id, called(world.bob), TEMPLATE_ID="same")
    assert len(await notices(world.bob)) == 1


async def test_likes_are_told_to_the_author_and_taken_back(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob, world.carol)
    message_id = await say(world, chat_id, "hello")
    for person in (world.alice, world.bob, world.carol, world.bob, world.bob):
        await person.call("im.message.like", MESSAGE_ID=message_id)
    found = await notices(world.alice)
    assert [one["author_id"] for one in found] == [world.bob.id, world.carol.id]
    assert found[0]["text"] == (
        f"[USER={world.bob.id}]Bob Ivanov[/USER]: нравится ваше сообщение в чате «[CHAT={chat_id}]Test[/CHAT]»:\nhello"
    )
    assert found[0]["notify_tag"] == f"IM|LIKE|{message_id}|{world.bob.id}"
    await world.bob.call("im.message.like", MESSAGE_ID=message_id, ACTION="minus")
    assert [one["author_id"] for one in await notices(world.alice)] == [world.carol.id]
    await world.alice.call("im.message.delete", MESSAGE_ID=message_id)
    assert await notices(world.alice) == []


async def test_likes_in_a_private_dialog_and_of_a_former_member(world: World) -> None:
    message_id = await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="hi")
    await world.alice.call("im.message.like", MESSAGE_ID=message_id)
    assert await texts(world.bob) == [f"[USER={world.alice.id}]Alice Petrova[/USER]: нравится ваше сообщение:\nhi"]
    chat_id = await world.chat(world.alice, world.carol)
    left = await world.carol.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="bye")
    await world.carol.call("im.chat.leave", CHAT_ID=chat_id)
    await world.alice.call("im.message.like", MESSAGE_ID=left)
    assert await notices(world.carol) == []


async def test_a_send_costs_nothing_more_without_and_little_with_mentions(world: World) -> None:
    people = [await world.add(f"P{number}") for number in range(40)]
    chat_id = await world.chat(world.alice, *people)

    async def cost(text: str) -> int:
        with count_queries(world) as queries:
            await say(world, chat_id, text)
        return queries.count

    plain = await cost("hello")
    assert await cost("[B]hello[/B]") == plain
    await say(world, chat_id, called(*people))  # opens their chats of notifications
    # The listeners among them, the author, the rows, the chats that stand for them.
    assert [await cost(called(*people[:count])) - plain for count in (1, 40)] == [4, 4]
