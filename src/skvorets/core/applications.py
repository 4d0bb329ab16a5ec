"""Applications: the programs that may call us and that we call.

    created ──install──► installed ──update──► installed (next version) ──uninstall──► not active, reinstallable
                │                                   │                                  │
           ONAPPINSTALL                        ONAPPUPDATE              ONAPPUNINSTALL, ONIMBOTDELETE per bot

An application with pages of its own waits between: it counts as installed when its installer says so
(``finish_installation``). Inbound webhooks: ``core/webhooks.py``; codes and tokens by OAuth: ``core/grants.py``.
Rules: spec ``bitrix24-transport.md`` §8, §9, §11, ``bitrix24-events.md`` §5.7.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

import msgspec

from skvorets.core import bots, tokens
from skvorets.core.addresses import check_handler_url, portal_for
from skvorets.core.events import ApplicationChanged, record
from skvorets.core.webhooks import WebhookOwner, create_webhook, find_owner_for_webhook, owner_for_webhook
from skvorets.errors import ApplicationNotFoundError
from skvorets.storage import applications, commands, handlers, offline_events, placements, pull
from skvorets.storage import bots as bot_rows
from skvorets.storage.applications import PUSH, Application
from skvorets.storage.database import Tx
from skvorets.storage.handlers import Handler
from skvorets.storage.people import Person

_SECRET_BYTES = 25


class NewApplication(msgspec.Struct, frozen=True, kw_only=True):
    """A local application to be registered."""

    name: str
    scopes: tuple[str, ...]
    handler_url: str = ""
    install_url: str = ""  # empty: of an application without pages, the handler's
    is_api_only: bool = True
    limits: str = ""  # rate limit profile, empty = the portal's
    delivery: str = ""  # delivery policy, empty = the portal's
    transport: str = PUSH  # push or pull


class ApplicationUpdate(msgspec.Struct, frozen=True, kw_only=True):
    """What is different in the next version of an application; None = as it was."""

    name: str | None = None
    scopes: tuple[str, ...] | None = None
    handler_url: str | None = None
    install_url: str | None = None


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the portal treats an application; None = as it was, "" = as all others."""

    limits: str | None = None
    delivery: str | None = None
    transport: str | None = None  # push or pull; "" = push


class Credentials(msgspec.Struct, frozen=True):
    """What the owner of a new application is shown once."""

    application: Application
    client_secret: str


class TokenPair(msgspec.Struct, frozen=True):
    """Fresh tokens of a person for an application."""

    access_token: str
    refresh_token: str
    expires_at: int  # unix seconds


async def create_application(tx: Tx, new: NewApplication) -> Credentials:
    """Register a local application; it is not installed yet. Raises WrongAddressError, WrongProtocolError."""
    client_secret = _new_secret()
    application = Application(
        id=0,
        kind="local",
        client_id=f"local.{secrets.token_hex(12)}.{secrets.randbelow(90_000_000) + 10_000_000}",
        secret_hash=tokens.fingerprint(client_secret),
        name=new.name,
        scopes=",".join(new.scopes),
        handler_url=new.handler_url,
        install_url=new.install_url or (new.handler_url if new.is_api_only else ""),
        api_only=int(new.is_api_only),
        version=1,
        active=1,
        installed=0,
        installed_by=0,
        installation=0,
        webhook_id=0,
        limits=new.limits,
        delivery=new.delivery,
        created_at=tx.now,
        transport=new.transport,
    )
    for url in filter(None, (new.handler_url, new.install_url)):
        check_handler_url(portal_for(tx.portal, application), url)
    application = msgspec.structs.replace(application, id=await applications.insert(tx, application))
    return Credentials(application, client_secret)


async def renew_secret(tx: Tx, application_id: int) -> str:
    """Give an application another client secret, shown once; the old one is void. Raises ApplicationNotFoundError."""
    await _local(tx, application_id)
    client_secret = _new_secret()
    await applications.change(tx, application_id, secret_hash=tokens.fingerprint(client_secret))
    return client_secret


async def install_application(tx: Tx, actor: Person, application_id: int) -> Application:
    """Install an application or install it anew: earlier tokens become void.

    One without pages is installed at once and its installation address gets ONAPPINSTALL. One with pages and an
    installation address is installed when the page there says so. Raises ApplicationNotFoundError.
    """
    before = await _local(tx, application_id)
    application = await _change(
        tx,
        before,
        active=1,
        installed=int(bool(before.api_only or not before.install_url)),
        installed_by=actor.id,
        installation=before.installation + 1,
    )
    await applications.delete_codes(tx, application.id)
    if application.installed:
        await _record_installed(tx, actor, application)
    else:
        await _record_changed(tx, actor.id, application)
    return application


async def finish_installation(tx: Tx, actor: Person, application_id: int) -> Application:
    """Count an application as installed, at the word of its own installer; nothing happens when it is already.

    Raises ApplicationNotFoundError.
    """
    before = await _local(tx, application_id)
    if not before.active or not before.installation:
        raise ApplicationNotFoundError
    if before.installed:
        return before
    application = await _change(tx, before, installed=1)
    await _record_installed(tx, actor, application)
    return application


