"""What developers may see and change: administrators everything, others the applications that they installed.

Hidden and absent look the same (ApplicationNotFoundError, NotFoundError), as everywhere (``core/access.py``).
"""

from __future__ import annotations

import msgspec

from skvorets.core.addresses import check_handler_url, portal_for
from skvorets.core.applications import ApplicationUpdate
from skvorets.core.events import ApplicationChanged, record
from skvorets.errors import ApplicationNotFoundError, NotFoundError
from skvorets.storage import applications, deliveries
from skvorets.storage.applications import Application, Webhook
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Delivery
from skvorets.storage.people import Person


async def applications_to_see(tx: Tx, viewer: Person) -> list[Application]:
    """The applications that the person may look at, oldest first."""
    return [one for one in await applications.every(tx) if _is_visible(viewer, one)]


async def application_to_see(tx: Tx, viewer: Person, application_id: int) -> Application:
    """Give an application that the person may look at, and manage. Raises ApplicationNotFoundError."""
    found = await applications.find(tx, application_id)
    if found is None or not _is_visible(viewer, found):
        raise ApplicationNotFoundError
    return found


async def delivery_to_see(tx: Tx, viewer: Person, delivery_id: int) -> tuple[Delivery, Application]:
    """Give a delivery with the application that it is for. Raises NotFoundError; letters are nobody's business here."""
    found = await deliveries.find(tx, delivery_id)
    if found is None or not found.application_id:
        raise NotFoundError
    return found, await application_to_see(tx, viewer, found.application_id)


async def webhooks_to_see(tx: Tx, viewer: Person) -> list[Webhook]:
    """The inbound webhooks that the person may look at and revoke, oldest first."""
    return [one for one in await applications.every_webhook(tx) if viewer.admin or one.person_id == viewer.id]


async def webhook_to_revoke(tx: Tx, viewer: Person, webhook_id: int) -> Webhook:
    """Give a webhook that the person may revoke. Raises NotFoundError."""
    found = next((one for one in await webhooks_to_see(tx, viewer) if one.id == webhook_id), None)
    if found is None:
        raise NotFoundError
    return found


async def amend_application(tx: Tx, actor: Person, application_id: int, update: ApplicationUpdate) -> Application:
    """Change an application within its version: its handlers stay, and it gets no event.

    Raises ApplicationNotFoundError, WrongAddressError, WrongProtocolError.
    """
    before = await application_to_see(tx, actor, application_id)
    if before.kind != "local":
        raise ApplicationNotFoundError
    values = {name: value for name, value in msgspec.structs.asdict(update).items() if value is not None}
    for url in filter(None, (update.handler_url, update.install_url)):
        check_handler_url(portal_for(tx.portal, before), url)
    if update.scopes is not None:
        values["scopes"] = ",".join(update.scopes)
    if values:
        await applications.change(tx, before.id, **values)
        changed = ApplicationChanged(
            application_id=before.id, actor_id=actor.id, change="changed", version=before.version
        )
        await record(tx, changed)
    return msgspec.structs.replace(before, **values)


def _is_visible(viewer: Person, application: Application) -> bool:
    return bool(viewer.admin) or application.installed_by == viewer.id
