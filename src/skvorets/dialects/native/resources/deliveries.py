"""``/api/dev/deliveries``: the log of events that were, or are to be, sent to applications.

GET  /api/dev/deliveries               newest first: ?application=&bot=&chat=&event=&state=&text=&below=
GET  /api/dev/deliveries/{id}          payload, attempts, answers; secrets as dots
POST /api/dev/deliveries/{id}/reveal   the same with secrets

``text``: a number or a ``webhook-id`` names one delivery; anything else is searched for in the payloads. A page looks
at 20,000 deliveries at most: it may be empty and still have a ``nextBelow``.
"""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from skvorets.core import application_desk
from skvorets.dialects.native.delivery_views import Asked, DeliveryDetails, DeliveryLine, lines_of, read_details
from skvorets.dialects.native.developers import Line, Pairs, parts_of
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.storage import delivery_log
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import NO_UPPER_ID
from skvorets.storage.delivery_log import LogPage, Wanted

_PAGE = 50
# A number, or a webhook-id.
_ID = re.compile(r"(?:[0-9a-f]{32}-)?([1-9][0-9]{0,17})(?:-test-[0-9a-f]+)?", re.ASCII)
_STATES = frozenset({"waiting", "sending", "delivered", "dead"})


class Filter(msgspec.Struct, frozen=True):
    """Which deliveries; what is absent does not count."""

    application: Annotated[int, msgspec.Meta(ge=1, lt=2**62)] | None = None
    bot: Annotated[int, msgspec.Meta(ge=1, lt=2**62)] | None = None
    chat: Annotated[int, msgspec.Meta(ge=0, lt=2**62)] | None = None
    event: Line = ""
    state: Line = ""
    text: Line = ""
    below: Annotated[int, msgspec.Meta(ge=1, lt=2**62)] = NO_UPPER_ID - 1


class Page(msgspec.Struct, frozen=True, rename="camel"):
    """Deliveries, newest first."""

    deliveries: list[DeliveryLine]
    next_below: int  # ?below= of the next page, 0 = there is none
    events: list[str]  # names that occur among the newest


@route("GET", "/api/dev/deliveries", query=Filter, mode="scan")
async def list_deliveries(tx: Tx, call: Call[Filter]) -> Page:
    """List deliveries: eight statements at most."""
    person = call.person
    ids = None if person.admin else [one.id for one in await application_desk.applications_to_see(tx, person)]
    page = await _page(tx, call, ids)
    lines = await lines_of(tx, page.entries, parts_of(call.services).words_of)
    return Page(lines, page.next_below, await delivery_log.events_of(tx, ids))


@route("GET", "/api/dev/deliveries/{id}", mode="free")
async def get_delivery(call: Call[Nothing]) -> DeliveryDetails:
    """Show one delivery."""
    return await _details(call, is_masked=True)


@route("POST", "/api/dev/deliveries/{id}/reveal", mode="free")
async def reveal_delivery(call: Call[Nothing]) -> DeliveryDetails:
    """Show one delivery with its secrets."""
    return await _details(call, is_masked=False)


async def _page(tx: Tx, call: Call[Filter], ids: list[int] | None) -> LogPage:
    given = call.given
    if given.application is not None:
        await application_desk.application_to_see(tx, call.person, given.application)
        ids = [given.application]
    text, below, limit = given.text.strip(), given.below, _PAGE
    if match := _ID.fullmatch(text):
        text, below, limit = "", int(match[1]) + 1, 1
    if given.state and given.state not in _STATES:
        return LogPage([], 0)
    wanted = Wanted(
        application_ids=None if ids is None else tuple(ids),
        state=given.state,
        event=given.event,
        chat_id=given.chat,
        fragments=parts_of(call.services).marks_of_bot(given.bot) if given.bot else (),
        text=text,
        below_id=below,
        limit=limit,
    )
    page = await delivery_log.page(tx, wanted)
    if match:
        return LogPage([one for one in page.entries if one.id == below - 1], 0)
    return page


async def _details(call: Call[Nothing], *, is_masked: bool) -> DeliveryDetails:
    delivery_id = call.ids["id"]
    store = call.services.store
    await store.read(application_desk.delivery_to_see, call.person, delivery_id)
    pairs = await parts_of(call.services).console.form_of(delivery_id)
    return await store.read(_read, call, pairs, is_masked)


async def _read(tx: Tx, call: Call[Nothing], pairs: Pairs | None, is_masked: bool) -> DeliveryDetails:  # noqa: FBT001 — through read
    found, application = await application_desk.delivery_to_see(tx, call.person, call.ids["id"])
    return await read_details(tx, Asked(found, application, pairs, is_masked), parts_of(call.services).words_of)
