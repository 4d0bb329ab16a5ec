"""The bot of the documentation, «Докладун»: its PHP listing as printed, served by PHP, installed as an application.

The listing is cut out of the documentation at run time; it is not ours to keep a copy of.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from support.portal import Portal, free_port

pytestmark = pytest.mark.clients

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
# Seconds until the bot must have answered.
PATIENCE_S = 10.0


def listing() -> str:
    """Give the listing: from ``<?php`` to the brace that closes its last function."""
    texts = (path.read_text() for path in sorted(SEEDS.glob("002_*.txt")))
    text = next(texts, None)
    if text is None:
        pytest.skip("the documentation does not lie beside the repository")
    begin = text.index("<?php\n/**\n * Полезный чат-бот")
    end = text.index("\n}\n", text.index("function b24BadTasks", begin)) + len("\n}\n")
    return text[begin:end]


@pytest.fixture
async def bot_url(portal: Portal, tmp_path: Path) -> AsyncIterator[str]:
    """Serve the listing with PHP's own server, which trusts the portal's authority."""
    source = listing()
    php = shutil.which("php")
    if php is None:
        pytest.skip("PHP is not installed")
    folder = tmp_path / "bot"
    folder.mkdir()
    (folder / "bot.php").write_text(source)
    port = free_port()
    ca = portal.ca_file
    server = await asyncio.create_subprocess_exec(
        *(php, "-d", f"curl.cainfo={ca}", "-d", f"openssl.cafile={ca}", "-d", "display_errors=0"),
        *("-S", f"127.0.0.1:{port}", "-t", str(folder)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _answers(port)
        yield f"http://127.0.0.1:{port}/bot.php"
    finally:
        server.terminate()
        await server.wait()


async def test_the_bot_registers_greets_and_reports(portal: Portal, bot_url: str) -> None:
    await portal.install_with_secret(bot_url)
    bot = await _bot(portal)
    assert (bot["name"], bot["work_position"], bot["gender"]) == ("Докладун", "Докладываю о делах", "M")

    greeting = await _answer_to(portal, bot["id"], "привет")
    assert "Туплю-с" in greeting["text"]
    assert await _said(portal, bot["id"], "Привет! Я Докладун, докладываю все как есть.")

    report = await _answer_to(portal, bot["id"], "что горит")
    assert report["text"].startswith("Шикарно работаете!")

    overdue = {"TITLE": "Полить цветы", "RESPONSIBLE_ID": portal.bob.id, "DEADLINE": "2020-01-01T12:00:00+03:00"}
    task_id = await portal.alice.call("task.item.add", TASKDATA=overdue)
    report = await _answer_to(portal, bot["id"], "что горит")
    assert report["text"].startswith("Да, кое-какие задачи уже пролетели, например:")
    blocks = report["params"]["ATTACH"][0]["BLOCKS"]
    [link] = [one for block in blocks for one in block.get("LINK", [])]
    address = f"https://{portal.domain}/company/personal/user/{portal.bob.id}/tasks/task/view/{task_id}/"
    assert (link["NAME"], link["LINK"]) == ("Полить цветы", address)
    assert "[send=что горит]Что горит?[/send]" in str(blocks)


async def _bot(portal: Portal) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            for person_id in range(portal.outsider.id + 1, portal.outsider.id + 3):
                answer = await portal.bob.ask("im.user.get", ID=person_id)
                if answer.status == 200:
                    found: dict[str, Any] = answer.result
                    return found
            await asyncio.sleep(0.05)


async def _answer_to(portal: Portal, bot_id: int, text: str) -> dict[str, Any]:
    asked = await portal.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE=text)
    async with asyncio.timeout(PATIENCE_S):
        while True:
            shown = await portal.bob.call("im.dialog.messages.get", DIALOG_ID=bot_id)
            for message in shown["messages"]:
                is_greeting = message["text"].startswith("Привет! Я Докладун")
                if message["id"] > asked and message["author_id"] == bot_id and not is_greeting:
                    found: dict[str, Any] = message
                    return found
            await asyncio.sleep(0.05)


async def _said(portal: Portal, bot_id: int, text: str) -> bool:
    shown = await portal.bob.call("im.dialog.messages.get", DIALOG_ID=bot_id)
    return any(message["text"] == text and message["author_id"] == bot_id for message in shown["messages"])


async def _answers(port: int) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with socket.socket() as probe:
                probe.setblocking(False)
                try:
                    await asyncio.get_running_loop().sock_connect(probe, ("127.0.0.1", port))
                except OSError:
                    await asyncio.sleep(0.05)
                else:
                    return
