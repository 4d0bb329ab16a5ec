"""What ``imbot.register`` and ``imbot.update`` say of a bot: where its events go (EVENT_*), how it looks (PROPERTIES).

Source: spec ``bitrix24-imbot.md`` §2.2; seed "imbot.register".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from skvorets.core import colors
from skvorets.core.addresses import check_handler_url
from skvorets.core.bots import BotHandlers
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.fields import FieldsReader
from skvorets.dialects.bitrix24.params import Structure
from skvorets.errors import WrongAddressError
from skvorets.storage.database import Portal

NAME_ERROR = Fault("NAME_ERROR", "Bot name isn't specified")
WRONG_URL = "Wrong handler URL"
# Characters of a name, position, e-mail.
MAX_TEXT = 255
# Characters of a bot's site.
MAX_WWW = 2000


class HandlerFields(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses of a bot's events."""

    EVENT_HANDLER: str = ""  # stands for every one that is not given
    EVENT_MESSAGE_ADD: str = ""
    EVENT_MESSAGE_UPDATE: str = ""
    EVENT_MESSAGE_DELETE: str = ""
    EVENT_WELCOME_MESSAGE: str = ""
    EVENT_BOT_DELETE: str = ""


class _Address(NamedTuple):
    name: str
    field: str  # of BotHandlers
    title: str  # in the error's text; "" = may be missing

    @property
    def code(self) -> str:
        return f"{self.name}_ERROR"


# In the order in which they are checked. [source: im]
_ADDRESSES = (
    _Address("EVENT_MESSAGE_ADD", "message_added", "Message add"),
    _Address("EVENT_MESSAGE_UPDATE", "message_changed", ""),
    _Address("EVENT_MESSAGE_DELETE", "message_deleted", ""),
    _Address("EVENT_WELCOME_MESSAGE", "joined", "Welcome message"),
    _Address("EVENT_BOT_DELETE", "deleted", "Bot delete"),
)
HANDLER_FAULTS: Mapping[str, Fault] = {
    "EVENT_HANDLER": Fault("EVENT_MESSAGE_ADD_ERROR", WRONG_URL),
    **{address.name: Fault(address.code, WRONG_URL) for address in _ADDRESSES},
}


class Properties(msgspec.Struct, frozen=True, kw_only=True):
    """PROPERTIES: how a bot looks; None = not given."""

    NAME: str | None = None
    LAST_NAME: str | None = None
    COLOR: str | None = None  # a colour's name; an unknown one is ignored
    EMAIL: str | None = None  # not that of a real person
    PERSONAL_BIRTHDAY: str | None = None  # YYYY-MM-DD; a wrong date is ignored
    WORK_POSITION: str | None = None  # shown as the description
    PERSONAL_WWW: str | None = None  # http or https
    PERSONAL_GENDER: str | None = None  # M, F or empty


_properties = FieldsReader(Properties, {"NAME": NAME_ERROR, "LAST_NAME": NAME_ERROR})


def read_handlers(portal: Portal, given: HandlerFields, *, are_required: bool) -> BotHandlers:
    """Check the addresses in the documented order. Raises ApiError EVENT_*_ERROR."""
    found: dict[str, str] = {}
    for address in _ADDRESSES:
        own: str = getattr(given, address.name)
        url = own.strip() or given.EVENT_HANDLER.strip()
        if url:
            found[address.field] = checked_url(portal, url, Fault(address.code, WRONG_URL))
        elif are_required and address.title:
            raise ApiError(Fault(address.code, f'Handler for "{address.title}" event isn\'t specified'))
    return BotHandlers(**found)


def checked_url(portal: Portal, url: str, fault: Fault) -> str:
    """Give the address of a handler back. Raises ApiError with the fault when events may not be sent there."""
    try:
        return check_handler_url(portal, url.strip())
    except WrongAddressError:
        raise ApiError(fault) from None


def read_looks(given: Structure | None) -> dict[str, str]:
    """Give the columns of ``people`` that are to be set. Raises ApiError NAME_ERROR for names that are no text."""
    properties = _properties.read(given)
    looks = {
        "first_name": _text(properties.NAME),
        "last_name": _text(properties.LAST_NAME),
        "work_position": _text(properties.WORK_POSITION),
        "email": _text(properties.EMAIL),
        "color": colors.color_name(properties.COLOR),
        "birthday": _birthday(properties.PERSONAL_BIRTHDAY),
        "gender": _gender(properties.PERSONAL_GENDER),
        "www": _site(properties.PERSONAL_WWW),
    }
    return {column: value for column, value in looks.items() if value is not None}


def _text(given: str | None) -> str | None:
    return None if given is None else given.strip()[:MAX_TEXT]


def _birthday(given: str | None) -> str | None:
    try:
        return "" if given == "" else date.fromisoformat((given or "").strip()).isoformat()
    except ValueError:
        return None


def _gender(given: str | None) -> str | None:
    letter = None if given is None else given.strip().upper()
    return letter if letter in {"M", "F", ""} else None


def _site(given: str | None) -> str | None:
    """Give a site that can be shown as a link; whatever else could run in a reader's browser is ignored."""
    site = None if given is None else given.strip()
    is_shown = site is not None and len(site) <= MAX_WWW and (not site or site.startswith(("http://", "https://")))
    return site if is_shown else None
