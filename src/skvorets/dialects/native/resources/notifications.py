"""``/api/notifications``: what a person is told beside messages. Only one's own are seen and changed.

GET    /api/notifications?beforeId=&limit=&find=   the newest first; with ``find`` those that hold the words
POST   /api/notifications/read            {ids}    without ids all → what is unread then
POST   /api/notifications/unread          {ids}
POST   /api/notifications/{id}/confirm    {value}  press a button; the notification is gone → what is shown then
POST   /api/notifications/{id}/answer     {text}   answer with words; it is read then → what is shown then
DELETE /api/notifications/{id}

One that is not there, or does not take this value or answer, answers 404 not_found.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from skvorets.core import notification_search, notifications, quick_answers
from skvorets.core.notification_search import Wanted
from skvorets.core.notifications import ACCEPT_COLOR, CONFIRM, DECLINE_COLOR, PERSONAL, read_buttons
from skvorets.dialects.native.registry import Call, Nothing, lock_of_person, route
from skvorets.dialects.native.shapes.people import PersonView
from skvorets.dialects.native.viewer import viewer_of
from skvorets.dialects.native.views_people import view_people
from skvorets.errors import NotFoundError
from skvorets.storage import notifications as rows
from skvorets.storage.database import Tx
from skvorets.storage.notifications import NO_UPPER_ID, Notification

quick_answers.enter()

_MOST = 100
_Kind = Literal["confirm", "person", "system"]
_ButtonKind = Literal["accept", "cancel", "plain"]
_BUTTON_KINDS: dict[str, _ButtonKind] = {ACCEPT_COLOR: "accept", DECLINE_COLOR: "cancel"}
_Ids = Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=NO_UPPER_ID)]], msgspec.Meta(max_length=1_000)]


class NoticesWanted(msgspec.Struct, frozen=True, rename="camel"):
    """Which notifications are wanted."""

    before_id: Annotated[int, msgspec.Meta(ge=0, le=NO_UPPER_ID)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=_MOST)] = 50
    find: Annotated[str, msgspec.Meta(max_length=200)] = ""


class NoticeButton(msgspec.Struct, frozen=True):
    """A button of a notification that asks."""

    title: str
    value: str  # to be sent to …/confirm
    type: _ButtonKind
    color: str  # #rrggbb, empty = the client's own


class NotificationView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A notification."""

    id: int
    type: _Kind  # asks by buttons, of a person, of the system
    author_id: int  # 0 = the system
    title: str  # may be empty
    text: str  # with codes
    buttons: list[NoticeButton]
    can_answer: bool  # with words
    created_at: int
    is_read: bool
    module: str  # what it is about: im, calendar, rest …
    event: str  # … and there: mention, like, invite …
    params: dict[str, Any]  # ATTACH, and of notifications about a message CHAT_ID, MESSAGE_ID


class NotificationPage(msgspec.Struct, frozen=True, rename="camel"):
    """Notifications."""

    notifications: list[NotificationView]  # the newest first
    people: list[PersonView]
    has_more: bool
    unread: int  # of all


class SomeNotices(msgspec.Struct, frozen=True):
    """Which notifications are meant; None = all."""

    ids: _Ids | None = None


class TheseNotices(msgspec.Struct, frozen=True):
    """Which notifications are meant."""

    ids: _Ids


class UnreadNotices(msgspec.Struct, frozen=True):
    """What is left."""

    unread: int


class ButtonValue(msgspec.Struct, frozen=True):
    """The button that is pressed."""

    value: Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]


class NoticeAnswer(msgspec.Struct, frozen=True):
    """An answer with words."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]


class NoticeResult(msgspec.Struct, frozen=True):
    """What is shown then."""

    text: str


@route("GET", "/api/notifications", query=NoticesWanted, mode="read")
async def list_notifications(tx: Tx, call: Call[NoticesWanted]) -> NotificationPage:
    """List one's notifications."""
    given, person = call.given, call.person
    below, limit = given.before_id or NO_UPPER_ID, given.limit + 1
    if given.find.strip():
        wanted = Wanted(text=given.find.strip())
        found, _ = await notification_search.search(tx, person, wanted, last_id=below, limit=limit)
    else:
        found = await rows.newest(tx, person.id, below_id=below, limit=limit)
    shown = found[: given.limit]
    people = await view_people(tx, viewer_of(tx, call), {one.author_id for one in shown}) if shown else []
    unread = await notifications.count_unread(tx, person)
    return NotificationPage([_view(one) for one in shown], people, len(found) > given.limit, unread)


@route("POST", "/api/notifications/read", body=SomeNotices, lock=lock_of_person)
async def read_notifications(tx: Tx, call: Call[SomeNotices]) -> UnreadNotices:
    """Mark some notifications, or all, as read."""
    if call.given.ids is None:
        return UnreadNotices(await notifications.read_from(tx, call.person, 0))
    return UnreadNotices(await notifications.read_some(tx, call.person, call.given.ids))


@route("POST", "/api/notifications/unread", body=TheseNotices, lock=lock_of_person)
async def unread_notifications(tx: Tx, call: Call[TheseNotices]) -> UnreadNotices:
    """Mark some notifications as unread again."""
    return UnreadNotices(await notifications.read_some(tx, call.person, call.given.ids, is_read=False))


@route("POST", "/api/notifications/{id}/confirm", body=ButtonValue, lock=lock_of_person)
async def confirm_notification(tx: Tx, call: Call[ButtonValue]) -> NoticeResult:
    """Press a button of a notification that asks."""
    return _shown(await notifications.confirm(tx, call.person, call.ids["id"], call.given.value))


@route("POST", "/api/notifications/{id}/answer", body=NoticeAnswer, lock=lock_of_person)
async def answer_notification(tx: Tx, call: Call[NoticeAnswer]) -> NoticeResult:
    """Answer a notification with words."""
    text = call.given.text.strip()
    return _shown(await notifications.answer(tx, call.person, call.ids["id"], text) if text else None)


@route("DELETE", "/api/notifications/{id}", lock=lock_of_person)
async def delete_notification(tx: Tx, call: Call[Nothing]) -> None:
    """Remove a notification."""
    if not await notifications.delete(tx, call.person, call.ids["id"]):
        raise NotFoundError


def _shown(text: str | None) -> NoticeResult:
    if text is None:
        raise NotFoundError
    return NoticeResult(text)


def _view(one: Notification) -> NotificationView:
    params = one.read_params()
    kind: _Kind = "confirm" if one.kind == CONFIRM else "person" if one.kind == PERSONAL else "system"
    return NotificationView(
        id=one.id,
        type=kind,
        author_id=one.author_id,
        title=one.title,
        text=one.text,
        buttons=[
            NoticeButton(each.text, each.value, _BUTTON_KINDS.get(each.color, "plain"), each.color)
            for each in read_buttons(one)
        ],
        can_answer=params.get("CAN_ANSWER") == "Y",
        created_at=one.created_at,
        is_read=bool(one.is_read),
        module=one.module,
        event=one.event,
        params=params,
    )
