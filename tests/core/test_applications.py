"""The life of an application: created, installed, finished, updated, uninstalled; who owns the bots of webhooks."""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from skvorets.core import applications, bots, webhooks
from skvorets.core.applications import ApplicationUpdate, NewApplication, Settings, WebhookOwner
from skvorets.core.bots import BotHandlers, NewBot
from skvorets.core.events import ApplicationChanged
from skvorets.core.people import NewPerson
from skvorets.errors import (
    ApplicationNotFoundError,
    EmptyCodeError,
    NotFoundError,
    WrongAddressError,
    WrongNameError,
    WrongProtocolError,
)
from skvorets.storage import applications as rows
from skvorets.storage import bots as bot_rows
from skvorets.storage import commands as command_rows
from skvorets.storage import handlers
from skvorets.storage.applications import Application
from skvorets.storage.bots import Bot
from skvorets.storage.commands import Command
from skvorets.storage.database import Tx
from skvorets.storage.handlers import Handler
from support.world import World

INSTALL = "http://example.org/install"
HANDLER = "http://example.org/handler"


async def changes(world: World) -> list[ApplicationChanged]:
    return [event for event in await world.events("application.changed") if isinstance(event, ApplicationChanged)]


async def create(world: World, **more: Any) -> Application:
    new = NewApplication(name="App", scopes=("im", "imbot"), **more)
    application: Application = (await world.unit(applications.create_application, new)).application
    return application


async def stored(world: World, application_id: int) -> Application:
    application: Application = await world.unit(rows.find, application_id)
    return application


def owner(client_id: str, webhook_id: int = 5) -> WebhookOwner:
    return WebhookOwner(client_id=client_id, webhook_id=webhook_id, person_id=1, scopes=frozenset({"imbot", "im"}))


async def bind(tx: Tx, application_id: int, *events: str) -> list[int]:
    return [
        await handlers.bind(tx, Handler(0, application_id, event, f"http://example.org/{event}")) for event in events
    ]


async def add_bot(tx: Tx, world: World, application: Application) -> Bot:
    new = NewBot(
        code="echo",
        person=NewPerson(first_name="Echo"),
        handlers=BotHandlers(message_added=HANDLER, joined=HANDLER, deleted=HANDLER),
    )
    bot = await bots.register_bot(tx, world.alice.person, application, new)
    await command_rows.insert(tx, Command(0, bot.person_id, application.id, "echo", 1, 0, 0, "{}", tx.now))
    return bot


async def test_a_new_application_is_registered_but_not_installed(world: World) -> None:
    new = NewApplication(name="App", scopes=("im", "imbot"), handler_url=HANDLER)
    credentials = await world.unit(applications.create_application, new)
    application = await stored(world, credentials.application.id)
    assert application == credentials.application
    assert (application.kind, application.active, application.installed, application.version) == ("local", 1, 0, 1)
    assert application.scope_set == {"im", "imbot"}
    assert application.install_url == HANDLER
    assert application.client_id.startswith("local.")
    assert credentials.client_secret not in str(application)


