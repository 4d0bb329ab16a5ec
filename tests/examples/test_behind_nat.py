"""An example that the portal cannot reach: its application takes its events itself, ``skvorets relay`` brings them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.demonstration import Demonstration, demonstration
from support.examples import answers_after, example, newest_bot, shown
from support.processes import Program, started

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("examples behind NAT")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration that has been stopped: commands need its database for themselves."""
    folder = tmp_path_factory.mktemp("nat")
    with demonstration(folder) as demo:
        demo.program.stop()
    return folder


@pytest.fixture(scope="module")
def credentials(folder: Path) -> dict[str, str]:
    """An application that pulls, and the name of a webhook's bots that do so."""
    skvorets(folder, "app", "add", "echo", "--client-id", "echo", "--transport", "pull")
    added = skvorets(folder, "app", "add", "Echo", "--handler", "http://localhost:9000/", "--transport", "pull")
    return dict(re.findall(r"^(client_\w+) +(\S+)$", added, re.MULTILINE))


@pytest.fixture(scope="module")
def demo(folder: Path, credentials: dict[str, str]) -> Iterator[Demonstration]:
    with demonstration(folder) as running_demo:
        yield running_demo


def skvorets(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "skvorets", *words, "--data-dir", "var/demo"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def check_talk(demo: Demonstration, relay: Program, bot_id: int) -> None:
    said = demo.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="слышно?")
    welcome, echo = answers_after(demo, bot_id, bot_id, said, 2)
    assert welcome["text"] == "Привет! Я повторяю всё, что слышу."
    assert shown(echo)["attach"][0] == {"MESSAGE": "вы сказали: слышно?"}
    assert relay.stop() == 0


def test_an_application_is_installed_through_the_relay(
    demo: Demonstration, credentials: dict[str, str], tmp_path: Path
) -> None:
    account = ("--server", demo.url, "--app", credentials["client_id"])
    secret = credentials["client_secret"]
    with (
        example("echo_bot", tmp_path) as bot,
        started("relay", *account, "--to", bot.url, SKVORETS_APP_SECRET=secret) as relay,
    ):
        check_talk(demo, relay, bot.installed(demo, "echobot"))


def test_a_webhooks_bot_hears_through_the_relay(demo: Demonstration, tmp_path: Path) -> None:
    webhook = ("--webhook", demo.notes["WEBHOOK"])
    with (
        example("echo_bot", tmp_path, *webhook, "--client-id", "echo") as bot,
        started("relay", *webhook, "--app", "echo", "--to", bot.url, "--keep-path") as relay,
    ):
        check_talk(demo, relay, newest_bot(demo, "echobot"))
