"""Stored files as programs see them. Source: spec ``bpium-messages.md`` §8.4, §8.10."""

from __future__ import annotations

from typing import Any

from skvorets.config import Config
from skvorets.dialects.bpium.registry import PREFIX
from skvorets.storage.files import File


def file_view(file: File, config: Config) -> dict[str, Any]:
    """Show a file that lies here; its address leads to ``GET /files/{id}``."""
    return {
        "id": file.id,
        "title": file.name,
        "url": f"{config.base_url.rstrip('/')}{PREFIX}/files/{file.id}",
        "size": file.size,
        "mimeType": file.media_type,
        "metadata": None,
        "typeStorage": "s3",
    }
