"""Texts that the system itself writes into chats, in the portal's language.

Patterns: spec ``bitrix24-im.md`` §5, own wording; seed: «Евгений Шеленков изменил тему чата на "Большой чат"».
Russian verbs follow the actor's gender.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from skvorets.storage.people import Person

_RUSSIAN_FEMALE = {
    "пригласил": "пригласила",
    "присоединился": "присоединилась",
    "исключил": "исключила",
    "покинул": "покинула",
    "изменил": "изменила",
    "создал": "создала",
    "добавил": "добавила",
}


def mention(person: Person) -> str:
    """Give the person's name as a mention."""
    return f"[USER={person.id}]{person.name}[/USER]"


def _verb(person: Person, male: str) -> str:
    return _RUSSIAN_FEMALE[male] if person.gender == "F" else male


def _list(people: Iterable[Person]) -> str:
    return ", ".join(map(mention, people))


def invited(language: str, actor: Person, people: Iterable[Person]) -> str:
    """Say that A invited B, C to the chat."""
    if language == "ru":
        return f"{mention(actor)} {_verb(actor, 'пригласил')} в чат {_list(people)}"
    return f"{mention(actor)} invited {_list(people)} to the chat"


def joined(language: str, person: Person) -> str:
    """Say that B joined an open chat himself."""
    if language == "ru":
        return f"{mention(person)} {_verb(person, 'присоединился')} к чату"
    return f"{mention(person)} joined the chat"


def removed(language: str, actor: Person, person: Person) -> str:
    """Say that A removed B from the chat."""
    if language == "ru":
        return f"{mention(actor)} {_verb(actor, 'исключил')} из чата {mention(person)}"
    return f"{mention(actor)} removed {mention(person)} from the chat"


def left(language: str, person: Person) -> str:
    """Say that A left the chat."""
    if language == "ru":
        return f"{mention(person)} {_verb(person, 'покинул')} чат"
    return f"{mention(person)} left the chat"


def renamed(language: str, actor: Person, title: str) -> str:
    """Say that A changed the topic."""
    if language == "ru":
        return f'{mention(actor)} {_verb(actor, "изменил")} тему чата на "{title}"'
    return f'{mention(actor)} changed the chat topic to "{title}"'


def new_picture(language: str, actor: Person) -> str:
    """Say that A changed the chat's picture."""
    if language == "ru":
        return f"{mention(actor)} {_verb(actor, 'изменил')} картинку чата"
    return f"{mention(actor)} changed the chat picture"


def open_chat_created(language: str, actor: Person, chat_id: int, title: str) -> str:
    """Tell the general chat of a new open chat."""
    link = f"[CHAT={chat_id}]{title}[/CHAT]"
    if language == "ru":
        return f"{mention(actor)} {_verb(actor, 'создал')} открытый чат {link}"
    return f"{mention(actor)} created the open chat {link}"


def bot_added(language: str, actor: Person, bot: Person) -> str:
    """Tell the general chat of a new bot."""
    if language == "ru":
        return f"{mention(actor)} {_verb(actor, 'добавил')} чат-бота {mention(bot)}"
    return f"{mention(actor)} added the chat bot {mention(bot)}"


def bot_position(language: str) -> str:
    """Describe a bot that does not describe itself."""
    return "Чат-бот" if language == "ru" else "Chat bot"


def message_from_bot(language: str, bot: Person) -> str:
    """Head a message that a bot puts into a dialog of two people."""
    return f"Сообщение от {mention(bot)}" if language == "ru" else f"Message from {mention(bot)}"


def command_answer(language: str, bot: Person, command: str) -> str:
    """Head a bot's answer to a command in a chat where the bot is not a member."""
    if language == "ru":
        return f"[B]Чат-бот {mention(bot)}[/B]\n[I]ответ на команду /{command}[/I]"
    return f"[B]Chat bot {mention(bot)}[/B]\n[I]answer to command /{command}[/I]"


def supervisor_joined(language: str, bot: Person, *, sees_history: bool) -> str:
    """Warn a chat that a bot reads along."""
    if language == "ru":
        what = "все сообщения чата, включая прежние" if sees_history else "все новые сообщения чата"
        return f"Чат-бот {mention(bot)} видит {what}"
    what = "all messages of the chat, earlier ones included" if sees_history else "all new messages of the chat"
    return f"The chat bot {mention(bot)} sees {what}"


def deleted_message(language: str, date: str) -> str:
    """Stand in for the text of a deleted message; ``date`` as people read it."""
    return f"Сообщение от {date} было удалено" if language == "ru" else f"Message from {date} was deleted"


def moment(language: str, when: datetime) -> str:
    """Write a time as people read it."""
    return when.strftime("%d.%m.%Y %H:%M" if language == "ru" else "%Y-%m-%d %H:%M")


def attachment(language: str) -> str:
    """Stand in for an attachment where only plain text is shown."""
    return "[Вложение]" if language == "ru" else "[Attachment]"


def file_taken_down(language: str) -> str:
    """Stand in for a file that an administrator has removed."""
    return "Файл удалён администратором" if language == "ru" else "The file was removed by an administrator"


def file(language: str) -> str:
    """Stand in for a file where only plain text is shown."""
    return "[Файл]" if language == "ru" else "[File]"


def general_chat_title(language: str) -> str:
    """Name the one open chat of all employees."""
    return "Общий чат" if language == "ru" else "General chat"
