"""Conversations of the recent list: dialogs, and the caller's notifications under the name ``notify``.

Source: spec ``bitrix24-im.md`` §1, §12.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeAlias

from skvorets.core import access, notifications
from skvorets.core.access import Dialog, Seat
from skvorets.dialects.bitrix24.params import Conversation
from skvorets.dialects.bitrix24.registry import Call, Tx, private_key
from skvorets.storage.database import lock_key
from skvorets.storage.people import Person

SeatFinder: TypeAlias = Callable[[Tx, Person, Dialog], Awaitable[Seat]]


class InConversation(Protocol):
    """Parameters of a method about one conversation."""

    @property
    def DIALOG_ID(self) -> Conversation: ...  # noqa: N802, D102 — the documented name


def lock_of_conversation(call: Call, params: InConversation) -> int:
    """Key for ``Store.write``: changes of one conversation follow one another."""
    dialog, person_id = params.DIALOG_ID.dialog, call.caller.person.id
    if dialog is None:
        return lock_key("notifications", person_id)
    return dialog.chat_id or private_key(person_id, dialog.person_id)


async def seat_in(tx: Tx, call: Call, conversation: Conversation, find: SeatFinder = access.chat_of_member) -> Seat:
    """Give the caller's seat in the conversation; ``find`` is how dialogs are fetched. Raises what that raises."""
    if conversation.dialog is None:
        return await notifications.seat_of(tx, call.caller.person)
    return await find(tx, call.caller.person, conversation.dialog)
