"""Lists of everybody for administrators: the disabled, outsiders and bots, too; and who may administer."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.words import range_of

# Who is in a list, by its name.
FILTERS = {
    "all": "p.kind IN ('human', 'bot')",
    "active": "p.kind = 'human' AND p.active = 1",
    "disabled": "p.kind = 'human' AND p.active = 0",
    "outside": "p.kind = 'human' AND p.extranet = 1",
    "admins": "p.kind = 'human' AND p.admin = 1",
    "bots": "p.kind = 'bot'",
}
_COLUMNS = ", ".join(f"p.{name}" for name in Person.__struct_fields__)
_HAS_WORD = (
    "(p.id IN (SELECT w.owner_id FROM search_words w WHERE w.kind = 1 AND w.word >= ${0} AND w.word < ${1})"
    " OR p.id IN (SELECT l.person_id FROM logins l WHERE l.login >= ${0} AND l.login < ${1}))"
)
_AFTER = "(p.last_name, p.first_name, p.id) > (SELECT c.last_name, c.first_name, c.id FROM people c WHERE c.id = ${})"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which people, and which part of their list."""

    words: Collection[str] = ()  # each the beginning of a word of the name, position, e-mail or of the login
    filter: str = "all"  # a key of FILTERS
    department_id: int = 0  # 0 = of any
    after_id: int = 0  # the last person of the page before
    limit: int = 50


async def select(tx: Tx, wanted: Wanted) -> list[Person]:
    """People by last and first name. An index gives the order; words are found by ranges of theirs."""
    test, args = _where(wanted)
    if wanted.after_id:
        args.append(wanted.after_id)
        test += f" AND {_AFTER.format(len(args))}"
    args.append(wanted.limit)
    rows = await tx.rows(
        f"SELECT {_COLUMNS} FROM people p WHERE {test} ORDER BY p.last_name, p.first_name, p.id LIMIT ${len(args)}",
        *args,
    )
    return [Person(*row) for row in rows]


async def count(tx: Tx, wanted: Wanted) -> int:
    """How many fit, whatever part of them is wanted."""
    test, args = _where(wanted)
    return int(await tx.val(f"SELECT count(*) FROM people p WHERE {test}", *args))


async def counts(tx: Tx) -> dict[str, int]:
    """How many people each filter finds: one look at the table."""
    sums = ", ".join(f"coalesce(sum(CASE WHEN {test} THEN 1 ELSE 0 END), 0)" for test in FILTERS.values())
    row = await tx.one(f"SELECT {sums} FROM people p")
    return dict(zip(FILTERS, map(int, row), strict=True))


async def count_other_admins(tx: Tx, person_id: int, *, with_login: bool) -> int:
    """Active administrators besides this person; ``with_login``: only those who can log in with a password."""
    can_log_in = " AND EXISTS (SELECT 1 FROM logins l WHERE l.person_id = p.id)" if with_login else ""
    found = await tx.val(
        "SELECT count(*) FROM people p WHERE p.kind = 'human' AND p.active = 1 AND p.admin = 1 AND p.id <> $1"
        + can_log_in,
        person_id,
    )
    return int(found)


def _where(wanted: Wanted) -> tuple[str, list[object]]:
    args: list[object] = []
    tests = [FILTERS[wanted.filter]]
    for word in wanted.words:
        args += range_of(word)
        tests.append(_HAS_WORD.format(len(args) - 1, len(args)))
    if wanted.department_id:
        args.append(wanted.department_id)
        tests.append(
            f"EXISTS (SELECT 1 FROM department_people d WHERE d.person_id = p.id AND d.department_id = ${len(args)})"
        )
    return " AND ".join(tests), args
