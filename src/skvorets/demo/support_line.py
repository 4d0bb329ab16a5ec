"""The open line of the demonstration: visitors of its shop write to it, the ITR bot answers first."""

from __future__ import annotations

from typing import Final

import msgspec

from skvorets.cli.choosing import acting_admin
from skvorets.core.lines.first_settings import first_settings
from skvorets.core.lines.lines import NewLine, create_line
from skvorets.core.lines.settings import WidgetLooks
from skvorets.storage import logins, people
from skvorets.storage.database import Tx
from skvorets.storage.lines import QueueEntry

OPERATORS: Final = ("anna", "boris")
"""Who serves it, by login."""
_TITLES: Final = {"ru": "Поддержка", "en": "Support"}
_DESCRIPTIONS: Final = {"ru": "Отвечаем каждый день с 9 до 21", "en": "We answer every day from 9 to 21"}
# The colour of the shop's page.
_COLOR: Final = "#2f6b4f"


async def add_line(tx: Tx, bot_id: int) -> str:
    """Make the line with this bot in front; its code."""
    language = "ru" if tx.portal.language == "ru" else "en"
    # The bot welcomes those who come.
    settings = msgspec.structs.replace(
        first_settings(language), bot_id=bot_id, welcome_text="", widget=WidgetLooks(color=_COLOR)
    )
    queue = [entry for login in OPERATORS for entry in await _place_of(tx, login)]
    new = NewLine(
        name=_TITLES[language],
        description=_DESCRIPTIONS[language],
        settings=settings,
        queue=queue or None,
        networked=True,
        searchable=True,
    )
    return (await create_line(tx, await acting_admin(tx, ""), new)).code


async def _place_of(tx: Tx, login: str) -> list[QueueEntry]:
    """Give the place of somebody; none when he has left the demonstration meanwhile."""
    account = await logins.find(tx, login)
    person = None if account is None else await people.find(tx, account.person_id)
    return [QueueEntry(person_id=person.id)] if person is not None and person.active else []
