"""``examples/greeter_bot.py`` as its reader starts it: who comes is greeted, what is said is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.demonstration import Demonstration, demonstration, wait_until
from support.examples import Example, answer_of, answers_after, example

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("greeter")]

CODE = "greeter"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("greeter")


@pytest.fixture(scope="module")
def bot(folder: Path) -> Iterator[Example]:
    with example("greeter_bot", folder) as program:
        yield program


@pytest.fixture(scope="module")
def demo(bot: Example, folder: Path) -> Iterator[Demonstration]:
    with demonstration(folder, "--bot", bot.url) as running_demo:
        yield running_demo


def test_it_greets_new_people_once_and_tells_what_it_has_seen(demo: Demonstration, bot: Example) -> None:
    bot_id = bot.installed(demo, CODE)
    chat_id = demo.call("im.chat.add", TITLE="Прихожая", USERS=[1, 2, bot_id])
    dialog = f"chat{chat_id}"
    [hello] = answers_after(demo, bot_id, dialog, 0)
    assert hello["text"] == "Добрый день! Теперь я встречаю здесь новых людей."
    first = demo.call("im.message.add", DIALOG_ID=dialog, MESSAGE="никто не новый")
    demo.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[3, 4, int(demo.notes["BOT_ID"])])
    assert answer_of(demo, bot_id, dialog, "пришли двое и бот")["text"] == (
        "Добро пожаловать, [USER=3]Вера Зимина[/USER], [USER=4]Глеб Орлов[/USER]!"
    )
    second = demo.call("im.message.add", DIALOG_ID=dialog, MESSAGE="опечатка")
    demo.call("im.message.update", MESSAGE_ID=second, MESSAGE="поправлено")
    demo.call("im.message.delete", MESSAGE_ID=first)
    report = answer_of(demo, bot_id, dialog, f"[USER={bot_id}]Швейцар[/USER], что видно?")
    assert report["text"] == "С тех пор как я здесь: сообщений — 4, изменено — 1, удалено — 1."
    assert len(answers_after(demo, bot_id, dialog, 0)) == 3  # it said nothing else


def test_who_comes_again_is_greeted_again(demo: Demonstration, bot: Example) -> None:
    bot_id = bot.installed(demo, CODE)
    chat_id = demo.call("im.chat.add", TITLE="Прихожая", USERS=[1, 2, bot_id])
    dialog = f"chat{chat_id}"
    [hello] = answers_after(demo, bot_id, dialog, 0)
    demo.call("im.chat.user.delete", CHAT_ID=chat_id, USER_ID=2)
    demo.call("im.message.add", DIALOG_ID=dialog, MESSAGE="один ушёл")
    demo.call("im.message.add", DIALOG_ID=dialog, MESSAGE=f"[USER={bot_id}]Швейцар[/USER] видел?")
    [seen] = answers_after(demo, bot_id, dialog, hello["id"])
    assert seen["text"].startswith("С тех пор")
    demo.call("im.chat.user.add", CHAT_ID=chat_id, USERS=[2])
    assert "[USER=2]" in answer_of(demo, bot_id, dialog, "вернулся")["text"]


def test_in_private_it_says_what_it_is_for(demo: Demonstration, bot: Example) -> None:
    bot_id = bot.installed(demo, CODE)
    demo.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="кто ты?")
    wait_until(lambda: demo.newest(bot_id)["text"].startswith("Пригласите меня в чат"))
