"""What the system's notifications of a browser say, in the language of who reads them. Own wording."""

from __future__ import annotations


def new_message(language: str) -> str:
    """Stand in for a text that is not to be shown."""
    return "Новое сообщение" if language == "ru" else "New message"


def new_notification(language: str) -> str:
    """Stand in for a notification that is not to be shown."""
    return "Новое уведомление" if language == "ru" else "New notification"


def by(name: str, text: str) -> str:
    """Say who said something in a chat of many."""
    return f"{name}: {text}" if name else text


def attached(language: str) -> str:
    """Stand in for a message without words."""
    return "Вложение" if language == "ru" else "Attachment"


def file(language: str) -> str:
    """Stand in for a message that is a file."""
    return "Файл" if language == "ru" else "File"
