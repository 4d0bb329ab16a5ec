"""What people are told about meetings, in the portal's language. Own wording; the Russian ones know no gender."""

from __future__ import annotations

from skvorets.core.phrases import mention
from skvorets.storage.calendar import CalendarEvent
from skvorets.storage.people import Person


def invitation(language: str, host: Person, event: CalendarEvent, when: str) -> str:
    """Invite to a meeting; ``when`` as people read it."""
    place = f", {event.location}" if event.location else ""
    if language == "ru":
        return f"{mention(host)} приглашает вас на встречу «{event.name}»: {when}{place}"
    return f'{mention(host)} invites you to the meeting "{event.name}": {when}{place}'


def cancelled(language: str, event: CalendarEvent, when: str) -> str:
    """Say that a meeting does not take place."""
    if language == "ru":
        return f"Встреча «{event.name}» ({when}) отменена"
    return f'The meeting "{event.name}" ({when}) is cancelled'


def accept(language: str) -> str:
    """Name the button that accepts."""
    return "Принять" if language == "ru" else "Accept"


def decline(language: str) -> str:
    """Name the button that declines."""
    return "Отклонить" if language == "ru" else "Decline"


def own_answer(language: str, event: CalendarEvent, *, comes: bool) -> str:
    """Tell who answered what he answered."""
    if language == "ru":
        return f"Вы {'приняли' if comes else 'отклонили'} приглашение на встречу «{event.name}»"
    return f'You {"accepted" if comes else "declined"} the invitation to the meeting "{event.name}"'


def answer_for_host(language: str, person: Person, event: CalendarEvent, *, comes: bool) -> str:
    """Tell who holds the meeting what somebody answered."""
    if language == "ru":
        return f"{mention(person)}: {'участие' if comes else 'отказ от участия'} во встрече «{event.name}»"
    return f'{mention(person)} {"accepted" if comes else "declined"} the invitation to the meeting "{event.name}"'


def gone(language: str) -> str:
    """Say that there is nothing left to answer."""
    return "Этой встречи больше нет" if language == "ru" else "This meeting is no more"


def section_name(language: str, kind: str) -> str:
    """Name the calendar that everybody has."""
    if language == "ru":
        return {"user": "Мой календарь", "group": "Календарь группы"}.get(kind, "Календарь компании")
    return {"user": "My calendar", "group": "Group calendar"}.get(kind, "Company calendar")
