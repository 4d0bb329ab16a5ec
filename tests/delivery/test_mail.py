"""Notifications by e-mail through a real SMTP server: from the log, retried, to who has an address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from skvorets.core import people
from skvorets.delivery import breaker
from skvorets.delivery.breaker import FAILURES_TO_OPEN
from skvorets.delivery.mail import MAIL_URL
from skvorets.storage import deliveries
from skvorets.storage.database import Tx
from support.deliveries import every_delivery, quick_policies, restart, until
from support.mail_server import MailServer
from support.notices import told
from support.world import Actor, World
from support.world import test_config as config_of

ADD = "im.notify.personal.add"


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    async with MailServer() as server:
        yield server


@pytest.fixture
async def posting(
    mail: MailServer, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """A world with an SMTP server, in which letters come again at once; bob and carol have addresses."""
    quick_policies(monkeypatch, *[0.02] * 20)
    monkeypatch.setattr(breaker, "FIRST_PAUSE_MS", 20)
    config = config_of(
        tmp_path / "data",
        database,
        smtp_host="127.0.0.1",
        smtp_port=mail.port,
        smtp_tls="none",
        smtp_sender="Skvorets <chat@example.com>",
    )
    world = World(config)
    await world.open()
    for person in (world.bob, world.carol):
        await set_email(world, person, f"{person.person.first_name.lower()}@example.com")
    yield world
    await world.close()


async def set_email(world: World, person: Actor, email: str) -> None:
    async def change(tx: Tx) -> None:
        await people.change_person(tx, person.id, email=email)

    await world.unit(change)


async def notify(world: World, person: Actor, text: str, **more: Any) -> int:
    notification_id: int = await world.alice.call(ADD, USER_ID=person.id, MESSAGE=text, **more)
    return notification_id


async def test_a_notification_is_mailed(posting: World, mail: MailServer) -> None:
    notification_id = await notify(posting, posting.bob, "[B]Привет[/B]\nмир")
    received = await mail.next()
    assert (received.sender, received.recipients) == ("chat@example.com", ["bob@example.com"])
    assert received.message["Subject"] == "Уведомление от Alice Petrova"
    assert received.message["From"] == "Skvorets <chat@example.com>"
    assert received.message["To"] == "Bob Ivanov <bob@example.com>"
    assert received.text == "Привет\nмир\n"
    member_id = posting.app.store.portal.member_id
    assert received.message["Message-ID"] == f"<notification-{notification_id}.{member_id}@example.com>"
    [row] = await until(posting, lambda rows: bool(rows) and rows[0].finished_at > 0)
    assert (row.state, row.url, row.http_status, row.application_id) == ("delivered", MAIL_URL, 250, 0)


async def test_the_text_for_mail_and_no_mail(posting: World, mail: MailServer) -> None:
    await notify(posting, posting.bob, "silent", MESSAGE_OUT="")
    await notify(posting, posting.bob, "in", MESSAGE_OUT="out")
    assert (await mail.next()).text == "out\n"
    assert len(await every_delivery(posting)) == 1


async def test_only_people_with_an_address_get_mail(posting: World, mail: MailServer) -> None:
    await set_email(posting, posting.carol, "carol@example.com\r\nRCPT TO:<victim@example.com>")
    for person in (posting.stranger, posting.carol, posting.bob):
        await notify(posting, person, "x")
    assert (await mail.next()).recipients == ["bob@example.com"]
    await until(posting, lambda rows: len(rows) == 1 and rows[0].state == "delivered")
    assert mail.letters.empty()


async def test_what_the_server_itself_tells_is_not_mailed(posting: World, mail: MailServer) -> None:
    chat_id = await posting.chat(posting.alice, posting.bob)
    text = f"[USER={posting.bob.id}]Bob[/USER]"
    await posting.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=text)
    await told(posting, posting.bob)
    await notify(posting, posting.bob, "last")
    assert (await mail.next()).text == "last\n"
    assert mail.letters.empty()


async def test_a_later_reply_brings_it_again_under_the_same_id(posting: World, mail: MailServer) -> None:
    mail.rcpt_replies.extend(["450 greylisted", "421 busy"])
    mail.data_replies.append("451 later")
    await notify(posting, posting.bob, "patient")
    assert (await mail.next()).text == "patient\n"
    [row] = await until(posting, lambda rows: rows[0].state == "delivered")
    assert (row.attempts, mail.tried) == (4, 4)


async def test_a_refusal_is_final_and_can_be_replayed(posting: World, mail: MailServer) -> None:
    mail.rcpt_replies.append("550 no such mailbox")
    await notify(posting, posting.bob, "refused")
    [row] = await until(posting, lambda rows: bool(rows) and rows[0].state == "dead")
    assert (row.attempts, row.failure, row.http_status, row.answer) == (1, "smtp_550", 550, "no such mailbox")
    assert await posting.app.delivery.replay_handler(0, MAIL_URL) == 1
    received = await mail.next()
    assert received.text == "refused\n"


async def test_one_refused_letter_does_not_hold_up_the_others(posting: World, mail: MailServer) -> None:
    mail.rcpt_replies.extend(["452 full"] * 3)
    await notify(posting, posting.bob, "first")
    await notify(posting, posting.carol, "second")
    await notify(posting, posting.bob, "third")
    received = {(await mail.next()).text for _ in range(3)}
    assert received == {"first\n", "second\n", "third\n"}


async def test_a_server_that_is_down_gets_everything_when_it_is_back(posting: World, mail: MailServer) -> None:
    await mail.stop()
    for number in range(FAILURES_TO_OPEN + 2):
        await notify(posting, [posting.bob, posting.carol][number % 2], str(number))
    await until(posting, lambda rows: sum(one.attempts for one in rows) >= FAILURES_TO_OPEN)
    assert {one.state for one in await every_delivery(posting)} <= {"waiting", "sending"}
    await mail.start()
    received = {(await mail.next()).text for _ in range(FAILURES_TO_OPEN + 2)}
    assert received == {f"{number}\n" for number in range(FAILURES_TO_OPEN + 2)}


async def test_letters_survive_a_restart_and_one_that_was_under_way_comes_again(
    posting: World, mail: MailServer
) -> None:
    await mail.stop()
    await notify(posting, posting.bob, "kept")
    await until(posting, lambda rows: bool(rows) and rows[0].attempts > 0)

    async def interrupt(tx: Tx) -> None:
        await tx.do("UPDATE deliveries SET state = 'sending'")

    await posting.app.delivery.stop()
    await posting.unit(interrupt)
    await mail.start()
    await restart(posting)
    assert (await mail.next()).text == "kept\n"


async def test_nobody_who_was_dismissed_meanwhile_gets_mail(posting: World, mail: MailServer) -> None:
    await mail.stop()
    await notify(posting, posting.bob, "late")
    await until(posting, lambda rows: bool(rows) and rows[0].attempts > 0)
    await set_email(posting, posting.bob, "")
    [row] = await until(posting, lambda rows: rows[0].state == "dead")
    assert row.failure == "no_recipient"


async def test_without_a_server_nothing_is_planned(world: World) -> None:
    await set_email(world, world.bob, "bob@example.com")
    await notify(world, world.bob, "x")
    await world.app.delivery.stop()
    assert await world.app.store.read(deliveries.find, 1) is None
    await world.app.delivery.start()
