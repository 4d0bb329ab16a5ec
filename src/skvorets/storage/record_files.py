"""Rows of ``record_uploads`` (files on their way) and ``record_files`` (files that values of records name)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from skvorets.storage.database import Tx


class Upload(msgspec.Struct, frozen=True):
    """A file that was announced and is not complete yet. Times are unix milliseconds."""

    file_id: int
    upload_key: str
    person_id: int
    digest: str  # empty = not sent yet
    size: int
    media_type: str
    width: int
    height: int
    created_at: int


_UPLOAD = ", ".join(Upload.__struct_fields__)


async def insert_upload(tx: Tx, upload: Upload) -> None:
    """Store an announced upload."""
    await tx.do(
        f"INSERT INTO record_uploads ({_UPLOAD}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        *msgspec.structs.astuple(upload),
    )


async def find_upload(tx: Tx, file_id: int) -> Upload | None:
    """The upload of this file."""
    row = await tx.row(f"SELECT {_UPLOAD} FROM record_uploads WHERE file_id = $1", file_id)
    return None if row is None else Upload(*row)


async def find_upload_by_key(tx: Tx, upload_key: str) -> Upload | None:
    """The upload that belongs to this place."""
    row = await tx.row(f"SELECT {_UPLOAD} FROM record_uploads WHERE upload_key = $1", upload_key)
    return None if row is None else Upload(*row)


async def note_bytes(tx: Tx, upload: Upload) -> bool:
    """Remember what was sent; False when something was sent before."""
    changed = await tx.do(
        "UPDATE record_uploads SET digest = $2, size = $3, media_type = $4, width = $5, height = $6"
        " WHERE file_id = $1 AND digest = ''",
        upload.file_id,
        upload.digest,
        upload.size,
        upload.media_type,
        upload.width,
        upload.height,
    )
    return changed > 0


async def delete_uploads(tx: Tx, file_ids: Iterable[int]) -> None:
    """Forget uploads that are complete, or never will be."""
    await tx.do("DELETE FROM record_uploads WHERE file_id = ANY($1)", sorted(set(file_ids)))


async def uploads_before(tx: Tx, before: int, limit: int) -> Sequence[int]:
    """Files whose uploads were announced before that time and never completed."""
    rows = await tx.rows("SELECT file_id FROM record_uploads WHERE created_at < $1 LIMIT $2", before, limit)
    return [row[0] for row in rows]


async def record_of(tx: Tx, file_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Catalog and number of the record that each file hangs on; free ones are left out."""
    wanted = sorted(set(file_ids))
    if not wanted:
        return {}
    rows = await tx.rows("SELECT file_id, catalog_id, number FROM record_files WHERE file_id = ANY($1)", wanted)
    return {row[0]: (row[1], row[2]) for row in rows}


async def attach(tx: Tx, catalog_id: int, number: int, file_ids: Iterable[int]) -> None:
    """Hang files on a record."""
    for file_id in sorted(set(file_ids)):
        await tx.do(
            "INSERT INTO record_files (file_id, catalog_id, number) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            file_id,
            catalog_id,
            number,
        )


async def detach(tx: Tx, file_ids: Iterable[int]) -> None:
    """Take files off their records."""
    await tx.do("DELETE FROM record_files WHERE file_id = ANY($1)", sorted(set(file_ids)))


async def files_of(tx: Tx, catalog_id: int, number: int) -> list[int]:
    """Files that hang on a record."""
    rows = await tx.rows("SELECT file_id FROM record_files WHERE catalog_id = $1 AND number = $2", catalog_id, number)
    return [row[0] for row in rows]
