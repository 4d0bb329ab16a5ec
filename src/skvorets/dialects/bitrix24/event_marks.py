"""Finding stored events by what their ``data`` says, without decoding each of them."""

from __future__ import annotations


def marks_of_bot(bot_id: int) -> tuple[str, ...]:
    """Texts one of which the stored ``data`` of a bot's events has.

    As the encoder writes them (``events_params.bot_block``); inside a message quotes are escaped, so it cannot pretend.
    """
    return f'"BOT_ID":{bot_id},', f'"BOT_ID":{bot_id}}}'