@pytest.mark.parametrize("field", ["handler_url", "install_url"])
@pytest.mark.parametrize(
    ("url", "error"), [("ftp://example.org/", WrongProtocolError), ("http://user@example.org/", WrongAddressError)]
)
async def test_an_address_that_cannot_be_called_is_refused(
    world: World, field: str, url: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await create(world, **{field: url})


async def test_no_secret_looks_like_an_option(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(("-dash", "_line", "good", "-dash", "better"))
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _size: next(made))
    application = await world.unit(applications.create_application, NewApplication(name="App", scopes=("im",)))
    assert application.client_secret == "good"
    assert await world.unit(applications.renew_secret, application.application.id) == "better"


async def test_installing_tells_the_installation_address(world: World) -> None:
    application = await create(world, handler_url=HANDLER, install_url=INSTALL)
    installed = await world.unit(applications.install_application, world.alice.person, application.id)
    assert (installed.installed, installed.installation, installed.installed_by) == (1, 1, world.alice.id)
    assert await stored(world, application.id) == installed
    [event] = await changes(world)
    assert (event.change, event.actor_id, event.version, event.targets) == (
        "installed",
        world.alice.id,
        1,
        [(0, INSTALL)],
    )


async def test_an_application_with_pages_is_installed_when_its_installer_says_so(world: World) -> None:
    application = await create(world, handler_url=HANDLER, install_url=INSTALL, is_api_only=False)
    begun = await world.unit(applications.install_application, world.alice.person, application.id)
    assert (begun.installed, begun.installation) == (0, 1)
    assert [event.change for event in await changes(world)] == ["changed"]
    [handler_id] = await world.unit(bind, application.id, "ONAPPINSTALL")

    finished = await world.unit(applications.finish_installation, world.alice.person, application.id)
    assert finished.installed == 1
    event = (await changes(world))[-1]
    assert (event.change, event.targets) == ("installed", [(handler_id, "http://example.org/ONAPPINSTALL")])

    again = await world.unit(applications.finish_installation, world.alice.person, application.id)
    assert again == finished
    assert len(await changes(world)) == 2


async def test_an_application_with_pages_but_no_installer_is_installed_at_once(world: World) -> None:
    application = await create(world, handler_url=HANDLER, is_api_only=False)
    assert application.install_url == ""
    installed = await world.unit(applications.install_application, world.alice.person, application.id)
    assert installed.installed == 1


async def test_what_was_never_installed_cannot_be_finished_or_updated(world: World) -> None:
    application = await create(world)
    with pytest.raises(ApplicationNotFoundError):
        await world.unit(applications.finish_installation, world.alice.person, application.id)
    with pytest.raises(ApplicationNotFoundError):
        await world.unit(applications.update_application, world.alice.person, application.id)
    with pytest.raises(ApplicationNotFoundError):
        await world.unit(applications.install_application, world.alice.person, 987)
    with pytest.raises(ApplicationNotFoundError):
        await world.unit(applications.uninstall_application, world.alice.person, 987)
    assert await changes(world) == []


async def test_an_update_removes_the_handlers_and_tells_those_who_wait_for_it(world: World) -> None:
    application = await world.install(handler_url=HANDLER, install_url=INSTALL)
    [bound, _] = await world.unit(bind, application.id, "ONAPPUPDATE", "ONAPPTEST")
    update = ApplicationUpdate(name="Other", scopes=("im",), handler_url="http://example.org/new")
    updated = await world.unit(applications.update_application, world.alice.person, application.id, update)
    assert await stored(world, application.id) == updated
    assert (updated.version, updated.name, updated.scopes) == (2, "Other", "im")
    assert (updated.handler_url, updated.install_url) == ("http://example.org/new", INSTALL)
    assert updated.installation == application.installation
    assert await world.unit(handlers.of_application, application.id) == []
    event = (await changes(world))[-1]
    assert (event.change, event.version, event.previous_version) == ("updated", 2, 1)
    assert event.targets == [(bound, "http://example.org/ONAPPUPDATE"), (0, INSTALL)]


async def test_an_update_to_a_wrong_address_changes_nothing(world: World) -> None:
    application = await world.install(install_url=INSTALL)
    before = len(await changes(world))
    update = ApplicationUpdate(install_url="gopher://example.org/")
    with pytest.raises(WrongProtocolError):
        await world.unit(applications.update_application, world.alice.person, application.id, update)
    assert await stored(world, application.id) == application
    assert len(await changes(world)) == before


async def test_uninstalling_removes_everything_and_tells_whom_it_concerned(world: World) -> None:
    application = await world.install(handler_url=HANDLER, install_url=INSTALL)
    bot = await world.unit(add_bot, world, application)
    [bound] = await world.unit(bind, application.id, "ONAPPUNINSTALL")
    await world.unit(applications.uninstall_application, world.alice.person, application.id)

    gone = await stored(world, application.id)
    assert (gone.active, gone.installed, gone.installation) == (0, 0, application.installation)
    assert await world.unit(bot_rows.of_application, application.id) == []
    assert await world.unit(command_rows.named, "echo") == []
    assert await world.unit(handlers.of_application, application.id) == []
    [deleted] = await world.events("bot.deleted")
    assert (deleted.bot_id, deleted.handler_url) == (bot.person_id, HANDLER)  # type: ignore[attr-defined]
    event = (await changes(world))[-1]
    assert (event.change, event.is_clean, event.actor_id) == ("uninstalled", True, world.alice.id)
    assert event.targets == [(bound, "http://example.org/ONAPPUNINSTALL"), (0, INSTALL)]
    with pytest.raises(ApplicationNotFoundError):
        await world.unit(applications.uninstall_application, world.alice.person, application.id)


@pytest.mark.parametrize(("is_clean", "left"), [(True, 0), (False, 1)])
async def test_options_stay_when_settings_are_kept(world: World, *, is_clean: bool, left: int) -> None:
    application = await world.install()

    async def fill(tx: Tx) -> None:
        await tx.do(
            "INSERT INTO options (application_id, person_id, name, value) VALUES ($1, 0, 'a', '1')", application.id
        )

    async def uninstall(tx: Tx) -> int:
        await applications.uninstall_application(tx, world.alice.person, application.id, is_clean=is_clean)
        count: int = await tx.val("SELECT count(*) FROM options")
        return count

    await world.unit(fill)
    assert await world.unit(uninstall) == left
    assert (await changes(world))[-1].is_clean == is_clean


async def test_an_application_may_come_back_with_new_tokens(world: World) -> None:
    application = await world.install()
    await world.unit(applications.uninstall_application, world.alice.person, application.id)
    back = await world.unit(applications.install_application, world.bob.person, application.id)
    assert (back.active, back.installed, back.installation, back.installed_by) == (1, 1, 2, world.bob.id)


async def test_settings_are_changed_and_left_alone_one_by_one(world: World) -> None:
    application = await world.install()
    both = Settings(limits="enterprise", delivery="at-least-once")
    await world.unit(applications.change_settings, world.alice.id, application.id, both)
    changed = await world.unit(applications.change_settings, world.alice.id, application.id, Settings(limits=""))
    assert (changed.limits, changed.delivery) == ("", "at-least-once")
    assert await stored(world, application.id) == changed
    assert [event.change for event in await changes(world)] == ["installed", "changed", "changed"]
    with pytest.raises(ApplicationNotFoundError):
        await world.unit(applications.change_settings, world.alice.id, 987, both)


async def test_a_renewed_secret_replaces_the_old_one(world: World) -> None:
    application = await world.install()
    secret = await world.unit(applications.renew_secret, application.id)
    renewed = await stored(world, application.id)
    assert renewed.secret_hash != application.secret_hash
    assert secret not in str(renewed)


async def test_the_owner_of_a_webhooks_bots_is_made_once(world: World) -> None:
    assert await world.unit(webhooks.find_owner_for_webhook, "abc") is None
    made = await world.unit(applications.owner_for_webhook, owner("abc", 5))
    assert (made.kind, made.client_id, made.webhook_id) == ("webhook", "customabc", 5)
    assert (made.active, made.installed, made.scopes) == (1, 1, "im,imbot")
    assert await world.unit(applications.owner_for_webhook, owner("abc", 6)) == made
    assert await world.unit(webhooks.find_owner_for_webhook, "abc") == made
    assert (await world.unit(applications.owner_for_webhook, owner("other", 5))).id != made.id


@pytest.mark.parametrize(("client_id", "error"), [("", EmptyCodeError), ("x" * 256, WrongNameError)])
async def test_a_client_id_that_names_nobody_is_refused(world: World, client_id: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await world.unit(applications.owner_for_webhook, owner(client_id, 5))


async def test_a_removed_owner_comes_back_with_the_next_registration(world: World) -> None:
    made = await world.unit(applications.owner_for_webhook, owner("abc", 5))
    await world.unit(applications.uninstall_application, world.alice.person, made.id)
    assert await world.unit(webhooks.find_owner_for_webhook, "abc") is None
    back = await world.unit(applications.owner_for_webhook, owner("abc", 5))
    assert (back.id, back.active, back.installation) == (made.id, 1, made.installation + 1)
    with pytest.raises(ApplicationNotFoundError):  # it has no pages and no secret: there is nothing to install
        await world.unit(applications.install_application, world.alice.person, made.id)


async def test_a_webhook_is_revoked_once(world: World) -> None:
    [webhook, *_] = [one for one in await world.unit(webhooks.every_webhook) if one.person_id == world.bob.id]
    await world.unit(webhooks.revoke_webhook, webhook.id)
    [event] = await world.events("webhook.changed")
    assert event.webhook_id == webhook.id  # type: ignore[attr-defined]
    with pytest.raises(NotFoundError):
        await world.unit(webhooks.revoke_webhook, webhook.id)
    with pytest.raises(NotFoundError):
        await world.unit(webhooks.revoke_webhook, 987)
