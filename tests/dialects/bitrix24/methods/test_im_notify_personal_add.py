"""``im.notify.personal.add``: in the caller's name, tags of his program, who can be told, each error."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from skvorets.core.events_notifications import MailWanted, NotificationAdded
from support.notices import notices, texts
from support.world import World

ADD = "im.notify.personal.add"


async def test_the_person_is_told_in_the_callers_name(world: World) -> None:
    alice = await world.alice.through(await world.install())
    answer = await alice.ask(ADD, USER_ID=world.bob.id, MESSAGE=" [B]Hello[/B]\nthere ")
    assert set(answer.body) == {"result", "time"}
    [seen] = await notices(world.bob)
    assert type(answer.result) is int
    assert seen.pop("date").endswith("+03:00")
    assert type(seen.pop("chat_id")) is int
    assert seen == {
        "id": answer.result,
        "author_id": world.alice.id,
        "notify_type": 2,
        "notify_module": "rest",
        "notify_event": "rest_notify",
        "notify_tag": "",
        "notify_sub_tag": "",
        "notify_title": "",
        "setting_name": "rest|rest_notify",
        "text": "[B]Hello[/B]\nthere",
        "notify_read": "N",
        "params": None,
    }
    assert await notices(world.alice) == []
    [event] = [one for one in await world.events("notification.added") if isinstance(one, NotificationAdded)]
    assert (event.id, event.person_id, event.author_id) == (answer.result, world.bob.id, world.alice.id)


async def test_tags_are_the_programs_own_and_replace_older_ones(world: World) -> None:
    application = await world.install(name="One")
    one = await world.alice.through(application)
    other = await world.alice.through(await world.install(name="Other"))
    await one.call(ADD, USER_ID=world.bob.id, MESSAGE="old", TAG="T", SUB_TAG="S|1")
    await other.call(ADD, USER_ID=world.bob.id, MESSAGE="other", TAG="T")
    await one.call(ADD, USER_ID=world.carol.id, MESSAGE="carol", TAG="T")
    await one.call(ADD, USER_ID=world.bob.id, MESSAGE="new", TAG="T", SUB_TAG="S|1")
    assert await texts(world.bob) == ["new", "other"]
    assert await texts(world.carol) == ["carol"]
    digest = hashlib.md5(application.client_id.encode(), usedforsecurity=False).hexdigest()[:5]
    newest = (await notices(world.bob))[0]
    assert (newest["notify_tag"], newest["notify_sub_tag"]) == (f"MP|{digest}|T", f"MP|{digest}|S|1")


async def test_webhooks_name_their_program_or_have_no_tags(world: World) -> None:
    for text in ("a", "b"):
        await world.alice.call(ADD, USER_ID=world.bob.id, MESSAGE=text, TAG="T")
    assert await texts(world.bob) == ["b", "a"]
    assert [one["notify_tag"] for one in await notices(world.bob)] == ["", ""]
    for text in ("c", "d"):
        await world.alice.call(ADD, USER_ID=world.bob.id, MESSAGE=text, TAG="T", CLIENT_ID="mine")
    await world.alice.call(ADD, USER_ID=world.bob.id, MESSAGE="e", TAG="T", CLIENT_ID="yours")
    assert await texts(world.bob) == ["e", "d", "b", "a"]


async def test_the_alias_and_the_attachment(world: World) -> None:
    attach = [{"MESSAGE": "attached"}]
    assert await world.alice.call(ADD, TO=world.bob.id, MESSAGE="x", ATTACH=attach)
    [seen] = await notices(world.bob)
    assert seen["params"]["ATTACH"][0]["BLOCKS"] == [{"MESSAGE": "attached"}]


async def test_mentions_get_names(world: World) -> None:
    await world.alice.call(ADD, USER_ID=world.bob.id, MESSAGE=f"ask [USER={world.carol.id}][/USER]")
    assert await texts(world.bob) == [f"ask [USER={world.carol.id}]Carol Sidorova[/USER]"]


@pytest.mark.parametrize(
    ("given", "mailed"),
    [({}, "hello"), ({"MESSAGE_OUT": "by mail"}, "by mail"), ({"MESSAGE_OUT": ""}, None), ({"MESSAGE_OUT": " "}, None)],
)
async def test_what_goes_out_by_mail(world: World, given: dict[str, Any], mailed: str | None) -> None:
    await world.alice.call(ADD, USER_ID=world.bob.id, MESSAGE="hello", **given)
    found = [one.text for one in await world.events("mail.wanted") if isinstance(one, MailWanted)]
    assert found == ([] if mailed is None else [mailed])


async def test_who_cannot_be_told(world: World) -> None:
    dismissed = await world.add("Gone")
    from skvorets.core.people import change_person  # noqa: PLC0415 — used here only

    async def dismiss(tx: Any) -> None:
        await change_person(tx, dismissed.id, active=0)

    await world.unit(dismiss)
    bot = await world.add("Robot", kind="bot")
    for person_id in (999_999, dismissed.id, bot.id):
        assert await world.alice.call(ADD, USER_ID=person_id, MESSAGE="x") is False
    assert await world.outsider.call(ADD, USER_ID=world.bob.id, MESSAGE="x") is False
    assert await world.events("notification.added") == []
    await world.chat(world.alice, world.bob, world.outsider)
    assert await world.outsider.call(ADD, USER_ID=world.bob.id, MESSAGE="x") > 0


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"MESSAGE": "x"}, "USER_ID_EMPTY"),
        ({"USER_ID": 0, "MESSAGE": "x"}, "USER_ID_EMPTY"),
        ({"USER_ID": -1, "MESSAGE": "x"}, "USER_ID_EMPTY"),
        ({"USER_ID": [1], "MESSAGE": "x"}, "USER_ID_EMPTY"),
        ({"USER_ID": 1}, "MESSAGE_EMPTY"),
        ({"USER_ID": 1, "MESSAGE": "  "}, "MESSAGE_EMPTY"),
        ({"USER_ID": 1, "MESSAGE": ["x"]}, "MESSAGE_EMPTY"),
        ({"USER_ID": 1, "MESSAGE": "x", "ATTACH": "nonsense"}, "ATTACH_ERROR"),
        ({"USER_ID": 1, "MESSAGE": "x", "ATTACH": [{"UNKNOWN": 1}]}, "ATTACH_ERROR"),
        ({"USER_ID": 1, "MESSAGE": "x", "ATTACH": [{"MESSAGE": "x" * 40_000}]}, "ATTACH_OVERSIZE"),
    ],
)
async def test_each_documented_error(world: World, params: dict[str, Any], refusal: str) -> None:
    assert await world.alice.refused(ADD, **params) == (400, refusal)
    assert await world.events("notification.added") == []
