"""``Message/create``: to one, to several, answers, files; refusals store nothing."""

from __future__ import annotations

import base64
import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest

from skvorets.core.events import MessageAdded
from skvorets.core.people import change_person
from skvorets.storage.database import Tx
from support.megaplan import COMMON, FORM, listed, program_of, send_message
from support.world import World

CREATE = f"{COMMON}/Message/create"
TARGET = f"{CREATE}.api"
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")
KEYS = [
    *("Id", "Subject", "Content", "Folder", "TimeCreated", "To", "Author", "TimeUpdated", "Attaches"),
    *("IsUnread", "IsFavorite", "WithAnswer", "Reply"),
]


async def test_a_message_to_one_lands_in_the_private_dialog(world: World) -> None:
    bob = await program_of(world, world.bob)
    params = {"Model[To]": world.carol.id, "Model[Subject]": "Обед", "Model[Content]": "Кто <где> обедает?"}
    reply = await bob.post(CREATE, params)
    message = reply.data["message"]
    assert reply.tree["params"] == {"Model": {"To": world.carol.id, "Subject": "Обед", "Content": "Кто <где> обедает?"}}
    assert list(message) == KEYS
    assert message["Id"] > 1_000_000
    assert MOMENT.fullmatch(message["TimeCreated"])
    assert message == {
        "Id": message["Id"],
        "Subject": "Обед",
        "Content": "Кто <где> обедает?",
        "Folder": "outgoing",
        "TimeCreated": message["TimeCreated"],
        "To": [{"Id": world.carol.id, "Name": "Carol Sidorova"}],
        "Author": {"Id": world.bob.id, "Name": "Bob Ivanov"},
        "TimeUpdated": message["TimeCreated"],
        "Attaches": [],
        "IsUnread": False,
        "IsFavorite": False,
        "WithAnswer": False,
        "Reply": None,
    }
    shown = await world.carol.call("im.dialog.messages.get", DIALOG_ID=world.bob.id)
    (stored,) = shown["messages"]
    assert (stored["id"], stored["text"]) == (message["Id"] - 1_000_000, "Кто <где> обедает?")
    assert stored["params"]["SUBJECT"] == "Обед"
    (event,) = await world.events("message.added")
    assert isinstance(event, MessageAdded)
    assert (event.author_id, event.params) == (world.bob.id, {"SUBJECT": "Обед"})


async def test_a_message_to_several_makes_one_chat_with_the_subject_as_title(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    to = f" {world.carol.id} , {world.alice.id + 1_000_000},{world.carol.id}"
    first = await send_message(bob, to, "One", subject="Plans")
    assert [one["Id"] for one in first["To"]] == [world.carol.id, world.alice.id]
    second = await send_message(bob, f"{world.alice.id},{world.carol.id}", "Two", subject="Plans")
    answer = await send_message(carol, f"{world.bob.id},{world.alice.id}", "Three", subject="RE: plans")
    other = await send_message(bob, f"{world.alice.id},{world.carol.id}", "Four", subject="Other")
    ids = [one["Id"] - 1_000_000 for one in (first, second, answer, other)]
    chats = [(await world.unit(_chat_of, one)) for one in ids]
    assert chats[0] == chats[1] == chats[2] != chats[3]
    got = await world.alice.call("im.dialog.get", DIALOG_ID=f"chat{chats[0]}")
    assert (got["name"], got["entity_type"]) == ("Plans", "LETTER")
    assert [one["Content"] for one in await listed(carol)] == ["One", "Two", "Four"]


async def test_a_chat_with_somebody_else_in_it_is_not_taken(world: World) -> None:
    bob = await program_of(world, world.bob)
    to = f"{world.alice.id},{world.carol.id}"
    first = await send_message(bob, to, "One", subject="Plans")
    chat_id = await world.unit(_chat_of, first["Id"] - 1_000_000)
    await world.bob.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[world.stranger.id])
    second = await send_message(bob, to, "Secret", subject="Plans")
    assert await world.unit(_chat_of, second["Id"] - 1_000_000) != chat_id


