"""Access codes: short names of people, departments and everybody, with which programs ask about rights.

    U7 a person   D3 a department's people   DR3 those of the departments below it as well
    IU7 a person and those above him   AU everybody who is logged in   G2 all visitors   CR whoever made the object

Source: docs ``user.access``, ``access.name``; spec ``bitrix24-transport.md`` §10.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from skvorets.storage import departments, people
from skvorets.storage.database import Tx
from skvorets.storage.departments import Department
from skvorets.storage.people import Person

# Codes looked at in one call; undocumented.
MAX_CODES = 1000
_CODE = re.compile(r"(IU|U|DR|D)([1-9][0-9]{0,17})")
_EVERYBODY = frozenset({"AU", "G2"})
_TEXTS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "AU": "Все авторизованные пользователи",
        "G2": "Все посетители",
        "CR": "Автор",
        "user": "Пользователь",
        "department": "Отдел",
        "DR": "{} (с подотделами)",
        "IU": "{} и руководители",
    },
    "en": {
        "AU": "All authorized users",
        "G2": "All visitors",
        "CR": "Author",
        "user": "User",
        "department": "Department",
        "DR": "{} (with subdepartments)",
        "IU": "{} and supervisors",
    },
}


class CodeName(msgspec.Struct, frozen=True):
    """How a code is called and who defines it."""

    provider: str
    name: str
    provider_id: str  # user, intranet, other


async def has_any_code(tx: Tx, person: Person, codes: Sequence[str]) -> bool:
    """Does one of the codes mean the person? Administrators are meant by all."""
    if person.admin or not _EVERYBODY.isdisjoint(codes):
        return True
    parsed = _parsed(codes)
    wanted = {number for kind, number in parsed.values() if kind == "IU"}
    company = {one.id: one for one in await departments.every(tx)}
    memberships = await people.departments_of(tx, [person.id, *wanted])
    own = memberships.get(person.id, [])
    above = {one.id for one in line_up(company, own)}

    def is_meant(kind: str, number: int) -> bool:
        if kind == "U":
            return number == person.id
        if kind == "IU":
            heads = {one.head_id for one in line_up(company, memberships.get(number, []))}
            return number == person.id or person.id in heads
        return number in own if kind == "D" else number in above

    return any(is_meant(kind, number) for kind, number in parsed.values())


async def names_of(tx: Tx, person: Person, codes: Sequence[str]) -> dict[str, CodeName]:
    """Give the names of the codes that exist; people from outside learn no names but their own."""
    texts = _TEXTS[tx.portal.language]
    parsed = _parsed(codes)
    company = {} if person.extranet else {one.id: one for one in await departments.every(tx)}
    asked = {number for kind, number in parsed.values() if kind.endswith("U")}
    known = await people.find_many(tx, asked & {person.id} if person.extranet else asked)
    names: dict[str, CodeName] = {}
    for code in codes[:MAX_CODES]:
        kind, number = parsed.get(code, ("", 0))
        if code in _EVERYBODY or code == "CR":
            names[code] = CodeName("", texts[code], "other")
        elif kind.startswith("D") and number in company:
            name = company[number].name
            names[code] = CodeName(texts["department"], texts["DR"].format(name) if kind == "DR" else name, "intranet")
        elif kind == "U" and number in known:
            names[code] = CodeName(texts["user"], known[number].name, "user")
        elif kind == "IU" and number in known:
            names[code] = CodeName(texts["department"], texts["IU"].format(known[number].name), "intranet")
    return names


def _parsed(codes: Sequence[str]) -> dict[str, tuple[str, int]]:
    return {code: (match[1], int(match[2])) for code in codes[:MAX_CODES] if (match := _CODE.fullmatch(code))}


def line_up(company: Mapping[int, Department], start: Iterable[int]) -> list[Department]:
    """Give these departments and all above them, each once, also if the tree has a ring by mistake."""
    line: dict[int, Department] = {}
    for first in start:
        number = first
        while number in company and number not in line:
            line[number] = company[number]
            number = company[number].parent_id
    return list(line.values())
