"""Dialogs named by what they belong to: ``sg5``, the chat of work group 5, and ``crm7``, the chat of CRM item 7.

Source: spec ``bitrix24-im.md`` §1. They become ``chatN`` before a method reads its parameters, so that every method
knows them and a unit of work is queued with the others of its chat. A name that leads to no chat which the caller may
read becomes a chat that does not exist: absent and hidden look the same.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from skvorets.core import chats
from skvorets.php_forms import Value
from skvorets.storage.database import Store
from skvorets.storage.people import Person

_NAME = re.compile(r"\s*(sg|crm)([0-9]{1,18})\s*")
_MAX_LENGTH = 32  # characters, as for other dialogs
# The largest number that a dialog may have; no chat will ever get it.
_NOBODYS_CHAT = 10**18 - 1
_SOCIAL_GROUP = "sg"


class Entity(NamedTuple):
    """What a dialog belongs to."""

    kind: str  # sg, crm
    number: str


def entity_of(dialog: Value) -> Entity | None:
    """Read the value of DIALOG_ID; None when it does not name an entity."""
    if not isinstance(dialog, str) or len(dialog) > _MAX_LENGTH:
        return None
    name = _NAME.fullmatch(dialog)
    return None if name is None else Entity(name[1], str(int(name[2])))


async def find(store: Store, person: Person, entity: Entity) -> str:
    """Give the dialog of an entity as ``chatN``."""
    if entity.kind == _SOCIAL_GROUP:
        chat = await store.read(chats.chat_of_work_group, person, entity.number)
    else:
        chat = await store.read(chats.newest_of_entity, person, "CRM", entity.number)
    return f"chat{_NOBODYS_CHAT if chat is None else chat.id}"
