"""``im.notify.system.add``: in the name of the application."""

from __future__ import annotations

from skvorets.core.events_notifications import MailWanted
from support.notices import notices, texts
from support.world import World

ADD = "im.notify.system.add"


async def test_the_system_tells_and_names_the_application(world: World) -> None:
    alice = await world.alice.through(await world.install(name="Robot"))
    answer = await alice.ask(ADD, USER_ID=world.bob.id, MESSAGE=" ready ")
    assert set(answer.body) == {"result", "time"}
    [seen] = await notices(world.bob)
    assert (seen["id"], seen["author_id"], seen["notify_type"], seen["text"]) == (answer.result, 0, 4, "Robot\nready")
    assert (seen["notify_module"], seen["notify_event"]) == ("rest", "rest_notify")
    assert (await world.bob.call("im.notify.get"))["users"] == []


async def test_webhooks_have_no_application_to_be_named(world: World) -> None:
    await world.alice.call(ADD, TO=world.bob.id, MESSAGE="ready")
    assert await texts(world.bob) == ["ready"]


async def test_its_tags_are_those_of_personal_ones(world: World) -> None:
    alice = await world.alice.through(await world.install())
    await alice.call("im.notify.personal.add", USER_ID=world.bob.id, MESSAGE="old", TAG="T")
    await alice.call(ADD, USER_ID=world.bob.id, MESSAGE="new", TAG="T")
    assert await texts(world.bob) == ["App\nnew"]


async def test_the_mail_has_the_plain_words(world: World) -> None:
    alice = await world.alice.through(await world.install())
    await alice.call(ADD, USER_ID=world.bob.id, MESSAGE="ready")
    [event] = await world.events("mail.wanted")
    assert isinstance(event, MailWanted)
    assert (event.text, event.subject) == ("ready", "Уведомление от App")


async def test_errors_are_those_of_personal_ones(world: World) -> None:
    assert await world.alice.refused(ADD, MESSAGE="x") == (400, "USER_ID_EMPTY")
    assert await world.alice.refused(ADD, USER_ID=world.bob.id) == (400, "MESSAGE_EMPTY")
    assert await world.alice.refused(ADD, USER_ID=1, MESSAGE="x", ATTACH="x") == (400, "ATTACH_ERROR")
    big = [{"MESSAGE": "x" * 40_000}]
    assert await world.alice.refused(ADD, USER_ID=1, MESSAGE="x", ATTACH=big) == (400, "ATTACH_OVERSIZE")
    assert await world.alice.call(ADD, USER_ID=999, MESSAGE="x") is False
    assert await texts(world.bob) == []
