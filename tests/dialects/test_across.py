"""One message through each door, read through every other one, as the tables of docs/dialects.md tell.

The tables are read from the document: a promise there that does not hold fails here, and so does one that nobody tries.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from support.doors import Bitrix24, Bpium, Door, Heard, Megaplan, Native, Place, Said, make_place, open_doors
from support.world import World

DOCUMENT = Path(__file__).parents[2] / "docs" / "dialects.md"
NAMES = ("Bitrix24", "Megaplan", "Bpium", "native")
# First cell of each row of "Where a message is seen" -> the kind of place.
PLACES = {
    "a private dialog": "dialog",
    "a letter to several people": "letter",
    "the conversation about a record": "record",
    "any other chat": "chat",
}
KINDS: Mapping[str, type[Door]] = {one.name: one for one in (Bitrix24, Megaplan, Bpium, Native)}
FILE = ("смета.txt", b"1 + 1")
LINK = ("План", "https://files.example.com/plan.pdf")
PLAIN, FORMATTED = "Просто текст", "Это [B]важно[/B]"


def table(heading: str) -> dict[str, dict[str, str]]:
    """Read the table below a heading: first cell -> door -> the cell's first word."""
    section = DOCUMENT.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    assert tuple(head[1:]) == NAMES
    return {
        row[0]: {name: cell.split(":")[0].strip() for name, cell in zip(NAMES, row[1:], strict=True)} for row in rows
    }


SEEN, BECOMES = table("Where a message is seen"), table("What becomes of what is said")


class Way(NamedTuple):
    """From a door to another one, in a conversation that both have."""

    said: str
    writer: str
    reader: str
    place: str


def ways() -> list[Way]:
    """Give all ways in which two doors can meet."""
    found = []
    for said in BECOMES:
        for writer in NAMES:
            for reader in NAMES:
                shared = [
                    kind for kind in ("dialog", "record") if {kind} <= KINDS[writer].places & KINDS[reader].places
                ]
                if said in KINDS[writer].says and shared:
                    found += [Way(said, writer, reader, shared[0])]
    return found


WAYS = ways()


@pytest.fixture
async def doors(world: World) -> AsyncIterator[dict[str, Door]]:
    async with open_doors(world) as opened:
        yield opened


def test_every_promise_is_tried_and_no_other_way_exists() -> None:
    tried = {(way.said, way.reader) for way in WAYS}
    assert {(said, name) for said, cells in BECOMES.items() for name, cell in cells.items() if cell != "–"} == tried
    assert {cell for cells in BECOMES.values() for cell in cells.values()} <= {"kept", "text", "lost", "–"}
    for name, kind in KINDS.items():
        assert {PLACES[place] for place, cells in SEEN.items() if cells[name] == "yes"} == kind.places
        assert kind.says <= BECOMES.keys()


@pytest.mark.parametrize("place_name", list(SEEN))
async def test_a_message_is_seen_where_the_table_says(world: World, doors: Mapping[str, Door], place_name: str) -> None:
    place = await make_place(world, PLACES[place_name], doors)
    message_id = await doors["Bitrix24"].write(place, Said(PLAIN))
    for name, door in doors.items():
        where = place if name != "Bpium" or place.record_id else place._replace(record_id=world.carol.id)
        is_seen = await door.read(where, message_id) is not None
        assert is_seen == (SEEN[place_name][name] == "yes"), name


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way.said not in {"change", "deletion for all", "reading"}], ids=str
)
async def test_what_is_said_arrives_as_the_table_says(world: World, doors: Mapping[str, Door], way: Way) -> None:
    writer, reader = doors[way.writer], doors[way.reader]
    place = await make_place(world, way.place, doors)
    carol = world.carol
    first = await writer.write(place, Said("Первое"))
    mention = f"[USER={carol.id}]Carol[/USER]" if way.writer != "Bpium" else f"<@$users:{carol.id};Carol/@>"
    said = {
        "text": Said(PLAIN),
        "formatting": Said(FORMATTED),
        "mention in the text": Said(f"Привет, {mention}!"),
        "mention beside the text": Said(PLAIN, mentions=(carol.id,)),
        "reply": Said(PLAIN, reply_to=first),
        "file": Said(PLAIN, file=FILE),
        "link to a file elsewhere": Said(PLAIN, link=LINK),
        "subject": Said(PLAIN, subject="Тема"),
        "wish for an answer": Said(PLAIN, wants_answer=True),
    }[way.said]
    message_id = await writer.write(place, said)
    heard = await reader.read(place, message_id)
    assert heard is not None
    assert heard.author_id == world.alice.id
    assert not heard.is_deleted
    assert outcome(way.said, heard, first, carol.id) == BECOMES[way.said][way.reader], heard


