"""The composition root: the only module that knows every part, and how they hang together.

    config ─► store ─► bus ─► realtime hub, delivery
                  └──► dialect endpoints ─► one HTTP server

Parts are started in this order and stopped in the reverse one.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import AsyncExitStack

import msgspec
from aiohttp import web

from skvorets.config import Config
from skvorets.core.first_run import DEFAULT_LANGUAGE
from skvorets.core.gifs import GifSource
from skvorets.delivery import planner
from skvorets.delivery.board import MAX_IN_FLIGHT
from skvorets.delivery.console import EventConsole
from skvorets.delivery.mail import with_mail
from skvorets.delivery.mailer import Mailer, mail_settings
from skvorets.delivery.outgoing import Outgoing
from skvorets.delivery.pull_door import PullDoor
from skvorets.delivery.pull_wire import EventWriter
from skvorets.delivery.schedule import FOR_HANDLERS
from skvorets.delivery.service import DeliveryService, outgoing_settings
from skvorets.delivery.single_letters import SingleLetters
from skvorets.dialects.bitrix24.caller import Callers
from skvorets.dialects.bitrix24.endpoint import Endpoint
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.event_marks import marks_of_bot, words_of
from skvorets.dialects.bitrix24.event_readers import EventReaders
from skvorets.dialects.bitrix24.events import Events
from skvorets.dialects.bitrix24.limits import PROFILES
from skvorets.dialects.bitrix24.oauth import OAuth
from skvorets.dialects.bitrix24.oauth_info import OAuthInfo
from skvorets.dialects.bitrix24.registry import Surroundings
from skvorets.dialects.bitrix24.uploads import Uploads
from skvorets.dialects.bpium.endpoint import Bpium
from skvorets.dialects.bpium.registry import Services as BpiumServices
from skvorets.dialects.federation.door import NetworkDoor
from skvorets.dialects.megaplan.endpoint import ATTACHMENTS, MODULES, Megaplan
from skvorets.dialects.megaplan.registry import Services as MegaplanServices
from skvorets.dialects.native.administration import PART as ADMINISTRATION
from skvorets.dialects.native.administration import AdminParts, Sockets
from skvorets.dialects.native.developers import PART as DEVELOPERS
from skvorets.dialects.native.developers import DeveloperParts
from skvorets.dialects.native.endpoint import Api
from skvorets.dialects.native.file_downloads import FileDownloads
from skvorets.dialects.native.files import FilesDoor
from skvorets.dialects.native.gif_files import GifFiles
from skvorets.dialects.native.health_door import HealthDoor
from skvorets.dialects.native.inspector_door import InspectorDoor
from skvorets.dialects.native.installing import Installing
from skvorets.dialects.native.pages import Pages
from skvorets.dialects.native.push import PART as PUSH
from skvorets.dialects.native.registry import Services
from skvorets.dialects.native.resources.invitations import MAIL
from skvorets.dialects.native.resources.network_lines import NETWORK
from skvorets.dialects.native.resources.welcome import SPEAK
from skvorets.dialects.native.viewer import PRESENCE
from skvorets.dialects.widget.endpoint import Widget
from skvorets.dialects.widget.registry import Services as WidgetServices
from skvorets.federation.events import with_network
from skvorets.federation.joining import LineNetwork
from skvorets.front_door import FrontDoor
from skvorets.gifs.collection import GifCollection
from skvorets.gifs.giphy import Giphy
from skvorets.line_clock.service import LineClock
from skvorets.links import places as link_places
from skvorets.links.service import LinkService
from skvorets.media.previews import Previews
from skvorets.media.survey import StorageSurvey
from skvorets.realtime.activity import Activity
from skvorets.realtime.authority import AuthorityWatch
from skvorets.realtime.bus import Bus
from skvorets.realtime.door import MAX_SOCKETS, PushDoor
from skvorets.realtime.hub import Hub
from skvorets.realtime.identity import Credentials, Identity
from skvorets.realtime.session import MAX_UNSENT_BYTES
from skvorets.search import batches
from skvorets.search.indexer import MessageIndexer
from skvorets.storage import search_rebuild
from skvorets.storage.blobs import FolderBlobs
from skvorets.storage.database import DIRECTORY_KEY, MAX_WAITING_UNITS, Portal, Store
from skvorets.storage.sqlite import SqliteStore
from skvorets.web_origin import client_address, network_of
from skvorets.web_push import places as push_places
from skvorets.web_push.service import WebPushService

# What administrators are told of bounds that lie in the code.
FIXED_LIMITS = {
    "push_sockets": MAX_SOCKETS,
    "push_unsent_bytes": MAX_UNSENT_BYTES,
    "deliveries_at_once": MAX_IN_FLIGHT,
    "waiting_writes": MAX_WAITING_UNITS,
}

_log = logging.getLogger(__name__)


def open_store(config: Config) -> Store:
    """Make the store that the configuration names; it is not started yet."""

    def configure(identity: Portal) -> Portal:
        return msgspec.structs.replace(
            identity,
            language=config.language or identity.language or DEFAULT_LANGUAGE,
            bots_per_application=config.bots_per_application,
            allow_private_handlers=config.allow_private_handlers,
        )

    if config.database:
        from skvorets.storage.postgres import PostgresStore  # noqa: PLC0415 — its driver is a tenth of the start

        return PostgresStore(config.database, configure)
    return SqliteStore(config.sqlite_path, configure)


class App:
    """One server process."""

    def __init__(self, config: Config) -> None:
        """Nothing is opened before ``start``."""
        # A copy: the language may be set later, see ``_speak``.
        self.config = msgspec.structs.replace(config)
        self._is_language_open = not config.language
        self.store = open_store(config)
        self.blobs = FolderBlobs(config.blobs_path)
        self.previews = Previews(self.blobs, config.previews_path)
        self.bus = Bus()
        # The one client that calls out.
        self.outgoing = Outgoing(outgoing_settings(config))
        self.network = LineNetwork(self.config, self.store, self.blobs, self.outgoing)
        self.front_door = FrontDoor(self.config)
        # First part of the path -> who answers below it.
        self.doors = self.front_door.doors

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.front_door.port

    async def start(self) -> None:
        """Open the store, start the followers of the log, listen. When a part cannot start, the others are stopped."""
        self._started = AsyncExitStack()
        self._started_at = time.time_ns() // 1_000_000
        try:
            await self._start()
        except BaseException:
            await self._started.aclose()
            raise

    async def stop(self) -> None:
        """Stop listening, finish what is under way, close the store."""
        await self._started.aclose()

    async def _start(self) -> None:
        await asyncio.to_thread(self.blobs.remove_unfinished)
        await self.store.start()
        self._started.push_async_callback(self.store.stop)
        self._speak(self.store.portal.language)
        await self.store.write(DIRECTORY_KEY, search_rebuild.bring_up_to_date)
        self.store.on_log_growth = self.bus.log_grew
        self.callers = Callers(self.store)
        self.authority = AuthorityWatch(self.store, self.bus, self.callers.forget)
        await self.authority.start()
        self._started.push_async_callback(self.authority.stop)
        await self.front_door.prepare()
        self._started.push_async_callback(self.front_door.close)  # after the hub, whose sockets it would wait for
        self.index = MessageIndexer(self.store, self.bus.follow())
        await self.index.start()
        self._started.push_async_callback(self.index.stop)
        self.gifs = self._gifs()
        surroundings = Surroundings(self.config, self.store, self.blobs, self.index, self.gifs, self.network)
        self.hub = Hub(self.store, self.bus)
        self.activity = Activity(self.store, self.hub.people)
        self.endpoint = Endpoint(surroundings, self.callers, self.activity.note)
        self.oauth_info = OAuthInfo(surroundings, self.callers)
        self.uploads = Uploads(surroundings)
        self.doors["rest"] = self._handle_rest
        self.doors["oauth"] = OAuth(surroundings).handle
        await self.activity.start()
        self._started.push_async_callback(self.activity.stop)
        await self.hub.start()
        self._started.push_async_callback(self.hub.stop)
        self.push = PushDoor(self.store, self.hub, self._ask_who, self.config.base_url, self._network_of)
        self.doors["push"] = self.push.handle
        self._prepare_pages()
        self._prepare_files()
        await self.outgoing.start()
        self._started.push_async_callback(self.outgoing.close)
        # What hands events out; nothing is sent before its start.
        events = with_network(self.config, with_mail(self.config, Events(self.config)))
        self.delivery = DeliveryService(self.config, self.store, self.outgoing, events, self.bus.follow())
        self._prepare_native(EventConsole(self.store, self.outgoing, events, self.delivery))
        readers = EventReaders(self.store, self.callers)
        writer = EventWriter(self.store, self.config.delivery)
        self.doors["pull"] = PullDoor(self.delivery.desk, readers.find, writer).handle
        await self.front_door.open()
        # After the doors are open: handlers may call as soon as they get an event. What is logged before waits.
        await self.delivery.start()
        self._started.push_async_callback(self.delivery.stop)
        await self._start_followers()

    async def _start_followers(self) -> None:
        """Start what works beside the requests, upon what they have left in the database."""
        self.links = LinkService(self.config, self.store, self.bus.follow())
        await self.links.start()
        self._started.push_async_callback(self.links.stop)
        self.web_push = WebPushService(self.config, self.store, self.hub.here, self.bus.follow())
        await self.web_push.start()
        self._started.push_async_callback(self.web_push.stop)
        self.line_clock = LineClock(self.store, self.bus.follow())
        await self.line_clock.start()
        self._started.push_async_callback(self.line_clock.stop)

    def _prepare_native(self, console: EventConsole) -> None:
        """Make the native API with all that it works with, Bpium's, whose door is below it, and Megaplan's."""
        parts = {
            DEVELOPERS: DeveloperParts(console, tuple(PROFILES), tuple(FOR_HANDLERS), marks_of_bot, words_of),
            PRESENCE: self.hub.here,
            PUSH: self.push.ticket_of_browser,
            SPEAK: self._speak,
            NETWORK: self.network,
            ADMINISTRATION: AdminParts(self.survey, self._sockets, self._read_up_to, FIXED_LIMITS, self._started_at),
        }
        mail = mail_settings(self.config)
        if mail is not None:
            parts[MAIL] = SingleLetters(Mailer(mail)).send
        self.api = Api(Services(self.config, self.store, self.blobs, self.index, self.gifs, parts), self.activity.note)
        self.bpium = Bpium(BpiumServices(self.config, self.store, self.blobs), self.activity.note)
        self.doors["api"] = self._handle_api
        self.doors["auth"] = self.bpium.handle_auth
        self.doors["network"] = NetworkDoor(self.config, self.store, self.network).handle
        megaplan = Megaplan(MegaplanServices(self.config, self.store, self.blobs), self.activity.note)
        self.doors.update(dict.fromkeys(MODULES, megaplan.handle))
        self.doors[ATTACHMENTS] = megaplan.handle_attachment

        self.widget = Widget(WidgetServices(self.config, self.store, self.blobs, self.push.ticket_of_customer))
        self.doors["widget"] = self.widget.handle
        self.doors["widget.js"] = self.widget.handle_loader

    def _network_of(self, request: web.BaseRequest) -> str:
        """Tell from which network somebody comes."""
        return network_of(client_address(request, self.config))

    def _read_up_to(self) -> dict[str, int]:
        """Tell how far the followers of the log are."""
        return {
            planner.CURSOR: self.delivery.planner.position.event_id,
            batches.CURSOR: self.index.position.event_id,
            link_places.CURSOR: self.links.position.event_id,
            push_places.CURSOR: self.web_push.position.event_id,
        }

    def _sockets(self) -> Sockets:
        return Sockets(len(self.hub.sessions()), len(self.hub.people()))

    def _speak(self, language: str) -> None:
        """Take the language that the first run has chosen; a configured one stays."""
        if self._is_language_open:
            self.store.speak(language)
            # The one setting that may come after the start, so that everybody who has the settings sees it.
            msgspec.structs.force_setattr(self.config, "language", language)

    def _gifs(self) -> GifSource:
        """Choose who knows GIFs: Giphy when there is a key for it, the company's own collection otherwise."""
        if self.config.giphy_api_key:
            return Giphy(self.outgoing, self.config.giphy_url, self.config.giphy_api_key)
        return GifCollection(self.store, self.config.base_url)

    async def _ask_who(self, given: Credentials) -> Identity | None:
        """Tell whose credentials these are, for push; they must allow ``im``."""
        try:
            if given.webhook:
                person_id, _, secret = given.webhook.partition("/")
                caller = await self.callers.by_webhook(person_id, secret)
            else:
                caller = await self.callers.by_token(given.auth)
        except ApiError:
            return None
        if "im" not in caller.scopes:
            return None
        application = caller.application
        return Identity(
            person_id=caller.person.id,
            application_id=application.id if application else 0,
            installation=application.installation if application else 0,
            webhook_id=caller.webhook_id,
            expires_at=caller.expires_at,
        )

    def _prepare_pages(self) -> None:
        """Open the doors of pages and what they load."""
        self.pages = Pages()
        self.inspector = InspectorDoor(self.store)
        self.doors["client"] = self.pages.handle_file
        self.doors["dev"] = self._handle_dev
        self.doors["app"] = self.pages.handle_app
        self.doors[""] = self.doors["im"] = self.pages.handle_messenger
        self.doors["online"] = self.pages.handle_online
        self.doors["admin"] = self.pages.handle_admin
        self.doors["health"] = HealthDoor(self.store).handle
        self.doors["invite"] = self.pages.handle_invite
        self.doors["welcome"] = self.pages.handle_welcome
        installing = Installing(self.pages, self.config.language)
        self.doors["manifest.webmanifest"] = installing.handle_manifest
        self.doors["sw.js"] = installing.handle_worker

    def _prepare_files(self) -> None:
        self.avatars = FilesDoor(self.previews)
        self.downloads = FileDownloads(self.store, self.blobs, self.previews)
        self.gif_files = GifFiles(self.store, self.blobs, self.previews)
        self.doors["files"] = self._handle_files
        self.survey = StorageSurvey(self.store, self.blobs, self.config.previews_path)
        self._started.push_async_callback(self.survey.stop)

    async def _handle_api(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer the web client, Bpium's API, and frames that load the library where the vendor has it."""
        if self.pages.is_library(request):
            return await self.pages.handle_library(request)
        if self.bpium.is_meant(request):
            return await self.bpium.handle(request)
        return await self.api.handle(request)

    async def _handle_dev(self, request: web.BaseRequest) -> web.StreamResponse:
        """Serve the developer's page, and the addresses below it that keep what is sent to them."""
        if self.inspector.is_meant(request):
            return await self.inspector.handle(request)
        return await self.pages.handle_dev(request)

    async def _handle_files(self, request: web.BaseRequest) -> web.StreamResponse:
        """Serve files of messages by their signed addresses, pictures of people and chats and GIFs by their digests."""
        if self.downloads.is_meant(request):
            return await self.downloads.handle(request)
        if self.gif_files.is_meant(request):
            return await self.gif_files.handle(request)
        return await self.avatars.handle_file(request)

    async def _handle_rest(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a REST call; one method means another thing under the names of the vendor's OAuth server."""
        if self.oauth_info.is_meant(request):
            return await self.oauth_info.handle(request)
        if self.uploads.is_meant(request):
            return await self.uploads.handle(request)
        return await self.endpoint.handle_call(request)
