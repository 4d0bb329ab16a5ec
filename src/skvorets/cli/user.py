"""``skvorets user``: people who log in: add, list, disable, enable, password, admin, forget-codes."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Callable

from skvorets.cli.options import add_store_options
from skvorets.cli.store import run_unit
from skvorets.core import logins, people
from skvorets.core.people import NewPerson
from skvorets.storage import logins as login_rows
from skvorets.storage import people as rows
from skvorets.storage.database import Tx
from skvorets.storage.logins import Login
from skvorets.storage.people import Person

# Of a password that we make up: 12 bytes are 16 characters.
_PASSWORD_BYTES = 12


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its actions."""
    parser = subparsers.add_parser("user", help="people who log in", description=__doc__)
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    add = actions.add_parser("add", help="add a person who logs in")
    add.add_argument("login", help="with what the person logs in")
    add.add_argument("--first-name", default="", help="default: the login")
    add.add_argument("--last-name", default="")
    add.add_argument("--email", default="")
    add.add_argument("--position", default="", help="work position")
    add.add_argument("--gender", choices=("M", "F"), default="")
    add.add_argument("--admin", action="store_true", help="an administrator of the portal")
    add.add_argument("--extranet", action="store_true", help="an outsider who sees only his own chats")
    _add_password_option(add)
    _finish(add, _add)

    show = actions.add_parser("list", help="list all people")
    _finish(show, _list)

    for name, active, text in (("disable", 0, "lock a person out at once"), ("enable", 1, "let a person in again")):
        switch = actions.add_parser(name, help=text)
        switch.add_argument("person", help="id or login")
        switch.set_defaults(active=active)
        _finish(switch, _switch)

    password = actions.add_parser("password", help="give a person another password, and a login when he has none")
    password.add_argument("person", help="id or login")
    password.add_argument("--login", default="", help="change the login, too")
    _add_password_option(password)
    _finish(password, _password)

    admin = actions.add_parser("admin", help="make a person an administrator")
    admin.add_argument("person", help="id or login")
    admin.add_argument("--off", action="store_true", help="take the rights away again")
    _finish(admin, _admin)

    codes = actions.add_parser("forget-codes", help="ask a person, whose phone is lost, for no second factor any more")
    codes.add_argument("person", help="id or login")
    _finish(codes, _forget_codes)


def run(args: argparse.Namespace) -> int:
    """Run the action; its exit code."""
    code: int = args.act(args)
    return code


def _finish(parser: argparse.ArgumentParser, act: Callable[[argparse.Namespace], int]) -> None:
    add_store_options(parser)
    parser.set_defaults(run=run, act=act)


def _add_password_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input (default: make one up)"
    )


def _take_password(args: argparse.Namespace) -> tuple[str, bool]:
    """Give the password and whether it was made up. It never stands on the command line, where others could see it."""
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n"), False
    return secrets.token_urlsafe(_PASSWORD_BYTES), True


def _add(args: argparse.Namespace) -> int:
    password, is_made_up = _take_password(args)
    new = NewPerson(
        first_name=args.first_name or args.login,
        last_name=args.last_name,
        email=args.email,
        work_position=args.position,
        gender=args.gender,
        admin=args.admin,
        extranet=args.extranet,
    )
    person: Person = run_unit(args, _add_with_login, new, args.login, logins.hash_password(password))
    print(f"added {args.login} with id {person.id}")
    if is_made_up:
        print(f"password: {password}")
    return 0


def _list(args: argparse.Namespace) -> int:
    from skvorets.cli.tables import print_table

    everybody, accounts = run_unit(args, _read_people)
    print_table(
        ("id", "login", "name", "kind", "rights", "state"),
        (
            (
                one.id,
                accounts[one.id].login if one.id in accounts else "",
                one.name,
                one.kind,
                "admin" if one.admin else "extranet" if one.extranet else "",
                "active" if one.active else "disabled",
            )
            for one in everybody
        ),
    )
    return 0


def _switch(args: argparse.Namespace) -> int:
    person: Person = run_unit(args, _change, args.person, {"active": args.active})
    print(f"{person.name} (id {person.id}) is {'enabled' if args.active else 'disabled'}")
    return 0


def _admin(args: argparse.Namespace) -> int:
    person: Person = run_unit(args, _change, args.person, {"admin": int(not args.off)})
    print(f"{person.name} (id {person.id}) is {'no longer' if args.off else 'now'} an administrator")
    return 0


def _forget_codes(args: argparse.Namespace) -> int:
    person: Person = run_unit(args, _switch_codes_off, args.person)
    print(f"{person.name} (id {person.id}) logs in with the password alone")
    return 0


def _password(args: argparse.Namespace) -> int:
    password, is_made_up = _take_password(args)
    login: str = run_unit(args, _change_password, args.person, args.login, logins.hash_password(password))
    print(f"the password of {login} is changed")
    if is_made_up:
        print(f"password: {password}")
    return 0


async def _add_with_login(tx: Tx, new: NewPerson, login: str, password_hash: str) -> Person:
    person = await people.add_person(tx, new)
    await logins.set_password_hash(tx, person.id, login, password_hash)
    return person


async def _read_people(tx: Tx) -> tuple[list[Person], dict[int, Login]]:
    everybody = await rows.every(tx)
    return everybody, await login_rows.of_people(tx, (one.id for one in everybody))


async def _change(tx: Tx, name: str, values: dict[str, int]) -> Person:
    from skvorets.cli.choosing import person_named

    person = await person_named(tx, name)
    await people.change_person(tx, person.id, **values)
    return person


async def _switch_codes_off(tx: Tx, name: str) -> Person:
    from skvorets.cli.choosing import person_named
    from skvorets.cli.store import CommandError
    from skvorets.core import second_factor
    from skvorets.errors import NothingChangedError

    person = await person_named(tx, name)
    try:
        await second_factor.switch_off(tx, person.id, 0)
    except NothingChangedError:
        raise CommandError(f"{name} has no second factor") from None
    return person


async def _change_password(tx: Tx, name: str, login: str, password_hash: str) -> str:
    from skvorets.cli.choosing import person_named
    from skvorets.cli.store import CommandError

    person = await person_named(tx, name)
    account = (await login_rows.of_people(tx, [person.id])).get(person.id)
    wanted = login or (account.login if account is not None else "")
    if not wanted:
        raise CommandError(f"{name} has no login yet; name one with --login")
    await logins.set_password_hash(tx, person.id, wanted, password_hash)
    return wanted
