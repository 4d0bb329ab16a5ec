"""``/api/dev/applications``: local applications, and the owners of bots that webhooks registered.

GET    /api/dev/applications                   those one may see, with what waits and what died
POST   /api/dev/applications                   register and install one: its secret, shown once (administrators)
GET    /api/dev/applications/{id}              one with its bots, commands and subscriptions
PATCH  /api/dev/applications/{id}              name, scopes, addresses within its version; limits, delivery, transport
POST   /api/dev/applications/{id}/reveal       application_token and signing key
POST   /api/dev/applications/{id}/secret       another client secret, shown once
"""

from __future__ import annotations

import msgspec

from skvorets.core import application_desk, applications, signing, tokens
from skvorets.core.applications import ApplicationUpdate, NewApplication, Settings
from skvorets.core.scopes import SCOPES
from skvorets.dialects.native.administration import note
from skvorets.dialects.native.application_views import (
    AppDetails,
    AppLine,
    Environment,
    environment_of,
    line_of,
    read_details,
)
from skvorets.dialects.native.developers import Line, Name, Scopes, Url, parts_of
from skvorets.dialects.native.errors import ApiError
from skvorets.dialects.native.registry import Call, Nothing, Services, route
from skvorets.storage import delivery_log, people
from skvorets.storage.applications import PULL, PUSH
from skvorets.storage.database import Tx


class NewApp(msgspec.Struct, frozen=True, rename="camel"):
    """What is asked for."""

    name: Name
    scopes: Scopes
    handler_url: Url = ""
    install_url: Url = ""
    is_api_only: bool = True
    transport: Line = PUSH


class AppChange(msgspec.Struct, frozen=True, rename="camel"):
    """What shall be different; None = as it is."""

    name: Name | None = None
    scopes: Scopes | None = None
    handler_url: Url | None = None
    install_url: Url | None = None
    limits: Line | None = None  # empty = as the portal's
    delivery: Line | None = None  # empty = as the portal's
    transport: Line | None = None


class Made(msgspec.Struct, frozen=True, rename="camel"):
    """A new application with what cannot be shown again."""

    application: AppLine
    client_secret: str
    environment: Environment


class Secret(msgspec.Struct, frozen=True, rename="camel"):
    """A new client secret."""

    client_secret: str


class Listed(msgspec.Struct, frozen=True, rename="camel"):
    """The applications, and what can be chosen for one."""

    applications: list[AppLine]
    limits: tuple[str, ...]
    policies: tuple[str, ...]


@route("GET", "/api/dev/applications", mode="read")
async def list_applications(tx: Tx, call: Call[Nothing]) -> Listed:
    """List the applications that the person may see: three statements."""
    found = await application_desk.applications_to_see(tx, call.person)
    counts = await delivery_log.counts(tx, None if call.person.admin else [one.id for one in found])
    installers = await people.find_many(tx, {one.installed_by for one in found})
    parts = parts_of(call.services)
    lines = [line_of(one, counts, installers.get(one.installed_by)) for one in found]
    return Listed(lines, parts.limits, parts.policies)


@route("POST", "/api/dev/applications", body=NewApp, is_for_admins=True)
async def add_application(tx: Tx, call: Call[NewApp]) -> Made:
    """Register an application and install it: its installation address gets ONAPPINSTALL."""
    given = call.given
    _check_choices(call.services, given.scopes, transport=given.transport)
    new = NewApplication(
        name=given.name.strip(),
        scopes=tuple(dict.fromkeys(given.scopes)),
        handler_url=given.handler_url,
        install_url=given.install_url,
        is_api_only=given.is_api_only,
        transport=given.transport,
    )
    made = await applications.create_application(tx, new)
    installed = await applications.install_application(tx, call.person, made.application.id)
    await note(tx, call, "application.created", "application", installed.id, name=installed.name)
    return Made(line_of(installed, {}, call.person), made.client_secret, environment_of(tx, call.services, installed))


@route("GET", "/api/dev/applications/{id}", mode="scan")
async def get_application(tx: Tx, call: Call[Nothing]) -> AppDetails:
    """Show one application with its bots, commands and subscriptions."""
    found = await application_desk.application_to_see(tx, call.person, call.ids["id"])
    return await read_details(tx, found, parts_of(call.services).console.health(found.id))


@route("PATCH", "/api/dev/applications/{id}", body=AppChange)
async def change_application(tx: Tx, call: Call[AppChange]) -> AppLine:
    """Change an application within its version."""
    given = call.given
    found = await application_desk.application_to_see(tx, call.person, call.ids["id"])
    _check_choices(call.services, given.scopes or [], given.limits, given.delivery, given.transport)
    if given.limits is not None or given.delivery is not None or given.transport is not None:
        settings = Settings(limits=given.limits, delivery=given.delivery, transport=given.transport)
        found = await applications.change_settings(tx, call.person.id, found.id, settings)
    update = ApplicationUpdate(
        name=given.name and given.name.strip(),
        scopes=None if given.scopes is None else tuple(dict.fromkeys(given.scopes)),
        handler_url=given.handler_url,
        install_url=given.install_url,
    )
    if update != ApplicationUpdate():
        found = await application_desk.amend_application(tx, call.person, found.id, update)
    changed = [name for name in given.__struct_fields__ if getattr(given, name) is not None]
    await note(tx, call, "application.changed", "application", found.id, name=found.name, changed=changed)
    return line_of(found, {}, await people.find(tx, found.installed_by))


@route("POST", "/api/dev/applications/{id}/reveal")
async def reveal_environment(tx: Tx, call: Call[Nothing]) -> Environment:
    """Show what the application's events are recognised by."""
    found = await application_desk.application_to_see(tx, call.person, call.ids["id"])
    token = tokens.application_token(tx.portal, found.id, found.installation)
    shown = environment_of(tx, call.services, found)
    keys = await signing.secrets_of(tx, found.id)
    await note(tx, call, "application.secrets_shown", "application", found.id, name=found.name)
    return msgspec.structs.replace(shown, application_token=token, signing_key=keys[0])


@route("POST", "/api/dev/applications/{id}/secret")
async def rotate_secret(tx: Tx, call: Call[Nothing]) -> Secret:
    """Give the application another client secret; the one before is void at once."""
    found = await application_desk.application_to_see(tx, call.person, call.ids["id"])
    await note(tx, call, "application.secret_renewed", "application", found.id, name=found.name)
    return Secret(await applications.renew_secret(tx, found.id))


def _check_choices(
    services: Services,
    scopes: list[str],
    limits: str | None = None,
    delivery: str | None = None,
    transport: str | None = None,
) -> None:
    """Refuse names that do not exist."""
    parts = parts_of(services)
    choices = ((limits, ("", *parts.limits)), (delivery, ("", *parts.policies)), (transport, (PUSH, PULL)))
    for chosen, known in choices:
        if chosen is not None and chosen not in known:
            raise ApiError(400, "unknown_choice", f"One of: {', '.join(filter(None, known))}.")
    if unknown := [scope for scope in scopes if scope not in SCOPES]:
        raise ApiError(400, "unknown_scope", f"There is no scope {unknown[0]}.")
