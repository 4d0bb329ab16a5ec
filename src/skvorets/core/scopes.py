"""The rights that applications and webhooks can have, in words for people.

Source: spec ``bitrix24-transport.md`` §10.1; the words are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """What a right is called and what it allows, in both languages."""

    ru: str
    en: str


SCOPES: Mapping[str, Words] = {
    "im": Words("Чаты, сообщения и уведомления", "Chats, messages and notifications"),
    "imbot": Words("Боты и их команды", "Bots and their commands"),
    "imopenlines": Words("Открытые линии", "Open channels with customers"),
    "disk": Words("Файлы и папки", "Files and folders"),
    "user": Words("Сотрудники: имена, должности, контакты", "People: names, positions, contacts"),
    "department": Words("Отделы компании", "Departments of the company"),
    "task": Words("Задачи", "Tasks"),
    "log": Words("Новостная лента", "The news feed"),
    "calendar": Words("Календарь и встречи", "Calendar and meetings"),
    "placement": Words("Встраивание в интерфейс", "Places in the interface"),
}
