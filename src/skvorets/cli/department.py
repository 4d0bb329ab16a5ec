"""``skvorets department``: the company's tree: add, list, rename, move, head, put, take, remove."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from skvorets.cli.options import add_store_options
from skvorets.cli.store import CommandError, run_unit
from skvorets.core import departments
from skvorets.storage import people
from skvorets.storage.database import Tx
from skvorets.storage.departments import Department
from skvorets.storage.people import Person

# What stands for "at the top" and "nobody".
TOP, NOBODY = "top", "nobody"
_INDENT = "  "


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its actions."""
    parser = subparsers.add_parser("department", help="the company's tree", description=__doc__)
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    add = actions.add_parser("add", help="add a department")
    add.add_argument("name")
    add.add_argument("--parent", default=TOP, help="id or name of the one above (default: at the top)")
    add.add_argument("--head", default="", help="id or login of its head")
    _finish(add, _add)

    _finish(actions.add_parser("list", help="show the tree with heads and people"), _list)

    rename = _on_one(actions, "rename", _rename, "give a department another name")
    rename.add_argument("name")

    move = _on_one(actions, "move", _move, "put a department, with all below it, under another one")
    move.add_argument("parent", help=f"id or name of the one above, or: {TOP}")

    head = _on_one(actions, "head", _head, "make somebody the head")
    head.add_argument("person", help=f"id or login, or: {NOBODY}")

    put = _on_one(actions, "put", _put, "put somebody into a department, beside those he is in")
    put.add_argument("person", help="id or login")

    take = _on_one(actions, "take", _take, "take somebody out of a department, also as its head")
    take.add_argument("person", help="id or login")

    _on_one(actions, "remove", _remove, "remove a department; what is below it, and its people, move up")


def run(args: argparse.Namespace) -> int:
    """Run the action; its exit code."""
    code: int = args.act(args)
    return code


def _on_one(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    act: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=text)
    action.add_argument("department", help="id or name")
    _finish(action, act)
    return action


def _finish(parser: argparse.ArgumentParser, act: Callable[[argparse.Namespace], int]) -> None:
    add_store_options(parser)
    parser.set_defaults(run=run, act=act)


def _add(args: argparse.Namespace) -> int:
    new_id: int = run_unit(args, _add_one, args.name, args.parent, args.head)
    print(f"added {args.name} with id {new_id}")
    return 0


def _list(args: argparse.Namespace) -> int:
    from skvorets.cli.tables import print_table

    company, everybody = run_unit(args, _read_tree)
    print_table(
        ("id", "department", "head", "people"),
        (
            (
                one.id,
                _INDENT * depth + one.name,
                everybody[0][one.head_id].name if one.head_id in everybody[0] else "",
                ", ".join(person.name for person in everybody[1].get(one.id, ())),
            )
            for depth, one in _in_order(company)
        ),
    )
    return 0


def _rename(args: argparse.Namespace) -> int:
    run_unit(args, _rename_one, args.department, args.name)
    print(f"{args.department} is now {args.name}")
    return 0


def _move(args: argparse.Namespace) -> int:
    where: str = run_unit(args, _move_one, args.department, args.parent)
    print(f"it is now: {where}")
    return 0


def _head(args: argparse.Namespace) -> int:
    name: str = run_unit(args, _appoint, args.department, args.person)
    print(f"the head is now {name}" if name else "it has no head now")
    return 0


def _put(args: argparse.Namespace) -> int:
    name: str = run_unit(args, _put_one, args.department, args.person)
    print(f"{name} is in {args.department} now")
    return 0


def _take(args: argparse.Namespace) -> int:
    name: str = run_unit(args, _take_one, args.department, args.person)
    print(f"{name} is no longer in {args.department}")
    return 0


def _remove(args: argparse.Namespace) -> int:
    run_unit(args, _remove_one, args.department)
    print(f"{args.department} is removed")
    return 0


async def _add_one(tx: Tx, name: str, parent: str, head: str) -> int:
    from skvorets.cli.choosing import person_named

    parent_id = await _id_of(tx, parent) if parent != TOP else 0
    new_id = await departments.add_department(tx, name, parent_id)
    if head:
        await departments.appoint_head(tx, new_id, (await person_named(tx, head)).id)
    return new_id


async def _rename_one(tx: Tx, department: str, name: str) -> None:
    await departments.rename_department(tx, await _id_of(tx, department), name)


async def _move_one(tx: Tx, department: str, parent: str) -> str:
    department_id = await _id_of(tx, department)
    await departments.move_department(tx, department_id, await _id_of(tx, parent) if parent != TOP else 0)
    return departments.full_name(await departments.load_company(tx), department_id)


async def _appoint(tx: Tx, department: str, person: str) -> str:
    from skvorets.cli.choosing import person_named

    department_id = await _id_of(tx, department)
    head = None if person == NOBODY else await person_named(tx, person)
    await departments.appoint_head(tx, department_id, 0 if head is None else head.id)
    return "" if head is None else head.name


async def _put_one(tx: Tx, department: str, person: str) -> str:
    from skvorets.cli.choosing import person_named

    found = await person_named(tx, person)
    await departments.put_person(tx, await _id_of(tx, department), found.id)
    return found.name


async def _take_one(tx: Tx, department: str, person: str) -> str:
    from skvorets.cli.choosing import person_named

    found = await person_named(tx, person)
    await departments.take_person_out(tx, await _id_of(tx, department), found.id)
    return found.name


async def _remove_one(tx: Tx, department: str) -> None:
    await departments.remove_department(tx, await _id_of(tx, department))


async def _read_tree(tx: Tx) -> tuple[dict[int, Department], tuple[dict[int, Person], dict[int, list[Person]]]]:
    from skvorets.storage import department_lists

    company = await departments.load_company(tx)
    heads = await people.find_many(tx, (one.head_id for one in company.values()))
    return company, (heads, await department_lists.of_departments(tx, company))


async def _id_of(tx: Tx, name: str) -> int:
    """Find a department by id, or by its name if only one has it. Raises CommandError."""
    company = await departments.load_company(tx)
    found = [one for one in company if str(one) == name]
    found = found or [one.id for one in company.values() if one.name == name]
    if len(found) != 1:
        what = "there are several departments" if found else "there is no department"
        raise CommandError(f"{what} {name!r}; see: skvorets department list")
    return found[0]


def _in_order(company: Mapping[int, Department]) -> Iterator[tuple[int, Department]]:
    """Give each department once with its depth, the ones below it after it; those of a ring at the end."""
    below: dict[int, list[Department]] = {}
    for one in company.values():
        below.setdefault(one.parent_id if one.parent_id in company else 0, []).append(one)
    shown: set[int] = set()
    yield from _branch(below.get(0, ()), below, shown)
    for one in company.values():
        if one.id not in shown:
            yield from _branch([one], below, shown)


def _branch(
    tops: Collection[Department], below: Mapping[int, Sequence[Department]], shown: set[int]
) -> Iterator[tuple[int, Department]]:
    waiting = [(0, one) for one in reversed(list(tops))]
    while waiting:
        depth, one = waiting.pop()
        if one.id not in shown:
            shown.add(one.id)
            yield depth, one
            waiting += [(depth + 1, child) for child in reversed(below.get(one.id, ()))]
