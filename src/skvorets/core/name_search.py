"""Search by names: people, chats and departments. Rules: spec ``bitrix24-im.md`` §11.

A phrase is words in any order; each must be the beginning of some word of what is found. How words are made of texts:
``storage/words.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from skvorets.core.access_codes import line_up
from skvorets.errors import PhraseTooShortError
from skvorets.storage import name_search
from skvorets.storage.database import Tx
from skvorets.storage.departments import Department
from skvorets.storage.name_search import Viewer
from skvorets.storage.people import Person
from skvorets.storage.words import words_to_find

# Characters of the shortest phrase. [seed]
MIN_PHRASE = 3
# Words of a phrase that are looked for, the rest is ignored: a name has few, and each costs a look into the index.
MAX_WORDS = 10
# Whom a search for people finds. Clients of open lines ("guest") are found nowhere. [seed]
EVERYBODY = ("human", "bot", "network")
ONLY_HUMANS = ("human",)
# Private dialogs have no titles and are found by their people.
CHATS = ("group", "open")
LINES = ("line",)


async def people_ids(
    tx: Tx, viewer: Person, phrase: str, kinds: Collection[str] = EVERYBODY, *, shortest: int = MIN_PHRASE
) -> list[int]:
    """Ids of the active people of the company found by name, position, e-mail or department, ascending.

    People from outside are never found, and find only those who share a chat with them. Raises PhraseTooShortError.
    """
    return await name_search.people_ids(tx, _as_viewer(viewer), _words_of(phrase, shortest), kinds)


async def chat_ids(
    tx: Tx, viewer: Person, phrase: str, kinds: Collection[str] = CHATS, *, shortest: int = MIN_PHRASE
) -> list[int]:
    """Ids of chats found by title and members' names, the newest first; each word may be in the one or the others.

    Only chats that the person takes part in, and open ones unless he is from outside. Raises PhraseTooShortError.
    """
    return await name_search.chat_ids(tx, _as_viewer(viewer), _words_of(phrase, shortest), kinds)


async def departments_among(tx: Tx, company: Mapping[int, Department], phrase: str) -> list[Department]:
    """Those of the departments whose full name, the names above included, has the words. Raises PhraseTooShortError."""
    found = list(company.values())
    for word in _words_of(phrase):
        bearing = await name_search.department_ids(tx, word)
        found = [one for one in found if any(each.id in bearing for each in line_up(company, [one.id]))]
    return found


def _words_of(phrase: str, shortest: int = MIN_PHRASE) -> list[str]:
    words = words_to_find(phrase)
    if len(phrase.strip()) < shortest or not words:
        raise PhraseTooShortError
    return words[:MAX_WORDS]


def _as_viewer(person: Person) -> Viewer:
    return Viewer(person.id, is_outsider=bool(person.extranet))
