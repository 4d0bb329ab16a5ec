"""Bodies of requests about messages, read into what the core takes. Source: spec ``bpium-messages.md`` §4.3, §4.4."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, Final, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from skvorets.core import markup
from skvorets.core.catalog_rights import USERS_CATALOG
from skvorets.core.catalogs import USERS_WORD
from skvorets.core.record_messages import Words
from skvorets.dialects.bpium import message_links, message_text
from skvorets.dialects.bpium.errors import ApiError
from skvorets.storage import people
from skvorets.storage.database import Tx

MAX_MENTIONS: Final = 1_000
MAX_ATTACHMENTS: Final = 20
_ID = re.compile(r"[1-9][0-9]{0,17}")
_MAX_ID = 10**18 - 1

AnyId: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=_MAX_ID)] | str


class MessageBody(msgspec.Struct, frozen=True, rename="camel"):
    """What a message says; keys that are left out stay as they are. Other keys are ignored."""

    text: Annotated[str, msgspec.Meta(max_length=markup.MAX_TEXT_CHARS)] | UnsetType | None = UNSET
    mentions: Annotated[list[AnyId | dict[str, Any]], msgspec.Meta(max_length=MAX_MENTIONS)] | UnsetType | None = UNSET
    attachments: Annotated[list[dict[str, Any]], msgspec.Meta(max_length=MAX_ATTACHMENTS)] | UnsetType | None = UNSET
    reply_message_id: AnyId | UnsetType | None = UNSET

    @property
    def is_empty(self) -> bool:
        """Is nothing said at all?"""
        return all(getattr(self, name) is UNSET for name in self.__struct_fields__)


async def read_words(tx: Tx, body: MessageBody) -> Words:
    """Read what a message is to say. Raises ApiError for unknown people and for what cannot be attached."""
    mentions = None if body.mentions is UNSET else _mentions(body.mentions or [])
    text = None if body.text is UNSET else body.text or ""
    in_text = message_text.mentioned_in(text) if text else []
    wanted = {*(mentions or ()), *in_text}
    known = await people.find_many(tx, wanted) if wanted else {}
    if unknown := [one for one in mentions or () if one not in known]:
        raise ApiError(400, f"There is no employee {unknown[0]} to be mentioned.")
    if in_text and text:
        text = message_text.to_stored(text, known)
        if len(text) > markup.MAX_TEXT_CHARS:
            raise ApiError(400, f"A text has at most {markup.MAX_TEXT_CHARS} characters.")
    links, file_ids = None, None
    if body.attachments is not UNSET:
        given = body.attachments or []
        file_ids = [one for item in given if (one := _file_id(item))]
        links = [message_links.read_link(item) for item in given if not _file_id(item)]
    reply_to = None if body.reply_message_id is UNSET else _number(body.reply_message_id) or 0
    return Words(
        text=text,
        mentions=mentions,
        attach=None if links is None else message_links.to_attach(links, tx.now),
        file_ids=file_ids,
        reply_to=reply_to,
    )


def _mentions(given: Sequence[int | str | dict[str, Any]]) -> list[int]:
    """Read ids of employees, or links to their records; each once."""
    found: dict[int, None] = {}
    for one in given:
        record_id = one
        if isinstance(one, dict):
            record_id = one.get("recordId", "")
            if str(one.get("catalogId", USERS_WORD)) not in {USERS_WORD, str(USERS_CATALOG)}:
                raise ApiError(400, "Only employees can be mentioned.")
        number = _number(record_id)
        if not number:
            raise ApiError(400, "Mentions are ids of employees.")
        found[number] = None
    return list(found)


def _file_id(given: dict[str, Any]) -> int:
    """Give the id of an uploaded file; 0 for a link to a file elsewhere."""
    number = given.get("id")
    if number is None:
        return 0
    found = _number(number)
    if not found:
        raise ApiError(400, "The id of an attachment is that of an uploaded file.")
    return found


def _number(given: object) -> int:
    """Read an id that may be a text; 0 for null. Raises ApiError for what is no id."""
    if given is None or given == "":
        return 0
    if isinstance(given, bool) or not isinstance(given, int | str) or not _ID.fullmatch(str(given)):
        raise ApiError(400, "This is no id.")
    return int(given)
