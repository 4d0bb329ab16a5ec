"""``/api/admin/lines``: open lines, in which customers are served.

GET    /api/admin/lines               all, by name
POST   /api/admin/lines               {"name": "Support"}: a line that works at once
GET    /api/admin/lines/{id}          everything that can be configured, and the tag for a site
PATCH  /api/admin/lines/{id}          name, description, isActive, isNetworked, isSearchable, settings, queue
DELETE /api/admin/lines/{id}          its conversations are finished; its code leads nowhere
PUT    /api/admin/lines/{id}/avatar   another picture: PNG, JPEG, GIF or WebP as base64, up to 5000×5000
DELETE /api/admin/lines/{id}/avatar   no picture
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import msgspec

from skvorets.core.lines import lines as line_rules
from skvorets.core.lines.first_settings import first_settings
from skvorets.core.lines.lines import MAX_DESCRIPTION, MAX_NAME, MAX_QUEUE, LineChange, NewLine
from skvorets.core.lines.settings import LineSettings
from skvorets.dialects.native.administration import IdOrNone
from skvorets.dialects.native.line_views import LineCard, LineRow, line_card, line_rows
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.media.avatars import keep_avatar
from skvorets.storage import lines
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.lines import QueueEntry

# Some character other than white space, and no control character.
LineName: TypeAlias = Annotated[
    str, msgspec.Meta(max_length=MAX_NAME, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*\Z")
]
Description: TypeAlias = Annotated[str, msgspec.Meta(max_length=MAX_DESCRIPTION)]
# Minutes east of Greenwich.
Offset: TypeAlias = Annotated[int, msgspec.Meta(ge=-14 * 60, le=14 * 60)]
# A picture as base64: 5 MB of bytes.
Picture: TypeAlias = Annotated[str, msgspec.Meta(max_length=7_000_000)]


class NewLineBody(msgspec.Struct, frozen=True, rename="camel"):
    """A line to be made; everything else has a good beginning."""

    name: LineName
    utc_offset: Offset | None = None  # of the clock by which its working hours go


class Place(msgspec.Struct, frozen=True, rename="camel"):
    """A place in the queue: one of both."""

    person_id: IdOrNone = 0
    department_id: IdOrNone = 0


class LinePatch(msgspec.Struct, frozen=True, rename="camel"):
    """What shall be different; what is absent stays. Settings and queue are given whole."""

    name: LineName | None = None
    description: Description | None = None
    is_active: bool | None = None
    is_networked: bool | None = None
    is_searchable: bool | None = None
    settings: LineSettings | None = None
    queue: Annotated[list[Place], msgspec.Meta(max_length=MAX_QUEUE)] | None = None


class LinePicture(msgspec.Struct, frozen=True):
    """A picture."""

    data: Picture  # base64


@route("GET", "/api/admin/lines", mode="read", is_for_admins=True)
async def list_lines(tx: Tx, call: Call[Nothing]) -> list[LineRow]:
    """List lines by name: four statements."""
    return await line_rows(tx, call.services, await lines.every(tx))


@route("POST", "/api/admin/lines", body=NewLineBody, is_for_admins=True)
async def add_line(tx: Tx, call: Call[NewLineBody]) -> LineCard:
    """Make a line: who makes it serves it, texts are in the language of the company."""
    given = call.given
    offset = call.services.config.utc_offset_minutes if given.utc_offset is None else given.utc_offset
    settings = first_settings(tx.portal.language)
    hours = msgspec.structs.replace(settings.working_hours, utc_offset=offset)
    new = NewLine(name=given.name, settings=msgspec.structs.replace(settings, working_hours=hours))
    line = await line_rules.create_line(tx, call.person, new, address=call.address)
    return await line_card(tx, call.services, line)


@route("GET", "/api/admin/lines/{id}", mode="read", is_for_admins=True)
async def get_line(tx: Tx, call: Call[Nothing]) -> LineCard:
    """Give a line with all its settings: at most ten statements."""
    return await _card(tx, call)


@route("PATCH", "/api/admin/lines/{id}", body=LinePatch, is_for_admins=True)
async def change_line(tx: Tx, call: Call[LinePatch]) -> LineCard:
    """Change what is given: all of it or, when something is refused, nothing."""
    given = call.given
    change = LineChange(
        name=given.name,
        description=given.description,
        active=given.is_active,
        networked=given.is_networked,
        searchable=given.is_searchable,
        settings=given.settings,
        queue=None if given.queue is None else [QueueEntry(one.person_id, one.department_id) for one in given.queue],
    )
    await line_rules.change_line(tx, call.person, call.ids["id"], change, address=call.address)
    return await _card(tx, call)


@route("DELETE", "/api/admin/lines/{id}", is_for_admins=True)
async def remove_line(tx: Tx, call: Call[Nothing]) -> None:
    """Remove a line."""
    await line_rules.delete_line(tx, call.person, call.ids["id"], address=call.address)


@route("PUT", "/api/admin/lines/{id}/avatar", body=LinePicture, mode="free", is_for_admins=True)
async def change_line_avatar(call: Call[LinePicture]) -> LineCard:
    """Change the picture. Refusals: wrong_image, image_too_large."""
    store = call.services.store
    await store.read(line_rules.line_to_manage, call.person, call.ids["id"])
    digest = await keep_avatar(call.services.blobs, call.given.data)
    return await store.write(DIRECTORY_KEY, _set_avatar, call, digest)


@route("DELETE", "/api/admin/lines/{id}/avatar", is_for_admins=True)
async def remove_line_avatar(tx: Tx, call: Call[Nothing]) -> LineCard:
    """Take the picture away."""
    return await _set_avatar(tx, call, "")


async def _set_avatar(tx: Tx, call: Call[Any], digest: str) -> LineCard:
    change = LineChange(avatar=digest)
    await line_rules.change_line(tx, call.person, call.ids["id"], change, address=call.address)
    return await _card(tx, call)


async def _card(tx: Tx, call: Call[Any]) -> LineCard:
    line = await line_rules.line_to_manage(tx, call.person, call.ids["id"])
    return await line_card(tx, call.services, line)
