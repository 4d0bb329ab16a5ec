"""All examples beside one demonstration, by an inbound webhook and a CLIENT_ID each: nothing is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from support.demonstration import Demonstration, demonstration, wait_until
from support.examples import answer_of, answers_after, example, newest_bot, posted, shown

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("examples by webhook")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    with demonstration(tmp_path_factory.mktemp("webhook"), "--language", "en") as running_demo:
        yield running_demo


def test_the_echo_bot_registers_itself_with_its_chat_application(demo: Demonstration, tmp_path: Path) -> None:
    own = newest_bot(demo, "echobot")
    with example("echo_bot", tmp_path, "--webhook", demo.notes["WEBHOOK"], "--client-id", "mine") as bot:
        bot_id = newest_bot(demo, "echobot")
        assert bot_id > own
        said = demo.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="How are you?")
        assert shown(answers_after(demo, bot_id, bot_id, said, 2)[1])["attach"][0] == {"MESSAGE": "reply: How are you?"}
        assert answer_of(demo, bot_id, bot_id, "/help")["text"].startswith("Hello! My name is EchoBot")
        check_chat_application(demo, bot_id)
        check_forgery(demo, bot_id, bot.url)
    assert not list(tmp_path.glob("*.json"))  # there is nothing to remember


def check_chat_application(demo: Demonstration, bot_id: int) -> None:
    """Registering it again gives the id that it has, lower than that of one registered later."""
    same = {"BOT_ID": bot_id, "CLIENT_ID": "mine", "JS_METHOD": "SEND", "JS_PARAM": "/help"}
    phrases = [{"LANGUAGE_ID": "en", "TITLE": "x"}]
    later, known = (demo.call("imbot.app.register", CODE=code, LANG=phrases, **same) for code in ("later", "echo"))
    assert known < later


def check_forgery(demo: Demonstration, bot_id: int, url: str) -> None:
    """Who does not know the path that the bot has registered is not obeyed."""
    forged = {
        "event": "ONIMBOTMESSAGEADD",
        "data[PARAMS][MESSAGE]": "forged",
        "data[PARAMS][DIALOG_ID]": "1",
        "data[PARAMS][LANGUAGE]": "en",
        "auth[application_token]": "0" * 32,
        "auth[client_endpoint]": f"{demo.url}/rest/",
        "ts": "1",
    }
    last = demo.newest(bot_id)["id"]
    for path in ("", "x", "0" * 32):
        assert posted(f"{url}{path}", urlencode(forged).encode()) == 200
    assert answer_of(demo, bot_id, bot_id, "/echo real")["attach"][0] == {"MESSAGE": "reply: /echo real"}
    assert len(answers_after(demo, bot_id, bot_id, last)) == 1


def test_the_greeter_speaks_the_language_of_the_portal(demo: Demonstration, tmp_path: Path) -> None:
    with example("greeter_bot", tmp_path, "--webhook", demo.notes["WEBHOOK"]):
        bot_id = newest_bot(demo, "greeter")
        chat_id = demo.call("im.chat.add", TITLE="Hall", USERS=[1, bot_id])
        dialog = f"chat{chat_id}"
        assert answers_after(demo, bot_id, dialog, 0)[0]["text"] == "Good day! From now on I greet new people here."
        demo.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[12])
        assert answer_of(demo, bot_id, dialog, "hi")["text"].startswith("Welcome, [USER=12]")


def test_the_overdue_bot_finds_tasks(demo: Demonstration, tmp_path: Path) -> None:
    with example("overdue_bot", tmp_path, "--webhook", demo.notes["WEBHOOK"]):
        bot_id = newest_bot(demo, "ReportBot")
        demo.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="что горит")
        wait_until(lambda: demo.newest(bot_id)["text"].endswith("например:"))
