"""Everything that happens, as it is written down: one frozen struct per kind of event.

An event is appended to the log in the transaction of its cause (``record``). Followers — push, delivery to bots,
reconnecting clients — read the log and decode with ``read_event``. Each class says who may see it:
a *chat's* event is for its members at that moment, a *person's* for him alone, an *internal* one for followers only.
"""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from skvorets.core import events_calendar as _of_the_calendar  # noqa: F401 — read from the log, too
from skvorets.core import events_delivery as _of_deliveries  # noqa: F401 — read from the log, too
from skvorets.core import events_drafts as _of_drafts  # noqa: F401 — read from the log, too
from skvorets.core import events_lines as _of_lines  # noqa: F401 — read from the log, too
from skvorets.core import events_network as _of_the_network  # noqa: F401 — read from the log, too
from skvorets.core import events_notifications as _of_notifications  # noqa: F401 — read from the log, too
from skvorets.core import events_people as _of_people  # noqa: F401 — read from the log, too
from skvorets.core import events_posts as _of_posts  # noqa: F401 — read from the log, too
from skvorets.core import events_settings as _of_settings  # noqa: F401 — read from the log, too
from skvorets.core.event_base import Event as Event  # noqa: PLC0414 — exported: events and their base are used together
from skvorets.storage import event_log
from skvorets.storage.database import Tx
from skvorets.storage.event_log import StoredEvent


class MessageAdded(Event, frozen=True, kw_only=True):
    """A message was posted. For the chat."""

    kind: ClassVar[str] = "message.added"
    id: int
    chat_id: int
    seq: int
    author_id: int  # 0 = system
    actor_id: int  # who caused it, 0 = nobody
    created_at: int
    text: str
    params: dict[str, Any] | None = None
    client_id: str | None = None
    # May bots get it as a message? Not when it was a command, a bot's message or a system message.
    calls_bots: bool = False
    # The wire's COMMAND_CONTEXT / PLATFORM_CONTEXT: where it was written.
    platform: str = ""
    # In a chat of an open line: is it kept from the client?
    skips_connector: bool = False
    # May links in it be shown as cards?
    previews_links: bool = True


class MessageChanged(Event, frozen=True, kw_only=True):
    """Text or content of a message was changed. For the chat."""

    kind: ClassVar[str] = "message.changed"
    id: int
    chat_id: int
    author_id: int
    actor_id: int
    created_at: int
    edited_at: int
    text: str
    params: dict[str, Any] | None = None
    calls_bots: bool = False
    # Has it a new text whose links may be shown as cards?
    previews_links: bool = False


class MessageDeleted(Event, frozen=True, kw_only=True):
    """A message was emptied, or removed without trace. For the chat."""

    kind: ClassVar[str] = "message.deleted"
    id: int
    chat_id: int
    author_id: int
    actor_id: int
    created_at: int
    is_complete: bool
    # Who was mentioned in the deleted text; the text itself is gone for good.
    mentioned: list[int] = msgspec.field(default_factory=list)
    calls_bots: bool = False


class MessageLiked(Event, frozen=True, kw_only=True):
    """Somebody liked a message or took it back. For the chat."""

    kind: ClassVar[str] = "message.liked"
    id: int
    chat_id: int
    author_id: int
    actor_id: int
    is_liked: bool
    likes: list[int]


class MembersJoined(Event, frozen=True, kw_only=True):
    """People (and bots) came into a chat; for a private dialog: it was created. For the chat."""

    kind: ClassVar[str] = "members.joined"
    chat_id: int
    chat_kind: str
    person_ids: list[int]
    bot_ids: list[int] = msgspec.field(default_factory=list)
    actor_id: int  # who invited or opened, 0 = the system
    shows_history: bool = True


class MembersLeft(Event, frozen=True, kw_only=True):
    """People left a chat or were removed. For the chat."""

    kind: ClassVar[str] = "members.left"
    chat_id: int
    person_ids: list[int]
    actor_id: int


class ChatChanged(Event, frozen=True, kw_only=True):
    """Title, colour, avatar, owner … changed: load the chat anew. For the chat."""

    kind: ClassVar[str] = "chat.changed"
    chat_id: int
    actor_id: int
    changed: list[str]


