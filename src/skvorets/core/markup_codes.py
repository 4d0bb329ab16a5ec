"""BB codes: which values each code accepts and which node it becomes (bitrix24-imbot §9).

A code whose value is not accepted stays text. `single` codes stand alone; `paired` codes have a closing tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from skvorets.core.colors import hex_color
from skvorets.core.content_values import web_address
from skvorets.core.markup_nodes import (
    Call,
    ChatLink,
    DiskFile,
    Icon,
    Image,
    Link,
    Mark,
    Mention,
    MessageLink,
    Node,
    Put,
    Send,
    Styled,
    Text,
    Timestamp,
)

MIN_FONT_PX: Final = 8
MAX_FONT_PX: Final = 30
MAX_ICON_PX: Final = 100  # larger icons are shown at this size

Children: TypeAlias = tuple[Node, ...]

Make: TypeAlias = Callable[[Children, str], Node | None]
"""Makes the node at the closing tag from the parsed children and the raw text between the tags; None: it stays text."""

_LINK = re.compile(r"(?:https?://|ftp://|mailto:|tel:|/)[^\s\x00-\x1f]+", re.IGNORECASE)
_ID = re.compile(r"[0-9]{1,18}")
_MENTIONED = re.compile(r"(?:([0-9]{1,18})|all)(?:\s+replace)?", re.IGNORECASE)
_DIALOG = re.compile(r"(?:imol\||chat|sg)?[0-9]{1,18}", re.IGNORECASE)
_MESSAGE = re.compile(r"(chat[0-9]{1,18}|[0-9]{1,18}(?::[0-9]{1,18})?)/([0-9]{1,18})", re.IGNORECASE)
_PHONE = re.compile(r"[0-9+()#* \-]{1,64}")
_FONT = re.compile(r"([0-9]{1,3})(?:px|pt)?", re.IGNORECASE)
_FILE = re.compile(r"[a-z]?[0-9]{1,18}", re.IGNORECASE)
_TIMESTAMP = re.compile(r"([0-9]{1,12})(?:\s+format=(.*))?", re.IGNORECASE | re.DOTALL)
_ICON_ATTRIBUTE = re.compile(r"\s(size|width|height|title)=", re.IGNORECASE)
_IMAGE_SIZE = re.compile(r"\s*(?:size=(small|medium|large))?\s*", re.IGNORECASE)

INTERACTIVE: Final = frozenset({"url", "user", "chat", "context", "call", "send", "put"})
"""Codes that make something to click: one inside another is ignored, only its contents are shown."""


def single_node(name: str, rest: str) -> Node | None:
    """Return the node of a code without closing tag; `rest` is what stands between its name and `]`."""
    read = _SINGLE.get(name)
    value = value_of(rest)
    if read is None or (value is None and rest.strip()):
        return None
    return read(value)


def opened(name: str, rest: str) -> Make | None:
    """Return what makes the node of a paired code once its closing tag comes; None when the tag stays text."""
    if name in _PLAIN_STYLES:
        return _styled(_PLAIN_STYLES[name]) if not rest.strip() else None
    if name == "img":
        return _open_image(rest)
    read = _PAIRED.get(name)
    value = value_of(rest)
    if read is None or (value is None and rest.strip()):
        return None
    return read(value)


def value_of(rest: str) -> str | None:
    """Return the text after `=`; None when the code has no value."""
    head, separator, value = rest.partition("=")
    return value.strip() if separator and not head.strip() else None


def is_picture(address: str) -> bool:
    """Whether a bare address is shown as a picture."""
    return address.lower().endswith((".png", ".jpg", ".gif"))


def _styled(style: Literal["b", "i", "u", "s", "size", "color"], value: str = "") -> Make:
    return lambda children, _: Styled(style, children, value)


def _open_size(value: str | None) -> Make | None:
    match = _FONT.fullmatch(value or "")
    if match is None:
        return None
    return _styled("size", str(min(max(int(match[1]), MIN_FONT_PX), MAX_FONT_PX)))


def _open_color(value: str | None) -> Make | None:
    color = hex_color(value)
    return _styled("color", color) if color else None


def _open_link(value: str | None) -> Make | None:
    if value is None:
        return lambda _, raw: _link(raw.strip(), (Text(raw.strip()),))
    return (lambda children, _: _link(value, children)) if _LINK.fullmatch(value) else None


def _link(address: str, children: Children) -> Node | None:
    return Link(address, children or (Text(address),)) if _LINK.fullmatch(address) else None


def _open_mention(value: str | None) -> Make | None:
    match = _MENTIONED.fullmatch(value or "")
    if match is None:
        return None
    person_id = int(match[1]) if match[1] else None
    return lambda children, _: Mention(person_id, children)


def _open_chat(value: str | None) -> Make | None:
    if value is None or _DIALOG.fullmatch(value) is None:
        return None
    return lambda children, _: ChatLink(value, children)


def _open_message(value: str | None) -> Make | None:
    match = _MESSAGE.fullmatch(value or "")
    if match is None:
        return None
    dialog, message_id = match[1], int(match[2])
    return lambda children, _: MessageLink(dialog, message_id, children)


def _open_call(value: str | None) -> Make | None:
    if value is None:
        return lambda _, raw: _call(raw.strip(), (Text(raw.strip()),))
    return (lambda children, _: _call(value, children)) if _PHONE.fullmatch(value) else None


def _call(number: str, children: Children) -> Node | None:
    return Call(number, children or (Text(number),)) if _PHONE.fullmatch(number) else None


def _open_send(value: str | None) -> Make:
    return lambda children, raw: Send(value or raw, children or (Text(value or raw),)) if value or raw else None


def _open_put(value: str | None) -> Make:
    return lambda children, raw: Put(value or raw, children or (Text(value or raw),)) if value or raw else None


def _open_image(rest: str) -> Make | None:
    match = _IMAGE_SIZE.fullmatch(rest)
    if match is None:
        return None
    size = _IMAGE_SIZES[(match[1] or "").lower()]
    return lambda _, raw: _image(raw, size)


def _image(raw: str, size: Literal["", "small", "medium", "large"]) -> Node | None:
    address = web_address(raw)
    return Image(address, size) if address else None


def _read_icon(value: str | None) -> Node | None:
    """Return an icon; the title may contain spaces, the address may not (as documented)."""
    parts = _ICON_ATTRIBUTE.split(value or "")
    address = web_address(parts[0])
    if address is None or " " in address:
        return None
    attributes = {key.lower(): text.strip() for key, text in zip(parts[1::2], parts[2::2], strict=True)}
    size = _icon_px(attributes.get("size"))
    return Icon(
        address,
        width=_icon_px(attributes.get("width")) or size,
        height=_icon_px(attributes.get("height")) or size,
        title=attributes.get("title", ""),
    )


def _icon_px(value: str | None) -> int | None:
    match = _FONT.fullmatch(value or "")
    return min(int(match[1]), MAX_ICON_PX) or None if match else None


def _read_timestamp(value: str | None) -> Node | None:
    match = _TIMESTAMP.fullmatch(value or "")
    return Timestamp(int(match[1]), (match[2] or "").strip()) if match else None


def _read_file(value: str | None) -> Node | None:
    return DiskFile(value) if value is not None and _FILE.fullmatch(value) else None


def _read_rating(value: str | None) -> Node | None:
    return Mark("rating", int(value)) if value is not None and _ID.fullmatch(value) else None


def _read_attach(value: str | None) -> Node | None:
    return Mark("attach", int(value)) if value is not None and _ID.fullmatch(value) else None


def _read_like(value: str | None) -> Node | None:
    return Mark("like") if value is None else None


def _read_dislike(value: str | None) -> Node | None:
    return Mark("dislike") if value is None else None


_IMAGE_SIZES: Final[MappingProxyType[str, Literal["", "small", "medium", "large"]]] = MappingProxyType(
    {"": "", "small": "small", "medium": "medium", "large": "large"}
)

_PLAIN_STYLES: Final[MappingProxyType[str, Literal["b", "i", "u", "s"]]] = MappingProxyType(
    {"b": "b", "i": "i", "u": "u", "s": "s"}
)

_PAIRED: Final[MappingProxyType[str, Callable[[str | None], Make | None]]] = MappingProxyType(
    {
        "size": _open_size,
        "color": _open_color,
        "url": _open_link,
        "user": _open_mention,
        "chat": _open_chat,
        "context": _open_message,
        "call": _open_call,
        "send": _open_send,
        "put": _open_put,
    }
)

_SINGLE: Final[MappingProxyType[str, Callable[[str | None], Node | None]]] = MappingProxyType(
    {
        "icon": _read_icon,
        "timestamp": _read_timestamp,
        "disk": _read_file,
        "like": _read_like,
        "dislike": _read_dislike,
        "rating": _read_rating,
        "attach": _read_attach,
    }
)
