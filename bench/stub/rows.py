"""The row of the stub's only table."""

from __future__ import annotations

Message = tuple[int, int, int, int, str]  # id, chat, author, created (seconds), body

PAGE = 20  # messages of one listing


def message(id: int, chat: int, author: int, created: int, body: str) -> Message:
    """Return a row; exists to name the columns once."""
    return (id, chat, author, created, body)
