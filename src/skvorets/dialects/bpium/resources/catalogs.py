"""``/catalogs``. Spec ``bpium-messages.md`` §6; views (§9) are none."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated, Any

import msgspec

from skvorets.core import catalog_desk, record_chats
from skvorets.core.catalog_desk import Wish
from skvorets.core.catalogs import Catalog, catalog_to_see
from skvorets.dialects.bpium.catalog_views import view_catalog
from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.record_fields import read_names
from skvorets.dialects.bpium.registry import Call, Nothing, lock_of_catalog, route
from skvorets.errors import SectionNotFoundError
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

Icon = Annotated[str, msgspec.Meta(max_length=255)]


class CatalogsQuery(msgspec.Struct, frozen=True, rename="camel"):
    """Query of the list."""

    section_id: str | None = None


class CatalogQuery(msgspec.Struct, frozen=True):
    """Query of one catalog: the wanted fields, as JSON or in brackets."""

    fields: Any = None


class CatalogBody(msgspec.Struct, frozen=True, rename="camel"):
    """Body of a POST or PATCH; null = as it is."""

    id: int | str | None = None
    name: str | None = None
    icon: Icon | None = None
    section_id: int | str | None = None
    fields: list[dict[str, Any]] | None = None

    def wish(self) -> Wish:
        """Give what the core makes of it; ids that are numbers are ours to give."""
        word = self.id if isinstance(self.id, str) and not self.id.isdigit() else ""
        section_id = None if self.section_id is None else str(self.section_id)
        return Wish(name=self.name, icon=self.icon, section_id=section_id, fields=self.fields, word=word)


@route("GET", "/catalogs", given=CatalogsQuery, mode="read")
async def list_catalogs(tx: Tx, call: Call[CatalogsQuery]) -> list[dict[str, Any]]:
    """List catalogs with their fields: three queries at most."""
    found = await catalog_desk.catalogs_of_section(tx, call.person, call.given.section_id)
    new_chats = await record_chats.new_chats(tx, call.person, [one.id for one in found])
    return [view_catalog(one, call.person, new_chats) for one in found]


@route("GET", "/catalogs/{catalog}", given=CatalogQuery, mode="read")
async def get_catalog(tx: Tx, call: Call[CatalogQuery]) -> dict[str, Any]:
    """Show one catalog, with all fields or some."""
    catalog = await catalog_to_see(tx, call.person, call.parts["catalog"], "available")
    return await _view(tx, call.person, catalog, read_names(call.given.fields))


@route("POST", "/catalogs", given=CatalogBody)
async def add_catalog(tx: Tx, call: Call[CatalogBody]) -> dict[str, Any]:
    """Make a catalog."""
    if call.given.section_id is None:
        raise ApiError(400, "A catalog needs a section (sectionId).")
    catalog = await _refusing_sections(catalog_desk.create_catalog(tx, call.person, call.given.wish()))
    return {"id": catalog.key, "values": await _view(tx, call.person, catalog)}


@route("PATCH", "/catalogs/{catalog}", given=CatalogBody, lock=lock_of_catalog)
async def change_catalog(tx: Tx, call: Call[CatalogBody]) -> dict[str, Any]:
    """Change a catalog."""
    wish = msgspec.structs.replace(call.given.wish(), word="")
    catalog = await _refusing_sections(catalog_desk.change_catalog(tx, call.person, call.parts["catalog"], wish))
    return await _view(tx, call.person, catalog)


@route("DELETE", "/catalogs/{catalog}", lock=lock_of_catalog)
async def delete_catalog(tx: Tx, call: Call[Nothing]) -> dict[str, Any]:
    """Delete a catalog with its records."""
    await catalog_desk.delete_catalog(tx, call.person, call.parts["catalog"])
    return {"id": call.parts["catalog"]}


@route("GET", "/catalogs/{catalog}/views", mode="read")
async def list_views(tx: Tx, call: Call[Nothing]) -> list[dict[str, Any]]:
    """List saved views: there are none."""
    await catalog_to_see(tx, call.person, call.parts["catalog"], "available")
    return []


@route("GET", "/catalogs/{catalog}/views/{view}", mode="read")
async def get_view(tx: Tx, call: Call[Nothing]) -> dict[str, Any]:
    """Show a saved view: there are none."""
    await catalog_to_see(tx, call.person, call.parts["catalog"], "available")
    raise ApiError(404, "There is no such view.")


async def _view(tx: Tx, person: Person, catalog: Catalog, fields: frozenset[str] | None = None) -> dict[str, Any]:
    new_chats = await record_chats.new_chats(tx, person, [catalog.id])
    return view_catalog(catalog, person, new_chats, fields)


async def _refusing_sections(change: Awaitable[Catalog]) -> Catalog:
    """Refuse an unknown section in a body with 400: it is no object of the path."""
    try:
        return await change
    except SectionNotFoundError:
        raise ApiError(400, "There is no such section.") from None
