"""What the system says in the operators' chat of an open line, in the portal's language.

Own wording: that of the module is not documented, see spec ``bitrix24-openlines.md`` §8. Verbs follow the gender.
"""

from __future__ import annotations

from typing import Final

from skvorets.core.phrases import mention
from skvorets.storage.people import Person

_FEMALE: Final = {
    "взял": "взяла",
    "завершил": "завершила",
    "завершает": "завершает",
    "возобновил": "возобновила",
    "начал": "начала",
    "передал": "передала",
    "отметил": "отметила",
    "включил": "включила",
    "выключил": "выключила",
    "закрепил": "закрепила",
    "открепил": "открепила",
}


def _did(person: Person, male: str) -> str:
    return f"{mention(person)} {_FEMALE[male] if person.gender == 'F' else male}"


def started(language: str, number: int) -> str:
    """Say that a conversation began."""
    return f"Диалог №{number} начат" if language == "ru" else f"Conversation #{number} started"


def started_by(language: str, person: Person, number: int) -> str:
    """Say that an operator began a conversation."""
    if language == "ru":
        return f"{_did(person, 'начал')} диалог №{number}"
    return f"{mention(person)} started conversation #{number}"


def taken(language: str, person: Person) -> str:
    """Say that an operator serves the customer from now on."""
    return f"{_did(person, 'взял')} диалог" if language == "ru" else f"{mention(person)} took the conversation"


def switching(language: str) -> str:
    """Say that the bot hands the customer over to people."""
    return "Чат-бот передаёт диалог оператору" if language == "ru" else "The chat bot hands over to an operator"


def alone(language: str, person: Person) -> str:
    """Say that there is nobody else to whom the conversation could go."""
    if language == "ru":
        return f"{mention(person)}, вы единственный оператор в очереди: передать диалог некому"
    return f"{mention(person)}, you are alone in the queue: there is nobody to pass the conversation to"


def transferred(language: str, actor: Person, target: Person) -> str:
    """Say that A gives the conversation to B."""
    if language == "ru":
        return f"{_did(actor, 'передал')} диалог сотруднику {mention(target)}"
    return f"{mention(actor)} transferred the conversation to {mention(target)}"


def transferred_to_department(language: str, actor: Person, name: str) -> str:
    """Say that A gives the conversation to everybody of a department."""
    if language == "ru":
        return f"{_did(actor, 'передал')} диалог отделу «{name}»"
    return f"{mention(actor)} transferred the conversation to the department “{name}”"


def transferred_to_line(language: str, actor: Person, old: str, new: str) -> str:
    """Say that A moves the conversation from one line to another."""
    if language == "ru":
        return f"{_did(actor, 'передал')} диалог из линии «{old}» в линию «{new}»"
    return f"{mention(actor)} transferred the conversation from the line “{old}” to “{new}”"


def finishing(language: str, actor: Person | None) -> str:
    """Say that the conversation is about to be closed."""
    if actor is None:
        return "Диалог завершается автоматически" if language == "ru" else "The conversation is finished automatically"
    if language == "ru":
        return f"{_did(actor, 'завершает')} диалог"
    return f"{mention(actor)} is finishing the conversation"


def finished(language: str, actor: Person | None) -> str:
    """Say that the conversation is over."""
    if actor is None:
        return "Диалог завершён" if language == "ru" else "Conversation finished"
    return f"{_did(actor, 'завершил')} диалог" if language == "ru" else f"{mention(actor)} finished the conversation"


def rating_asked(language: str) -> str:
    """Tell operators that the customer is asked how it was."""
    return "Клиента попросили оценить работу" if language == "ru" else "The customer is asked for a rating"


def rating_question(language: str) -> str:
    """Ask a customer who has no buttons to rate."""
    if language == "ru":
        return "Оцените, пожалуйста, нашу работу: отправьте 1, если вы довольны, или 0, если нет."
    return "Please rate our work: send 1 if you are happy with it, or 0 if you are not."


def rated(language: str, vote: int, comment: str) -> str:
    """Tell operators the customer's rating, 1 to 5."""
    stars = "★" * vote + "☆" * (5 - vote)
    text = f"Оценка клиента: {stars}" if language == "ru" else f"The customer's rating: {stars}"
    return f"{text}\n{comment}" if comment else text


def spam(language: str, actor: Person) -> str:
    """Say that the customer is blocked."""
    if language == "ru":
        return f"{_did(actor, 'отметил')} диалог как спам: сообщения клиента больше не принимаются"
    return f"{mention(actor)} marked the conversation as spam: the customer cannot write any more"


def reopened(language: str, actor: Person) -> str:
    """Say that a closed conversation goes on."""
    if language == "ru":
        return f"{_did(actor, 'возобновил')} диалог"
    return f"{mention(actor)} reopened the conversation"


def silent(language: str, actor: Person, *, is_on: bool) -> str:
    """Say whether the customer gets what operators write."""
    if language == "ru":
        done = _did(actor, "включил" if is_on else "выключил")
        return f"{done} скрытый режим: клиент {'не видит' if is_on else 'видит'} сообщения операторов"
    sees = "does not see" if is_on else "sees"
    return f"{mention(actor)} switched the hidden mode {'on' if is_on else 'off'}: the customer {sees} new messages"


def pinned(language: str, actor: Person, *, is_on: bool) -> str:
    """Say whether the conversation is finished by itself."""
    if language == "ru":
        return f"{_did(actor, 'закрепил' if is_on else 'открепил')} диалог"
    return f"{mention(actor)} {'pinned' if is_on else 'unpinned'} the conversation"
