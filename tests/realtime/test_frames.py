"""Frames as bytes of the wire, and which events become frames at all."""

from __future__ import annotations

import json
import struct

import pytest

from skvorets.core.events import Event
from skvorets.realtime import frames
from skvorets.storage.event_log import Position, StoredEvent


def _payload(frame: bytes) -> bytes:
    """Read an unmasked, whole text frame by the letter of RFC 6455 §5.2."""
    assert frame[0] == 0x81
    assert not frame[1] & 0x80, "a server must not mask"
    size, start = frame[1], 2
    if size == 126:
        size, start = struct.unpack(">H", frame[2:4])[0], 4
        assert size > 125, "the shortest form must be used"
    elif size == 127:
        size, start = struct.unpack(">Q", frame[2:10])[0], 10
        assert size > 0xFFFF, "the shortest form must be used"
    assert len(frame) == start + size
    return frame[start:]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_text_of_any_size_is_one_frame(size: int) -> None:
    assert _payload(frames.text_frame(b"x" * size)) == b"x" * size


def test_an_event_keeps_its_data_as_it_was_written() -> None:
    stored = StoredEvent(3, 18, 1_700_000_000_000, "message.added", 5, 0, '{"id":7,"text":"при\\"вет 🐦"}')
    assert json.loads(_payload(frames.event_frame(stored))) == {
        "type": "message.added",
        "position": "3-18",
        "chatId": 5,
        "at": 1_700_000_000_000,
        "data": {"id": 7, "text": 'при"вет 🐦'},
    }
    assert frames.message_id_of(stored) == 7


def test_events_about_something_else_name_no_message() -> None:
    assert frames.message_id_of(StoredEvent(0, 1, 0, "chat.changed", 5, 0, '{"chat_id":5}')) == 0


@pytest.mark.parametrize("kind", ["hello", "reset", "heartbeat"])
def test_a_notice_says_the_position_only(kind: str) -> None:
    assert json.loads(_payload(frames.notice_frame(kind, Position(0, 17)))) == {"type": kind, "position": "0-17"}


def test_a_goodbye_carries_its_code() -> None:
    assert frames.close_frame(4401) == b"\x88\x02\x11\x31"
    assert frames.PING == b"\x89\x00"


@pytest.mark.parametrize("cls", Event.__subclasses__(), ids=lambda cls: cls.kind)
def test_what_an_event_says_of_its_audience_decides_whether_it_is_pushed(cls: type[Event]) -> None:
    is_internal = "Internal" in (cls.__doc__ or "")
    assert is_internal != (cls.kind in frames.PUSHED_KINDS), f"{cls.__doc__} Decide in realtime/frames.py."
