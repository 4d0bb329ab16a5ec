"""The file object. Source: spec ``bitrix24-im.md`` §4.6; seed: sample of ``im.dialog.messages.get``."""

from __future__ import annotations

from skvorets.core.file_links import FileAddresses
from skvorets.core.file_names import extension_of
from skvorets.core.files import kind_of
from skvorets.dialects.bitrix24.envelope import Clock
from skvorets.dialects.bitrix24.registry import Call
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.storage.database import Tx
from skvorets.storage.files import File


def addresses_of(tx: Tx, call: Call) -> FileAddresses:
    """Give the maker of addresses for the caller."""
    return FileAddresses(call.surroundings.config.base_url, tx.portal, call.caller.person.id, tx.now)


def file_view(file: File, author_name: str, frame: Frame, addresses: FileAddresses) -> View:
    """Give the documented file object."""
    return {**file_facts(file, author_name, frame.clock), **file_addresses(file, addresses)}


def file_facts(file: File, author_name: str, clock: Clock) -> View:
    """Give what the file object says to everybody."""
    return {
        "id": file.id,
        "chatId": file.chat_id,
        "date": clock.atom(file.created_at),
        "type": kind_of(file),
        "preview": "",
        "name": file.name,
        "extension": extension_of(file.name),
        "size": file.size,
        # COMPAT(bitrix24): `false`, not null, for what is no picture.
        "image": {"width": file.width, "height": file.height} if file.width else False,
        "status": "done",
        "progress": 100,
        "authorId": file.author_id,
        "authorName": author_name,
    }


def file_addresses(file: File, addresses: FileAddresses) -> View:
    """Give the addresses of the file object: they are good for one reader and for a limited time."""
    return {
        "urlPreview": addresses.preview(file),
        "urlShow": addresses.show(file),
        "urlDownload": addresses.download(file),
    }
