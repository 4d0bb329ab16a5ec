"""Whose birthday it is: employees born on that day, leap years, nobody for people from outside, an index at work."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from skvorets.core import birthdays, people
from skvorets.core.people import NewPerson
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.people import Person
from support.stores import started

BORN = ("1980-02-28", "1984-02-29", "1990-03-01", "")


async def _add(tx: Tx) -> list[Person]:
    added = [await people.add_person(tx, NewPerson(first_name=f"P{number}")) for number in range(len(BORN))]
    for person, birthday in zip(added, BORN, strict=True):
        await people.change_person(tx, person.id, birthday=birthday)
    return added


async def test_birthdays_of_a_day(engine: str, database: str, tmp_path: Path) -> None:
    async with started(database, tmp_path) as store:
        first, leap, march, viewer = await store.write(DIRECTORY_KEY, _add)

        async def ids(who: Person, *day: int) -> list[int]:
            return [one.id for one in await store.read(birthdays.of_day, who, date(*day))]

        assert await ids(viewer, 2028, 2, 28) == [first.id]
        assert await ids(viewer, 2028, 2, 29) == [leap.id]
        assert await ids(viewer, 2027, 2, 28) == [first.id, leap.id]
        assert await ids(viewer, 2027, 3, 1) == [march.id]
        assert await ids(march, 2027, 3, 1) == []
        assert await ids(viewer, 2027, 3, 2) == []
        assert await ids(msgspec.structs.replace(viewer, extranet=1), 2027, 3, 1) == []
        if engine == "sqlite":
            [plan] = await store.read(_plan)
            assert "people_by_birthday" in plan, plan


async def _plan(tx: Tx) -> list[str]:
    rows = await tx.rows(
        "EXPLAIN QUERY PLAN SELECT id FROM people WHERE birthday <> '' AND substr(birthday, 6, 5) = '03-01'"
    )
    return [row[3] for row in rows]