async def test_a_stranger_cannot_lay_out_a_chat_for_letters_of_others(world: World) -> None:
    bob = await program_of(world, world.bob)
    to = f"{world.alice.id},{world.carol.id}"
    first = await send_message(bob, to, "One", subject="Plans")
    chat_id = await world.unit(_chat_of, first["Id"] - 1_000_000)
    entity_id = await world.unit(_entity_of, chat_id)
    trap = await world.chat(world.stranger, world.carol, ENTITY_TYPE="LETTER", ENTITY_ID=entity_id)
    second = await send_message(bob, to, "Two", subject="Plans")
    assert await world.unit(_chat_of, second["Id"] - 1_000_000) == chat_id != trap


async def test_who_writes_to_himself_has_it_in_both_folders(world: World) -> None:
    bob = await program_of(world, world.bob)
    note = await send_message(bob, world.bob.id, "Note")
    among = await send_message(bob, f"{world.carol.id},{world.bob.id}", "Among")
    for folder in ("incoming", "outgoing"):
        found = await listed(bob, Folder=folder)
        assert [one["Id"] for one in found] == [note["Id"], among["Id"]]
        assert {one["Folder"] for one in found} == {folder}
        assert not any(one["IsUnread"] for one in found)
    assert [one["Id"] for one in await listed(bob, Folder="all")] == [note["Id"], among["Id"]]


