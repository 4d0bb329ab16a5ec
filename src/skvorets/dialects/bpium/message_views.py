"""Messages as programs see them. Source: spec ``bpium-messages.md`` §4.1–§4.3; seed "Сообщения (Messages)"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from skvorets.config import Config
from skvorets.core.catalogs import SYSTEM_SECTION, USERS
from skvorets.core.mention_names import mentioned_by
from skvorets.dialects.bpium.file_views import file_view
from skvorets.dialects.bpium.message_links import links_of
from skvorets.dialects.bpium.message_text import to_wire
from skvorets.dialects.bpium.moments import moment, moment_or_none
from skvorets.storage import files, messages, people
from skvorets.storage.database import Tx
from skvorets.storage.files import File
from skvorets.storage.messages import Message
from skvorets.storage.people import Person

MESSAGES_WORD: Final = "$messages"
"""The catalog that all messages form. [seed]"""
SYSTEM_NAME: Final = "Система"
"""The author of what nobody wrote. [inferred]"""


_encoder = msgspec.json.Encoder()


class _Around(msgspec.Struct, frozen=True):
    """What messages name."""

    params: Mapping[int, Mapping[str, Any]]  # of each message
    answered: Mapping[int, Message]
    people: Mapping[int, msgspec.Raw]  # as links, written once: lists name the same few people again and again
    mentioned: Mapping[int, Sequence[int]]  # of messages that mention anybody
    files: Mapping[int, File]
    config: Config


async def view_messages(tx: Tx, shown: Sequence[Message], config: Config) -> list[dict[str, Any]]:
    """Show messages with all that they name: three queries at most, however many they are."""
    params = {one.id: one.read_params() for one in shown}
    answered = await _answered(tx, shown, params)
    params.update({one.id: one.read_params() for one in answered.values() if one.id not in params})
    every = {one.id: one for one in (*shown, *answered.values())}.values()
    # Most texts have neither codes nor params.
    mentioned = {one.id: mentioned_by(one.text, params[one.id]) for one in every if "[" in one.text or params[one.id]}
    people_ids = {one.author_id for one in every if one.author_id}.union(*mentioned.values())
    file_ids = {number for one in every for number in params[one.id].get("FILE_ID", ())}
    known = await people.find_many(tx, people_ids) if people_ids else {}
    around = _Around(
        params,
        answered,
        {0: _link(None), **{one.id: _link(one) for one in known.values()}},
        mentioned,
        await files.find_many(tx, file_ids) if file_ids else {},
        config,
    )
    return [_view(one, around, shows_reply=True) for one in shown]


async def _answered(tx: Tx, shown: Sequence[Message], params: Mapping[int, Mapping[str, Any]]) -> dict[int, Message]:
    """Find the messages that others answer; those which are shown themselves need no query."""
    wanted = {params[one.id].get("REPLY_ID", 0) for one in shown} - {0}
    here = {one.id: one for one in shown if one.id in wanted}
    elsewhere = wanted - here.keys()
    found = await messages.find_many(tx, elsewhere) if elsewhere else {}
    places = {one.chat_id for one in shown}
    return {**here, **{number: one for number, one in found.items() if one.chat_id in places}}


def _view(message: Message, around: _Around, *, shows_reply: bool) -> dict[str, Any]:
    params = around.params[message.id]
    answered = around.answered.get(params.get("REPLY_ID", 0)) if shows_reply and params else None
    return {
        "id": str(message.id),
        "catalogId": MESSAGES_WORD,
        "author": around.people.get(message.author_id, around.people[0]),
        "attachments": _attachments(params, around) if params else [],
        "createdDate": moment(message.created_at),
        "deleted": message.deleted_at > 0,
        "deletedDate": moment_or_none(message.deleted_at),
        "mention": [around.people[one] for one in around.mentioned.get(message.id, ()) if one in around.people],
        "reply": _view(answered, around, shows_reply=False) if answered else None,
        "text": to_wire(message.text),
        "updatedDate": moment_or_none(message.edited_at),
    }


def _attachments(params: Mapping[str, Any], around: _Around) -> list[dict[str, Any]]:
    shown: Iterable[File] = (around.files[one] for one in params.get("FILE_ID", ()) if one in around.files)
    return [
        *(file_view(one, around.config) for one in shown),
        *(
            {
                "id": None,
                "title": one.title,
                "url": one.url if not one.url.startswith("/") else f"{around.config.base_url.rstrip('/')}{one.url}",
                "size": one.size,
                "mimeType": one.mime_type,
                "metadata": None,
                "typeStorage": "url",
            }
            for one in links_of(params.get("ATTACH"))
        ),
    ]


def _link(person: Person | None) -> msgspec.Raw:
    """Write a person as a link to his record; nobody is the system."""
    link = {
        "sectionId": str(SYSTEM_SECTION),
        "sectionDbId": SYSTEM_SECTION,
        "catalogDbId": USERS.id,
        "catalogId": USERS.key,
        "catalogTitle": USERS.name,
        "catalogIcon": USERS.icon,
        "recordDbId": person.id if person else None,
        "recordId": str(person.id) if person else None,
        "recordTitle": person.name if person else SYSTEM_NAME,
        "isRemoved": person is not None and not person.active,
    }
    return msgspec.Raw(_encoder.encode(link))
