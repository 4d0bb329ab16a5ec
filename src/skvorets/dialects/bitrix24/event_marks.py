"""Looking into stored events, for the developer's page: whose they are, and the words that they tell of."""

from __future__ import annotations

import msgspec

# Characters of a text that are shown in a list.
MAX_WORDS = 160


class _Params(msgspec.Struct, frozen=True):
    MESSAGE: str = ""


class _Command(msgspec.Struct, frozen=True):
    COMMAND: str = ""
    COMMAND_PARAMS: str = ""


class _Data(msgspec.Struct, frozen=True):
    """The little of ``data`` that is words."""

    PARAMS: _Params = _Params()
    COMMAND: dict[str, _Command] = {}


_decoder = msgspec.json.Decoder(_Data)


def marks_of_bot(bot_id: int) -> tuple[str, ...]:
    """Texts one of which the stored ``data`` of a bot's events has.

    As the encoder writes them (``events_params.bot_block``); inside a message quotes are escaped, so it cannot pretend.
    """
    return f'"BOT_ID":{bot_id},', f'"BOT_ID":{bot_id}}}'


def words_of(data: str) -> str:
    """The beginning of the message or command that an event tells of; empty when it tells of none."""
    try:
        found = _decoder.decode(data)
    except msgspec.MsgspecError:
        return ""
    for command in found.COMMAND.values():
        return f"/{command.COMMAND} {command.COMMAND_PARAMS}".strip()[:MAX_WORDS]
    return found.PARAMS.MESSAGE[:MAX_WORDS]
