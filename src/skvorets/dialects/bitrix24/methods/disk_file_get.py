"""``disk.file.get``: a file by its number, with an address to download it from.

Source: docs ``disk.file.get``; spec ``bitrix24-transport.md`` §12. The address works without any other credentials for
a day: do not hand it on.
"""

from __future__ import annotations

import msgspec

from skvorets.core import files
from skvorets.dialects.bitrix24.disk import FILE_ID_WRONG, not_found
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.dialects.bitrix24.views_disk import disk_view
from skvorets.dialects.bitrix24.views_files import addresses_of
from skvorets.errors import NoSuchFileError


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    ID: int  # > 0


@method("disk.file.get", scope="disk", params=Params, mode="read", faults={"ID": FILE_ID_WRONG})
async def disk_file_get(tx: Tx, call: Call, params: Params) -> View:
    """Give the file."""
    if params.ID <= 0:
        raise ApiError(FILE_ID_WRONG)
    try:
        file = await files.file_to_read(tx, call.caller.person, params.ID)
    except NoSuchFileError:
        raise not_found(params.ID) from None
    return disk_view(file, frame_of(tx, call), addresses_of(tx, call))
