"""Handlers of events: an application says where each event goes, and under whose authority.

Source: spec ``bitrix24-transport.md`` §10.1. Events of bots and commands are bound by registering these.
"""

from __future__ import annotations

from typing import Any

import msgspec

from skvorets.core.addresses import check_handler_url, portal_for
from skvorets.core.events import ApplicationChanged, record
from skvorets.errors import AlreadyBoundError, NotAllowedError
from skvorets.storage import applications, handlers
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.handlers import Binding, Handler
from skvorets.storage.people import Person


class OfflineNotAllowedError(NotAllowedError):
    """Only administrators bind and unbind offline events."""


async def bind_handler(tx: Tx, actor: Person, handler: Handler) -> int:
    """Bind a handler; its id. One who is no administrator binds for himself only.

    Raises OfflineNotAllowedError, NotAllowedError (another's authority), WrongAddressError, AlreadyBoundError.
    """
    portal = portal_for(tx.portal, await applications.find(tx, handler.application_id))
    handler = msgspec.structs.replace(
        handler,
        auth_person_id=_authority(actor, handler.auth_person_id, is_offline=bool(handler.is_offline)) or 0,
        url="" if handler.is_offline else check_handler_url(portal, handler.url),
        connector=handler.connector if handler.is_offline else "",
    )
    handler_id = await handlers.bind(tx, handler)
    if not handler_id:
        raise AlreadyBoundError
    return handler_id


async def unbind_handlers(tx: Tx, actor: Person, binding: Binding) -> int:
    """Remove the handlers that are meant; how many there were. One who is no administrator removes his own only.

    Raises OfflineNotAllowedError, NotAllowedError (another's authority).
    """
    authority = _authority(actor, binding.auth_person_id, is_offline=bool(binding.is_offline))
    return await handlers.unbind(tx, msgspec.structs.replace(binding, auth_person_id=authority))


async def handlers_to_see(tx: Tx, viewer: Person, application_id: int) -> list[Handler]:
    """The handlers of an application; one who is no administrator sees his own."""
    found = await handlers.of_application(tx, application_id)
    return [one for one in found if viewer.admin or one.auth_person_id == viewer.id]


async def test_handlers(tx: Tx, actor: Person, application: Application, query: dict[str, Any]) -> None:
    """Have ONAPPTEST with these parameters sent to the application's own handlers of it."""
    bound = await handlers.for_event(tx, "ONAPPTEST", [application.id])
    await record(
        tx,
        ApplicationChanged(
            application_id=application.id,
            actor_id=actor.id,
            change="tested",
            version=application.version,
            targets=[(one.id, one.url) for one in bound if not one.is_offline],
            query=query,
        ),
    )


def _authority(actor: Person, wanted: int | None, *, is_offline: bool) -> int | None:
    if actor.admin:
        return wanted
    if is_offline:
        raise OfflineNotAllowedError
    if wanted not in {None, 0, actor.id}:
        raise NotAllowedError
    return actor.id
