"""Copies of files in other chats: what the kernel promises to whoever posts them."""

from __future__ import annotations

from skvorets.core.access import Dialog
from skvorets.core.chats import seat_to_write
from skvorets.core.files import copy_into_chat, files_to_read
from skvorets.core.messages import NewMessage, post_message
from skvorets.storage import files
from skvorets.storage.database import Tx
from skvorets.storage.files import File
from skvorets.storage.people import Person
from support.files import fetch, send_file, shown_files, upload
from support.world import World


async def test_copies_belong_to_the_message_that_is_posted_with_them(world: World) -> None:
    first, second = await world.chat(world.alice, world.bob), await world.chat(world.bob, world.carol)
    sent = [await send_file(world.alice, first, f"{number}.txt", b"%d" % number) for number in range(3)]
    hidden = await upload(world.alice, first)
    copies = await world.unit(_share, world.bob.person, [sent[2], hidden, sent[0], 999_999, sent[2]], second)
    assert len(copies) == 2
    shown = await shown_files(world.carol, second)
    assert [(one["id"], one["name"]) for one in shown] == list(zip(copies, ["2.txt", "0.txt"], strict=True))
    assert (await fetch(world, shown[0]["urlDownload"])).body == b"2"
    originals, rows = await world.unit(_rows, sent), await world.unit(_rows, copies)
    assert [one.digest for one in rows] == [originals[2].digest, originals[0].digest]
    assert {one.author_id for one in rows} == {world.bob.id}
    assert all(one.message_id for one in rows)


async def test_nothing_readable_makes_no_copy_and_no_folder(world: World) -> None:
    chat_id, other = await world.chat(world.alice, world.bob), await world.chat(world.carol, world.stranger)
    file_id = await send_file(world.alice, chat_id)
    assert await world.unit(_copy, world.carol.person, [file_id], other) == []
    assert (await world.carol.call("im.dialog.get", DIALOG_ID=f"chat{other}"))["disk_folder_id"] == 0


async def test_many_files_are_judged_like_single_ones(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    old = await send_file(world.alice, chat_id)
    await world.alice.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.carol.id], HIDE_HISTORY="Y")
    new, own = await send_file(world.alice, chat_id), await upload(world.alice, chat_id)
    opened = await world.chat(world.alice, TYPE="OPEN")
    public = await send_file(world.alice, opened)
    saved = (await world.bob.call("im.disk.file.save", DISK_ID=old))["file"]["id"]
    wanted = [public, own, new, old, saved]
    for actor, expected in (
        (world.alice, [public, own, new, old]),
        (world.bob, [public, new, old, saved]),
        (world.carol, [public, new]),
        (world.stranger, [public]),
        (world.outsider, []),
    ):
        assert [one.id for one in await world.unit(files_to_read, actor.person, wanted)] == expected
        single = [one for one in wanted if (await actor.ask("disk.file.get", id=one)).status == 200]
        assert single == expected


async def _copy(tx: Tx, person: Person, file_ids: list[int], chat_id: int) -> list[int]:
    seat = await seat_to_write(tx, person, Dialog(chat_id=chat_id))
    return await copy_into_chat(tx, person, file_ids, seat.chat)


async def _share(tx: Tx, person: Person, file_ids: list[int], chat_id: int) -> list[int]:
    copies = await _copy(tx, person, file_ids, chat_id)
    seat = await seat_to_write(tx, person, Dialog(chat_id=chat_id))
    new = NewMessage(chat=seat.chat, author_id=person.id, actor_id=person.id, text="", params={"FILE_ID": copies})
    await post_message(tx, new)
    return copies


async def _rows(tx: Tx, file_ids: list[int]) -> list[File]:
    found = await files.find_many(tx, file_ids)
    return [found[one] for one in file_ids]
