"""Whom something of the news feed is for, in short codes.

    UA all employees   U7 a person   DR3 a department with those below it   SG5 a work group

Source: docs ``log.blogpost.add`` (DEST).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from skvorets.core import access
from skvorets.core.access_codes import line_up
from skvorets.errors import TooLargeError
from skvorets.storage import departments, people, posts, work_groups
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

# All employees.
FOR_ALL = "UA"
# That may be named for one post. Undocumented.
MAX_DESTINATIONS = 1000
_CODE = re.compile(r"(U|DR|SG)([1-9][0-9]{0,17})")


async def codes_of(tx: Tx, person: Person) -> list[str]:
    """Give the codes that mean the person: at most three queries."""
    groups = await work_groups.ids_of(tx, person.id)
    codes = [f"U{person.id}", *(f"SG{number}" for number in sorted(groups))]
    if person.extranet:
        return codes
    company = {one.id: one for one in await departments.every(tx)}
    own = (await people.departments_of(tx, [person.id])).get(person.id, [])
    return [FOR_ALL, *codes, *(f"DR{one.id}" for one in line_up(company, own))]


async def codes_to_write_to(tx: Tx, author: Person, wanted: Sequence[str]) -> set[str]:
    """Give those of the codes that mean somebody to whom the author may write. Raises TooLargeError."""
    if len(wanted) > MAX_DESTINATIONS:
        raise TooLargeError
    given = {code.strip().upper() for code in wanted}
    parsed = [(match[1], int(match[2])) for code in given if (match := _CODE.fullmatch(code))]
    numbers = {kind: {number for one, number in parsed if one == kind} for kind in ("U", "DR", "SG")}
    codes = {f"U{one.id}" for one in await access.people_to_see(tx, author, numbers["U"]) if one.active}
    if numbers["SG"]:
        codes |= {f"SG{number}" for number in numbers["SG"] & await work_groups.ids_of(tx, author.id)}
    if author.extranet:
        return codes
    if numbers["DR"]:
        codes |= {f"DR{one.id}" for one in await departments.every(tx) if one.id in numbers["DR"]}
    return codes | ({FOR_ALL} & given)


async def is_file_for(tx: Tx, person: Person, file_id: int) -> bool:
    """Does the file hang on a post that is for the person?"""
    return await posts.has_file_for(tx, file_id, await codes_of(tx, person))
