"""``skvorets deliveries``: looking at events on their way, and sending them again."""

from __future__ import annotations

import json

import pytest

from cli.conftest import Shell
from skvorets.core import applications, tokens
from skvorets.core.applications import NewApplication
from skvorets.core.people import NewPerson, add_person
from skvorets.storage import deliveries
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery, Ending, NewDelivery

URL = "https://example.org/bot?key=secret"


async def _fill(tx: Tx) -> None:
    """One application with three deliveries: two dead, one waiting."""
    admin = await add_person(tx, NewPerson(first_name="Root", admin=True))
    new = NewApplication(name="Robots", scopes=("imbot",), handler_url=URL)
    created = await applications.create_application(tx, new)
    application = await applications.install_application(tx, admin, created.application.id)
    for number in range(3):
        planned = await deliveries.insert(
            tx,
            NewDelivery(
                application_id=application.id,
                handler_id=0,
                url=URL,
                event="ONIMBOTMESSAGEADD",
                data=json.dumps({"PARAMS": {"MESSAGE": f"привет {number}"}}),
                chat_id=7,
                auth_person_id=admin.id,
            ),
            created_at=tx.now,
            next_at=tx.now,
        )
        if number < 2:
            await deliveries.begin_attempt(tx, planned.row.id)
            delivery = await deliveries.find(tx, planned.row.id)
            assert delivery is not None
            await deliveries.end_attempt(tx, delivery, Ending(state="dead", http_status=500, failure="http_500"))


@pytest.fixture
def filled(shell: Shell) -> Shell:
    shell.unit(_fill)
    return shell


def _states(shell: Shell) -> list[str]:
    return [shell.unit(deliveries.find, number).state for number in (1, 2, 3)]


def test_deliveries_are_listed_newest_first_without_what_is_secret(filled: Shell) -> None:
    lines = filled.done("deliveries", "list").splitlines()
    assert [line.split()[0] for line in lines] == ["id", "3", "2", "1"]
    assert lines[2].split()[:7] == ["2", "1", "ONIMBOTMESSAGEADD", "7", "dead", "1", "http_500"]
    assert "secret" not in "".join(lines)
    only_dead = filled.done("deliveries", "list", "--app", "Robots", "--state", "dead", "--limit", "1").splitlines()
    assert [line.split()[0] for line in only_dead] == ["id", "2"]


def test_one_delivery_is_shown_with_its_attempts(filled: Shell) -> None:
    shown = filled.done("deliveries", "show", "1")
    assert "state         dead" in shown
    assert "status        http_500" in shown
    assert filled.run("deliveries", "show", "9") == (1, "", "skvorets: there is no delivery 9\n")


def test_one_a_range_and_all_dead_letters_are_sent_again(filled: Shell) -> None:
    assert filled.done("deliveries", "replay", "2") == "1 will be sent again\n"
    assert _states(filled) == ["dead", "waiting", "waiting"]
    assert filled.run("deliveries", "replay", "3").err == "skvorets: there is no finished delivery 3\n"
    assert filled.done("deliveries", "replay", "--app", "Robots", "--from", "2") == "0 will be sent again\n"
    assert filled.done("deliveries", "replay", "--app", "Robots") == "1 will be sent again\n"
    assert _states(filled) == ["waiting"] * 3
    assert filled.run("deliveries", "replay").err == "skvorets: say the id of one, or --app\n"


def test_requests_are_exported_as_fixtures_with_masked_secrets(filled: Shell) -> None:
    one, two = json.loads(filled.done("deliveries", "export", "1", "2"))
    assert (one["event"], one["url"]) == ("ONIMBOTMESSAGEADD", URL)
    form = dict(map(tuple, one["form"]))
    assert form["data[PARAMS][MESSAGE]"] == "привет 0"
    found: Delivery = filled.unit(deliveries.find, 1)
    token = filled.unit(_application_token, found.application_id)
    assert token not in json.dumps(one)
    assert {form["auth[access_token]"], form["auth[application_token]"]} == {"••••••••"}
    assert "%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82+1" in two["body"]


async def _application_token(tx: Tx, application_id: int) -> str:
    return tokens.application_token(tx.portal, application_id, 1)
