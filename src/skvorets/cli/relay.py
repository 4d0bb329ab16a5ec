"""``skvorets relay``: bring an application's events to a handler on this machine, which the server cannot reach.

The application must take its events itself (``skvorets app limits APP --transport pull``). Each event is posted as the
server would have posted it, in the order of its dialog, and is done when the handler has answered 2xx.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from skvorets.cli.store import CommandError

if TYPE_CHECKING:
    from skvorets.relay.relay import Notice, Relay, Relayed
    from skvorets.relay.server import Account

SECRET_NAME = "SKVORETS_APP_SECRET"  # noqa: S105 — the name of the variable
_WEBHOOK_PARTS = 3  # rest/USER/SECRET
FAILED = 1


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("relay", help="bring events to a local handler", description=__doc__)
    parser.add_argument("--app", required=True, help="client id, or with --webhook the CLIENT_ID of its bots")
    parser.add_argument("--secret", default="", help=f"client secret [{SECRET_NAME}]")
    parser.add_argument("--server", default="", help="address of the server, e.g. https://portal.example")
    parser.add_argument(
        "--webhook", default="", help="inbound webhook (…/rest/USER/SECRET/) instead of server and secret"
    )
    parser.add_argument("--to", required=True, help="address of the handler, e.g. http://localhost:8000/handler")
    parser.add_argument("--keep-path", action="store_true", help="append the path of the registered address to --to")
    parser.add_argument("--ca", type=Path, help="PEM file of authorities to trust in addition")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Relay until SIGINT or SIGTERM."""
    import uvloop

    return uvloop.run(_relay(args))


def account_of(args: argparse.Namespace) -> Account:
    """Read where the server is and what to show it. Raises CommandError."""
    from skvorets.relay.server import Account

    if args.webhook:
        parts = urlsplit(args.webhook)
        words = parts.path.strip("/").split("/")
        if parts.scheme not in {"http", "https"} or len(words) != _WEBHOOK_PARTS or words[0] != "rest":
            raise CommandError("a webhook is https://SERVER/rest/USER/SECRET/")
        door = f"{parts.scheme}://{parts.netloc}/pull/{words[1]}/{words[2]}"
        return Account(door=door, client_id=args.app, trusted_ca=args.ca)
    secret = args.secret or os.environ.get(SECRET_NAME, "")
    if not secret or urlsplit(args.server).scheme not in {"http", "https"}:
        raise CommandError(f"say --server and --secret (or {SECRET_NAME}), or --webhook")
    return Account(door=f"{args.server.rstrip('/')}/pull", client_id=args.app, secret=secret, trusted_ca=args.ca)


async def _relay(args: argparse.Namespace) -> int:
    from skvorets.cli.serve import watch_signals
    from skvorets.delivery.addresses import AddressRules
    from skvorets.delivery.outgoing import Outgoing, OutgoingSettings
    from skvorets.relay.relay import Relay, Target
    from skvorets.relay.server import RefusedError, Server

    if urlsplit(args.to).scheme not in {"http", "https"}:
        raise CommandError("--to is an http or https address")
    stop = watch_signals()
    settings = OutgoingSettings(rules=AddressRules(allow_private=True), trusted_ca=args.ca)
    async with Server(account_of(args)) as server, Outgoing(settings) as outgoing:
        relay = Relay(server, outgoing, Target(args.to, args.keep_path), show)
        try:
            await _until_stopped(relay, stop)
        except RefusedError as error:
            print(f"skvorets: {error}", file=sys.stderr, flush=True)
            return FAILED
    print("stopped", flush=True)
    return 0


async def _until_stopped(relay: Relay, stop: asyncio.Event) -> None:
    running = asyncio.ensure_future(relay.run())
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if running.done():
        running.result()
    running.cancel()
    await asyncio.gather(running, stopping, return_exceptions=True)


def show(what: Relayed | Notice) -> None:
    """Print one line: time, event, dialog, status, latency, and what follows when it is not done."""
    from skvorets.relay.relay import Notice

    now = datetime.now().astimezone().strftime("%H:%M:%S.%f")[:-3]
    if isinstance(what, Notice):
        print(f"{now} {what.text}", flush=True)
        return
    event, outcome = what.event, what.outcome
    dialog = parse_qs(event.body).get("data[PARAMS][DIALOG_ID]", ["-"])[0]
    answer = outcome.status if outcome.failure is None else outcome.failure.kind.value
    again = f" attempt {event.attempt}" if event.attempt > 1 else ""
    fate = "" if what.fate == "delivered" else f" ({what.fate})"
    print(f"{now} {event.event} {_plain(dialog)} {answer} {outcome.duration_ms} ms{again}{fate}", flush=True)


def _plain(text: str) -> str:
    """Replace what would steer the terminal."""
    return "".join(char if char.isprintable() else "?" for char in text[:64])
