"""``File/downloadAttach``: the bytes of an attachment by its address. Source: spec ``megaplan-messages.md`` §8.3."""

from __future__ import annotations

from urllib.parse import urlsplit

from skvorets.dialects.megaplan.attachments import file_of_url
from skvorets.dialects.megaplan.errors import ApiError
from skvorets.dialects.megaplan.registry import Call, Raw, method
from skvorets.storage.database import Tx


@method("BumsCommonApiV01/File/downloadAttach")
async def file_download_attach(_tx: Tx, call: Call) -> Raw:
    """Give the file whose ``Url`` a message has shown."""
    given = call.params.text("url").strip()
    if not given:
        raise ApiError(400, "url is required")
    try:
        path = urlsplit(given).path
    except ValueError:
        raise ApiError(404, "File not found") from None
    return Raw(file_of_url(path))
