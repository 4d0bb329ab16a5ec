"""Catalogs for tests of the Bpium dialect."""

from __future__ import annotations

from typing import Any

from support.bpium import Program

ITEMS = [{"name": "Новая"}, {"name": "В работе"}, {"name": "Готова"}]


async def catalog(program: Program, *fields: dict[str, Any], name: str = "Заявки") -> str:
    """Make a catalog in the first section; its id."""
    made = await program.post("/catalogs", {"name": name, "icon": "app-1", "sectionId": "2", "fields": list(fields)})
    return str(made["id"])


def field(kind: str, name: str = "", **more: Any) -> dict[str, Any]:
    """Give a field as a program sends it."""
    config = {"items": ITEMS} if kind in {"dropdown", "checkboxes", "radiobutton"} else {}
    return {"name": name or kind, "type": kind, "config": {**config, **more.pop("config", {})}, **more}


async def record(program: Program, catalog_id: str, **values: Any) -> str:
    """Make a record whose values stand under f1, f2 …; its id."""
    made = await program.post(f"/catalogs/{catalog_id}/records", {"values": {k[1:]: v for k, v in values.items()}})
    return str(made["id"])
