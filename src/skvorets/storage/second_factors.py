"""Rows of ``second_factors`` and ``recovery_codes``: the second thing that people show when they log in."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.database import Tx


class SecondFactor(msgspec.Struct, frozen=True):
    """The second factor of a person. Times are unix milliseconds."""

    person_id: int
    seed: str
    begun_at: int
    confirmed_at: int  # 0 = begun only
    last_step: int  # number of the 30 seconds of the last code used


_COLUMNS = ", ".join(SecondFactor.__struct_fields__)


async def find(tx: Tx, person_id: int) -> SecondFactor | None:
    """What a person has, also when it is begun only."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM second_factors WHERE person_id = $1", person_id)
    return None if row is None else SecondFactor(*row)


async def confirmed_among(tx: Tx, ids: Iterable[int]) -> set[int]:
    """Who of these people shows a second factor when he logs in."""
    rows = await tx.rows(
        "SELECT person_id FROM second_factors WHERE person_id = ANY($1) AND confirmed_at > 0", sorted(set(ids))
    )
    return {row[0] for row in rows}


async def put(tx: Tx, factor: SecondFactor) -> None:
    """Store a person's factor in the place of the one before."""
    await tx.do(
        f"INSERT INTO second_factors ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (person_id) DO UPDATE SET seed = excluded.seed, begun_at = excluded.begun_at,"
        " confirmed_at = excluded.confirmed_at, last_step = excluded.last_step",
        *msgspec.structs.astuple(factor),
    )


async def delete(tx: Tx, person_id: int) -> bool:
    """Forget a person's factor and recovery codes; False when he has none."""
    await tx.do("DELETE FROM recovery_codes WHERE person_id = $1", person_id)
    return await tx.do("DELETE FROM second_factors WHERE person_id = $1", person_id) > 0


async def put_recovery_codes(tx: Tx, person_id: int, hashes: Iterable[str]) -> None:
    """Store these recovery codes in the place of those before."""
    await tx.do("DELETE FROM recovery_codes WHERE person_id = $1", person_id)
    for code_hash in hashes:
        await tx.do("INSERT INTO recovery_codes (person_id, code_hash) VALUES ($1, $2)", person_id, code_hash)


async def take_recovery_code(tx: Tx, person_id: int, code_hash: str) -> bool:
    """Use a recovery code up; False when there is no such one."""
    return await tx.do("DELETE FROM recovery_codes WHERE person_id = $1 AND code_hash = $2", person_id, code_hash) > 0


async def count_recovery_codes(tx: Tx, person_id: int) -> int:
    """Count the recovery codes that are left."""
    count: int = await tx.val("SELECT count(*) FROM recovery_codes WHERE person_id = $1", person_id)
    return count
