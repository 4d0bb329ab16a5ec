"""How the example bots live: they listen for events, know the portals that installed them, and answer in order.

A bot comes into a portal in one of two ways:

    python3 examples/echo_bot.py                                  as an application: it waits for ONAPPINSTALL
    python3 examples/echo_bot.py --webhook URL --client-id echo   by an inbound webhook: it registers itself at once
"""

import argparse
import hashlib
import json
import sys
import threading
import traceback
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from portal import Event, Portal, parse_form

MAX_BODY = 1 << 20  # bytes; the longest message makes a form of some 200 kB
Reaction = Callable[[Portal, Event], None]


class Bot:
    """Registers itself in portals, again for each new version of its application, and reacts to their events."""

    def __init__(self, register: Callable[[Portal], None], reactions: dict[str, Reaction]) -> None:
        self.register, self.reactions = register, reactions
        self.memory = Path(f"{Path(sys.argv[0]).stem}.json")  # the application_token of each portal that installed it
        self.only = "http"  # how the endpoint of a portal begins that may install it
        self.webhook: Portal | None = None
        self.portal = Portal  # what speaks with a portal
        self._lock = threading.Lock()

    def take(self, body: bytes, address: str) -> int:
        """React to what was posted to ``address``; the HTTP status, for which the dialog's next event waits."""
        event = parse_form(body.decode("utf-8", "replace"))
        name, auth = str(event.get("event")), event.get("auth")
        if not isinstance(auth, dict):
            return 400
        try:
            portal = self._sender(name, auth, address)
            if portal and name in self.reactions:
                self.reactions[name](portal, event)
        except Exception:  # noqa: BLE001 — whatever it is: it is read here, and the portal's log shows the status
            traceback.print_exc()
            return 500
        return 200

    def _sender(self, name: str, auth: Event, address: str) -> Portal | None:
        """Who sent an event; None when it is nobody we know."""
        if self.webhook:  # whoever knows the path that we made up
            return self.webhook if urlsplit(address).path == urlsplit(self.webhook.handler).path else None
        token = str(auth.get("application_token"))
        sender = self.portal(str(auth.get("client_endpoint")), {"auth": str(auth.get("access_token"))}, address)
        with self._lock:
            known = json.loads(self.memory.read_text()) if self.memory.exists() else []
            is_new = name == "ONAPPINSTALL" or (name == "ONAPPUPDATE" and token in known)
            if is_new and sender.endpoint.startswith(self.only):
                self.register(sender)
                self.memory.write_text(json.dumps(sorted({*known, token})))
            return sender if token in known else None


def run(bot: Bot) -> None:
    """Listen for events, as the command line says."""
    about = sys.modules["__main__"].__doc__
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listen", default="127.0.0.1:9000", metavar="HOST:PORT")
    parser.add_argument("--url", default="", help="where the portal reaches this program, if not at HOST:PORT")
    parser.add_argument("--webhook", default="", help="inbound webhook to register the bot through")
    parser.add_argument("--client-id", default=bot.memory.stem, help="name under which the webhook owns the bot")
    args = parser.parse_args()

    class Door(BaseHTTPRequestHandler):
        timeout = 30  # seconds

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            address = (args.url or f"http://{self.headers['Host']}").rstrip("/") + self.path
            self.send_response(bot.take(self.rfile.read(size), address) if size <= MAX_BODY else 413)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing: a path may be secret. The portal's log of events tells more."""

    host, _, port = args.listen.rpartition(":")
    server = ThreadingHTTPServer((host, int(port)), Door)
    base = args.url.rstrip("/") or f"http://{host}:{server.server_port}"
    if args.webhook:
        path = hashlib.sha256(f"{args.webhook} {args.client_id}".encode()).hexdigest()[:32]
        bot.webhook = Portal(args.webhook.rstrip("/") + "/", {"CLIENT_ID": args.client_id}, f"{base}/{path}")
        bot.register(bot.webhook)
    print(f"listening on {base}/", flush=True)
    server.serve_forever()
