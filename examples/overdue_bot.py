"""«Докладун»: a bot that reports overdue tasks, in one file and over the public API only.

    python3 examples/overdue_bot.py --listen 127.0.0.1:9000
    make run ARGS='--bot http://127.0.0.1:9000/'             the demonstration installs it …
    skvorets app add "Докладун" --scope im,imbot,task --handler https://…              … or a portal in earnest does

It answers «что горит» or "what is burning" with the tasks of whoever asks. Needs nothing but Python's standard library.
"""

from __future__ import annotations

import argparse
import json
import re
import urllib.parse
import urllib.request
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

QUESTIONS = {"что горит", "что горит?", "what is burning", "what is burning?"}
HINT = "[send=что горит]Что горит?[/send]"
# Remembers the application_token of every portal that installed the bot: whoever does not know it is not answered.
MEMORY = Path("overdue_bot.json")


def parse_form(body: str) -> dict[str, Any]:
    """Read PHP-style keys, ``data[PARAMS][MESSAGE]=…``, into nested dicts."""
    tree: dict[str, Any] = {}
    for name, value in urllib.parse.parse_qsl(body, keep_blank_values=True):
        first, *rest = re.findall(r"[^\[\]]+", name)
        level = tree
        for key in [first, *rest][:-1]:
            level = level.setdefault(key, {})
        level[[first, *rest][-1]] = value
    return tree


def call(method: str, params: dict[str, Any], auth: dict[str, str]) -> Any:
    """Call a REST method with the tokens of an event; its result."""
    request = urllib.request.Request(  # noqa: S310 — the portal's own address
        f"{auth['client_endpoint']}{method}.json",
        json.dumps({**params, "auth": auth["access_token"]}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 — the portal's own address
        return json.load(answer)["result"]


def report(person_id: str, auth: dict[str, str]) -> dict[str, Any]:
    """Give MESSAGE and ATTACH about somebody's overdue tasks."""
    tasks = call(
        "task.item.list",
        {
            "ORDER": {"DEADLINE": "desc"},
            "FILTER": {"RESPONSIBLE_ID": person_id, "<DEADLINE": datetime.now().astimezone().date().isoformat()},
            "PARAMS": {},
            "SELECT": [],
        },
        auth,
    )
    if not tasks:
        return {"MESSAGE": "Шикарно работаете! Ни одной просроченной задачи.", "ATTACH": [{"MESSAGE": HINT}]}
    blocks: list[dict[str, Any]] = []
    for task in tasks:
        path = f"/company/personal/user/{task['RESPONSIBLE_ID']}/tasks/task/view/{task['ID']}/"
        link = {"NAME": task["TITLE"], "LINK": urllib.parse.urljoin(auth["client_endpoint"], path)}
        blocks += [{"LINK": link}, {"DELIMITER": {"SIZE": 400, "COLOR": "#c6c6c6"}}]
    blocks.append({"MESSAGE": f"Как разберётесь, просто спросите ещё раз: {HINT}"})
    return {"MESSAGE": "Да, кое-какие задачи уже пролетели, например:", "ATTACH": blocks}


def handle(event: dict[str, Any], handler_url: str) -> None:
    """React to one event of the portal."""
    name, auth = event.get("event"), event.get("auth", {})
    installed = json.loads(MEMORY.read_text()) if MEMORY.exists() else []
    if name == "ONAPPINSTALL":
        looks = {"NAME": "Докладун", "WORK_POSITION": "Докладываю о делах", "COLOR": "AQUA"}
        bot = {"CODE": "ReportBot", "TYPE": "B", "EVENT_HANDLER": handler_url, "PROPERTIES": looks}
        call("imbot.register", bot, auth)
        MEMORY.write_text(json.dumps([*installed, auth["application_token"]]))
    elif auth.get("application_token") not in installed:
        return
    elif name == "ONIMBOTJOINCHAT":
        dialog = event["data"]["PARAMS"]["DIALOG_ID"]
        hello = {"MESSAGE": "Привет! Я Докладун, докладываю все как есть.", "ATTACH": [{"MESSAGE": HINT}]}
        call("imbot.message.add", {"DIALOG_ID": dialog, **hello}, auth)
    elif name == "ONIMBOTMESSAGEADD":
        params = event["data"]["PARAMS"]
        answer = {"MESSAGE": f"Не соображу, что вы хотите узнать. {HINT}"}
        if params.get("MESSAGE", "").strip().lower() in QUESTIONS:
            answer = report(params["FROM_USER_ID"], auth)
        call("imbot.message.add", {"DIALOG_ID": params["DIALOG_ID"], **answer}, auth)


class Handler(BaseHTTPRequestHandler):
    """Receives the portal's events."""

    def do_POST(self) -> None:
        """Answer first, then work: the portal need not wait."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
        handle(parse_form(body), f"http://{self.headers['Host']}{self.path}")


def main() -> None:
    """Listen for events."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listen", default="127.0.0.1:9000", help="HOST:PORT to listen on")
    host, _, port = parser.parse_args().listen.rpartition(":")
    ThreadingHTTPServer((host, int(port)), Handler).serve_forever()


if __name__ == "__main__":
    main()