async def test_an_answer_goes_to_the_author_and_takes_the_subject(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    asked = await send_message(bob, world.carol.id, "When?", subject="Lunch", WithAnswer="True")
    assert asked["WithAnswer"] is True
    answer = (await carol.post(CREATE, {"Model[Content]": "Now", "Reply": asked["Id"]})).data["message"]
    assert (answer["Subject"], answer["Reply"]) == ("Re: Lunch", asked["Id"])
    assert answer["To"] == [{"Id": world.bob.id, "Name": "Bob Ivanov"}]
    again = (await bob.post(CREATE, {"Model[Content]": "Fine", "Reply": answer["Id"]})).data["message"]
    assert again["Subject"] == "Re: Lunch"
    shown = (await world.bob.call("im.dialog.messages.get", DIALOG_ID=world.carol.id))["messages"]
    assert shown[0]["params"]["REPLY_ID"] in (answer["Id"] - 1_000_000, str(answer["Id"] - 1_000_000))


async def test_an_answer_to_one_of_several_keeps_what_it_answers(world: World) -> None:
    bob, carol = await program_of(world, world.bob), await program_of(world, world.carol)
    asked = await send_message(bob, f"{world.carol.id},{world.alice.id}", "When?", subject="Lunch")
    answer = (await carol.post(CREATE, {"Model[Content]": "Now", "Reply": asked["Id"]})).data["message"]
    assert answer["Reply"] == asked["Id"]
    assert [one["Id"] for one in answer["To"]] == [world.bob.id]


@pytest.mark.parametrize("form", ["indexes", "Add", "json", "multipart"])
async def test_files_come_as_base64_with_their_names(world: World, form: str) -> None:
    bob = await program_of(world, world.bob)
    data = bytes(range(256)) * 5
    wrapped = "\r\n".join(re.findall(".{1,76}", base64.b64encode(data).decode()))
    files = [("Отчёт.bin", wrapped.rstrip("=").replace("+", " ")), ("../b.txt", base64.b64encode(b"text").decode())]
    body, kind = _with_files(form, world.carol.id, files)
    reply = await bob.send("POST", TARGET, body, content_type=kind)
    message = reply.data["message"]
    assert [one["Name"] for one in message["Attaches"]] == ["Отчёт.bin", "b.txt"]
    assert [one["Size"] for one in message["Attaches"]] == [2, 1]
    assert list(message["Attaches"][0]) == ["Name", "Url", "FileName", "TimeCreated", "Size"]
    assert "Attaches" not in reply.tree["params"].get("Model", {})
    got = await bob.send("GET", message["Attaches"][0]["Url"])
    assert (got.status, got.body) == (200, data)
    shown = await world.carol.call("im.dialog.messages.get", DIALOG_ID=world.bob.id)
    assert [one["name"] for one in shown["files"]] == ["Отчёт.bin", "b.txt"]


async def test_a_message_may_consist_of_files_alone(world: World) -> None:
    bob = await program_of(world, world.bob)
    params = {"Model[To]": world.carol.id, "Model[Attaches][0][Name]": "a", "Model[Attaches][0][Content]": ""}
    assert (await bob.post(CREATE, params)).data["message"]["Content"] == ""


async def test_by_get_everything_stands_in_the_query(world: World) -> None:
    bob = await program_of(world, world.bob)
    reply = await bob.get(CREATE, **{"Model[To]": world.carol.id, "Model[Content]": "Ё & 1"})
    assert reply.data["message"]["Content"] == "Ё & 1"
    capital = await bob.get(f"{COMMON}/Message/Create", **{"Model[To]": world.carol.id, "Model[Content]": "x"})
    assert capital.status == 200


_FILE = {"Model[Attaches][0][Name]": "a.txt", "Model[Attaches][0][Content]": "QQ=="}
REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({}, 400, "Model[To] is required"),
    ({"Model[Content]": "x"}, 400, "Model[To] is required"),
    ({"Model[To]": "3"}, 400, "Model[Content] is required"),
    ({"Model[To]": "3", "Model[Content]": " \n "}, 400, "Model[Content] is required"),
    ({"Model[To]": "3,987", "Model[Content]": "x"}, 400, "Model[To]: nobody can be written to with the id 987"),
    ({"Model[To]": "0", "Model[Content]": "x"}, 400, "Model[To]: nobody can be written to with the id 0"),
    ({"Model[To]": "-3", "Model[Content]": "x"}, 400, "Model[To] must be a whole number"),
    ({"Model[To]": "9" * 40, "Model[Content]": "x"}, 400, "Model[To] must be a whole number"),
    ({"Model[To]": "bob", "Model[Content]": "x"}, 400, "Model[To] must be a whole number"),
    ({"Model[To][0][x]": "3", "Model[Content]": "x"}, 400, "Model[To] must be ids"),
    ({"Model[To]": "3", "Model[Content][x]": "x"}, 400, "Model[Content] must be a text"),
    ({"Model[To]": "3", "Model[Content]": "x" * 20_001}, 400, "Model[Content] is longer than 20000 characters"),
    ({"Model[To]": "3", "Model[Content]": "x", "Model[Subject]": "s" * 256}, 400, "Model[Subject] is longer than 255"),
    ({"Model[To]": "3", "Model[Content]": "x", "WithAnswer": "maybe"}, 400, "WithAnswer must be true or false"),
    ({"Model[To]": "3", "Model[Content]": "x", "Reply": "1"}, 404, "Message not found"),
    ({"Model[To]": "3", "Model[Content]": "x", "Reply": "1000999"}, 404, "Message not found"),
    ({"Model[To]": "3", "Model[Content]": "x", "Reply": "x"}, 400, "Reply must be a whole number"),
    ({"Model": "x"}, 400, "Model[To] is required"),
    ({"Model[To]": "3", "Model[Attaches]": "x"}, 400, "Model[Attaches] must be a list"),
    ({"Model[To]": "3", "Model[Attaches][0]": "x"}, 400, "Model[Attaches][0] must have Name and Content"),
    ({"Model[To]": "3", "Model[Attaches][0][Name]": "x"}, 400, "Model[Attaches][0] must have Name and Content"),
    (
        {"Model[To]": "3", **_FILE, "Model[Attaches][0][Content]": "%%%"},
        400,
        "Model[Attaches][0][Content] is not base64",
    ),
    ({"Model[To]": "3", **_FILE, "Model[Attaches][0][Content]": "A"}, 400, "[0][Content] is not base64"),
    (
        {"Model[To]": "3", **_FILE, "Model[Attaches][0][Content]": "Ёж"},
        400,
        "Model[Attaches][0][Content] is not base64",
    ),
    ({"Model[To]": "3", **_FILE, "Model[Attaches][0][Name]": "/"}, 400, "Model[Attaches][0][Name] is no name"),
    ({"Model[To]": ",".join(map(str, range(1, 600))), "Model[Content]": "x"}, 400, "more than 500 recipients"),
    (
        {"Model[To]": "3", **{f"Model[Attaches][{n}][Name]": "x" for n in range(21)}},
        413,
        "Model[Attaches]: more than 20 files",
    ),
]


