"""Rows of ``person_settings``: what people have chosen for their own clients."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.database import Tx


class PersonSettings(msgspec.Struct, frozen=True):
    """The choices of one person; the defaults are those of people who have chosen nothing."""

    theme: str = "system"  # system, light, dark
    send_key: str = "enter"  # enter, ctrlEnter
    sound: int = 1
    notifications: str = "all"  # all, mentions, none
    shows_preview: int = 1  # is the message's text shown in notifications of the system?


_COLUMNS = ", ".join(PersonSettings.__struct_fields__)


async def find(tx: Tx, person_id: int) -> PersonSettings:
    """What a person has chosen."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM person_settings WHERE person_id = $1", person_id)
    return PersonSettings() if row is None else PersonSettings(*row)


async def of_people(tx: Tx, ids: Iterable[int]) -> dict[int, PersonSettings]:
    """What these people have chosen, by person; who has chosen nothing is left out."""
    rows = await tx.rows(
        f"SELECT person_id, {_COLUMNS} FROM person_settings WHERE person_id = ANY($1)", sorted(set(ids))
    )
    return {row[0]: PersonSettings(*row[1:]) for row in rows}


async def put(tx: Tx, person_id: int, settings: PersonSettings) -> None:
    """Store what a person has chosen."""
    await tx.do(
        f"INSERT INTO person_settings (person_id, {_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (person_id) DO UPDATE SET theme = excluded.theme, send_key = excluded.send_key,"
        " sound = excluded.sound, notifications = excluded.notifications, shows_preview = excluded.shows_preview",
        person_id,
        *msgspec.structs.astuple(settings),
    )
