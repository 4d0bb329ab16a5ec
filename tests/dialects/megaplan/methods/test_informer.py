"""``Informer/…``: notices of unread messages, approvals that there are none of; ``System/datetime``."""

from __future__ import annotations

import re

import pytest

from support.megaplan import COMMON, FORM, program_of, raw, send_message
from support.queries import count_queries
from support.world import World

NOTICES = f"{COMMON}/Informer/notifications"
AWAY = f"{COMMON}/Informer/deactivateNotification"


async def test_unread_messages_give_notices_the_newest_first(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    await send_message(carol, world.bob.id, "Own")
    first = await send_message(bob, world.carol.id, "x" * 300, subject="Plans")
    second = await send_message(bob, f"{world.carol.id},{world.alice.id}", "Come", WithAnswer="1")
    await world.stranger.call("im.message.add", DIALOG_ID=world.carol.id, MESSAGE="From the messenger")
    got = (await carol.get(NOTICES)).data["notifications"]
    assert [one["Content"] for one in got] == ["From the messenger", "Come", "x" * 200]
    assert got[2] == {
        "Id": first["Id"],
        "Name": got[2]["Name"],
        "Subject": {"Id": first["Id"], "Name": "Plans", "Type": "message"},
        "Content": "x" * 200,
        "TimeCreated": first["TimeCreated"],
    }
    assert got[1]["Name"] != got[2]["Name"]
    assert [one["Id"] for one in (await carol.get(NOTICES, Limit=1, Offset=1)).data["notifications"]] == [second["Id"]]
    assert (await carol.get(NOTICES, Group="task")).data == {"notifications": []}
    assert (await carol.get(NOTICES, TimeUpdated="2100-01-01")).data == {"notifications": []}
    with count_queries(world) as queries:
        await carol.get(NOTICES)
    assert queries.count == 3, queries.statements


async def test_a_notice_is_put_away_and_its_message_stays_unread(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    ids = [(await send_message(bob, world.carol.id, str(number)))["Id"] for number in range(4)]
    for _ in range(2):
        assert (await carol.post(AWAY, {"Id": ids[0]})).data == []
    assert (await carol.post(AWAY, {"Ids[0]": ids[1], "Ids[5]": ids[2], "Ids[6]": 1_000_987})).data == []
    got = (await carol.get(NOTICES)).data["notifications"]
    assert [one["Id"] for one in got] == [ids[3]]
    shown = (await carol.get(f"{COMMON}/Message/list")).data["messages"]
    assert [one["IsUnread"] for one in shown] == [True] * 4
    await carol.get(f"{COMMON}/Message/card", Id=ids[3])
    assert (await carol.get(NOTICES)).data["notifications"] == []


async def test_a_notice_of_somebody_else_stays(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    sent = await send_message(bob, world.carol.id)
    assert len((await carol.get(NOTICES, Limit=1000, Offset=0)).data["notifications"]) == 1
    stranger = await program_of(world, world.stranger)
    assert (await stranger.post(AWAY, {"Id": sent["Id"]})).data == []
    assert len((await carol.get(NOTICES)).data["notifications"]) == 1


@pytest.mark.parametrize(
    ("path", "params"),
    [
        (AWAY, {}),
        (AWAY, {"Id": "x"}),
        (AWAY, {"Ids[]": "x"}),
        (AWAY, {"Ids[0][1]": "5"}),
        (AWAY, {"Ids": ",".join(["5"] * 9)}),
        (NOTICES, {"Limit": "x"}),
        (NOTICES, {"Limit": "99999"}),
        (NOTICES, {"TimeUpdated": "x"}),
        (NOTICES, {"Group[]": "x"}),
    ],
)
async def test_what_cannot_be_read_is_refused(world: World, path: str, params: dict[str, str]) -> None:
    assert (await (await program_of(world, world.bob)).post(path, params)).refusal[0] == 400


async def test_nothing_waits_for_approval(world: World) -> None:
    bob = await program_of(world, world.bob)
    assert (await bob.get(f"{COMMON}/Informer/approvals")).data == {"Tasks": [], "Projects": []}
    assert (await bob.get(f"{COMMON}/Informer/approvalsCount")).data == {"Count": 0}


async def test_the_clock_is_told_to_everybody(world: World) -> None:
    reply = await raw(world, "POST", f"{COMMON}/System/datetime.api", b"", {"Content-Type": FORM})
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}", reply.data["datetime"])
