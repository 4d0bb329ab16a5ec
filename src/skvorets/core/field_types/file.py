"""``file``: files that were uploaded here, or addresses of files elsewhere."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from skvorets.core.catalog_fields import Field
from skvorets.core.field_types.base import FieldType, WrongValue, entries, limited, whole, words

MAX_NAME_LENGTH: Final = 255
MAX_URL_LENGTH: Final = 4096
_MAX_TYPE_LENGTH = 255


class File(FieldType):
    """A list of files; kept as the number of an uploaded one, or as ``{url, title, size, mimeType}``."""

    name = "file"
    is_list = True

    def read(self, given: Any, field: Field) -> list[Any] | None:
        """Take ``{id}`` of an upload, or ``{url}`` (``src`` means the same) with ``title``, ``size``, ``mimeType``."""
        return limited([read_entry(one) for one in entries(given)], field) or None


def read_entry(given: Any) -> Any:
    """Read one file: a number, or an address with what is known of it. Raises WrongValue.

    Whoever sends back what he got gives both: the number decides.
    """
    if not isinstance(given, dict):
        raise WrongValue("a list of {id} or {url, title} is wanted")
    if given.get("id") not in (None, "") and given.get("typeStorage") != "url":
        return whole(given["id"])
    url = words(given.get("url") or given.get("src"), MAX_URL_LENGTH)
    if not is_web_address(url):
        raise WrongValue("an address with http:// or https:// is wanted")
    size = given.get("size")
    return {
        "url": url,
        "title": words(given.get("title"), MAX_NAME_LENGTH),
        "size": None if size in (None, "") else _size(size),
        "mimeType": words(given.get("mimeType"), _MAX_TYPE_LENGTH),
    }


def is_web_address(url: str) -> bool:
    """Is this an address of the web?"""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and url.isprintable()


def _size(given: Any) -> int:
    return 0 if given in (0, "0") else whole(given)
