"""``/sections``. Spec ``bpium-messages.md`` §5."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from skvorets.core import sections
from skvorets.dialects.bpium.catalog_views import view_section
from skvorets.dialects.bpium.registry import Call, Nothing, route
from skvorets.storage.database import Tx

Icon = Annotated[str, msgspec.Meta(max_length=255)]


class NewSection(msgspec.Struct, frozen=True):
    """Body of a POST."""

    name: str
    icon: Icon = ""


class SectionChange(msgspec.Struct, frozen=True, rename="camel"):
    """Body of a PATCH; null = as it is."""

    name: str | None = None
    icon: Icon | None = None
    catalogs_priorities: list[int | str] | None = None  # ids of catalogs in their order


@route("GET", "/sections", mode="read")
async def list_sections(tx: Tx, call: Call[Nothing]) -> list[dict[str, Any]]:
    """List all sections: one query."""
    found = await sections.sections_to_see(tx, call.person)
    return [view_section(one, call.person, place) for place, one in enumerate(found)]


@route("GET", "/sections/{section}", mode="read")
async def get_section(tx: Tx, call: Call[Nothing]) -> dict[str, Any]:
    """Show one section."""
    found = await sections.section_to_see(tx, call.person, call.parts["section"])
    every = [one.id for one in await sections.sections_to_see(tx, call.person)]
    return view_section(found, call.person, every.index(found.id))


@route("POST", "/sections", given=NewSection)
async def add_section(tx: Tx, call: Call[NewSection]) -> dict[str, Any]:
    """Make a section."""
    return {"id": str(await sections.create_section(tx, call.person, call.given.name, call.given.icon))}


@route("PATCH", "/sections/{section}", given=SectionChange)
async def change_section(tx: Tx, call: Call[SectionChange]) -> dict[str, Any]:
    """Rename a section or put its catalogs into another order."""
    given, key = call.given, call.parts["section"]
    section = await sections.change_section(tx, call.person, key, given.name, given.icon)
    wanted = [str(one) for one in given.catalogs_priorities or ()]
    order = await sections.order_catalogs(tx, call.person, key, wanted)
    return {"id": str(section.id), "name": section.name, "icon": section.icon, "catalogsPriorities": order}


@route("DELETE", "/sections/{section}")
async def delete_section(tx: Tx, call: Call[Nothing]) -> dict[str, Any]:
    """Delete an empty section."""
    await sections.delete_section(tx, call.person, call.parts["section"])
    return {"id": call.parts["section"]}
