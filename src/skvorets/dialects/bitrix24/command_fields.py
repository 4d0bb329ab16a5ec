"""What ``imbot.command.register`` and ``imbot.command.update`` say of a command: its words by language (LANG).

Source: spec ``bitrix24-imbot.md`` §5.2; seed "imbot.command.register".
"""

from __future__ import annotations

from collections.abc import Mapping

from skvorets.core.commands import Phrase
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.languages import read_languages
from skvorets.dialects.bitrix24.params import Structure
from skvorets.errors import CommandNotFoundError, NotOwnerError

COMMAND_ERROR = Fault("COMMAND_ERROR", "Command isn't specified")
COMMAND_ID_ERROR = Fault("COMMAND_ID_ERROR", "Command not found")
FOREIGN_COMMAND = Fault("APP_ID_ERROR", "Command was installed by another rest application")
# Rows for every method that takes a command. They stand before broader ones: both are kinds of those.
COMMAND_ERRORS: Mapping[type[Exception], Fault] = {
    CommandNotFoundError: COMMAND_ID_ERROR,
    NotOwnerError: FOREIGN_COMMAND,
}
LANG_ERROR = Fault("LANG_ERROR", "Lang set can't be empty")
# COMPAT(bitrix24): the seed's code lacks the `_ERROR` of its neighbours.
HANDLER_MISSING = Fault("EVENT_COMMAND_ADD", 'Handler for "Command add" event isn\'t specified')
HANDLER_WRONG = Fault("EVENT_COMMAND_ADD", "Wrong handler URL")


def read_phrases(given: Structure | None) -> dict[str, Phrase]:
    """Read a list of ``{LANGUAGE_ID, TITLE, PARAMS}`` or a map of language → ``{TITLE, PARAMS}``.

    Entries without a language or a title are left out.
    """
    found = read_languages(given, "TITLE", "PARAMS")
    return {language: Phrase(title=words["TITLE"], params=words["PARAMS"]) for language, words in found.items()}
