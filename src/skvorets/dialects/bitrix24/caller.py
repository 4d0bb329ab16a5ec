"""Who calls: tokens, inbound webhooks. One function for every door of this dialect.

Source: spec ``bitrix24-transport.md`` §8. Order: ``Authorization: Bearer``, ``auth``, ``access_token``, webhook path.
Cookies are never looked at. Answers are remembered until the directory or the applications change.
"""

from __future__ import annotations

import hmac
import time
from typing import TypeVar

import msgspec

from skvorets.core import tokens
from skvorets.dialects.bitrix24.errors import (
    APPLICATION_NOT_FOUND,
    AUTHORIZATION_ERROR,
    EXPIRED_TOKEN,
    INVALID_CREDENTIALS,
    INVALID_TOKEN,
    ApiError,
)
from skvorets.storage import applications, people
from skvorets.storage.applications import Application
from skvorets.storage.database import Store, Tx
from skvorets.storage.people import Person

# Callers remembered; past it the memory starts anew.
MAX_REMEMBERED = 10_000
_MILLISECONDS = 1000
_K = TypeVar("_K")


class Caller(msgspec.Struct, frozen=True):
    """Who calls, through what, and what he may."""

    person: Person
    scopes: frozenset[str]
    application: Application | None  # None for webhooks
    webhook_id: int  # 0 for tokens
    expires_at: int  # unix seconds, 0 = never

    @property
    def limit_profile(self) -> str:
        """The application's own rate limits, empty = the portal's."""
        return "" if self.application is None else self.application.limits


class Callers:
    """Finds callers and remembers them. ``forget`` must be called when people or applications change."""

    def __init__(self, store: Store) -> None:
        """Look callers up in the store."""
        self._store = store
        self._by_token: dict[str, Caller] = {}
        self._by_webhook: dict[tuple[str, str], Caller] = {}
        self._generation = 0

    def forget(self) -> None:
        """Drop everything remembered: somebody was disabled, an application was removed …"""
        self._by_token.clear()
        self._by_webhook.clear()
        self._generation += 1

    async def by_token(self, text: str) -> Caller:
        """Find who holds an access token. Raises ApiError: invalid_token, expired_token, APPLICATION_NOT_FOUND …"""
        caller = self._by_token.get(text)
        if caller is None:
            generation = self._generation
            caller = await self._store.read(_of_token, text)
            if generation == self._generation:
                self._remember(self._by_token, text, caller)
        if caller.expires_at <= time.time():
            self._by_token.pop(text, None)
            raise ApiError(EXPIRED_TOKEN)
        return caller

    async def by_webhook(self, person_id: str, secret: str) -> Caller:
        """Find whose webhook this is. Raises ApiError INVALID_CREDENTIALS for every kind of mismatch."""
        key = (person_id, secret)
        caller = self._by_webhook.get(key)
        if caller is None:
            generation = self._generation
            caller = await self._store.read(_of_webhook, person_id, secret)
            if generation == self._generation:
                self._remember(self._by_webhook, key, caller)
        if caller.expires_at and caller.expires_at <= time.time():
            raise ApiError(INVALID_CREDENTIALS)
        return caller

    @staticmethod
    def _remember(memory: dict[_K, Caller], key: _K, caller: Caller) -> None:
        if len(memory) >= MAX_REMEMBERED:
            memory.clear()
        memory[key] = caller


async def _of_token(tx: Tx, text: str) -> Caller:
    token = tokens.read(tx.portal, text)
    if token is None or token.kind != tokens.ACCESS:
        raise ApiError(INVALID_TOKEN)
    application = await applications.find(tx, token.application_id)
    if application is None or not application.active:
        raise ApiError(APPLICATION_NOT_FOUND)
    if application.installation != token.installation:
        raise ApiError(INVALID_TOKEN)
    person = await people.find(tx, token.person_id)
    if person is None or not person.active or person.kind == "guest":  # customers of open lines have another door
        raise ApiError(AUTHORIZATION_ERROR)
    return Caller(person, application.scope_set, application, 0, token.expires_at)


async def _of_webhook(tx: Tx, person_id: str, secret: str) -> Caller:
    webhook = await applications.find_webhook(tx, tokens.fingerprint(secret))
    if webhook is None or not webhook.active or not hmac.compare_digest(str(webhook.person_id), person_id):
        raise ApiError(INVALID_CREDENTIALS)
    person = await people.find(tx, webhook.person_id)
    if person is None or not person.active:
        raise ApiError(INVALID_CREDENTIALS)
    return Caller(person, webhook.scope_set, None, webhook.id, webhook.expires_at // _MILLISECONDS)
