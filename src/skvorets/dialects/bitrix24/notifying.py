"""Sending notifications: what ``im.notify``, ``im.notify.personal.add`` and ``im.notify.system.add`` share.

Source: spec ``bitrix24-im.md`` §14.1; docs ``im.notify``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from skvorets.core import access, notifications
from skvorets.core.attach import normalise_attach
from skvorets.core.notifications import MAX_LABEL, PERSONAL, SYSTEM, NewNotification
from skvorets.dialects.bitrix24.errors import ATTACH_ERROR, MESSAGE_EMPTY, USER_ID_EMPTY, Fault
from skvorets.dialects.bitrix24.naming import person_of
from skvorets.dialects.bitrix24.ownership import client_id_of
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx
from skvorets.dialects.bitrix24.views_people import color_of
from skvorets.errors import EmptyMessageError, NotAllowedError, NotFoundError
from skvorets.storage.database import lock_key
from skvorets.storage.people import Person

# What programs send belongs to this module and event. [docs]
MODULE, EVENT = "rest", "rest_notify"
FAULTS: Mapping[str, Fault] = {"USER_ID": USER_ID_EMPTY, "MESSAGE": MESSAGE_EMPTY, "ATTACH": ATTACH_ERROR}
# Other names of parameters. [source: im]
ALIASES: Mapping[str, str] = {"TO": "USER_ID"}
# Digits of the program's digest that stand in a tag. [source: im]
_DIGEST_DIGITS = 5
# COMPAT(bitrix24): programs that call by webhook are known as "custom" + the CLIENT_ID they give. [source: im]
_CUSTOM = "custom"
_MS = 1000


class NotifyParams(Struct, frozen=True, kw_only=True):
    """Parameters of a new notification."""

    USER_ID: int  # who is told
    MESSAGE: str  # BB codes
    MESSAGE_OUT: str | None = None  # text for e-mail; not given: MESSAGE, empty: no e-mail
    TAG: str = ""  # an older one of the same program with this tag is removed first
    SUB_TAG: str = ""  # groups notifications, not unique
    ATTACH: Structure | None = None  # at most 30 KB
    CLIENT_ID: str = ""  # of webhooks: the program; without it their tags are ignored


def lock_of_recipient(call: Call, params: NotifyParams) -> int:
    """Key for ``Store.write``: what one person is told is written in its order."""
    del call
    return lock_key("notifications", params.USER_ID)


def lock_of_caller(call: Call, params: Struct) -> int:
    """Key for ``Store.write`` of methods that change the caller's own notifications."""
    del params
    return lock_key("notifications", call.caller.person.id)


def program_of(call: Call) -> str:
    """Give the client id of the program that calls; empty for a webhook that does not say which one it is."""
    if call.caller.application is not None:
        return call.caller.application.client_id
    given = client_id_of(call)
    return _CUSTOM + given if given else ""


def tag_of(client_id: str, tag: str) -> str:
    """Give a program's tag as it is kept; empty when there is no program or no tag."""
    tag = tag.strip()
    if not client_id or not tag:
        return ""
    digest = hashlib.md5(client_id.encode(), usedforsecurity=False).hexdigest()
    return f"MP|{digest[:_DIGEST_DIGITS]}|{tag}"[:MAX_LABEL]


async def send(tx: Tx, call: Call, params: NotifyParams, *, is_system: bool) -> int | Literal[False]:
    """Tell a person; the notification's id, or False when he cannot be told: unknown, dismissed, hidden, no human.

    Raises ApiError USER_ID_EMPTY, EmptyMessageError, ContentError.
    """
    person_id = person_of(params.USER_ID)
    text = params.MESSAGE.strip()
    if not text:
        raise EmptyMessageError
    caller = call.caller
    recipient = await _recipient(tx, caller.person, person_id)
    content = _content(params, recipient or caller.person, tx.now)
    if recipient is None:
        return False
    application = caller.application
    client_id = program_of(call)
    heading = f"{application.name}\n" if is_system and application is not None else ""
    new = NewNotification(
        person_id=person_id,
        author_id=0 if is_system else caller.person.id,
        kind=SYSTEM if is_system else PERSONAL,
        text=heading + text,
        module=MODULE,
        event=EVENT,
        client_id=client_id,
        tag=tag_of(client_id, params.TAG),
        sub_tag=tag_of(client_id, params.SUB_TAG),
        params=content,
        out_text=text if params.MESSAGE_OUT is None else params.MESSAGE_OUT,
        sender_name=application.name if is_system and application is not None else "",
    )
    return await notifications.notify(tx, new)


async def _recipient(tx: Tx, sender: Person, person_id: int) -> Person | None:
    try:
        person = await access.person_to_see(tx, sender, person_id)
    except (NotFoundError, NotAllowedError):
        return None
    return person if person.active and person.kind == "human" else None


def _content(params: NotifyParams, owner: Person, now: int) -> dict[str, Any]:
    if params.ATTACH is None:
        return {}
    attach = normalise_attach(params.ATTACH.value, default_color=color_of(owner), now_s=now // _MS)
    return {} if attach is None else {"ATTACH": attach}
