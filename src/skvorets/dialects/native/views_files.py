"""How files are shown. Shape: ``shapes/messages.py``; their addresses: ``core/file_links.py``."""

from __future__ import annotations

from skvorets.core.file_links import FileAddresses
from skvorets.core.files import kind_of
from skvorets.dialects.native.shapes.messages import FileView
from skvorets.dialects.native.viewer import Viewer
from skvorets.storage.database import Tx
from skvorets.storage.files import File


def addresses_for(tx: Tx, viewer: Viewer) -> FileAddresses:
    """Give the maker of addresses for a reader."""
    return FileAddresses(viewer.base_url, tx.portal, viewer.person.id, viewer.now)


def file_view(file: File, addresses: FileAddresses) -> FileView:
    """Show one file; its addresses are good for its reader and for a limited time."""
    return FileView(
        id=file.id,
        chat_id=file.chat_id,
        author_id=file.author_id,
        name=file.name,
        size=file.size,
        type=kind_of(file),
        media_type=file.media_type,
        width=file.width,
        height=file.height,
        created_at=file.created_at,
        url=addresses.show(file),
        preview_url=addresses.preview(file),
        download_url=addresses.download(file),
    )
