"""Makes a running server the demonstration: fills it at the first start, later moves it to where it is reached now."""

from __future__ import annotations

import asyncio
import secrets
from importlib import resources

import msgspec

from skvorets.app import App
from skvorets.cli.choosing import acting_admin
from skvorets.cli.store import CommandError
from skvorets.core import applications, chats, tokens
from skvorets.core.access import Dialog
from skvorets.core.addresses import check_handler_url
from skvorets.core.applications import ApplicationUpdate, NewApplication
from skvorets.core.files import Content
from skvorets.core.logins import hash_password
from skvorets.demo.company import PEOPLE
from skvorets.demo.doors import DemoDoors
from skvorets.demo.example_bots import ECHO, ITR, DemoBot, ExampleBot
from skvorets.demo.notes import FILE_NAME, Notes, keep_notes, read_notes
from skvorets.demo.seed import SCOPES, is_empty, seed_company
from skvorets.demo.support_line import add_line
from skvorets.media.files import keep
from skvorets.storage import applications as rows
from skvorets.storage import bots, handlers
from skvorets.storage.blobs import BlobStore
from skvorets.storage.database import DIRECTORY_KEY, Tx

_PASSWORD_BYTES = 9
# Seconds that a bot of the demonstration has to register itself.
_BOT_PATIENCE_S = 10
_LOOK_EVERY_S = 0.02


async def set_up(app: App, bot_url: str) -> Notes:
    """Fill the server when it is empty and bring what earlier starts left up to date; what to tell the user.

    ``bot_url``: where the user's own bot listens; it is installed (anew), so that it hears ONAPPINSTALL. Empty: not.
    Raises CommandError, WrongAddressError.
    """
    folder, base_url = app.config.data_dir, app.config.base_url
    echo, itr = (ExampleBot(kind, app.config, app.outgoing) for kind in (ECHO, ITR))
    doors = DemoDoors(app.config, [echo, itr])
    app.doors["demo"] = doors.handle
    is_new = await app.store.read(is_empty)
    if is_new:
        notes = await _fill(app)
    elif (known := read_notes(folder)) is not None:
        notes = known.moved_to(base_url)
    else:
        raise CommandError(f"{folder / FILE_NAME} is missing; remove {folder} to begin anew")
    keep_notes(folder, notes)
    bot_id, itr_id = [await _ensure_bot(app, bot) for bot in (echo, itr)]
    if is_new:
        await app.store.write(DIRECTORY_KEY, _introduce_bot, bot_id)
    code = notes.line or await app.store.write(DIRECTORY_KEY, add_line, itr_id)
    doors.line_code = code
    notes = msgspec.structs.replace(notes, bot_id=str(bot_id), line=code)
    if bot_url:
        token = await app.store.write(DIRECTORY_KEY, _install_own, notes.client_id, bot_url)
        notes = msgspec.structs.replace(notes, application_token=token)
    keep_notes(folder, notes)
    return notes


async def _fill(app: App) -> Notes:
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    password_hash = await asyncio.to_thread(hash_password, password)
    contents = await asyncio.to_thread(_keep_files, app.blobs)
    seeded = await app.store.write(DIRECTORY_KEY, seed_company, password_hash, contents)
    base_url, own = app.config.base_url, seeded.application
    return Notes(
        portal=base_url,
        login=PEOPLE[0].login,
        password=password,
        webhook=f"{base_url}/rest/{seeded.admin.id}/{seeded.webhook_secret}/",
        client_id=own.application.client_id,
        client_secret=own.client_secret,
        application_token=tokens.application_token(app.store.portal, own.application.id, own.application.installation),
        member_id=app.store.portal.member_id,
    )


def _keep_files(blobs: BlobStore) -> dict[str, Content]:
    folder = resources.files("skvorets.demo").joinpath("files")
    return {one.name: keep(blobs, one.read_bytes()) for one in folder.iterdir()}


async def _ensure_bot(app: App, bot: ExampleBot) -> int:
    """Install a bot where it answers now, unless it is, and wait until it is ready; its id."""
    handler = app.config.base_url + bot.kind.path
    await app.store.write(DIRECTORY_KEY, _install_bot, bot.kind, handler, bot.is_installed)
    async with asyncio.timeout(_BOT_PATIENCE_S):
        bot_id = 0
        while not (bot_id and bot.is_installed):
            bot_id = await app.store.read(_ready_bot, bot.kind, handler)
            await asyncio.sleep(_LOOK_EVERY_S)
    return bot_id


async def _install_bot(tx: Tx, kind: DemoBot, handler: str, knows_portal: bool) -> None:  # noqa: FBT001 — through a queue
    admin = await acting_admin(tx, "")
    own = [one for one in await rows.every(tx) if one.active and one.handler_url.endswith(kind.path)]
    for former in [one for one in own if one.name != kind.name]:
        await applications.uninstall_application(tx, admin, former.id)
    known = next((one for one in own if one.name == kind.name), None)
    if known is None:
        new = NewApplication(name=kind.name, scopes=SCOPES, handler_url=handler, install_url=handler)
        created = await applications.create_application(tx, new)
        await applications.install_application(tx, admin, created.application.id)
    elif known.handler_url != handler:
        update = ApplicationUpdate(handler_url=handler, install_url=handler)
        await applications.update_application(tx, admin, known.id, update)
    if known is not None and not knows_portal:
        await applications.install_application(tx, admin, known.id)


async def _introduce_bot(tx: Tx, bot_id: int) -> None:
    """Open the administrator's dialog with the bot: it greets there, and stands in the list from the beginning."""
    await chats.seat_to_write(tx, await acting_admin(tx, ""), Dialog(person_id=bot_id))


async def _ready_bot(tx: Tx, kind: DemoBot, handler: str) -> int:
    """Id of the bot when it has bound the last of its handlers; 0 before."""
    bound = await handlers.for_event(tx, kind.last_event)
    owner = next((one.application_id for one in bound if one.url == handler), 0)
    own = await bots.of_application(tx, owner)
    return own[0].person_id if own else 0


async def _install_own(tx: Tx, client_id: str, bot_url: str) -> str:
    """Install the user's application with this address, without pages of its own; its application token."""
    check_handler_url(tx.portal, bot_url)
    known = await rows.find_by_client_id(tx, client_id)
    if known is None:
        raise CommandError(f"the application {client_id} is not there any more")
    await rows.change(tx, known.id, handler_url=bot_url, install_url=bot_url, api_only=1)
    installed = await applications.install_application(tx, await acting_admin(tx, ""), known.id)
    return tokens.application_token(tx.portal, installed.id, installed.installation)