async def update_application(
    tx: Tx, actor: Person, application_id: int, update: ApplicationUpdate | None = None
) -> Application:
    """Make the next version of an installed application.

    Its handlers are removed: who gets ONAPPUPDATE (the installation address and the handlers bound to it) binds them
    again. Raises ApplicationNotFoundError, WrongAddressError, WrongProtocolError.
    """
    before = await _local(tx, application_id)
    if not before.active or not before.installed:
        raise ApplicationNotFoundError
    given = {} if update is None else msgspec.structs.asdict(update)
    values = {name: value for name, value in given.items() if value is not None}
    for url in (values.get("handler_url"), values.get("install_url")):
        if url:
            check_handler_url(portal_for(tx.portal, before), url)
    if "scopes" in values:
        values["scopes"] = ",".join(values["scopes"])
    bound = await handlers.for_event(tx, "ONAPPUPDATE", [before.id])
    await handlers.delete_of_application(tx, before.id)
    application = await _change(tx, before, **values, version=before.version + 1)
    await record(
        tx,
        ApplicationChanged(
            application_id=application.id,
            actor_id=actor.id,
            change="updated",
            version=application.version,
            previous_version=before.version,
            targets=_targets(bound, application.install_url),
        ),
    )
    return application


async def uninstall_application(tx: Tx, actor: Person, application_id: int, *, is_clean: bool = True) -> None:
    """Remove an application's bots, handlers, placements and, when ``is_clean``, its options; its tokens are void.

    The row stays, not active: the last event to the application needs it, and it may be installed again.
    Raises ApplicationNotFoundError.
    """
    application = await applications.find(tx, application_id)
    if application is None or not application.active:
        raise ApplicationNotFoundError
    bound = await handlers.for_event(tx, "ONAPPUNINSTALL", [application.id])
    for bot in await bot_rows.of_application(tx, application.id):
        await bots.delete_bot(tx, actor, bot)
    await commands.delete_of_application(tx, application.id)
    await handlers.delete_of_application(tx, application.id)
    await offline_events.delete_of_application(tx, application.id)
    await placements.delete_of_application(tx, application.id)
    await applications.delete_codes(tx, application.id)
    if is_clean:
        await applications.delete_options(tx, application.id)
    await _change(tx, application, active=0, installed=0)
    await record(
        tx,
        ApplicationChanged(
            application_id=application.id,
            actor_id=actor.id,
            change="uninstalled",
            version=application.version,
            targets=_targets(bound, application.install_url or application.handler_url),
            is_clean=is_clean,
        ),
    )


async def change_settings(tx: Tx, actor_id: int, application_id: int, settings: Settings) -> Application:
    """Change rate limits, delivery policy and transport of an application. Raises ApplicationNotFoundError.

    What a reader has not acknowledged when he may no longer take events is posted again.
    """
    before = await applications.find(tx, application_id)
    if before is None:
        raise ApplicationNotFoundError
    values = {name: value for name, value in msgspec.structs.asdict(settings).items() if value is not None}
    if "transport" in values:
        values["transport"] = values["transport"] or PUSH
    application = await _change(tx, before, **values)
    if before.is_pulling and not application.is_pulling:
        handed_out = [one.id for one in await pull.handed_out(tx, application.id)]
        await pull.put_back(tx, handed_out, "pushed_instead")
    await _record_changed(tx, actor_id, application)
    return application


def issue_tokens(tx: Tx, application: Application, person_id: int) -> TokenPair:
    """Issue an access and a refresh token; nothing is stored."""
    now_s = tx.now // 1000

    def issue(kind: int, seconds: int) -> str:
        token = tokens.Token(kind, application.id, application.installation, person_id, now_s + seconds)
        return tokens.issue(tx.portal, token)

    return TokenPair(
        access_token=issue(tokens.ACCESS, tokens.ACCESS_TOKEN_S),
        refresh_token=issue(tokens.REFRESH, tokens.REFRESH_TOKEN_S),
        expires_at=now_s + tokens.ACCESS_TOKEN_S,
    )


async def _local(tx: Tx, application_id: int) -> Application:
    application = await applications.find(tx, application_id)
    if application is None or application.kind != "local":
        raise ApplicationNotFoundError
    return application


async def _change(tx: Tx, application: Application, **values: object) -> Application:
    if values:
        await applications.change(tx, application.id, **values)
    return msgspec.structs.replace(application, **values)


async def _record_installed(tx: Tx, actor: Person, application: Application) -> None:
    """The installation address of an application without pages hears of it, of one with pages the handlers bound."""
    bound = await handlers.for_event(tx, "ONAPPINSTALL", [application.id])
    await record(
        tx,
        ApplicationChanged(
            application_id=application.id,
            actor_id=actor.id,
            change="installed",
            version=application.version,
            targets=_targets(bound, application.install_url if application.api_only else ""),
        ),
    )


async def _record_changed(tx: Tx, actor_id: int, application: Application) -> None:
    changed = ApplicationChanged(
        application_id=application.id, actor_id=actor_id, change="changed", version=application.version
    )
    await record(tx, changed)


def _new_secret() -> str:
    """Make a client secret. It begins with a letter or digit: on a command line a dash would make it an option."""
    while not (secret := secrets.token_urlsafe(_SECRET_BYTES))[0].isalnum():
        pass
    return secret


def _targets(bound: Iterable[Handler], url: str) -> list[tuple[int, str]]:
    """Give the bound handlers and one more address, each address once."""
    by_url = {one.url: one.id for one in bound if not one.is_offline}
    if url:
        by_url.setdefault(url, 0)
    return [(handler_id, target) for target, handler_id in by_url.items()]


__all__ = [
    "ApplicationUpdate",
    "Credentials",
    "NewApplication",
    "Settings",
    "TokenPair",
    "WebhookOwner",
    "change_settings",
    "create_application",
    "create_webhook",
    "find_owner_for_webhook",
    "finish_installation",
    "install_application",
    "issue_tokens",
    "owner_for_webhook",
    "renew_secret",
    "uninstall_application",
    "update_application",
]
