"""Attachments of messages (ATTACH): accepted forms, the stored form, the text that stands for them in lists.

Documented in the seed's chapter "Вложения" and bitrix24-imbot §8. Stored form: a list of
`{ID, BLOCKS: [{KIND: content}, …], COLOR, COLOR_TOKEN?, DESCRIPTION?}`, given back as it is in the message's params.
JSON text is decoded by the dialect before.
"""

from __future__ import annotations

from typing import Final

from skvorets.core.attach_blocks import Fields, described_text, read_block
from skvorets.core.colors import CHAT_COLORS, hex_color, hex_of
from skvorets.core.content_errors import AttachInvalidError, AttachTooLargeError
from skvorets.core.content_values import (
    CONTENT_LIMIT_BYTES,
    fields_of,
    is_clear,
    is_too_heavy,
    members_of,
    stored_size,
    trimmed,
)
from skvorets.core.markup import plain_text

TRANSPARENT: Final = "transparent"
"""The colour of attachments made from links in the text."""

MAX_ID_CHARS: Final = 255
"""An ID given as text is cut here; it only has to tell attachments of one message apart."""

COLOR_TOKENS: Final = frozenset({"primary", "secondary", "alert", "base"})

FIRST_MESSAGE: Final = "FIRST_MESSAGE"
"""A DESCRIPTION that stands for the text of the first MESSAGE block."""

SKIP_MESSAGE: Final = "SKIP_MESSAGE"
"""A DESCRIPTION that stands for nothing: lists do not mention the attachment."""

_ID_LIMIT: Final = 2**53  # larger numbers change their value in a browser


def normalise_attach(given: object, *, default_color: str, now_s: int) -> list[Fields] | None:
    """Return the stored form of an attachment; None when the value says "none" or "remove".

    Accepts the full object, a list of blocks, a list of full objects (so also the stored form), each list also as a
    numbered map. `default_color` is the hex of the chat (of a notification: of the person), `now_s` unix seconds.
    Raises AttachInvalidError when no block is valid, AttachTooLargeError above 30 KB.
    """
    if is_clear(given):
        return None
    if is_too_heavy(given):
        raise AttachTooLargeError
    stored = [attach for fields in _full_objects(given) if (attach := _read_attach(fields, default_color, now_s))]
    if not stored:
        raise AttachInvalidError
    if stored_size(stored) > CONTENT_LIMIT_BYTES:
        raise AttachTooLargeError
    return stored


def preview_text(stored: object) -> str | None:
    """Return what lists show for stored attachments: plain text, "" for no mention, None for the usual marker."""
    texts: list[str] = []
    is_skipped = False
    for attach in members_of(stored):
        fields = fields_of(attach)
        description = trimmed(fields.get("DESCRIPTION"))
        if _is_card(fields):
            is_skipped = True  # the link stands in the text
        if description == FIRST_MESSAGE:
            description = _first_message(members_of(fields.get("BLOCKS")))
        if description == SKIP_MESSAGE:
            is_skipped = True
        elif description:
            texts.append(plain_text(description))
    return " ".join(texts) if texts or is_skipped else None


def _full_objects(given: object) -> list[Fields]:
    """Return every accepted form as a list of full objects; a short list of blocks becomes one of them."""
    fields = fields_of(given)
    if "BLOCKS" in fields:
        return [fields]
    members = members_of(given)
    full = [fields for fields in map(fields_of, members) if "BLOCKS" in fields]
    return full or ([{"BLOCKS": members}] if members else [])


def _read_attach(fields: Fields, default_color: str, now_s: int) -> Fields | None:
    given_blocks = members_of(fields["BLOCKS"])
    blocks = [block for given in given_blocks if (block := read_block(given))]
    if not blocks:
        return None
    stored: Fields = {
        "ID": _identity(fields.get("ID"), now_s),
        "BLOCKS": blocks,
        "COLOR": _color(fields.get("COLOR"), default_color, now_s),
    }
    token = trimmed(fields.get("COLOR_TOKEN")).lower()
    if token in COLOR_TOKENS:
        stored["COLOR_TOKEN"] = token
    description = trimmed(fields.get("DESCRIPTION")) or next(filter(None, map(described_text, given_blocks)), "")
    if description:
        stored["DESCRIPTION"] = description
    return stored


def _identity(given: object, now_s: int) -> int | str:
    """Return the ID as given, a number or text (the seed's own sample answers `"ID": "5"`); otherwise unix time."""
    if isinstance(given, int) and not isinstance(given, bool) and abs(given) < _ID_LIMIT:
        return given
    return trimmed(given)[:MAX_ID_CHARS].rstrip() or now_s


def _color(given: object, default_color: str, now_s: int) -> str:
    text = trimmed(given)
    if not text:
        return default_color
    if text.lower() == TRANSPARENT:
        return TRANSPARENT
    # COMPAT(bitrix24): a wrong colour becomes a random one. The clock is random enough and keeps this function pure.
    return hex_color(text) or hex_of(CHAT_COLORS[now_s % len(CHAT_COLORS)])


def _is_card(fields: Fields) -> bool:
    """Was the attachment made of a link in the text?"""
    blocks = members_of(fields.get("BLOCKS"))
    return fields.get("COLOR") == TRANSPARENT and all("RICH_LINK" in fields_of(block) for block in blocks)


def _first_message(blocks: list[object]) -> str:
    texts = (trimmed(fields_of(block).get("MESSAGE")) for block in blocks)
    return next(filter(None, texts), "")
