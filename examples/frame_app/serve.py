"""An application with pages: they open inside the portal, at places of the messenger, and above the input field.

    python3 examples/frame_app/serve.py --portal http://127.0.0.1:8080

README.md beside this file tells how to install it. Standard library only.
"""

import argparse
import hashlib
import hmac
import json
import secrets
import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from portal import Portal

FILES = Path(__file__).resolve().parent / "pages"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
# Address → page. The first one is the application's own, the others open at places of the messenger.
PAGES = {"/": "index.html", "/install": "install.html", "/textarea": "textarea.html", "/message": "message.html"}
MEMORY = Path("frame_app.json")  # the word with which the portal signs the address of the chat application
MAX_BODY = 1 << 20  # bytes
BOT = {"NAME": "Frames", "COLOR": "AZURE", "WORK_POSITION": "Opens a page above the input field"}


def places(base: str) -> list[dict[str, Any]]:
    """Give what is bound to places of the messenger."""
    return [
        {
            "PLACEMENT": "IM_TEXTAREA",
            "HANDLER": f"{base}/textarea",
            "LANG_ALL": {"ru": {"TITLE": "Заготовки ответов"}, "en": {"TITLE": "Ready answers"}},
            "OPTIONS": {"iconName": "fa-comments", "width": 360, "height": 240, "color": "AZURE"},
        },
        {
            "PLACEMENT": "IM_CONTEXT_MENU",
            "HANDLER": f"{base}/message",
            "LANG_ALL": {"ru": {"TITLE": "О сообщении"}, "en": {"TITLE": "About this message"}},
            "OPTIONS": {"context": "USER;CHAT"},
        },
    ]


def install(portal: Portal, base: str) -> None:
    """Bind the places, make the bot and its chat application; what is there already stays."""
    bound = {(one["placement"], one["handler"]) for one in portal.call("placement.get")}
    for place in places(base):
        if (place["PLACEMENT"], place["HANDLER"]) not in bound:
            portal.call("placement.bind", **place)
    bot_id = portal.call("imbot.register", CODE="frames", EVENT_HANDLER=f"{base}/events", PROPERTIES=BOT)
    word = remembered_word() or secrets.token_hex(16)
    frame = {"IFRAME": f"{base}/chat", "IFRAME_WIDTH": 360, "IFRAME_HEIGHT": 240, "HASH": word, "CONTEXT": "ALL"}
    titles = [{"LANGUAGE_ID": "ru", "TITLE": "Кубик"}, {"LANGUAGE_ID": "en", "TITLE": "Dice"}]
    app_id = portal.call("imbot.app.register", BOT_ID=bot_id, CODE="dice", LANG=titles, **frame)
    portal.call("imbot.app.update", APP_ID=app_id, FIELDS=frame)
    MEMORY.write_text(json.dumps({"word": word}))


def remembered_word() -> str:
    """Give the word of this installation; "" before the first one."""
    return str(json.loads(MEMORY.read_text())["word"]) if MEMORY.exists() else ""


def is_genuine(query: dict[str, str]) -> bool:
    """Was the chat application opened by the portal that knows our word, for the person that it names?"""
    word = remembered_word()
    host = urlsplit(query.get("DOMAIN", "")).hostname or ""
    signed = {"DOMAIN_HASH": host, "USER_HASH": query.get("USER_ID", "")}
    return bool(word) and all(
        hmac.compare_digest(query.get(name, ""), hashlib.md5(f"{text}{word}".encode()).hexdigest())  # noqa: S324
        for name, text in signed.items()
    )


class Door(BaseHTTPRequestHandler):
    """Serves the pages."""

    timeout = 30  # seconds
    portal = ""  # its address
    url = ""  # ours, as browsers and the portal reach it

    def do_GET(self) -> None:
        """Answer for files, and for the chat application, whose address says everything."""
        parts = urlsplit(self.path)
        if parts.path == "/chat":
            is_known = is_genuine(dict(parse_qsl(parts.query, keep_blank_values=True)))
            self.reply(200, "chat.html") if is_known else self.reply(403)
        elif Path(parts.path).suffix in {".js", ".css"}:
            self.reply(200, Path(parts.path).name)
        else:
            self.reply(404)

    def do_POST(self) -> None:
        """Answer for the pages that the portal opens, and for events of the bot."""
        size = int(self.headers.get("Content-Length", 0))
        if size > MAX_BODY:
            self.reply(413)
            return
        form = dict(parse_qsl(self.rfile.read(size).decode("utf-8", "replace"), keep_blank_values=True))
        path = urlsplit(self.path).path
        if path == "/install":
            try:
                install(Portal(f"{self.portal}/rest/", {"auth": form.get("AUTH_ID", "")}, ""), self.url)
            except Exception:  # noqa: BLE001 — whatever it is: it is read here
                traceback.print_exc()
                self.reply(500)
                return
        if path == "/events":
            self.reply(204)
        else:
            self.reply(200, PAGES[path]) if path in PAGES else self.reply(404)

    def reply(self, status: int, name: str = "") -> None:
        """Send a file of ours, or nothing but a status."""
        path = FILES / name
        if not (name and path.is_file()):
            status, body, kind = (404 if name else status), b"", "text/plain"
        else:
            body = path.read_text().replace("{{portal}}", self.portal).encode()
            kind = TYPES[path.suffix]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        # Only our portal may show our pages.
        self.send_header("Content-Security-Policy", f"frame-ancestors {self.portal}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: addresses carry tokens."""


def main() -> None:
    """Listen, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--portal", required=True, help="address of the portal, http://127.0.0.1:8080")
    parser.add_argument("--listen", default="127.0.0.1:9100", metavar="HOST:PORT")
    parser.add_argument("--url", default="", help="where browsers reach this program, if not at HOST:PORT")
    args = parser.parse_args()
    host, _, port = args.listen.rpartition(":")
    server = ThreadingHTTPServer((host, int(port)), Door)
    Door.portal = args.portal.rstrip("/")
    Door.url = args.url.rstrip("/") or f"http://{host}:{server.server_port}"
    print(f"listening on {Door.url}/", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
