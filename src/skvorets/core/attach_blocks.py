"""The blocks of an attachment: which keys each kind has, what is checked, what is stored.

Documented in the seed's chapter "Вложения / Коллекции блоков" and bitrix24-imbot §8. The keys are stored as documented.
USER, LINK, RICH_LINK, IMAGE and FILE are stored as lists, whether one object was given or several.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, TypeAlias

from skvorets.core.colors import hex_color
from skvorets.core.content_values import fields_of, is_yes, one_or_many, positive_int, trimmed, web_address

Fields: TypeAlias = dict[str, object]

DELIMITER_SIZE_PX: Final = 200
"""Length of a delimiter that names no SIZE."""

_AVATAR_BY_TARGET: Final = MappingProxyType({"CHAT_ID": "CHAT", "BOT_ID": "BOT"})
_AVATAR_TYPES: Final = frozenset({"USER", "CHAT", "BOT"})
_GRID_DISPLAYS: Final = MappingProxyType(
    {
        "BLOCK": "BLOCK",
        "LINE": "LINE",
        "ROW": "ROW",
        "TABLE": "TABLE",
        # COMPAT(bitrix24): the documentation teaches COLUMN, its larger example writes ROW; the stored word is ROW.
        "COLUMN": "ROW",
        "CARD": "LINE",
    }
)


def read_block(given: object) -> Fields | None:
    """Return the stored form `{KIND: content}` of a block, or None when it is invalid.

    The first kind present decides, in the documented order; other keys of the block are ignored.
    """
    fields = fields_of(given)
    for kind, read in _READERS.items():
        if kind in fields:
            content = read(fields[kind])
            return {kind: content} if content else None
    return None


def described_text(given: object) -> str:
    """Return the text of a MESSAGE block marked `AS_DESCRIPTION: Y`; empty for any other block."""
    message = fields_of(fields_of(given).get("MESSAGE"))
    return trimmed(message.get("TEXT")) if is_yes(message.get("AS_DESCRIPTION")) else ""


def _read_users(given: object) -> list[Fields]:
    return _read_each(given, _read_user)


def _read_links(given: object) -> list[Fields]:
    return _read_each(given, _read_link)


def _read_rich_links(given: object) -> list[Fields]:
    return _read_each(given, _read_rich_link)


def _read_images(given: object) -> list[Fields]:
    return _read_each(given, _read_image)


def _read_files(given: object) -> list[Fields]:
    return _read_each(given, _read_file)


def _read_grid(given: object) -> list[Fields]:
    return _read_each(given, _read_cell)


def _read_each(given: object, read: Callable[[Fields], Fields | None]) -> list[Fields]:
    stored = (read(fields_of(item)) for item in one_or_many(given))
    return [item for item in stored if item]


def _read_message(given: object) -> str:
    return trimmed(fields_of(given).get("TEXT") if isinstance(given, dict) else given)


def _read_delimiter(given: object) -> Fields | None:
    if not isinstance(given, dict | list | tuple):
        return None
    # An empty map may arrive as an empty list: PHP has one kind of array.
    fields = fields_of(next(iter(one_or_many(given)), None))
    stored: Fields = {"SIZE": positive_int(fields.get("SIZE")) or DELIMITER_SIZE_PX}
    _keep(stored, "COLOR", hex_color(fields.get("COLOR")))
    return stored


def _read_user(fields: Fields) -> Fields | None:
    name = trimmed(fields.get("NAME"))
    if not name:
        return None
    stored: Fields = {"NAME": name}
    _keep(stored, "AVATAR", web_address(fields.get("AVATAR")))
    target = _first_target(fields, ("NETWORK_ID", "USER_ID", "CHAT_ID", "BOT_ID", "LINK"))
    stored.update(target)
    avatar_type = trimmed(fields.get("AVATAR_TYPE")).upper()
    if avatar_type not in _AVATAR_TYPES:
        avatar_type = _AVATAR_BY_TARGET.get(next(iter(target), ""), "USER")
    stored["AVATAR_TYPE"] = avatar_type
    return stored


def _read_link(fields: Fields) -> Fields | None:
    stored = _read_titled_link(fields)
    if stored is not None:
        _keep_sizes(stored, fields)
    return stored


def _read_rich_link(fields: Fields) -> Fields | None:
    stored = _read_titled_link(fields)
    if stored is not None:
        size: Fields = {}
        _keep_sizes(size, fields_of(fields.get("PREVIEW_SIZE")))
        _keep(stored, "PREVIEW_SIZE", size)
        _keep(stored, "EXTRA_IMAGE", web_address(fields.get("EXTRA_IMAGE")))
    return stored


def _read_titled_link(fields: Fields) -> Fields | None:
    """Return what LINK and RICH_LINK share: title, target, and either HTML or description with picture."""
    name = trimmed(fields.get("NAME"))
    address = web_address(fields.get("LINK"))
    target: Fields = {"LINK": address} if address else _first_target(fields, ("USER_ID", "CHAT_ID", "NETWORK_ID"))
    if not target or not (name or address):
        return None
    stored: Fields = {"NAME": name or address, **target}
    html = trimmed(fields.get("HTML"))
    if html:
        stored["HTML"] = html
    else:
        _keep(stored, "DESC", trimmed(fields.get("DESC")))
        _keep(stored, "PREVIEW", web_address(fields.get("PREVIEW")))
    return stored


def _read_image(fields: Fields) -> Fields | None:
    address = web_address(fields.get("LINK"))
    if address is None:
        return None
    stored: Fields = {}
    _keep(stored, "NAME", trimmed(fields.get("NAME")))
    stored["LINK"] = address
    stored["PREVIEW"] = web_address(fields.get("PREVIEW")) or address
    _keep_sizes(stored, fields)
    return stored


def _read_file(fields: Fields) -> Fields | None:
    address = web_address(fields.get("LINK"))
    if address is None:
        return None
    stored: Fields = {}
    _keep(stored, "NAME", trimmed(fields.get("NAME")))
    stored["LINK"] = address
    _keep(stored, "SIZE", positive_int(fields.get("SIZE")))
    return stored


def _read_cell(fields: Fields) -> Fields | None:
    stored: Fields = {}
    _keep(stored, "NAME", trimmed(fields.get("NAME")))
    # COMPAT(bitrix24): one of the two may be missing since REST revision 22; the seed's example sends `VALUE: ""`.
    _keep(stored, "VALUE", trimmed(fields.get("VALUE")))
    if not stored:
        return None
    stored["DISPLAY"] = _GRID_DISPLAYS.get(trimmed(fields.get("DISPLAY")).upper(), "BLOCK")
    _keep_sizes(stored, fields)
    _keep(stored, "COLOR", hex_color(fields.get("COLOR")))
    stored.update(_first_target(fields, ("USER_ID", "CHAT_ID", "LINK")))
    return stored


def _first_target(fields: Fields, keys: tuple[str, ...]) -> Fields:
    """Return the first valid one of the keys that say where a click leads, as a map of one entry; empty if none is."""
    for key in keys:
        target: object
        if key == "LINK":
            target = web_address(fields.get(key))
        elif key == "NETWORK_ID":
            target = trimmed(fields.get(key))  # an address in another portal: letters and digits
        else:
            target = positive_int(fields.get(key))
        if target:
            return {key: target}
    return {}


def _keep_sizes(stored: Fields, fields: Fields) -> None:
    _keep(stored, "WIDTH", positive_int(fields.get("WIDTH")))
    _keep(stored, "HEIGHT", positive_int(fields.get("HEIGHT")))


def _keep(stored: Fields, key: str, value: object) -> None:
    """Store a value that is there; what is empty or invalid leaves no key."""
    if value:
        stored[key] = value


_READERS: Final[MappingProxyType[str, Callable[[object], object]]] = MappingProxyType(
    {
        "USER": _read_users,
        "LINK": _read_links,
        "RICH_LINK": _read_rich_links,
        "MESSAGE": _read_message,
        "GRID": _read_grid,
        "IMAGE": _read_images,
        "FILE": _read_files,
        "DELIMITER": _read_delimiter,
    }
)
