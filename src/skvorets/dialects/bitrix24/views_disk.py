"""Files and folders as ``disk.*`` shows them. Source: spec ``bitrix24-transport.md`` §12; docs ``disk.file.get``."""

from __future__ import annotations

from skvorets.core.file_links import FileAddresses
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.storage.files import File


def disk_view(file: File, frame: Frame, addresses: FileAddresses) -> View:
    """Give the documented object of a file or a folder; all numbers are texts."""
    view = {name: value if value is None else str(value) for name, value in _facts(file, frame).items()}
    return {**view, **_addresses(file, addresses)}


def new_file_view(file: File, frame: Frame, addresses: FileAddresses) -> View:
    """Give the same of a file that was just made.

    COMPAT(bitrix24): some numbers are not yet texts, and nobody has deleted it instead of "0". [docs]
    """
    facts = _facts(file, frame)
    for name in ("STORAGE_ID", "PARENT_ID", "SIZE", "CREATED_BY", "UPDATED_BY"):
        facts[name] = str(facts[name])
    return {**facts, "DELETED_BY": None, **_addresses(file, addresses)}


def _facts(file: File, frame: Frame) -> View:
    content = {"GLOBAL_CONTENT_VERSION": 1, "FILE_ID": file.id, "SIZE": file.size}
    return {
        "ID": file.id,
        "NAME": file.name,
        "CODE": None,
        "STORAGE_ID": file.storage_id,
        "TYPE": "folder" if file.is_folder else "file",
        **({"REAL_OBJECT_ID": file.id} if file.is_folder else {}),
        "PARENT_ID": file.parent_id,
        "DELETED_TYPE": 0,
        **({} if file.is_folder else content),
        "CREATE_TIME": frame.clock.atom(file.created_at),
        "UPDATE_TIME": frame.clock.atom(file.changed_at),
        "DELETE_TIME": None,
        "CREATED_BY": file.author_id,
        "UPDATED_BY": file.author_id,
        "DELETED_BY": 0,
    }


def _addresses(file: File, addresses: FileAddresses) -> View:
    """Folders have no page of their own; the page of a file is the file."""
    if file.is_folder:
        return {"DETAIL_URL": ""}
    return {"DOWNLOAD_URL": addresses.download(file), "DETAIL_URL": addresses.show(file)}