def outcome(said: str, heard: Heard, first: int, carol_id: int) -> str:
    """Tell what became of it: kept, text, lost."""
    if said == "formatting":
        return {FORMATTED: "kept", "Это важно": "text"}[heard.text]
    if said == "mention in the text":
        shown = heard.text.replace(f"<@$users:{carol_id};Carol/@>", f"[USER={carol_id}]Carol[/USER]")
        if heard.mentions == {carol_id} and shown == f"Привет, [USER={carol_id}]Carol[/USER]!":
            return "kept"
        return {"Привет, Carol!": "text"}[heard.text]
    assert heard.text == PLAIN
    is_kept = {
        "text": True,
        "mention beside the text": heard.mentions == {carol_id},
        "reply": heard.reply_to == first,
        "file": heard.files == (FILE[0],),
        "link to a file elsewhere": heard.links == (LINK,),
        "subject": heard.subject == "Тема",
        "wish for an answer": heard.wants_answer,
    }[said]
    return "kept" if is_kept else "lost"


@pytest.mark.parametrize("way", [way for way in WAYS if way.said == "change"], ids=str)
async def test_a_change_is_seen_everywhere(world: World, doors: Mapping[str, Door], way: Way) -> None:
    place = await make_place(world, way.place, doors)
    message_id = await doors[way.writer].write(place, Said("было"))
    await doors[way.writer].change(place, message_id, "стало")
    heard = await doors[way.reader].read(place, message_id)
    assert heard is not None
    assert {"стало": "kept"}[heard.text] == BECOMES["change"][way.reader]


@pytest.mark.parametrize("way", [way for way in WAYS if way.said == "deletion for all"], ids=str)
async def test_what_is_deleted_for_all_is_empty_everywhere(world: World, doors: Mapping[str, Door], way: Way) -> None:
    place = await make_place(world, way.place, doors)
    message_id = await doors[way.writer].write(place, Said("тайна", file=FILE))
    await doors[way.writer].delete(place, message_id)
    heard = await doors[way.reader].read(place, message_id)
    assert BECOMES["deletion for all"][way.reader] == "kept"
    if way.reader == "Megaplan":
        assert heard is None
    else:
        assert heard is not None
        assert (heard.is_deleted, heard.files, heard.text) == (True, (), "")


@pytest.mark.parametrize("way", [way for way in WAYS if way.said == "reading"], ids=str)
async def test_what_is_read_through_one_door_is_read_at_the_others(
    world: World, doors: Mapping[str, Door], way: Way
) -> None:
    place = await make_place(world, way.place, doors)
    message_id = await doors["Bitrix24"].write(place, Said(PLAIN))
    assert await doors[way.reader].is_unread(place, message_id)
    await doors[way.writer].see(place, message_id)
    assert not await doors[way.reader].is_unread(place, message_id)


async def test_deleting_a_letter_is_for_oneself(world: World, doors: Mapping[str, Door]) -> None:
    place = await make_place(world, "dialog", doors)
    message_id = await doors["Megaplan"].write(place, Said(PLAIN))
    mine = doors["Megaplan"]
    assert isinstance(mine, Megaplan)
    program = await mine.program(world.alice)
    answer = await program.post("/BumsCommonApiV01/Message/delete", {"Id": message_id + 1_000_000})
    assert answer.data == {"message": {"Id": message_id + 1_000_000}}
    for name in ("Bitrix24", "Megaplan", "native"):
        heard = await doors[name].read(place, message_id)
        assert heard is not None, name
        assert (heard.text, heard.is_deleted) == (PLAIN, False), name


async def test_ids_are_the_same_through_all_doors(world: World, doors: Mapping[str, Door]) -> None:
    place: Place = await make_place(world, "record", doors)
    ids = [await doors[name].write(place, Said(PLAIN)) for name in ("Bitrix24", "Bpium", "native")]
    assert ids == sorted(set(ids))
    for name in ("Bitrix24", "Bpium", "native"):
        assert all([await doors[name].read(place, one) for one in ids])
