"""Two servers on the loopback: people of the one write to a line of the other."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from skvorets.core.lines import network_signing, network_wire
from skvorets.core.lines.network_wire import Envelope
from skvorets.storage import network_peers
from skvorets.storage.lines import Line
from skvorets.storage.network_peers import Peer
from support.lines import messages_of
from support.networks import (
    change_line,
    dialog_texts,
    free_port,
    open_line,
    operators_chat,
    operators_texts,
    server_at,
    until,
)
from support.world import Answer, World

EVENTS = "/network/v1/events"


class Pair:
    """A company with a line, and one whose people write to it."""

    def __init__(self, folder: Path, here: str, there: str) -> None:
        """Nothing runs yet; ``here`` and ``there`` are their databases."""
        self.folder = folder
        self.line_port = free_port()
        self.line_database = there
        self.here = server_at(folder / "customers", free_port(), database=here)
        self.there = self.company()

    def company(self) -> World:
        """Make the company's server, perhaps once more."""
        return server_at(self.folder / "company", self.line_port, database=self.line_database)

    async def open(self) -> None:
        """Start both and join the line."""
        await self.here.open()
        await self.there.open()
        self.line: Line = await open_line(
            self.there, [self.there.alice], "Company", welcome_text="Welcome!", asks_rating=False
        )
        self.code = f"{self.line.code}@{self.there.config.base_url}"
        self.bot_id: int = await self.here.bob.call("imopenlines.network.join", CODE=self.code)

    async def close(self) -> None:
        """Stop both."""
        await self.here.close()
        await self.there.close()

    async def write(self, text: str) -> int:
        """Let bob write to the line."""
        message_id: int = await self.here.bob.call("im.message.add", DIALOG_ID=self.bot_id, MESSAGE=text)
        return message_id

    async def answer(self, text: str) -> int:
        """Let the operator answer."""
        chat_id = await operators_chat(self.there, self.line)
        message_id: int = await self.there.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)
        return message_id

    async def heard(self) -> list[str]:
        """Give what the operators see of the conversation."""
        return await operators_texts(self.there, self.line)

    async def seen(self) -> list[str]:
        """Give what bob sees."""
        return [text for _, text in await dialog_texts(self.here, self.here.bob, self.bot_id)]

    async def tell(self, envelope: Envelope, *, secret: str = "", nonce: str = "", shift_s: int = 0) -> Answer:
        """Tell the company's server something as that of the customers does."""
        body = network_wire.encode(envelope).encode()
        peer: Peer = await self.here.unit(network_peers.find, self.there.config.base_url)
        headers = network_signing.headers_for(
            secret or peer.secret, self.here.config.base_url, EVENTS, body, int(time.time()) + shift_s
        )
        if nonce:
            signed = network_signing.Signed("POST", EVENTS, headers[network_signing.TIMESTAMP], nonce, body)
            headers[network_signing.NONCE] = nonce
            headers[network_signing.SIGNATURE] = f"v1={network_signing.signature(peer.secret, signed)}"
        return await self.there.post(EVENTS, body, "application/json", **headers)


