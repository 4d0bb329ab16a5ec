"""How the access of a person's programs ends: passwords for programs, signing pairs and one-time keys go together.

A module of its own: both logging in and looking after people end it.
"""

from __future__ import annotations

from skvorets.storage import access_pairs, app_passwords
from skvorets.storage.database import Tx


async def end_access_by_own_password(tx: Tx, person_id: int) -> None:
    """Let in no program that got in by the person's own password alone: from now on that is not enough."""
    await access_pairs.delete_of_own_password(tx, person_id)


async def end_program_access(tx: Tx, person_id: int) -> None:
    """Let in no program of a person any more."""
    await app_passwords.delete_all(tx, person_id)
    await access_pairs.delete_all(tx, person_id)
