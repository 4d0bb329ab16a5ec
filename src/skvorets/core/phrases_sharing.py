"""What stands in chats, tasks, posts and events that are made from a message, in the portal's language. Own wording.

Rules: spec ``bitrix24-im.md`` §5, §8.3. The quotation is the documented one, which clients draw as a block.
"""

from __future__ import annotations

from collections.abc import Mapping

_RULE = "-" * 54  # as documented
_MADE: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "chat": "По сообщению создан чат: {}",
        "task": "По сообщению создана задача: {}",
        "post": "По сообщению создан пост в Новостях: {}",
        "event": "По сообщению создано событие в календаре: {}",
    },
    "en": {
        "chat": "A chat was created from the message: {}",
        "task": "A task was created from the message: {}",
        "post": "A post in the news feed was created from the message: {}",
        "event": "A calendar event was created from the message: {}",
    },
}
_UNTITLED: Mapping[str, str] = {"ru": "Сообщение от {}", "en": "Message of {}"}


def quotation(name: str, when: str, text: str) -> str:
    """Quote somebody's words; ``when`` as people read it."""
    return f"{_RULE}\n{name} [{when}]\n{text}\n{_RULE}"


def made(language: str, kind: str, link: str) -> str:
    """Tell the chat what was made from a message of it: chat, task, post or event."""
    return _MADE["ru" if language == "ru" else "en"][kind].format(link)


def comes_from(language: str, title: str, chat_id: int, message_id: int) -> str:
    """Tell the new chat which message it was made from; ``title`` of the other chat, empty for a dialog of two."""
    if language == "ru":
        where = f"из чата [CHAT={chat_id}]{title}[/CHAT]" if title else "из личной переписки"
        return f"Чат создан по [CONTEXT=chat{chat_id}/{message_id}]сообщению[/CONTEXT] {where}"
    where = f"of the chat [CHAT={chat_id}]{title}[/CHAT]" if title else "of a private dialog"
    return f"The chat was created from a [CONTEXT=chat{chat_id}/{message_id}]message[/CONTEXT] {where}"


def untitled(language: str, name: str) -> str:
    """Name what is made from a message without words."""
    return _UNTITLED["ru" if language == "ru" else "en"].format(name)


def link_to_message(language: str, address: str) -> str:
    """Lead back to the message from where only addresses lead."""
    return f"[URL={address}]{'Сообщение в чате' if language == 'ru' else 'Message in the chat'}[/URL]"
