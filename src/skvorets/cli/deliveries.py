"""``skvorets deliveries``: events on their way to handlers: list, show, replay, export as fixtures for tests of a bot.

A replay is done by the server: at once on PostgreSQL, with its next start on SQLite (whose file is for one process).
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import msgspec

from skvorets.cli.choosing import application_named
from skvorets.cli.options import add_store_options, config_from
from skvorets.cli.store import CommandError, run_unit
from skvorets.config import Config
from skvorets.core.events import record
from skvorets.core.events_delivery import DeliveriesRevived
from skvorets.delivery import replay
from skvorets.delivery.replay import Selection
from skvorets.storage import deliveries, delivery_attempts, delivery_log
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery, LaneKey
from skvorets.storage.delivery_attempts import PastAttempt
from skvorets.storage.delivery_log import LogPage, Wanted

STATES = ("waiting", "sending", "delivered", "dead")
# Deliveries exported at a time.
MAX_EXPORTED = 1_000


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its actions."""
    parser = subparsers.add_parser("deliveries", help="events on their way to handlers", description=__doc__)
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    show_all = actions.add_parser("list", help="list the newest ones")
    show_all.add_argument("--app", default="", help="id, client id or name of the application (default: all)")
    show_all.add_argument("--state", default="", choices=("", *STATES))
    show_all.add_argument("--event", default="", help="name on the wire, e.g. ONIMBOTMESSAGEADD")
    show_all.add_argument("--limit", type=int, default=30)
    add_store_options(show_all)
    show_all.set_defaults(run=run, act=_list)

    show = actions.add_parser("show", help="show one with its attempts")
    show.add_argument("id", type=int)
    add_store_options(show)
    show.set_defaults(run=run, act=_show)

    again = actions.add_parser("replay", help="send one, a range, or all dead letters of an application again")
    again.add_argument("id", type=int, nargs="?", help="one that is finished, dead or delivered")
    again.add_argument("--app", default="", help="all dead letters of this application")
    again.add_argument("--from", dest="first", type=int, default=1, help="of them those from this id on")
    again.add_argument("--to", dest="last", type=int, default=deliveries.NO_UPPER_ID, help="… and up to this one")
    add_store_options(again)
    again.set_defaults(run=run, act=_replay)

    export = actions.add_parser("export", help="write requests as JSON, with the secrets masked, for tests of a bot")
    export.add_argument("ids", type=int, nargs="+", metavar="ID")
    add_store_options(export, "public_url", "listen")
    export.set_defaults(run=run, act=_export)


def run(args: argparse.Namespace) -> int:
    """Run the action; its exit code."""
    code: int = args.act(args)
    return code


def _list(args: argparse.Namespace) -> int:
    from skvorets.cli.tables import date_of, print_table

    if not 1 <= args.limit <= MAX_EXPORTED:
        raise CommandError(f"--limit is 1 to {MAX_EXPORTED}")
    found: LogPage = run_unit(args, _page, args.app, args.state, args.event, args.limit)
    print_table(
        ("id", "app", "event", "chat", "state", "attempts", "status", "happened", "address"),
        (
            (
                *(one.id, one.application_id, one.event, one.chat_id or "", one.state, one.attempts),
                *(one.failure or one.http_status or "", date_of(one.created_at), _plain(one.url)),
            )
            for one in found.entries
        ),
    )
    return 0


def _show(args: argparse.Namespace) -> int:
    from skvorets.cli.tables import date_of, print_table

    delivery, past = run_unit(args, _read, args.id)
    for name, value in (
        ("id", delivery.id),
        ("application", delivery.application_id),
        ("event", delivery.event),
        ("chat", delivery.chat_id or "-"),
        ("address", _plain(delivery.url)),
        ("state", delivery.state),
        ("attempts", delivery.attempts),
        ("status", delivery.failure or delivery.http_status or "-"),
        ("happened", date_of(delivery.created_at)),
        ("next attempt", date_of(delivery.next_at) if delivery.state == "waiting" else "-"),
        ("finished", date_of(delivery.finished_at) or "-"),
        ("answer", repr(delivery.answer)),
    ):
        print(f"{name:<13} {value}")
    if past:
        print_table(
            ("attempt", "at", "ms", "status", "answer"),
            (
                (one.number, date_of(one.at), one.duration_ms, one.failure or one.http_status, one.answer)
                for one in past
            ),
        )
    return 0


