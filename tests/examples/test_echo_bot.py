"""``examples/echo_bot.py`` as its reader starts it: what a person writes and presses, and what he then sees.

The English texts, the keyboards and the way pages are turned are those of the EchoBot that the seed speaks of; the
keyboard of /help is its listing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.demonstration import Demonstration, demonstration, wait_until
from support.examples import Example, answer_of, answers_after, example, posted, shown

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("echo bot")]

HELP = {
    "text": "Hello! My name is EchoBot :)[br] I designed to answer your questions!",
    "attach": [],
    "buttons": [
        {
            "TYPE": "BUTTON",
            "TEXT": "Bitrix24",
            "LINK": "http://bitrix24.com",
            "BG_COLOR": "#29619b",
            "TEXT_COLOR": "#fff",
            "DISPLAY": "LINE",
            "BLOCK": "N",
        },
        {
            "TYPE": "BUTTON",
            "TEXT": "BitBucket",
            "LINK": "https://bitbucket.org/Bitrix24com/rest-bot-echotest",
            "BG_COLOR": "#2a4c7c",
            "TEXT_COLOR": "#fff",
            "DISPLAY": "LINE",
            "BLOCK": "N",
        },
        {"TYPE": "NEWLINE"},
        {
            "TYPE": "BUTTON",
            "TEXT": "Echo",
            "COMMAND": "echo",
            "COMMAND_PARAMS": "test from keyboard",
            "DISPLAY": "LINE",
            "BLOCK": "N",
        },
        {"TYPE": "BUTTON", "TEXT": "List", "COMMAND": "echoList", "DISPLAY": "LINE", "BLOCK": "N"},
        {"TYPE": "BUTTON", "TEXT": "Help", "COMMAND": "help", "DISPLAY": "LINE", "BLOCK": "N"},
    ],
}
COLORS = {
    1: {"RED": "#df532d", "GRAPHITE": "#3a403e"},
    2: {"MINT": "#4ba984", "LIGHT BLUE": "#6fc8e5"},
    3: {"PURPLE": "#8474c8", "AQUA": "#1eb4aa"},
    4: {"PINK": "#e98fa6", "LIME": "#85cb7b"},
    5: {"AZURE": "#29619b", "ORANGE": "#e8a441"},
}


def page(number: int) -> dict[str, Any]:
    """A page of the list of colours."""
    return {
        "text": "List of colors",
        "attach": [
            {
                "GRID": [
                    {"VALUE": name, "DISPLAY": "LINE", "WIDTH": 100},
                    {"VALUE": code, "COLOR": code, "DISPLAY": "LINE"},
                ]
            }
            for name, code in COLORS[number].items()
        ],
        "buttons": [
            {
                "TYPE": "BUTTON",
                "TEXT": f"· {one} ·" if one == number else str(one),
                "COMMAND": "echoList",
                "COMMAND_PARAMS": str(one),
                "DISPLAY": "LINE",
                "BLOCK": "Y",
            }
            for one in range(1, 6)
        ],
    }


def wait_for_page(demo: Demonstration, bot_id: int, number: int) -> None:
    wait_until(lambda: shown(demo.newest(bot_id)) == page(number))


def echo(text: str, reply: str) -> dict[str, Any]:
    return {"text": text, "attach": [{"MESSAGE": f"reply: {reply}"}, {"MESSAGE": "latency: …s"}], "buttons": []}


def welcome(place: str, tries: str) -> dict[str, Any]:
    return {
        "text": "Welcome message from bot.",
        "attach": [{"MESSAGE": place}, {"MESSAGE": tries}],
        "buttons": [{"TYPE": "BUTTON", "TEXT": "Help", "COMMAND": "help", "DISPLAY": "BLOCK", "BLOCK": "N"}],
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("echo")


@pytest.fixture(scope="module")
def bot(folder: Path) -> Iterator[Example]:
    with example("echo_bot", folder) as program:
        yield program


@pytest.fixture(scope="module")
def demo(bot: Example, folder: Path) -> Iterator[Demonstration]:
    with demonstration(folder, "--language", "en", "--bot", bot.url) as running_demo:
        yield running_demo


@pytest.fixture(scope="module")
def bot_id(demo: Demonstration, bot: Example) -> int:
    """The bot, in whose private dialog somebody has written something."""
    bot_id = bot.installed(demo, "echobot")
    said = demo.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="Hi & привет [b]!")
    answers_after(demo, bot_id, bot_id, said, 2)
    return bot_id


def press(demo: Demonstration, message_id: int, bot_id: int, command: str, params: str = "") -> None:
    demo.call("im.message.command", MESSAGE_ID=message_id, BOT_ID=bot_id, COMMAND=command, COMMAND_PARAMS=params)


def test_it_greets_and_repeats_in_a_private_dialog(demo: Demonstration, bot_id: int) -> None:
    assert list(map(shown, answers_after(demo, bot_id, bot_id, 0)))[:2] == [
        welcome(
            "Private instructions",
            "[send=send message]Click for send[/send] or [put=something...]write something[/put]",
        ),
        echo("Message from bot", "Hi & привет [b]!"),
    ]


def test_in_a_chat_it_greets_and_answers_when_it_is_mentioned(demo: Demonstration, bot_id: int) -> None:
    chat_id = demo.call("im.chat.add", TITLE="With the bot", USERS=[1, bot_id])
    dialog = f"chat{chat_id}"
    assert list(map(shown, answers_after(demo, bot_id, dialog, 0))) == [
        welcome(
            "Chat instructions",
            "[send=send message]click for send[/send] or [put=put message to textarea]click for put[/put]",
        )
    ]
    demo.call("im.message.add", DIALOG_ID=dialog, MESSAGE="not to you")
    answer = answer_of(demo, bot_id, dialog, f"[USER={bot_id}]EchoBot[/USER], hello")
    assert answer == echo("Message from bot", "hello")


def test_commands_are_answered(demo: Demonstration, bot_id: int) -> None:
    assert answer_of(demo, bot_id, bot_id, "/echo one two") == echo("Answer command", "/echo one two")
    assert answer_of(demo, bot_id, bot_id, "/help") == HELP
    assert answer_of(demo, bot_id, bot_id, "/echoList") == page(1)
    assert answer_of(demo, bot_id, bot_id, "/echoList 3") == page(3)
    assert answer_of(demo, bot_id, bot_id, "/echoList no number") == page(1)


def test_pages_are_turned_in_the_same_message(demo: Demonstration, bot_id: int) -> None:
    sent = demo.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="/echoList")
    list_id = answers_after(demo, bot_id, bot_id, sent)[0]["id"]
    for number in (5, 2, 1, 4, 3):
        press(demo, list_id, bot_id, "echoList", str(number))
        wait_for_page(demo, bot_id, number)
        assert demo.newest(bot_id)["id"] == list_id


def test_the_buttons_of_the_help_make_new_messages(demo: Demonstration, bot_id: int) -> None:
    sent = demo.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="/help")
    help_id = newest_id = answers_after(demo, bot_id, bot_id, sent)[0]["id"]
    for command, params, expected in (
        ("echo", "test from keyboard", echo("Answer command", "/echo test from keyboard")),
        ("echoList", "", page(1)),
        ("help", "", HELP),
    ):
        press(demo, help_id, bot_id, command, params)
        answer = answers_after(demo, bot_id, bot_id, newest_id)[0]
        assert shown(answer) == expected
        newest_id = answer["id"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"event=ONIMBOTMESSAGEADD", 400),
        (b"auth[a]=1&auth=2", 400),
        (b"[" * 50, 400),
        (b"\xff\xfe", 400),
        (b"a[b]=1&" * 20_000, 400),
        (b"auth[a]=1", 200),
        (b"a=1&a[b]=2&auth[x][y]=1&event[z]=1", 200),
    ],
)
def test_it_stands_nonsense(bot: Example, body: bytes, status: int) -> None:
    assert posted(bot.url, body) == status
