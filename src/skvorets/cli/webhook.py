"""``skvorets webhook``: inbound webhooks, secret addresses that act for a person: add, list, revoke."""

from __future__ import annotations

import argparse
import re
import time

from skvorets.cli.options import add_store_options, config_from
from skvorets.cli.store import CommandError, run_unit
from skvorets.core import webhooks
from skvorets.storage import people
from skvorets.storage.applications import Webhook
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

# What a webhook may do when nothing is said: the whole messenger.
DEFAULT_SCOPES = "im,imbot,imopenlines,disk,user,department,task,log,calendar,placement"
_DAY_MS = 24 * 60 * 60 * 1000
_SCOPE = re.compile(r"[a-z][a-z0-9_.]{0,63}")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its actions."""
    parser = subparsers.add_parser("webhook", help="inbound webhooks", description=__doc__)
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    add = actions.add_parser("add", help="make a webhook; its address is shown once")
    add.add_argument("person", help="id or login of the person for whom it acts")
    add.add_argument("--scope", default=DEFAULT_SCOPES, help=f"comma-separated (default: {DEFAULT_SCOPES})")
    add.add_argument("--title", default="", help="what it is for")
    add.add_argument("--days", type=int, default=0, help="how long it works (default: until it is revoked)")
    add_store_options(add, "public_url", "listen")
    add.set_defaults(run=run, act=_add)

    show = actions.add_parser("list", help="list all webhooks")
    add_store_options(show)
    show.set_defaults(run=run, act=_list)

    revoke = actions.add_parser("revoke", help="switch a webhook off for good")
    revoke.add_argument("id", type=int, help="as in the list")
    add_store_options(revoke)
    revoke.set_defaults(run=run, act=_revoke)


def run(args: argparse.Namespace) -> int:
    """Run the action; its exit code."""
    code: int = args.act(args)
    return code


def read_scopes(text: str) -> tuple[str, ...]:
    """Read scopes separated by commas or spaces. Raises CommandError."""
    scopes = tuple(dict.fromkeys(text.replace(",", " ").split()))
    wrong = [scope for scope in scopes if not _SCOPE.fullmatch(scope)]
    if wrong or not scopes:
        raise CommandError(f"not a scope: {wrong[0] if wrong else text!r}")
    return scopes


def _add(args: argparse.Namespace) -> int:
    if args.days < 0:
        raise CommandError("--days must not be negative")
    expires_at = int(time.time() * 1000) + args.days * _DAY_MS if args.days else 0
    owner, secret = run_unit(args, _create, args.person, read_scopes(args.scope), args.title, expires_at)
    print(f"{config_from(args).base_url}/rest/{owner.id}/{secret}/")
    return 0


def _list(args: argparse.Namespace) -> int:
    from skvorets.cli.tables import date_of, print_table

    found, owners = run_unit(args, _read)
    now = int(time.time() * 1000)
    print_table(
        ("id", "person", "scopes", "title", "made", "works until", "state"),
        (
            (
                one.id,
                owners[one.person_id].name if one.person_id in owners else one.person_id,
                one.scopes,
                one.title,
                date_of(one.created_at),
                date_of(one.expires_at),
                _state(one, now),
            )
            for one in found
        ),
    )
    return 0


def _revoke(args: argparse.Namespace) -> int:
    run_unit(args, webhooks.revoke_webhook, args.id)
    print(f"webhook {args.id} is revoked")
    return 0


def _state(webhook: Webhook, now: int) -> str:
    if not webhook.active:
        return "revoked"
    return "expired" if webhook.expires_at and webhook.expires_at <= now else "active"


async def _create(tx: Tx, name: str, scopes: tuple[str, ...], title: str, expires_at: int) -> tuple[Person, str]:
    from skvorets.cli.choosing import person_named

    owner = await person_named(tx, name)
    return owner, await webhooks.create_webhook(tx, owner, scopes, title, expires_at)


async def _read(tx: Tx) -> tuple[list[Webhook], dict[int, Person]]:
    found = await webhooks.every_webhook(tx)
    return found, await people.find_many(tx, (one.person_id for one in found))