def _replay(args: argparse.Namespace) -> int:
    if bool(args.app) == (args.id is not None):
        raise CommandError("say the id of one, or --app")
    count: int = run_unit(args, _revive_one, args.id) if args.id is not None else _replay_all(args)
    if not count and args.id is not None:
        raise CommandError(f"there is no finished delivery {args.id}")
    print(f"{count} will be sent again")
    return 0


def _replay_all(args: argparse.Namespace) -> int:
    """One unit after another, so that a server on PostgreSQL can go on meanwhile."""
    count, above_id = 0, int(args.first) - 1
    revived: int
    while True:
        revived, above_id = run_unit(args, _revive_some, args.app, above_id, args.last)
        count += revived
        if not above_id:
            return count


def _export(args: argparse.Namespace) -> int:
    if len(args.ids) > MAX_EXPORTED:
        raise CommandError(f"at most {MAX_EXPORTED} at a time")
    fixtures: list[dict[str, Any]] = run_unit(args, _fixtures, config_from(args), args.ids)
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(fixtures), indent=2).decode() + "\n")
    return 0


def _plain(url: str) -> str:
    return url.partition("?")[0]


async def _page(tx: Tx, app: str, state: str, event: str, limit: int) -> LogPage:
    ids = ((await application_named(tx, app)).id,) if app else None
    return await delivery_log.page(tx, Wanted(application_ids=ids, state=state, event=event.upper(), limit=limit))


async def _read(tx: Tx, delivery_id: int) -> tuple[Delivery, list[PastAttempt]]:
    return await _existing(tx, delivery_id), await delivery_attempts.of_delivery(tx, delivery_id)


async def _existing(tx: Tx, delivery_id: int) -> Delivery:
    found = await deliveries.find(tx, delivery_id)
    if found is None:
        raise CommandError(f"there is no delivery {delivery_id}")
    return found


async def _revive_one(tx: Tx, delivery_id: int) -> int:
    delivery = await replay.revive_one(tx, delivery_id)
    if delivery is None:
        return 0
    await _tell(tx, delivery.application_id, [LaneKey(delivery.target, delivery.chat_id)])
    return 1


async def _revive_some(tx: Tx, app: str, above_id: int, up_to_id: int) -> tuple[int, int]:
    application = await application_named(tx, app)
    selection = Selection(application_id=application.id, above_id=above_id, up_to_id=up_to_id)
    revived = await replay.revive_some(tx, selection)
    if revived.count:
        await _tell(tx, application.id, sorted(revived.lanes))
    return revived.count, revived.last_id


async def _tell(tx: Tx, application_id: int, lanes: list[LaneKey]) -> None:
    """Tell the server, if one runs."""
    await record(
        tx, DeliveriesRevived(application_id=application_id, lanes=[(one.target, one.chat_id) for one in lanes])
    )


async def _fixtures(tx: Tx, config: Config, ids: list[int]) -> list[dict[str, Any]]:
    """The requests as they would be sent now, without anything that opens a door."""
    from urllib.parse import parse_qsl, urlencode

    from skvorets.core.masking import mask_pairs
    from skvorets.dialects.bitrix24.events import Events

    dialect, found = Events(config), []
    for delivery_id in ids:
        delivery = await _existing(tx, delivery_id)
        request = await dialect.build(tx, delivery)
        if request is None:
            raise CommandError(f"the application of delivery {delivery_id} may not get it any more")
        pairs = mask_pairs(parse_qsl(request.body.decode(), keep_blank_values=True))
        found.append(
            {
                "id": delivery.id,
                "event": delivery.event,
                "url": delivery.url,
                "contentType": "application/x-www-form-urlencoded",
                "form": [list(pair) for pair in pairs],
                "body": urlencode(pairs),
            }
        )
    return found
