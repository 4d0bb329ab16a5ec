"""What happens to a person's notifications; he alone sees it. See core/notifications.py."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from skvorets.core.event_base import Event


class NotificationAdded(Event, frozen=True, kw_only=True):
    """Somebody, or the system, tells a person something. For the person."""

    kind: ClassVar[str] = "notification.added"
    is_personal: ClassVar[bool] = True
    id: int
    person_id: int
    author_id: int  # 0 = the system
    created_at: int
    type: int  # 1 asks for an answer by buttons, 2 of a person, 4 of the system
    module: str
    event: str
    tag: str
    sub_tag: str
    title: str
    text: str
    params: dict[str, Any] | None = None
    buttons: list[dict[str, str]] = msgspec.field(default_factory=list)


class NotificationsRead(Event, frozen=True, kw_only=True):
    """A person has read notifications, or made them unread again. For the person."""

    kind: ClassVar[str] = "notification.read"
    is_personal: ClassVar[bool] = True
    person_id: int
    is_read: bool
    ids: list[int]  # which; empty: all from the first one to the last one
    first_id: int = 0
    last_id: int = 0  # 0 = the newest
    unread: int  # what is left


class NotificationsDeleted(Event, frozen=True, kw_only=True):
    """Notifications of a person are gone. For the person."""

    kind: ClassVar[str] = "notification.deleted"
    is_personal: ClassVar[bool] = True
    person_id: int
    ids: list[int]
    unread: int  # what is left


class MailWanted(Event, frozen=True, kw_only=True):
    """A notification is to go out by e-mail, too. Internal."""

    kind: ClassVar[str] = "mail.wanted"
    is_personal: ClassVar[bool] = True
    person_id: int  # who is to get it
    notification_id: int
    subject: str  # one line
    text: str  # plain, lines end with \n
