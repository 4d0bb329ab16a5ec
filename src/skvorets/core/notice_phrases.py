"""Texts of notifications that the server itself writes, in the portal's language, and names of their kinds.

Own wording, except the answer to a quick reply (seed "im.notify.answer"). Russian verbs follow the actor's gender.
"""

from __future__ import annotations

from collections.abc import Mapping

from skvorets.core.phrases import mention
from skvorets.storage.chats import Chat
from skvorets.storage.people import Person

# module -> (its name, event -> the name of the kind of notification), Russian and English.
KINDS: Mapping[str, Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "ru": {
        "im": ("Чат", {"default": "Прочие уведомления", "like": "Отметки «Нравится»", "mention": "Упоминания в чатах"}),
        "calendar": ("Календарь", {"invite": "Приглашения на встречи"}),
        "rest": ("Приложения", {"rest_notify": "Уведомления приложений"}),
    },
    "en": {
        "im": ("Chat", {"default": "Other notifications", "like": "Likes", "mention": "Mentions in chats"}),
        "calendar": ("Calendar", {"invite": "Invitations to meetings"}),
        "rest": ("Applications", {"rest_notify": "Notifications of applications"}),
    },
}


def kinds_of(language: str) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """Give the kinds of notifications by module, with their names."""
    return KINDS.get(language, KINDS["en"])


def mentioned(language: str, author: Person, chat: Chat, excerpt: str) -> str:
    """Say that somebody was mentioned in a chat."""
    if language == "ru":
        verb = "упомянула" if author.gender == "F" else "упомянул"
        return f"{mention(author)} {verb} вас в чате «{_link(chat)}»{_quoted(excerpt)}"
    return f"{mention(author)} mentioned you in the chat “{_link(chat)}”{_quoted(excerpt)}"


def liked(language: str, liker: Person, chat: Chat, excerpt: str) -> str:
    """Say that somebody likes a message."""
    if language == "ru":
        where = "" if chat.is_private else f" в чате «{_link(chat)}»"
        return f"{mention(liker)}: нравится ваше сообщение{where}{_quoted(excerpt)}"
    where = "" if chat.is_private else f" in the chat “{_link(chat)}”"
    return f"{mention(liker)} likes your message{where}{_quoted(excerpt)}"


def answered(language: str) -> str:
    """Say that a quick reply was posted. [seed]"""
    return "Ваш ответ успешно отправлен." if language == "ru" else "Your answer has been sent."


def mail_subject(language: str, author_name: str) -> str:
    """Head an e-mail of a notification without title; the name is empty for the system."""
    if language == "ru":
        return f"Уведомление от {author_name}" if author_name else "Уведомление"
    return f"Notification from {author_name}" if author_name else "Notification"


def _link(chat: Chat) -> str:
    title = chat.title.replace("[", "(").replace("]", ")")  # it must not end the code that it stands in
    return f"[CHAT={chat.id}]{title}[/CHAT]"


def _quoted(excerpt: str) -> str:
    return f":\n{excerpt}" if excerpt else ""