@pytest.fixture
async def second_database(engine: str, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """Give another database on the same engine."""
    if engine == "sqlite":
        yield ""
        return
    server = request.getfixturevalue("postgres")
    dsn = await server.create()
    yield dsn
    await server.drop(dsn)


@pytest.fixture
async def pair(tmp_path: Path, database: str, second_database: str) -> AsyncIterator[Pair]:
    pair = Pair(tmp_path, database, second_database)
    await pair.open()
    yield pair
    await pair.close()


def _envelope(pair: Pair, **more: Any) -> Envelope:
    given = {"id": "test-1", "kind": "add", "to": "line", "code": pair.line.code, "dialog": 900, "message_id": 77}
    return Envelope(**{**given, "text": "Hello", **more})


async def test_a_conversation_goes_to_and_fro_in_order(pair: Pair) -> None:
    for number in range(5):
        await pair.write(f"Question {number}")
    await until(pair.heard, lambda one: len(one) == 5)
    for number in range(5):
        await pair.answer(f"Answer {number}")
    seen = await until(pair.seen, lambda one: len(one) == 11)
    assert await pair.heard() == [*(f"Question {n}" for n in range(5)), *(f"Answer {n}" for n in range(5))]
    assert [one for one in seen if one.startswith("Answer")] == [f"Answer {n}" for n in range(5)]
    assert seen.count("Welcome!") == 1


async def test_changes_deletions_and_replies_go_over(pair: Pair) -> None:
    asked = await pair.write("Frist")
    await until(pair.heard, lambda one: one == ["Frist"])
    answer = await pair.answer("Anser")
    await until(pair.seen, lambda one: "Anser" in one)
    await pair.here.bob.call("im.message.update", MESSAGE_ID=asked, MESSAGE="First")
    await pair.there.alice.call("im.message.update", MESSAGE_ID=answer, MESSAGE="Answer")
    await until(pair.heard, lambda one: one == ["First", "Answer"])
    seen = await until(pair.seen, lambda one: "Answer" in one)
    assert "Anser" not in seen
    said = await messages_of(pair.here, await _dialog_id(pair))
    shown = next(one for one in said if one.text == "Answer")
    await pair.here.bob.call("im.message.add", DIALOG_ID=pair.bot_id, MESSAGE="To that", REPLY_ID=shown.id)
    await until(pair.heard, lambda one: one[-1] == "To that")
    replied = (await messages_of(pair.there, await operators_chat(pair.there, pair.line)))[-1]
    assert replied.read_params()["REPLY_ID"] == answer
    await pair.here.bob.call("im.message.delete", MESSAGE_ID=asked)
    await until(pair.heard, lambda one: one[0] == "")
    await pair.there.alice.call("im.message.delete", MESSAGE_ID=answer)
    await until(pair.seen, lambda one: "Answer" not in one)


async def test_files_go_both_ways_and_large_ones_are_told_in_words(pair: Pair) -> None:
    await pair.write("A file comes")
    await until(pair.heard, lambda one: len(one) == 1)
    chat_id = await operators_chat(pair.there, pair.line)
    await _send_file(pair.here.bob, await _dialog_id(pair), b"hello")
    await _send_file(pair.there.alice, chat_id, b"world")

    async def with_files(world: World, place: int) -> int:
        return len([one for one in await messages_of(world, place) if one.read_params().get("FILE_ID")])

    await until(lambda: with_files(pair.there, chat_id), lambda one: one == 2)
    private_id = await _dialog_id(pair)
    await until(lambda: with_files(pair.here, private_id), lambda one: one == 2)
    pair.there.app.network._max_file = 3
    await _send_file(pair.here.bob, private_id, b"too long")
    heard = await until(pair.heard, lambda one: "not passed on" in one[-1])
    assert "too long.txt" in heard[-1]


async def test_nothing_is_lost_or_doubled_while_the_other_server_is_down(pair: Pair) -> None:
    await pair.write("Before")
    await until(pair.heard, lambda one: one == ["Before"])
    await pair.there.close()
    cast = pair.there.cast
    await pair.write("While it is down")
    await pair.write("and again")
    await asyncio.sleep(0.3)
    pair.there = pair.company()
    await pair.there.open(cast)
    await until(pair.heard, lambda one: len(one) == 3)
    await pair.answer("Here again")
    await until(pair.seen, lambda one: one[-1] == "Here again")
    assert await pair.heard() == ["Before", "While it is down", "and again", "Here again"]


async def test_the_dialog_tells_that_the_line_is_gone(pair: Pair) -> None:
    await pair.write("Hello")
    await until(pair.heard, lambda one: one == ["Hello"])
    await pair.there.unit(change_line, pair.line.id, {"networked": 0})
    await pair.write("Anybody?")
    await until(pair.seen, lambda one: one[-1] == "This line does not take messages any more.")
    await pair.write("Hm")
    assert (await pair.seen())[-1] == "This line does not take messages any more."
    assert await pair.here.bob.refused("imopenlines.network.join", CODE=pair.code) == (400, "NOT_FOUND")
    await pair.there.unit(change_line, pair.line.id, {"networked": 1})
    assert await pair.here.bob.call("imopenlines.network.join", CODE=pair.code) == pair.bot_id
    await pair.write("Back?")
    await until(pair.heard, lambda one: one == ["Hello", "Back?"])


async def test_typing_goes_over_and_is_not_repeated(pair: Pair) -> None:
    await pair.write("Hello")
    await until(pair.heard, lambda one: one == ["Hello"])
    await pair.answer("Hi")
    chat_id = await operators_chat(pair.there, pair.line)
    await pair.here.bob.call("im.dialog.writing", DIALOG_ID=pair.bot_id)
    await pair.there.alice.call("im.dialog.writing", DIALOG_ID=f"chat{chat_id}")

    async def typing(world: World) -> list[tuple[int, int]]:
        return [(one.chat_id, one.actor_id) for one in await world.events("typing.started")]  # type: ignore[attr-defined]

    private_id = await _dialog_id(pair)
    await until(lambda: typing(pair.here), lambda one: (private_id, pair.bot_id) in one)
    await until(lambda: typing(pair.there), lambda one: len([1 for chat, _ in one if chat == chat_id]) == 2)


async def test_what_the_line_wrote_by_itself_is_quoted_to_its_operators(pair: Pair) -> None:
    given = {"CODE": pair.line.code, "USER_ID": pair.here.bob.id, "MESSAGE": "Thank you for installing"}
    assert await pair.here.alice.call("imopenlines.network.message.add", **given) is True
    await pair.write("You are welcome")
    await until(pair.heard, lambda one: one == ["You are welcome"])
    everything = [one.text for one in await messages_of(pair.there, await operators_chat(pair.there, pair.line))]
    assert any("Thank you for installing" in one for one in everything)


async def test_a_request_with_a_good_signature_is_taken_once(pair: Pair) -> None:
    assert (await pair.tell(_envelope(pair))).status == 200
    assert (await pair.tell(_envelope(pair))).status == 200  # the same message once more: a repeated delivery
    assert await pair.heard() == ["Hello"]


async def test_a_replayed_request_is_refused(pair: Pair) -> None:
    assert (await pair.tell(_envelope(pair), nonce="n" * 20)).status == 200
    answer = await pair.tell(_envelope(pair, id="test-2", message_id=78), nonce="n" * 20)
    assert (answer.status, answer.body["error"]["code"]) == (401, "wrong_signature")
    assert await pair.heard() == ["Hello"]


@pytest.mark.parametrize("shift_s", [-301, 301])
async def test_an_old_or_future_request_is_refused(pair: Pair, shift_s: int) -> None:
    assert (await pair.tell(_envelope(pair), shift_s=shift_s)).status == 401
    assert await pair.heard() == []


async def test_a_wrong_signature_is_refused(pair: Pair) -> None:
    assert (await pair.tell(_envelope(pair), secret="0" * 64)).status == 401
    body = network_wire.encode(_envelope(pair)).encode()
    unknown = network_signing.headers_for("0" * 64, "https://unknown.example", EVENTS, body, int(time.time()))
    assert (await pair.there.post(EVENTS, body, "application/json", **unknown)).status == 401
    assert (await pair.there.post(EVENTS, body, "application/json")).status == 401
    assert await pair.heard() == []


async def test_a_server_speaks_for_its_own_lines_only(pair: Pair) -> None:
    """The customers' server is told something by the company's about a dialog which is not with its line."""
    local = await open_line(pair.here, [pair.here.alice], "Own")
    bot_id = await pair.here.bob.call("imopenlines.network.join", CODE=local.code)
    await pair.here.bob.call("im.message.add", DIALOG_ID=bot_id, MESSAGE="To our own line")
    chat_id = (await pair.here.bob.call("im.dialog.messages.get", DIALOG_ID=bot_id))["chat_id"]
    envelope = Envelope(id="x", kind="add", to="client", code=local.code, dialog=chat_id, message_id=1, text="Fake")
    body = network_wire.encode(envelope).encode()
    peer: Peer = await pair.there.unit(network_peers.find, pair.here.config.base_url)
    headers = network_signing.headers_for(peer.secret, pair.there.config.base_url, EVENTS, body, int(time.time()))
    answer = await pair.here.post(EVENTS, body, "application/json", **headers)
    assert answer.status == 404
    assert "Fake" not in [text for _, text in await dialog_texts(pair.here, pair.here.bob, bot_id)]


async def test_nobody_can_claim_to_be_another_server(pair: Pair) -> None:
    """The exchange of secrets calls back the address that is claimed: its server has begun nothing."""
    before: Peer = await pair.there.unit(network_peers.find, pair.here.config.base_url)
    claim = {"server": pair.here.config.base_url, "token": "t" * 32, "half": "a" * 64}
    answer = await pair.there.session.post(f"{pair.there.url}/network/v1/pair", json=claim)
    assert answer.status == 503
    assert await pair.there.unit(network_peers.find, pair.here.config.base_url) == before
    confirm = await pair.there.session.post(f"{pair.there.url}/network/v1/confirm", json=claim)
    assert confirm.status == 401


async def test_secrets_are_exchanged_anew_when_one_side_has_lost_them(pair: Pair) -> None:
    await pair.there.unit(_forget_peers)
    assert (await pair.tell(_envelope(pair))).status == 401
    assert await pair.here.bob.call("imopenlines.network.join", CODE=pair.code) == pair.bot_id
    await pair.write("After that")
    await until(pair.heard, lambda one: one == ["After that"])


async def test_a_server_that_does_not_answer_cannot_be_joined(pair: Pair) -> None:
    code = f"{pair.line.code}@http://127.0.0.1:{free_port()}"
    assert await pair.here.bob.refused("imopenlines.network.join", CODE=code) == (400, "SERVER_ERROR")
    unknown = f"{'0' * 32}@{pair.there.config.base_url}"
    assert await pair.here.bob.refused("imopenlines.network.join", CODE=unknown) == (400, "NOT_FOUND")
    await pair.there.unit(change_line, pair.line.id, {"active": 0})
    assert await pair.here.bob.refused("imopenlines.network.join", CODE=pair.code) == (400, "INACTIVE")


async def _dialog_id(pair: Pair) -> int:
    answer = await pair.here.bob.call("im.dialog.messages.get", DIALOG_ID=pair.bot_id)
    chat_id: int = answer["chat_id"]
    return chat_id


async def _send_file(actor: Any, chat_id: int, content: bytes) -> None:
    folder = await actor.call("im.disk.folder.get", CHAT_ID=chat_id)
    name = f"{content.decode()}.txt"
    given = [name, base64.b64encode(content).decode()]
    sent = await actor.call("disk.folder.uploadfile", id=folder["ID"], data={"NAME": name}, fileContent=given)
    await actor.call("im.disk.file.commit", CHAT_ID=chat_id, FILE_ID=sent["ID"])


async def _forget_peers(tx: Any) -> None:
    await tx.do("DELETE FROM network_peers")
