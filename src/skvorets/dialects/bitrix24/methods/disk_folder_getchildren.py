"""``disk.folder.getchildren``: what lies in a folder, filtered and sorted, fifty at once.

Source: docs ``disk.folder.getchildren``; spec ``bitrix24-transport.md`` §12. Only what the caller may read is listed.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from skvorets.core import folders
from skvorets.dialects.bitrix24 import filters, paging
from skvorets.dialects.bitrix24.disk import FOLDER_ID_WRONG, not_found
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.filters import Field
from skvorets.dialects.bitrix24.params import Anything
from skvorets.dialects.bitrix24.registry import Call, Page, Tx, method
from skvorets.dialects.bitrix24.values import to_int, to_text
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.dialects.bitrix24.views_disk import disk_view
from skvorets.dialects.bitrix24.views_files import addresses_of
from skvorets.errors import NoSuchFolderError
from skvorets.php_forms import Value
from skvorets.storage import files
from skvorets.storage.files import Listing


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    ID: int  # of the folder, > 0
    FILTER: Anything | None = None  # map: prefix and field → value or list
    ORDER: Anything | None = None  # map: field → ASC or DESC; by default the oldest first


@method("disk.folder.getchildren", scope="disk", params=Params, mode="scan", faults={"ID": FOLDER_ID_WRONG})
async def disk_folder_getchildren(tx: Tx, call: Call, params: Params) -> Page:
    """List the files and folders."""
    if params.ID <= 0:
        raise ApiError(FOLDER_ID_WRONG)
    viewer = call.caller.person
    try:
        shelf = await folders.folder_to_read(tx, viewer, params.ID)
    except NoSuchFolderError:
        raise not_found(params.ID) from None
    fields = _fields(call)
    listing = Listing(
        folder_id=shelf.folder.id,
        viewer_id=viewer.id,
        first_id=shelf.first_id,
        conditions=filters.read_filter(params.FILTER, fields),
        order=filters.with_tie_break(filters.read_order(params.ORDER, fields), descends=False),
        limit=paging.PAGE_SIZE,
        offset=paging.offset_of(call),
    )
    found = await files.select(tx, listing)
    total = await files.count(tx, listing) if paging.is_counted(call) else None
    frame, addresses = frame_of(tx, call), addresses_of(tx, call)
    return paging.page(call, [disk_view(one, frame, addresses) for one in found], total)


def _fields(call: Call) -> Mapping[str, Field]:
    """Give the documented fields of filter and order."""
    date = filters.moment(call.surroundings.config.utc_offset_minutes)
    return {
        "ID": Field("id", to_int),
        "NAME": Field("name"),
        "STORAGE_ID": Field("root_id", to_int),
        "TYPE": Field("is_folder", _is_folder),
        "PARENT_ID": Field("parent_id", to_int),
        "SIZE": Field("size", to_int),
        "CREATE_TIME": Field("created_at", date),
        "UPDATE_TIME": Field("changed_at", date),
        "CREATED_BY": Field("author_id", to_int),
        "UPDATED_BY": Field("author_id", to_int),
    }


def _is_folder(value: Value) -> int:
    """Read the type: ``folder`` or ``file``, in the reference also 2 or 3; another word matches nothing."""
    return {"folder": 1, "2": 1, "file": 0, "3": 0}.get(to_text(value).strip().lower(), -1)
