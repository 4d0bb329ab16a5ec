"""What people choose for their own clients: the same in all their browsers, which hear of each change at once."""

from __future__ import annotations

from typing import Literal

import msgspec

from skvorets.core import people
from skvorets.core.events import record
from skvorets.core.events_settings import SettingsChanged
from skvorets.storage import people as people_rows
from skvorets.storage import person_settings
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from skvorets.storage.person_settings import PersonSettings


class Settings(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The settings of one person."""

    theme: Literal["system", "light", "dark"]
    language: Literal["", "ru", "en"]  # empty = the browser's
    send_key: Literal["enter", "ctrlEnter"]
    sound: bool
    notifications: Literal["all", "mentions", "none"]
    shows_preview: bool  # is the message's text shown in notifications of the system?


class SettingsChange(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Some of them, to be changed."""

    theme: Literal["system", "light", "dark"] | None = None
    language: Literal["", "ru", "en"] | None = None
    send_key: Literal["enter", "ctrlEnter"] | None = None
    sound: bool | None = None
    notifications: Literal["all", "mentions", "none"] | None = None
    shows_preview: bool | None = None


async def settings_of(tx: Tx, person: Person) -> Settings:
    """Give what a person has chosen: one statement."""
    return _settings(await person_settings.find(tx, person.id), person.language)


async def change_settings(tx: Tx, person_id: int, change: SettingsChange) -> Settings:
    """Change some, and tell the person's browsers; nobody is told of nothing new."""
    person = await people_rows.find_many(tx, [person_id])
    language = person[person_id].language
    stored = await person_settings.find(tx, person_id)
    given = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not None}
    chosen = given.pop("language", language)
    new = msgspec.structs.replace(
        stored, **{name: int(value) if isinstance(value, bool) else value for name, value in given.items()}
    )
    settings = _settings(new, chosen)
    if settings == _settings(stored, language):
        return settings
    if new != stored:
        await person_settings.put(tx, person_id, new)
    if chosen != language:
        await people.change_person(tx, person_id, language=chosen)
    await record(tx, SettingsChanged(person_id=person_id, **msgspec.structs.asdict(settings)))
    return settings


def _settings(stored: PersonSettings, language: str) -> Settings:
    return msgspec.convert(
        {
            "theme": stored.theme,
            "language": language if language in {"ru", "en"} else "",
            "sendKey": stored.send_key,
            "sound": bool(stored.sound),
            "notifications": stored.notifications,
            "showsPreview": bool(stored.shows_preview),
        },
        Settings,
    )
