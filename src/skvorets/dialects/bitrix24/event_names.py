"""The events that an application may bind, by the scope that they need.

Source: spec ``bitrix24-transport.md`` §10 ("`events` list to expose"), ``bitrix24-events.md`` §5.
"""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: Mapping[str, tuple[str, ...]] = {
    "": ("ONAPPINSTALL", "ONAPPUPDATE", "ONAPPUNINSTALL", "ONAPPPAYMENT", "ONAPPTEST", "ONOFFLINEEVENT"),
    "imbot": (
        "ONIMBOTMESSAGEADD",
        "ONIMBOTMESSAGEUPDATE",
        "ONIMBOTMESSAGEDELETE",
        "ONIMBOTJOINCHAT",
        "ONIMJOINCHAT",
        "ONIMBOTDELETE",
        "ONIMCOMMANDADD",
    ),
    "imopenlines": (
        "ONOPENLINEMESSAGEADD",
        "ONOPENLINEMESSAGEUPDATE",
        "ONOPENLINEMESSAGEDELETE",
        "ONSESSIONSTART",
        "ONSESSIONFINISH",
    ),
}
# COMPAT(bitrix24): the seed's lists of events name it so, its page of the event, and the wire, otherwise.
ALIASES: Mapping[str, str] = {"ONIMJOINCHAT": "ONIMBOTJOINCHAT"}


def name_of(given: str) -> str:
    """Give the name on the wire of an event that was named in any case, or by its alias."""
    name = given.strip().upper()
    return ALIASES.get(name, name)


def names_for(scopes: frozenset[str]) -> list[str]:
    """Give the events that these scopes open."""
    return [name for scope, names in EVENTS.items() if not scope or scope in scopes for name in names]


def every_name() -> list[str]:
    """Give all events."""
    return [name for names in EVENTS.values() for name in names]
