"""Who listens and by what right; asked again whenever people, applications or webhooks change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import TypeAlias

import msgspec

from skvorets.storage import applications, line_clients, people, sessions
from skvorets.storage.database import Tx


class Credentials(msgspec.Struct, frozen=True):
    """What a program shows to get a ticket; one of the two."""

    auth: str = ""  # an access token
    webhook: str = ""  # USER/SECRET of an inbound webhook


class Identity(msgspec.Struct, frozen=True):
    """Whose chats a socket shows, and what that rests on."""

    person_id: int
    application_id: int = 0  # 0 = not through an application
    installation: int = 0  # of the application; a new installation voids it
    webhook_id: int = 0  # 0 = not through a webhook
    expires_at: int = 0  # unix seconds, 0 = never
    session_id: int = 0  # 0 = not a browser's
    client_id: int = 0  # customer of an open line, 0 = somebody of ours
    only_chat_id: int = 0  # all that he may hear of, 0 = all chats of the person

    def hears_of(self, chat_id: int) -> bool:
        """May events of this chat come to him at all? A customer sits in the operators' chat, too, unheard."""
        return self.only_chat_id in {0, chat_id}


# Tells whose credentials these are, None for nobody's. Given by the composition root.
AskWho: TypeAlias = Callable[[Credentials], Awaitable[Identity | None]]


async def void_among(tx: Tx, identities: Collection[Identity]) -> set[Identity]:
    """Those that are good no longer.

    A disabled person, a closed session, a revoked webhook, a removed application, a blocked customer.
    """
    found = await people.find_many(tx, {one.person_id for one in identities})
    webhooks = await applications.active_webhooks(tx, {one.webhook_id for one in identities if one.webhook_id})
    installations = await applications.active_installations(
        tx, {one.application_id for one in identities if one.application_id}
    )
    open_sessions = await sessions.open_among(tx, {one.session_id for one in identities if one.session_id})
    customers = await line_clients.welcome_among(tx, {one.client_id for one in identities if one.client_id})
    return {
        one
        for one in identities
        if (person := found.get(one.person_id)) is None
        or not person.active
        or (one.session_id and one.session_id not in open_sessions)
        or (one.client_id and one.client_id not in customers)
        or (one.webhook_id and one.webhook_id not in webhooks)
        or (one.application_id and installations.get(one.application_id) != one.installation)
    }
