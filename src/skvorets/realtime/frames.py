"""What goes over a push socket, as the bytes that are written: each frame is encoded once, however many listen.

    {"type":"hello","position":"0-17"}                                      first frame
    {"type":"message.added","position":"0-18","chatId":5,"at":…,"data":{…}}  an event; data as in core/events.py
    {"type":"reset","position":"0-90"}                                      what was missed is not known: load all anew
    {"type":"heartbeat","position":"0-95"}                                  nothing new; everything up to here was sent

``position`` is what the client gives as ``since`` when it comes again. ``at`` is unix milliseconds.
"""

from __future__ import annotations

import struct

import msgspec

from skvorets.core import events, events_drafts, events_lines, events_notifications, events_people, events_settings
from skvorets.storage.event_log import Position, StoredEvent

# Kinds that people may see. Everything else is for followers inside the server only, also kinds that come later.
PUSHED_KINDS = frozenset(
    kind.kind
    for kind in (
        events.MessageAdded,
        events.MessageChanged,
        events.MessageDeleted,
        events.MessageLiked,
        events.MembersJoined,
        events.MembersLeft,
        events.ChatChanged,
        events.DialogRead,
        events.DialogChanged,
        events.TypingStarted,
        events_notifications.NotificationAdded,
        events_notifications.NotificationsRead,
        events_notifications.NotificationsDeleted,
        events_drafts.DraftChanged,
        events_lines.LineSessionChanged,
        events_lines.LineClientChanged,
        events_people.PersonStatus,
        events_settings.SettingsChanged,
        events_people.PersonUpdated,
    )
)
_OF_MESSAGES = "message."

# RFC 6455 §5.2: FIN with the opcode, then the length in 1, 3 or 9 bytes; the server never masks.
_TEXT, _CLOSE, _PING = 0x81, 0x88, 0x89
_LARGEST_SHORT, _LARGEST_16_BIT = 125, 0xFFFF
PING = bytes((_PING, 0))


class _Subject(msgspec.Struct):
    id: int


_read_subject = msgspec.json.Decoder(_Subject).decode


def text_frame(payload: bytes) -> bytes:
    """Wrap UTF-8 text into one unmasked WebSocket frame."""
    size = len(payload)
    if size <= _LARGEST_SHORT:
        return bytes((_TEXT, size)) + payload
    if size <= _LARGEST_16_BIT:
        return struct.pack(">BBH", _TEXT, 126, size) + payload
    return struct.pack(">BBQ", _TEXT, 127, size) + payload


def close_frame(code: int) -> bytes:
    """Say why the server ends the connection."""
    return struct.pack(">BBH", _CLOSE, 2, code)


def event_frame(stored: StoredEvent) -> bytes:
    """Encode one event of the log; its data is JSON already."""
    return text_frame(
        b'{"type":"%b","position":"%b","chatId":%d,"at":%d,"data":%b}'
        % (stored.kind.encode(), str(stored.position).encode(), stored.chat_id, stored.at, stored.data.encode())
    )


def notice_frame(kind: str, position: Position) -> bytes:
    """Encode ``hello``, ``reset`` or ``heartbeat``."""
    return text_frame(b'{"type":"%b","position":"%b"}' % (kind.encode(), str(position).encode()))


def message_id_of(stored: StoredEvent) -> int:
    """Id of the message that an event is about, 0 for events about something else."""
    return _read_subject(stored.data).id if stored.kind.startswith(_OF_MESSAGES) else 0
