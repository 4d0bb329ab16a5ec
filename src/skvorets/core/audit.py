"""The audit log: who did what that an administrator must be able to look up later.

    await audit.note(tx, person.id, "webhook.revoked", "webhook", webhook.id, {"name": webhook.title})

An entry is written in the unit of work of its cause: what is rolled back leaves no entry, what is done leaves one.
Secrets, passwords and texts of messages are never put into ``details``. Rules: OWASP ASVS 16.2, 16.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias, get_args

import msgspec

from skvorets.storage import audit
from skvorets.storage.audit import Entry
from skvorets.storage.database import Tx

Action: TypeAlias = Literal[
    # Logging in. A refusal by a wrong password of a known account has the account's person as its subject.
    "session.opened",
    "session.refused",
    "session.closed",
    "sessions.ended",  # all of a person, by an administrator or by himself
    # Accounts.
    "password.changed",  # by the person
    "password.set",  # by an administrator
    "app_password.created",
    "app_password.revoked",
    "two_factor.enabled",
    "two_factor.disabled",
    "invitation.created",
    "invitation.revoked",
    "invitation.accepted",
    "administrator.created",  # by the link of the first run
    # People and departments.
    "person.changed",
    "person.disabled",
    "person.enabled",
    "person.admin_on",
    "person.admin_off",
    "department.created",
    "department.changed",
    "department.moved",
    "department.removed",
    "department.head_changed",
    "department.person_added",
    "department.person_removed",
    # Chats, by administrators.
    "chat.renamed",
    "chat.owner_changed",
    "chat.members_added",
    "chat.member_removed",
    "chat.closed",
    # Open lines.
    "line.created",
    "line.changed",
    "line.removed",
    # Programs.
    "application.created",
    "application.changed",
    "application.installed",
    "application.updated",
    "application.uninstalled",
    "application.secret_renewed",
    "application.secrets_shown",
    "bot.disabled",
    "webhook.created",
    "webhook.revoked",
    # What is stored.
    "file.removed",
    "blobs.removed",
]
ACTIONS: Final[tuple[str, ...]] = get_args(Action)

# Characters: details are for people to read, and a list of a thousand names is none.
MAX_TEXT: Final = 500
MAX_ITEMS: Final = 50
_ADDRESS = "address"
_MAX_ADDRESS = 64


async def note(
    tx: Tx,
    actor_id: int,
    action: Action,
    subject_kind: str = "",
    subject_id: int = 0,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write down who did what to whom.

    ``actor_id`` 0 = nobody who is known, or the command line. ``subject_kind``: person, chat, department, application,
    webhook, bot, file, invitation, session, line or empty. ``details`` may hold texts, numbers, flags, lists of them:
    ``name`` = what the subject was called, ``address`` = the actor's network address, others as the action needs them.
    """
    given = dict(details or {})
    address = str(given.pop(_ADDRESS, ""))[:_MAX_ADDRESS]
    text = msgspec.json.encode({name: _short(value) for name, value in given.items()}).decode()
    await audit.insert(tx, Entry(0, tx.now, actor_id, action, subject_kind, subject_id, address, text))


def _short(value: Any) -> Any:
    if isinstance(value, str):
        # Lone surrogates, which JSON may bring, are not for databases; neither is the zero character.
        return value[:MAX_TEXT].encode("utf-8", "replace").decode().replace("\0", "")
    if isinstance(value, list | tuple | set | frozenset):
        return [_short(one) for one in list(value)[:MAX_ITEMS]]
    return value
