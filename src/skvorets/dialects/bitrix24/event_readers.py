"""Whose events may somebody take through ``/pull/``? The authorities of this dialect, as delivery asks for them.

By client id and secret: the application's. By access token: those of the token's application, if the person installed
it, is an administrator or a bot of it; tokens of others live in browsers, and events carry what all people write. By
inbound webhook and CLIENT_ID: those of the bots registered so; the webhook needs the scope ``imbot``.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from skvorets.core import grants
from skvorets.core.webhooks import find_owner_for_webhook
from skvorets.dialects.bitrix24.caller import Caller, Callers
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.storage import applications, bots
from skvorets.storage.applications import Application
from skvorets.storage.database import Store, Tx


class Shown(Protocol):
    """What somebody shows; one of the three kinds."""

    @property
    def access_token(self) -> str:
        """A token of the application."""

    @property
    def client_id(self) -> str:
        """Client id beside a secret, CLIENT_ID beside a webhook."""

    @property
    def client_secret(self) -> str:
        """The application's secret."""

    @property
    def webhook_person(self) -> str:
        """The person in a webhook's path."""

    @property
    def webhook_secret(self) -> str:
        """The secret in a webhook's path."""


class EventReader(msgspec.Struct, frozen=True):
    """Who may take an application's events."""

    application_id: int
    is_pulling: bool  # does the application take them itself?
    expires_at: int = 0  # unix seconds, 0 = never


class EventReaders:
    """Finds applications by what their readers show."""

    def __init__(self, store: Store, callers: Callers) -> None:
        """Callers know tokens and webhooks."""
        self._store = store
        self._callers = callers

    async def find(self, shown: Shown) -> EventReader | None:
        """Find whose events somebody may take; None when he has shown nothing that allows it."""
        try:
            if shown.access_token:
                caller = await self._callers.by_token(shown.access_token)
                return _reader(await self._store.read(_application_in_charge, caller), caller.expires_at)
            if not shown.webhook_secret:
                return _reader(await self._store.read(grants.find_client, shown.client_id, shown.client_secret))
            caller = await self._callers.by_webhook(shown.webhook_person, shown.webhook_secret)
        except ApiError:
            return None
        if "imbot" not in caller.scopes or not shown.client_id:
            return None
        return _reader(await self._store.read(find_owner_for_webhook, shown.client_id), caller.expires_at)


def _reader(application: Application | None, expires_at: int = 0) -> EventReader | None:
    return None if application is None else EventReader(application.id, application.is_pulling, expires_at)


async def _application_in_charge(tx: Tx, caller: Caller) -> Application | None:
    application = caller.application and await applications.find(tx, caller.application.id)
    if application is None:
        return None
    person = caller.person
    if person.admin or person.id == application.installed_by:
        return application
    own = {one.person_id for one in await bots.of_application(tx, application.id)} if person.is_bot else set()
    return application if person.id in own else None
