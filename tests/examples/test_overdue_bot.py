"""``examples/overdue_bot.py`` as its reader starts it: installed, asked, restarted."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from support.demonstration import Demonstration, demonstration, wait_until
from support.processes import Program, running

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "overdue_bot.py"
MAX_LINES = 120


@pytest.fixture
def address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def bot_at(address: str, folder: Path) -> AbstractContextManager[Program]:
    return running([sys.executable, str(EXAMPLE), "--listen", address], folder)


def is_listening(address: str) -> bool:
    host, _, port = address.partition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


@pytest.fixture
def bot(address: str, tmp_path: Path) -> Iterator[Program]:
    with bot_at(address, tmp_path) as program:
        wait_until(lambda: is_listening(address))
        yield program


@pytest.fixture
def demo(address: str, bot: Program, tmp_path: Path) -> Iterator[Demonstration]:
    with demonstration(tmp_path, "--bot", f"http://{address}/") as running_demo:
        yield running_demo


def registered(demo: Demonstration) -> int:
    """Wait until the bot has registered itself; its id."""
    known = int(demo.notes["BOT_ID"])
    wait_until((demo.folder / "overdue_bot.json").exists)
    return known + 1


def test_it_reports_overdue_tasks_with_links(demo: Demonstration) -> None:
    bot_id = registered(demo)
    assert demo.call("im.user.get", ID=bot_id)["name"] == "Докладун"
    for question in ("что горит", "Что горит?", "What is burning?"):
        answer = demo.answer_to(bot_id, question, "например")
        assert (answer["author_id"], answer["text"]) == (bot_id, "Да, кое-какие задачи уже пролетели, например:")
        assert titles_of(answer) == ["Подписать договор с «Ромашкой»", "Согласовать план найма"]
        assert links_of(answer)[0].startswith(f"{demo.url}/company/personal/user/1/tasks/task/view/")


def test_it_says_what_it_understands(demo: Demonstration) -> None:
    answer = demo.answer_to(registered(demo), "как дела?", "Не соображу")
    assert answer["text"] == "Не соображу, что вы хотите узнать. [send=что горит]Что горит?[/send]"


def test_who_has_nothing_overdue_is_praised(demo: Demonstration) -> None:
    bot_id = registered(demo)
    for task in demo.call("task.item.list", ORDER={}, FILTER={"RESPONSIBLE_ID": 1}):
        demo.call("task.item.update", TASKID=task["ID"], TASKDATA={"DEADLINE": ""})
    assert demo.answer_to(bot_id, "что горит", "Шикарно работаете!")["params"]["ATTACH"]


def test_it_greets_where_it_is_invited(demo: Demonstration) -> None:
    chat_id = demo.call("im.chat.add", TITLE="С ботом", USERS=[1, registered(demo)])
    wait_until(lambda: demo.newest(f"chat{chat_id}")["text"].startswith("Привет! Я Докладун"))


def test_after_a_restart_it_knows_its_portal(demo: Demonstration, bot: Program, address: str) -> None:
    bot_id = registered(demo)
    bot.end()
    with bot_at(address, demo.folder) as again:
        wait_until(lambda: is_listening(address))
        assert titles_of(demo.answer_to(bot_id, "что горит", "пролетели"))
        again.end()
        assert not [line for line in again.errors if "Error" in line]


def test_who_does_not_know_the_token_of_a_portal_is_not_answered(demo: Demonstration, address: str) -> None:
    bot_id = registered(demo)
    demo.answer_to(bot_id, "привет", "Не соображу")
    before = demo.newest(bot_id)["id"]
    forged = {
        "event": "ONIMBOTMESSAGEADD",
        "data[PARAMS][MESSAGE]": "что горит",
        "data[PARAMS][DIALOG_ID]": "1",
        "data[PARAMS][FROM_USER_ID]": "1",
        "auth[application_token]": "0" * 32,
        "auth[access_token]": "made up",
        "auth[client_endpoint]": f"{demo.url}/rest/",
    }
    with urllib.request.urlopen(f"http://{address}/", urlencode(forged).encode(), timeout=10) as answer:
        assert answer.status == 200
    assert demo.newest(bot_id)["id"] == before


def test_it_needs_the_standard_library_only() -> None:
    words = [sys.executable, "-I", "-S", str(EXAMPLE), "--help"]
    assert b"--listen" in subprocess.run(words, check=True, capture_output=True).stdout


def test_it_stays_short_enough_to_be_read() -> None:
    assert len(EXAMPLE.read_text("utf-8").splitlines()) < MAX_LINES


def titles_of(message: dict[str, Any]) -> list[str]:
    return [link["NAME"] for link in _links(message)]


def links_of(message: dict[str, Any]) -> list[str]:
    return [link["LINK"] for link in _links(message)]


def _links(message: dict[str, Any]) -> list[dict[str, Any]]:
    attach = message["params"]["ATTACH"]
    blocks = attach[0]["BLOCKS"] if isinstance(attach, list) else attach["BLOCKS"]
    return [link for block in blocks for link in block.get("LINK", [])]
