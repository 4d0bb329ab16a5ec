"""The settings of a new line: texts with which it can go to work at once. See ``settings.py``."""

from __future__ import annotations

from skvorets.core.lines.settings import LineSettings, WorkingHours

_RUSSIAN = LineSettings(
    welcome_text="Здравствуйте! Напишите, чем мы можем помочь: ответит первый свободный сотрудник.",
    no_answer_text="Все сотрудники сейчас заняты. Мы видим ваше сообщение и ответим, как только освободимся.",
    closing_text="Спасибо за обращение! Если появятся вопросы, просто напишите сюда снова.",
    auto_close_text="Мы завершаем этот диалог, потому что в нём давно тихо. Напишите снова, когда понадобится помощь.",
    working_hours=WorkingHours(
        away_text="Сейчас у нас нерабочее время. Оставьте сообщение и адрес почты: мы ответим, как только вернёмся."
    ),
)
_ENGLISH = LineSettings(
    welcome_text="Hello! Tell us how we can help: the first one of us who is free will answer.",
    no_answer_text="Everybody is busy just now. We have got your message and will answer as soon as we can.",
    closing_text="Thank you for writing to us! If there is anything else, just write here again.",
    auto_close_text="We close this conversation, as it has been quiet for a while. Write again whenever you need help.",
    working_hours=WorkingHours(
        away_text="We are not at work now. Leave a message and your e-mail: we will answer as soon as we are back.",
        utc_offset=0,
    ),
)


def first_settings(language: str) -> LineSettings:
    """Give the settings of a new line in the language of the company."""
    return _RUSSIAN if language == "ru" else _ENGLISH
