"""``placement.bind``: have an address of the application open at a place of the messenger.

Source: spec ``bitrix24-imbot.md`` §12; seed "Приложения для Нового чата"; docs ``placement.bind``.
"""

from __future__ import annotations

import msgspec

from skvorets.core.placements import NewPlacement, WrongOptionError, bind_placement
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.languages import phrase_of, read_languages
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.placement_rules import known_places, managed_application, required
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import AlreadyBoundError, TooLargeError, WrongAddressError, WrongProtocolError

_NOT_FOUND = Fault("ERROR_PLACEMENT_NOT_FOUND", "Placement not found")
_USER_MODE = Fault("ERROR_PLACEMENT_USER_MODE", "User mode is not available")
# Option → its name in codes and texts of errors.
_OPTIONS = {
    "iconName": ("ICON_NAME", "Icon name"),
    "context": ("CONTEXT", "Context"),
    "role": ("ROLE", "Role"),
    "extranet": ("EXTRANET", "Extranet"),
    "color": ("COLOR", "Color"),
    "width": ("WIDTH", "Width"),
    "height": ("HEIGHT", "Height"),
}


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    PLACEMENT: str = ""  # code of the place, in any case
    HANDLER: str = ""  # http or https
    TITLE: str = ""
    DESCRIPTION: str = ""
    GROUP_NAME: str = ""
    LANG_ALL: Structure | None = None  # language → TITLE, DESCRIPTION, GROUP_NAME
    OPTIONS: Structure | None = None  # as documented for the place
    USER_ID: int = 0  # no place of the messenger can be bound for one person only


@method(
    "placement.bind",
    scope="placement",
    params=Params,
    errors={
        WrongProtocolError: Fault("ERROR_UNSUPPORTED_PROTOCOL", "Unsupported placement handler protocol"),
        WrongAddressError: Fault("ERROR_WRONG_HANDLER_URL", "Wrong handler URL"),
        AlreadyBoundError: Fault("ERROR_CORE", "Unable to set placement handler: Handler already binded"),
        TooLargeError: Fault("ERROR_CORE", "Unable to set placement handler: too many handlers"),
    },
)
async def placement_bind(tx: Tx, call: Call, params: Params) -> bool:
    """Bind the address; true."""
    application = managed_application(call)
    placement = required("PLACEMENT", params.PLACEMENT).upper()
    handler = required("HANDLER", params.HANDLER)
    if placement not in known_places(call.caller.scopes):
        raise ApiError(_NOT_FOUND)
    if params.USER_ID:
        raise ApiError(_USER_MODE)
    options = params.OPTIONS.value if params.OPTIONS is not None else None
    new = NewPlacement(
        placement=placement,
        handler=handler,
        title=phrase_of(params.TITLE),
        description=phrase_of(params.DESCRIPTION),
        group_name=phrase_of(params.GROUP_NAME),
        phrases=_phrases(params.LANG_ALL),
        options=options if isinstance(options, dict) else {},
    )
    try:
        await bind_placement(tx, application, new)
    except WrongOptionError as error:
        raise ApiError(_option_fault(error)) from None
    return True


def _phrases(given: Structure | None) -> dict[str, dict[str, str]]:
    found = read_languages(given, "TITLE", "DESCRIPTION", "GROUP_NAME")
    return {language: {name.lower(): phrase for name, phrase in phrases.items()} for language, phrases in found.items()}


def _option_fault(error: WrongOptionError) -> Fault:
    code, title = _OPTIONS[error.name]
    if error.is_missing:
        return Fault(f"EMPTY_ERROR_{code}", f"{title} can't be empty")
    return Fault(f"INVALID_ERROR_{code}", f"{title} is invalid")
