"""``skvorets app``: the life of an application from the command line."""

from __future__ import annotations

from typing import Any

import pytest

from cli.conftest import Shell
from skvorets.core import grants
from skvorets.core.events import ApplicationChanged, read_event
from skvorets.storage import applications, handlers
from skvorets.storage.database import Tx
from skvorets.storage.event_log import StoredEvent
from skvorets.storage.handlers import Handler

URL = "https://example.org/bot"


@pytest.fixture
def admin(shell: Shell) -> Shell:
    shell.done("user", "add", "root", "--admin")
    return shell


def stored(shell: Shell, application_id: int = 1) -> Any:
    return shell.unit(applications.find, application_id)


async def changes(tx: Tx) -> list[ApplicationChanged]:
    query = (
        "SELECT 0, id, at, kind, chat_id, person_id, data FROM events WHERE kind = 'application.changed' ORDER BY id"
    )
    events = [read_event(StoredEvent(*row)) for row in await tx.rows(query)]
    return [event for event in events if isinstance(event, ApplicationChanged)]


def test_an_application_is_registered_and_installed(admin: Shell) -> None:
    out = admin.done("app", "add", "My bot", "--scope", "im, imbot", "--handler", URL, "--delivery", "at-least-once")
    said = dict(line.split() for line in out.splitlines())
    application = stored(admin)
    assert said["client_id"] == application.client_id
    assert admin.unit(grants.find_client, said["client_id"], said["client_secret"]) == application
    assert (application.scopes, application.installed, application.installed_by) == ("im,imbot", 1, 1)
    assert (application.limits, application.delivery) == ("", "at-least-once")
    [event] = admin.unit(changes)
    assert (event.change, event.targets) == ("installed", [(0, URL)])


def test_an_application_may_be_registered_only(admin: Shell) -> None:
    admin.done("app", "add", "Later", "--no-install", "--pages", "--install", URL)
    assert (stored(admin).installation, stored(admin).installed) == (0, 0)
    out = admin.done("app", "install", "Later")
    assert out == "Later (id 1) is installed when its installer has finished\n"
    assert stored(admin).installation == 1


def test_without_an_administrator_nobody_can_install(shell: Shell) -> None:
    said = shell.run("app", "add", "My bot")
    assert said.code == 1
    assert said.err == "skvorets: there is no administrator yet; add one: skvorets user add LOGIN --admin\n"
    assert stored(shell) is None


@pytest.mark.parametrize(
    "words", [("--handler", "ftp://example.org/"), ("--handler", "http://localhost/"), ("--scope", "im;drop")]
)
def test_a_wrong_application_is_not_registered(admin: Shell, words: tuple[str, str]) -> None:
    said = admin.run("app", "add", "My bot", *words)
    assert said.code == 1
    assert said.err.startswith("skvorets: ")
    assert stored(admin) is None


def test_private_handlers_need_an_option(admin: Shell) -> None:
    admin.done("app", "add", "My bot", "--handler", "http://localhost:5000/", "--allow-private-handlers")
    assert stored(admin).handler_url == "http://localhost:5000/"


def test_reinstalling_voids_earlier_tokens(admin: Shell) -> None:
    admin.done("app", "add", "My bot", "--handler", URL)
    assert admin.done("app", "reinstall", "1") == "My bot (id 1) is installed\n"
    assert stored(admin).installation == 2
    assert [event.change for event in admin.unit(changes)] == ["installed", "installed"]


def test_an_update_makes_the_next_version(admin: Shell) -> None:
    admin.done("app", "add", "My bot", "--handler", URL)
    out = admin.done("app", "update", "My bot", "--name", "Your bot", "--scope", "im", "--handler", URL + "2")
    assert out == "Your bot (id 1) has version 2\n"
    application = stored(admin)
    assert (application.scopes, application.handler_url, application.install_url) == ("im", URL + "2", URL)
    assert admin.unit(changes)[-1].previous_version == 1


@pytest.mark.parametrize(("words", "is_clean"), [((), True), (("--keep-settings",), False)])
def test_an_application_is_uninstalled(admin: Shell, words: tuple[str, ...], *, is_clean: bool) -> None:
    client_id = admin.done("app", "add", "My bot", "--handler", URL).splitlines()[1].split()[1]
    assert admin.done("app", "uninstall", client_id, *words) == "My bot (id 1) is uninstalled\n"
    assert (stored(admin).active, stored(admin).installed) == (0, 0)
    assert admin.unit(changes)[-1].is_clean == is_clean
    assert admin.run("app", "uninstall", client_id).code == 1


def test_limits_and_retries_are_chosen(admin: Shell) -> None:
    admin.done("app", "add", "My bot")
    out = admin.done("app", "limits", "1", "--limits", "enterprise", "--delivery", "bitrix24-cloud")
    assert out == "limits     enterprise\ndelivery   bitrix24-cloud\ntransport  push\n"
    out = admin.done("app", "limits", "1", "--limits", "portal")
    assert out == "limits     portal\ndelivery   bitrix24-cloud\ntransport  push\n"
    assert (stored(admin).limits, stored(admin).delivery) == ("", "bitrix24-cloud")
    assert admin.run("app", "limits", "1").code == 1


def test_a_secret_is_replaced(admin: Shell) -> None:
    old = admin.done("app", "add", "My bot").split()[-1]
    new = admin.done("app", "secret", "1").split()[-1]
    client_id = stored(admin).client_id
    assert admin.unit(grants.find_client, client_id, old) is None
    assert admin.unit(grants.find_client, client_id, new) is not None


def test_applications_are_listed_and_shown(admin: Shell) -> None:
    admin.done("app", "add", "My bot", "--handler", URL)
    admin.unit(handlers.bind, Handler(0, 1, "ONAPPTEST", URL))
    application = stored(admin)
    heads, row = admin.done("app", "list").splitlines()
    assert heads.split() == ["id", "name", "kind", "client", "id", "version", "state"]
    assert row.split() == ["1", "My", "bot", "local", application.client_id, "1", "installed"]
    shown = admin.done("app", "show", "My bot")
    assert f"client_id          {application.client_id}\n" in shown
    assert f"event              ONAPPTEST {URL}\n" in shown
    assert application.secret_hash not in shown


def test_a_name_that_two_have_is_not_enough(admin: Shell) -> None:
    admin.done("app", "add", "Twin")
    admin.done("app", "add", "Twin")
    assert "several" in admin.run("app", "show", "Twin").err
    assert "there is no application" in admin.run("app", "show", "Triplet").err


def test_an_application_may_take_its_events_itself(admin: Shell) -> None:
    admin.done("app", "add", "Behind a wall", "--handler", "http://localhost:8000/bot", "--transport", "pull")
    assert stored(admin).transport == "pull"
    assert "transport          pull" in admin.done("app", "show", "1")
    assert admin.done("app", "limits", "1", "--transport", "push").endswith("transport  push\n")
    said = admin.run("app", "update", "1", "--handler", "http://localhost:8000/other")
    assert said.code == 1  # an address that is posted to must be reachable
    out = admin.done("app", "add", "x", "--client-id", "my bots", "--transport", "pull")
    assert out.splitlines()[1] == "CLIENT_ID      my bots"
    owner = stored(admin, 2)
    assert (owner.kind, owner.client_id, owner.transport) == ("webhook", "custommy bots", "pull")