class DialogRead(Event, frozen=True, kw_only=True):
    """Somebody read up to a message (or marked it unread again). For the chat."""

    kind: ClassVar[str] = "dialog.read"
    chat_id: int
    reader_id: int
    message_id: int  # last read message, 0 = none
    seq: int
    unread: int  # what is left for the reader


class DialogChanged(Event, frozen=True, kw_only=True):
    """A person's own view of a chat changed: muted, pinned, hidden, marked. For the person."""

    kind: ClassVar[str] = "dialog.changed"
    is_personal: ClassVar[bool] = True
    chat_id: int
    person_id: int
    changed: list[str]


class TypingStarted(Event, frozen=True, kw_only=True):
    """Somebody is writing; shown for some 25 seconds or until his message. For the chat."""

    kind: ClassVar[str] = "typing.started"
    chat_id: int
    actor_id: int


class CommandCall(msgspec.Struct, frozen=True):
    """One matching command."""

    command_id: int
    params: str


class CommandCalled(Event, frozen=True, kw_only=True):
    """Slash commands of bots were used by typing, on a keyboard or in a menu. Internal."""

    kind: ClassVar[str] = "command.called"
    is_personal: ClassVar[bool] = True
    chat_id: int
    person_id: int  # who called
    message_id: int  # the message typed, or the one that carries the button
    text: str  # what was typed, or /command params of the button
    context: str  # TEXTAREA, KEYBOARD or MENU
    calls: list[CommandCall]


class PersonChanged(Event, frozen=True, kw_only=True):
    """A person's data, state or rights changed: forget what is cached of him. Internal."""

    kind: ClassVar[str] = "person.changed"
    subject_id: int


class BotRegistered(Event, frozen=True, kw_only=True):
    """A bot came into the directory. Internal."""

    kind: ClassVar[str] = "bot.registered"
    bot_id: int
    application_id: int


class BotDeleted(Event, frozen=True, kw_only=True):
    """A bot left the directory. Internal; carries what its handler must be told after the rows are gone."""

    kind: ClassVar[str] = "bot.deleted"
    bot_id: int
    bot_code: str
    application_id: int
    actor_id: int
    # Handler of the event as it was: (handler id, URL), 0 = none was bound.
    handler_id: int = 0
    handler_url: str = ""


class ApplicationChanged(Event, frozen=True, kw_only=True):
    """An application was installed, updated or removed, or its settings changed: forget what is cached. Internal."""

    kind: ClassVar[str] = "application.changed"
    application_id: int
    actor_id: int
    change: str  # installed, updated, uninstalled, changed, tested
    version: int = 1
    previous_version: int = 0
    # Where the event goes: the installation address, or the handlers as they were before they were removed.
    targets: list[tuple[int, str]] = msgspec.field(default_factory=list)
    # application.tested: the parameters of the call.
    query: dict[str, Any] = msgspec.field(default_factory=dict)
    # application.uninstalled: are the settings deleted, too?
    is_clean: bool = True


class WebhookChanged(Event, frozen=True, kw_only=True):
    """An inbound webhook was revoked: forget what is cached of it. Internal."""

    kind: ClassVar[str] = "webhook.changed"
    webhook_id: int


class TaskChanged(Event, frozen=True, kw_only=True):
    """A task was added, changed or completed: load it anew. Internal."""

    kind: ClassVar[str] = "task.changed"
    task_id: int
    actor_id: int
    change: str  # added, changed, completed
    # Who sees the task: its creator and who is responsible for it.
    involved: list[int]


# Kinds of other files are known once they are imported above.
_CLASSES: dict[str, type[Event]] = {cls.kind: cls for cls in Event.__subclasses__()}
_DECODERS = {kind: msgspec.json.Decoder(cls) for kind, cls in _CLASSES.items()}
_encoder = msgspec.json.Encoder()


async def record(tx: Tx, event: Event) -> None:
    """Append an event to the log; the last thing that a unit of work does."""
    await event_log.append(
        tx,
        event.kind,
        _encoder.encode(event).decode(),
        chat_id=getattr(event, "chat_id", 0),
        person_id=getattr(event, "person_id", 0) if event.is_personal else 0,
    )


def read_event(stored: StoredEvent) -> Event | None:
    """Decode a row of the log; None for a kind that this version does not know."""
    decoder = _DECODERS.get(stored.kind)
    return None if decoder is None else decoder.decode(stored.data)