async def test_every_refusal_stores_nothing(world: World) -> None:
    bob = await program_of(world, world.bob)
    await send_message(bob, world.carol.id, "Before")
    before = await world.unit(_counts)
    for params, status, text in REFUSED:
        reply = await bob.post(CREATE, params)
        assert reply.refusal[0] == status, (params, reply)
        assert text in reply.refusal[1], (params, reply)
    assert await world.unit(_counts) == before


async def test_files_by_get_are_refused(world: World) -> None:
    bob = await program_of(world, world.bob)
    reply = await bob.get(CREATE, **{"Model[To]": world.carol.id, **_FILE})
    assert reply.refusal == (400, "Model[Attaches] must be sent by POST")


async def test_a_dismissed_person_is_named_and_nobody_gets_it(world: World) -> None:
    bob = await program_of(world, world.bob)
    await world.unit(_dismiss, world.stranger.id)
    params = {"Model[To]": f"{world.carol.id},{world.stranger.id}", "Model[Content]": "x"}
    assert (await bob.post(CREATE, params)).refusal[0] == 400
    assert await listed(await program_of(world, world.carol)) == []


async def test_a_message_of_others_cannot_be_answered(world: World) -> None:
    bob, stranger = await program_of(world, world.bob), await program_of(world, world.stranger)
    secret = await send_message(bob, world.carol.id, "Secret", subject="Salary")
    reply = await stranger.post(CREATE, {"Model[Content]": "x", "Reply": secret["Id"]})
    assert reply.refusal == (403, "Access denied")


async def test_somebody_from_outside_writes_only_to_whom_he_sees(world: World) -> None:
    outsider = await program_of(world, world.outsider)
    params = {"Model[To]": world.carol.id, "Model[Content]": "x"}
    assert (await outsider.post(CREATE, params)).refusal[0] == 400
    await world.chat(world.alice, world.outsider, world.carol)
    assert (await outsider.post(CREATE, params)).status == 200


def _with_files(form: str, to: int, files: list[tuple[str, str]]) -> tuple[bytes, str]:
    if form == "json":
        attaches = [{"Name": name, "Content": content} for name, content in files]
        model = {"To": [to], "Content": "See", "Attaches": attaches}
        return json.dumps({"Model": model}).encode(), "application/json"
    if form == "multipart":
        parts = [f'--b\r\nContent-Disposition: form-data; name="Model[To]"\r\n\r\n{to}\r\n'.encode()]
        for number, (name, content) in enumerate(files):
            for key, value in (("Name", name), ("Content", content)):
                head = f'--b\r\nContent-Disposition: form-data; name="Model[Attaches][{number}][{key}]"\r\n\r\n'
                parts.append(head.encode() + value.encode() + b"\r\n")
        return b"".join([*parts, b"--b--\r\n"]), "multipart/form-data; boundary=b"
    add = "[Add]" if form == "Add" else ""
    params: dict[str, Any] = {"Model[To][]": to, "Model[Content]": "See"}
    for number, (name, content) in enumerate(files):
        params |= {f"Model[Attaches]{add}[{number}][Name]": name, f"Model[Attaches]{add}[{number}][Content]": content}
    return urlencode(params).encode(), FORM


async def _chat_of(tx: Tx, message_id: int) -> int:
    return int(await tx.val("SELECT chat_id FROM messages WHERE id = $1", message_id))


async def _entity_of(tx: Tx, chat_id: int) -> str:
    return str(await tx.val("SELECT entity_id FROM chats WHERE id = $1", chat_id))


async def _counts(tx: Tx) -> list[int]:
    return [
        await tx.val("SELECT count(*) FROM messages"),
        await tx.val("SELECT count(*) FROM chats"),
        await tx.val("SELECT count(*) FROM files"),
        await tx.val("SELECT count(*) FROM spent_signatures"),
    ]


async def _dismiss(tx: Tx, person_id: int) -> None:
    await change_person(tx, person_id, active=0)
