"""``examples/overdue_bot.py`` as its reader starts it: installed, asked, restarted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from support.demonstration import Demonstration, demonstration, wait_until
from support.examples import FOLDER, Example, example, posted
from support.processes import running

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("overdue bot")]

CODE = "ReportBot"
# A bot author reads what he copies.
MAX_LINES = {
    "portal": 60,
    "hosting": 100,
    "overdue_bot": 80,
    "greeter_bot": 120,
    "echo_bot": 180,
    "itr_menu": 190,
    "itr_bot": 150,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("overdue")


@pytest.fixture(scope="module")
def bot(folder: Path) -> Iterator[Example]:
    with example("overdue_bot", folder) as program:
        yield program


@pytest.fixture(scope="module")
def demo(bot: Example, folder: Path) -> Iterator[Demonstration]:
    with demonstration(folder, "--bot", bot.url) as running_demo:
        yield running_demo


def test_it_reports_overdue_tasks_with_links(demo: Demonstration, bot: Example) -> None:
    bot_id = bot.installed(demo, CODE)
    assert demo.call("im.user.get", ID=bot_id)["name"] == "Докладун"
    for question in ("что горит", "Что горит?", "What is burning?"):
        answer = demo.answer_to(bot_id, question, "например")
        assert (answer["author_id"], answer["text"]) == (bot_id, "Да, кое-какие задачи уже пролетели, например:")
        assert titles_of(answer) == ["Подписать договор с «Ромашкой»", "Согласовать план найма"]
        assert links_of(answer)[0].startswith(f"{demo.url}/company/personal/user/1/tasks/task/view/")


def test_it_says_what_it_understands(demo: Demonstration, bot: Example) -> None:
    answer = demo.answer_to(bot.installed(demo, CODE), "как дела?", "Не соображу")
    assert answer["text"] == "Не соображу, что вы хотите узнать. [send=что горит]Что горит?[/send]"


def test_who_has_nothing_overdue_is_praised(demo: Demonstration, bot: Example) -> None:
    bot_id = bot.installed(demo, CODE)
    tasks = demo.call("task.item.list", ORDER={}, FILTER={"RESPONSIBLE_ID": 1})
    for task in tasks:
        demo.call("task.item.update", TASKID=task["ID"], TASKDATA={"DEADLINE": ""})
    assert demo.answer_to(bot_id, "что горит", "Шикарно работаете!")["params"]["ATTACH"]
    for task in tasks:
        demo.call("task.item.update", TASKID=task["ID"], TASKDATA={"DEADLINE": task["DEADLINE"]})


def test_it_greets_where_it_is_invited(demo: Demonstration, bot: Example) -> None:
    chat_id = demo.call("im.chat.add", TITLE="С ботом", USERS=[1, bot.installed(demo, CODE)])
    wait_until(lambda: demo.newest(f"chat{chat_id}")["text"].startswith("Привет! Я Докладун"))


def test_after_a_restart_it_knows_its_portal(demo: Demonstration, bot: Example) -> None:
    bot_id = bot.installed(demo, CODE)
    bot.stop()
    bot.start()
    assert titles_of(demo.answer_to(bot_id, "что горит", "пролетели"))


def test_who_does_not_know_the_token_of_a_portal_is_not_answered(demo: Demonstration, bot: Example) -> None:
    bot_id = bot.installed(demo, CODE)
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
    assert posted(bot.url, urlencode(forged).encode()) == 200
    assert demo.newest(bot_id)["id"] == before


def test_what_a_portal_refuses_is_told_to_the_author_and_to_the_portal(demo: Demonstration, tmp_path: Path) -> None:
    forged = {
        "event": "ONAPPINSTALL",
        "auth[application_token]": "x",
        "auth[access_token]": "made up",
        "auth[client_endpoint]": f"{demo.url}/rest/",
    }
    with running([sys.executable, str(FOLDER / "overdue_bot.py"), "--listen", "127.0.0.1:0"], tmp_path) as program:
        url = program.wait_for("listening on ")
        assert posted(url, urlencode(forged).encode()) == 500
        wait_until(lambda: any("imbot.register: " in line and "invalid_token" in line for line in program.errors))
        assert posted(url, urlencode({**forged, "auth[client_endpoint]": "file:///etc/hostname"}).encode()) == 200


@pytest.mark.parametrize("name", [name for name in MAX_LINES if name.endswith("_bot")])
def test_examples_need_the_standard_library_only(name: str) -> None:
    words = [sys.executable, "-E", "-S", str(FOLDER / f"{name}.py"), "--help"]
    assert b"--listen" in subprocess.run(words, check=True, capture_output=True).stdout


def test_examples_stay_short_enough_to_be_read() -> None:
    lines = {path.stem: len(path.read_text("utf-8").splitlines()) for path in FOLDER.glob("*.py")}
    assert lines.keys() == MAX_LINES.keys()
    assert not {name: count for name, count in lines.items() if count > MAX_LINES[name]}


def titles_of(message: dict[str, Any]) -> list[str]:
    return [link["NAME"] for link in _links(message)]


def links_of(message: dict[str, Any]) -> list[str]:
    return [link["LINK"] for link in _links(message)]


def _links(message: dict[str, Any]) -> list[dict[str, Any]]:
    attach = message["params"]["ATTACH"]
    blocks = attach[0]["BLOCKS"] if isinstance(attach, list) else attach["BLOCKS"]
    return [link for block in blocks for link in block.get("LINK", [])]
