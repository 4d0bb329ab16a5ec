"""Files of records: announced, sent, complete; then they may hang on one record, and whoever sees it reads them.

    announce ─► (place for the bytes) ─► keep_bytes ─► complete ─► id in a value of a record, or in a message about one

Until they are complete their rows count as deleted, so that nobody meets them. Source: spec ``bpium-messages.md`` §8.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from typing import Final

import msgspec

from skvorets.core import file_names, folders, records
from skvorets.errors import CoreError, NoSuchFileError, NotAllowedError, NotFoundError
from skvorets.storage import files, record_files
from skvorets.storage.database import Portal, Tx
from skvorets.storage.files import Bytes, File
from skvorets.storage.people import Person
from skvorets.storage.record_files import Upload

PERMIT_MS: Final = 3600 * 1000
"""Bytes may be sent for so long after they were announced. [inferred] 8.3"""
UNFINISHED_MS: Final = 24 * 3600 * 1000
"""Uploads that are not complete after so long are forgotten. [inferred] 8.9"""
_KEY_BYTES = 16
_FORGOTTEN_AT_ONCE = 100


class WrongStepError(CoreError):
    """The steps of an upload come in another order, or name another place."""


async def announce(tx: Tx, person: Person, name: str) -> Upload:
    """Begin an upload. Raises EmptyNameError."""
    await _forget_unfinished(tx)
    folder = await folders.saved_files_of(tx, person)
    name = file_names.clean_name(name)
    file = await files.insert(
        tx,
        File(
            parent_id=folder.id,
            root_id=folder.storage_id,
            person_id=person.id,
            name=name,
            name_key=file_names.key_of(name),
            author_id=person.id,
            created_at=tx.now,
            changed_at=tx.now,
            deleted_at=tx.now,
        ),
    )
    key = f"{file.id}/{secrets.token_hex(_KEY_BYTES)}"
    upload = Upload(file.id, key, person.id, "", 0, "", 0, 0, tx.now)
    await record_files.insert_upload(tx, upload)
    return upload


def signature_of(portal: Portal, upload_key: str, policy: str) -> str:
    """Sign the permit for one upload."""
    return hmac.digest(portal.secret, f"upload:{upload_key}:{policy}".encode("utf-8", "surrogatepass"), "sha256").hex()


async def upload_to_fill(tx: Tx, upload_key: str) -> Upload:
    """Give the announced upload of a place. Raises NotAllowedError for used, old and unknown ones."""
    upload = await record_files.find_upload_by_key(tx, upload_key)
    if upload is None or upload.digest or tx.now - upload.created_at > PERMIT_MS:
        raise NotAllowedError
    return upload


async def keep_bytes(tx: Tx, upload_key: str, content: Bytes) -> None:
    """Note the bytes of an upload; they lie in the blob store. Raises NotAllowedError."""
    upload = await upload_to_fill(tx, upload_key)
    filled = msgspec.structs.replace(
        upload,
        digest=content.digest,
        size=content.size,
        media_type=content.media_type,
        width=content.width,
        height=content.height,
    )
    if not await record_files.note_bytes(tx, filled):
        raise NotAllowedError


async def complete(tx: Tx, person: Person, file_id: int, upload_key: str, name: str) -> File:
    """Make a file of an upload whose bytes are there; an empty name keeps the announced one.

    Raises NoSuchFileError, NotAllowedError (somebody else's), WrongStepError, EmptyNameError.
    """
    upload = await record_files.find_upload(tx, file_id)
    if upload is None:
        return await _completed_before(tx, person, file_id)
    if upload.person_id != person.id:
        raise NotAllowedError
    if not upload.digest or upload_key != upload.upload_key:
        raise WrongStepError("send the file to its place first, and name that place")
    folder = await folders.saved_files_of(tx, person)
    wanted = file_names.clean_name(name) if name else await files.name_of(tx, file_id)
    free = await file_names.free_name(tx, folder.id, wanted)
    await files.finish(tx, file_id, free, file_names.key_of(free), upload)
    await record_files.delete_uploads(tx, [file_id])
    return await _own(tx, person, file_id)


async def _completed_before(tx: Tx, person: Person, file_id: int) -> File:
    """Answer somebody who completes again what is complete."""
    file = await files.find(tx, file_id)
    if file is None or file.is_folder:
        raise NoSuchFileError
    if file.author_id != person.id:
        raise NotAllowedError
    return file


async def _own(tx: Tx, person: Person, file_id: int) -> File:
    file = await files.find(tx, file_id)
    if file is None or file.author_id != person.id:
        raise NoSuchFileError
    return file


async def usable_files(tx: Tx, person: Person, catalog_id: int, number: int, file_ids: Iterable[int]) -> set[int]:
    """Tell which files a value of this record may name: those on it, and the person's own free ones."""
    wanted = sorted(set(file_ids))
    if not wanted:
        return set()
    hanging = await record_files.record_of(tx, wanted)
    known = await files.find_many(tx, wanted)
    return {
        one.id
        for one in known.values()
        if not one.is_folder
        and (
            hanging[one.id] == (catalog_id, number)
            if one.id in hanging
            else one.person_id == person.id and not one.chat_id
        )
    }


async def is_file_for(tx: Tx, person: Person, file_id: int) -> bool:
    """Does the file hang on a record that the person sees?"""
    place = (await record_files.record_of(tx, [file_id])).get(file_id)
    if place is None:
        return False
    try:
        await records.record_to_see(tx, person, *place)
    except (NotFoundError, NotAllowedError):
        return False
    return True


async def hang(tx: Tx, catalog_id: int, number: int, file_ids: Iterable[int]) -> None:
    """Let exactly these files hang on a record."""
    wanted, before = set(file_ids), set(await record_files.files_of(tx, catalog_id, number))
    if before - wanted:
        await record_files.detach(tx, before - wanted)
    await record_files.attach(tx, catalog_id, number, wanted - before)


async def _forget_unfinished(tx: Tx) -> None:
    old = await record_files.uploads_before(tx, tx.now - UNFINISHED_MS, _FORGOTTEN_AT_ONCE)
    if old:
        await record_files.delete_uploads(tx, old)
