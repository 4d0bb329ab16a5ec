"""Applications and inbound webhooks: the programs that may call us and that we call.

    created ──install──► installed ──update──► installed (next version) ──uninstall──► gone
                │                                   │                                  │
           ONAPPINSTALL                        ONAPPUPDATE              ONAPPUNINSTALL, ONIMBOTDELETE per bot

Rules: spec ``bitrix24-transport.md`` §8, §9, §11, ``bitrix24-events.md`` §5.7.
"""

from __future__ import annotations

import secrets

import msgspec

from skvorets.core import tokens
from skvorets.core.events import ApplicationChanged, record
from skvorets.errors import ApplicationNotFoundError
from skvorets.storage import applications
from skvorets.storage.applications import Application, Webhook
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

_SECRET_BYTES = 25
_WEBHOOK_SECRET_BYTES = 16
# Owner ids of what is registered through webhooks: this and the CLIENT_ID. [source: im]
WEBHOOK_OWNER_PREFIX = "custom"


class NewApplication(msgspec.Struct, frozen=True, kw_only=True):
    """A local application to be registered."""

    name: str
    scopes: tuple[str, ...]
    handler_url: str = ""
    install_url: str = ""
    is_api_only: bool = True
    limits: str = ""  # rate limit profile, empty = the portal's
    delivery: str = ""  # delivery policy, empty = the portal's


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
    """Register a local application; it is not installed yet."""
    client_secret = secrets.token_urlsafe(_SECRET_BYTES)
    application = Application(
        id=0,
        kind="local",
        client_id=f"local.{secrets.token_hex(12)}.{secrets.randbelow(90_000_000) + 10_000_000}",
        secret_hash=tokens.fingerprint(client_secret),
        name=new.name,
        scopes=",".join(new.scopes),
        handler_url=new.handler_url,
        install_url=new.install_url or new.handler_url,
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
    )
    application = msgspec.structs.replace(application, id=await applications.insert(tx, application))
    return Credentials(application, client_secret)


async def install_application(tx: Tx, actor: Person, application_id: int) -> Application:
    """Install an application or install it anew: earlier tokens become void, its handler gets ONAPPINSTALL."""
    application = await applications.find(tx, application_id)
    if application is None:
        raise ApplicationNotFoundError
    application = msgspec.structs.replace(
        application,
        active=1,
        installed=int(bool(application.api_only or not application.install_url)),
        installed_by=actor.id,
        installation=application.installation + 1,
    )
    await applications.change(
        tx,
        application.id,
        active=1,
        installed=application.installed,
        installed_by=actor.id,
        installation=application.installation,
    )
    await record(
        tx,
        ApplicationChanged(
            application_id=application.id,
            actor_id=actor.id,
            change="installed",
            version=application.version,
            targets=[(0, application.install_url)] if application.install_url else [],
        ),
    )
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


async def create_webhook(tx: Tx, owner: Person, scopes: tuple[str, ...], title: str = "", expires_at: int = 0) -> str:
    """Make an inbound webhook that acts for its owner; the secret, which is not stored and cannot be shown again."""
    secret = secrets.token_hex(_WEBHOOK_SECRET_BYTES)
    webhook = Webhook(0, owner.id, tokens.fingerprint(secret), title, ",".join(scopes), 1, expires_at, tx.now)
    await applications.insert_webhook(tx, webhook)
    return secret


class WebhookOwner(msgspec.Struct, frozen=True, kw_only=True):
    """Who registers bots through a webhook: all webhooks that know a CLIENT_ID share what was registered under it."""

    client_id: str  # as the caller says it, without our prefix
    webhook_id: int
    person_id: int
    scopes: frozenset[str]


async def find_owner_for_webhook(tx: Tx, client_id: str) -> Application | None:
    """Give the owner of what webhooks registered under this CLIENT_ID; None when nothing was."""
    return await applications.find_by_client_id(tx, f"{WEBHOOK_OWNER_PREFIX}{client_id}")


async def owner_for_webhook(tx: Tx, owner: WebhookOwner) -> Application:
    """Give the owner of what is registered under a webhook's CLIENT_ID, made when it is the first time."""
    found = await find_owner_for_webhook(tx, owner.client_id)
    if found is not None:
        return found
    application = Application(
        id=0,
        kind="webhook",
        client_id=f"{WEBHOOK_OWNER_PREFIX}{owner.client_id}",
        secret_hash="",
        name=owner.client_id,
        scopes=",".join(sorted(owner.scopes)),
        handler_url="",
        install_url="",
        api_only=1,
        version=1,
        active=1,
        installed=1,
        installed_by=owner.person_id,
        installation=1,
        webhook_id=owner.webhook_id,
        limits="",
        delivery="",
        created_at=tx.now,
    )
    return msgspec.structs.replace(application, id=await applications.insert(tx, application))
