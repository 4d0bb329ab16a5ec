"""How applications look in the native API."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from skvorets.dialects.native.developers import Health
from skvorets.dialects.native.registry import Services
from skvorets.storage import bots, commands, delivery_log, handlers, people
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import target_of
from skvorets.storage.delivery_log import LastWord
from skvorets.storage.people import Person


class AppLine(msgspec.Struct, frozen=True, rename="camel"):
    """An application as it is listed. Times are unix milliseconds."""

    id: int
    kind: str  # local; webhook = the owner of bots that webhooks registered under one CLIENT_ID
    name: str
    client_id: str
    scopes: list[str]
    handler_url: str
    install_url: str
    is_api_only: bool
    state: str  # installed, installing (its page has not finished yet), removed
    version: int
    installed_by: str  # name of the person
    limits: str
    delivery: str
    transport: str
    waiting: int  # deliveries
    dead: int
    created_at: int


class Environment(msgspec.Struct, frozen=True, rename="camel"):
    """What a program of the application needs to know; secrets are empty where they were not asked for."""

    portal: str
    client_id: str
    member_id: str
    application_token: str = ""
    signing_key: str = ""


class Command(msgspec.Struct, frozen=True, rename="camel"):
    """A slash command."""

    name: str
    is_common: bool
    is_hidden: bool


class Bot(msgspec.Struct, frozen=True, rename="camel"):
    """A bot of an application."""

    id: int
    name: str
    code: str
    kind: str
    commands: list[Command]


class Subscription(msgspec.Struct, frozen=True, rename="camel"):
    """Where an event goes, and how that went last."""

    id: int
    event: str
    url: str  # empty = the application fetches it (offline event)
    is_offline: bool
    last: LastWord | None
    is_held: bool  # nothing is sent there now: the handler could not be reached
    next_attempt_at: int


class AppDetails(msgspec.Struct, frozen=True, rename="camel"):
    """One application."""

    application: AppLine
    bots: list[Bot]
    subscriptions: list[Subscription]


def line_of(application: Application, counts: Mapping[tuple[int, str], int], installer: Person | None) -> AppLine:
    """Show an application."""
    one = application
    return AppLine(
        id=one.id,
        kind=one.kind,
        name=one.name,
        client_id=one.client_id,
        scopes=sorted(one.scope_set),
        handler_url=one.handler_url,
        install_url=one.install_url,
        is_api_only=bool(one.api_only),
        state=_state(one),
        version=one.version,
        installed_by=installer.name if installer else "",
        limits=one.limits,
        delivery=one.delivery,
        transport=one.transport,
        waiting=counts.get((one.id, "waiting"), 0),
        dead=counts.get((one.id, "dead"), 0),
        created_at=one.created_at,
    )


def environment_of(tx: Tx, services: Services, application: Application) -> Environment:
    """Show what is no secret."""
    return Environment(services.config.base_url, application.client_id, tx.portal.member_id)


async def read_details(tx: Tx, application: Application, health: Mapping[str, Health]) -> AppDetails:
    """Read bots, commands and handlers: one statement for each kind, and one for each bot's commands."""
    counts = await delivery_log.counts(tx, [application.id])
    found = await bots.of_application(tx, application.id)
    persons = await people.find_many(tx, [application.installed_by, *(one.person_id for one in found)])
    shown = []
    for bot in found:
        own = [
            Command(one.command, bool(one.is_common), bool(one.is_hidden))
            for one in await commands.of_bot(tx, bot.person_id)
        ]
        person = persons.get(bot.person_id)
        shown.append(Bot(bot.person_id, person.name if person else "", bot.code, bot.kind, own))
    words = await delivery_log.last_words(tx, application.id)
    subscriptions = [_subscription(one, words, health) for one in await handlers.of_application(tx, application.id)]
    line = line_of(application, counts, persons.get(application.installed_by))
    return AppDetails(line, shown, subscriptions)


def _subscription(
    handler: handlers.Handler, words: Mapping[str, LastWord], health: Mapping[str, Health]
) -> Subscription:
    # Addresses of webhook applications carry their CLIENT_ID when they are called.
    last = next((word for url, word in words.items() if _is_same(url, handler.url)), None)
    known = health.get(target_of(handler.application_id, handler.url))
    return Subscription(
        id=handler.id,
        event=handler.event,
        url=handler.url,
        is_offline=bool(handler.is_offline),
        last=last,
        is_held=bool(known and known.next_attempt_at),
        next_attempt_at=known.next_attempt_at if known else 0,
    )


def _is_same(called: str, bound: str) -> bool:
    return bool(bound) and (called == bound or called.startswith((f"{bound}?CLIENT_ID=", f"{bound}&CLIENT_ID=")))


def _state(application: Application) -> str:
    if not application.active:
        return "removed"
    return "installed" if application.installed else "installing"
