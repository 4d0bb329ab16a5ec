"""``disk.folder.uploadfile``: put a new file into a folder, at once or by an address to which it is posted.

Source: docs ``disk.folder.uploadfile``; spec ``bitrix24-transport.md`` §12. Without content the answer is an address
(``uploads.py``) for files that are too large for a request of their own. The bytes are on the disk before the row is.
Rights of single files are not kept: a chat's files are its readers', and ``rights`` is not looked at.
"""

from __future__ import annotations

import asyncio

import msgspec

from skvorets.core import folders
from skvorets.core.base64_text import decode_base64
from skvorets.core.file_names import clean_name
from skvorets.core.files import Content
from skvorets.dialects.bitrix24.disk import (
    ERRORS,
    FILE_ID_WRONG,
    NAME_REQUIRED,
    NOT_SAVED,
    NewFile,
    add_new_file,
    lock_of_folder,
    not_found,
)
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.params import Anything, Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.uploads import UPLOAD_FIELD, UPLOAD_PATH
from skvorets.dialects.bitrix24.values import BadValue, to_structure, to_text
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_disk import new_file_view
from skvorets.dialects.bitrix24.views_files import addresses_of
from skvorets.errors import NoSuchFolderError
from skvorets.media.files import keep
from skvorets.php_forms import Value
from skvorets.storage.blobs import BlobStore


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    ID: int  # of the folder, > 0
    DATA: Structure | None = None  # map with NAME; required with content
    FILECONTENT: Anything | None = None  # [name, base64] or base64; nothing = answer with an address for the upload
    GENERATEUNIQUENAME: bool = False  # a taken name gets a number; otherwise it is refused
    RIGHTS: Anything | None = None  # not kept


@method(
    "disk.folder.uploadfile",
    scope="disk",
    params=Params,
    mode="free",
    faults={"ID": FILE_ID_WRONG, "DATA": NAME_REQUIRED},
    errors=ERRORS,
)
async def disk_folder_uploadfile(call: Call, params: Params) -> View:
    """Keep the content, then enter the file; or give an address."""
    if params.ID <= 0:
        raise ApiError(FILE_ID_WRONG)
    store = call.surroundings.store
    try:
        text = _content(params.FILECONTENT)
        if text is None:
            return await store.read(_address, call, params)
        name = _name(params.DATA)
        # Before anything is kept: who may not put a file there may not fill the disk either.
        await store.read(_check, call, params.ID)
        content = await asyncio.to_thread(_keep, call.surroundings.blobs, text)
        new = NewFile(params.ID, name, content, params.GENERATEUNIQUENAME)
        return await store.write(lock_of_folder(params.ID), _add, call, new)
    except NoSuchFolderError:
        raise not_found(params.ID) from None


async def _check(tx: Tx, call: Call, folder_id: int) -> None:
    await folders.folder_to_fill(tx, call.caller.person, folder_id)


async def _add(tx: Tx, call: Call, new: NewFile) -> View:
    file = await add_new_file(tx, call.caller.person, new)
    return new_file_view(file, frame_of(tx, call), addresses_of(tx, call))


async def _address(tx: Tx, call: Call, params: Params) -> View:
    folder = await folders.folder_to_fill(tx, call.caller.person, params.ID)
    token = addresses_of(tx, call).upload_token(folder, renames=params.GENERATEUNIQUENAME)
    base_url = call.surroundings.config.base_url
    return {"field": UPLOAD_FIELD, "uploadUrl": f"{base_url}{UPLOAD_PATH}.json?token={token}"}


def _keep(blobs: BlobStore, text: str) -> Content:
    try:
        data = decode_base64(text)
    except ValueError:
        raise ApiError(NOT_SAVED) from None
    return keep(blobs, data)


def _content(given: Anything | None) -> str | None:
    """Give the base64 text; None when there is nothing. The name beside it is not the file's: ``data`` has that."""
    value: Value = given.value if given else None
    if isinstance(value, str) and value.lstrip()[:1] in {"[", "{"}:
        try:
            value = to_structure(value)
        except BadValue:
            raise ApiError(NOT_SAVED) from None
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list) and value:
        value = value[-1]
    elif not value:
        return None
    try:
        return to_text(value)
    except BadValue:
        raise ApiError(NOT_SAVED) from None


def _name(data: Structure | None) -> str:
    """Give NAME. Raises ApiError when there is none, EmptyNameError when nothing is left of it."""
    given = data.value if data else None
    found = given if isinstance(given, dict) else {}
    value = next((one for name, one in found.items() if name.upper() == "NAME"), None)
    try:
        return clean_name(to_text(value))
    except BadValue:
        raise ApiError(NAME_REQUIRED) from None
