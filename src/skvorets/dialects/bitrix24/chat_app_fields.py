"""What ``imbot.app.register`` and ``imbot.app.update`` say of a chat application: what it does, where it is shown.

Source: spec ``bitrix24-imbot.md`` §11.1; seed "imbot.app.register".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from skvorets.core.chat_apps import Changes, EmptyHashError, Phrase, WrongCommandError
from skvorets.core.pictures import read_base64_picture
from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.languages import read_languages
from skvorets.dialects.bitrix24.params import Anything, Structure
from skvorets.dialects.bitrix24.registry import Call
from skvorets.errors import ChatAppNotFoundError, EmptyPhrasesError, NotOwnerError, WrongAddressError, WrongImageError
from skvorets.media.thumbnails import fit_within, in_decoder
from skvorets.storage.blobs import BlobStore

PARAMS_ERROR = Fault("PARAMS_ERROR", "Iframe or JS method isn't specified")
IFRAME_HTTPS = Fault("IFRAME_HTTPS", "Iframe params must be HTTPS site")
HASH_ERROR = Fault("HASH_ERROR", "Hash can't be empty")
LANG_ERROR = Fault("LANG_ERROR", "Lang set can't be empty")
CHAT_APP_ID_ERROR = Fault("CHAT_APP_ID_ERROR", "App not found")
FOREIGN_APP = Fault("APP_ID_ERROR", "App was installed by another rest application")
# Rows for the methods that take a chat application. They stand before broader ones: both are kinds of those.
APP_ERRORS: Mapping[type[Exception], Fault] = {ChatAppNotFoundError: CHAT_APP_ID_ERROR, NotOwnerError: FOREIGN_APP}
# Rows for what is wrong in the fields of a new one.
FIELD_ERRORS: Mapping[type[Exception], Fault] = {
    WrongCommandError: PARAMS_ERROR,
    WrongAddressError: IFRAME_HTTPS,
    EmptyHashError: HASH_ERROR,
    EmptyPhrasesError: LANG_ERROR,
}
ICON_WIDTH: Final = 432
ICON_HEIGHT: Final = 264
"""Sides of a kept icon: four times the documented canvas of 108×66, for sharp screens."""


class AppFields(msgspec.Struct, frozen=True, kw_only=True):
    """What a chat application is made of; None = not given."""

    JS_METHOD: str | None = None  # PUT, SEND, CALL or SUPPORT; wins over a frame
    JS_PARAM: str | None = None
    IFRAME: str | None = None  # https
    IFRAME_WIDTH: int | None = None  # pixels
    IFRAME_HEIGHT: int | None = None  # pixels
    IFRAME_POPUP: bool | None = None  # a window that stays when the dialog is changed
    HASH: str | None = None  # the word with which addresses are signed, 32 characters
    ICON_FILE: Anything | None = None  # base64 of a picture, 108×66; what is none is ignored
    IMAGE_FILE: Anything | None = None  # COMPAT(bitrix24): what the seed calls ICON_FILE once
    CONTEXT: str | None = None  # ALL, USER, CHAT, BOT, LINES, CALL, also with -admin
    HIDDEN: bool | None = None  # no button above the field
    EXTRANET_SUPPORT: bool | None = None
    LIVECHAT_SUPPORT: bool | None = None
    LANG: Structure | None = None  # required for visible ones


APP_FAULTS: Mapping[str, Fault] = {
    **dict.fromkeys(AppFields.__struct_fields__, PARAMS_ERROR),
    "IFRAME": IFRAME_HTTPS,
    "HASH": HASH_ERROR,
    "LANG": LANG_ERROR,
}


def read_changes(given: AppFields, icon: str | None) -> Changes:
    """Put the fields into the core's words."""
    return Changes(
        js_method=given.JS_METHOD,
        js_param=given.JS_PARAM,
        iframe=given.IFRAME,
        width=given.IFRAME_WIDTH,
        height=given.IFRAME_HEIGHT,
        is_popup=given.IFRAME_POPUP,
        hash=given.HASH,
        icon=icon,
        context=given.CONTEXT,
        is_hidden=given.HIDDEN,
        for_extranet=given.EXTRANET_SUPPORT,
        for_livechat=given.LIVECHAT_SUPPORT,
        phrases=None if given.LANG is None else _read_phrases(given.LANG),
    )


async def keep_icon(call: Call, given: AppFields) -> str | None:
    """Keep the icon and give its digest; None without a valid picture.

    Also understands what a file of a form becomes: the pair of its name and its base64.
    """
    field = given.ICON_FILE or given.IMAGE_FILE
    value = field.value if field is not None else None
    if isinstance(value, list) and value:
        value = value[-1]
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return await in_decoder(_keep, call.surroundings.blobs, value)
    except WrongImageError:
        return None


def _keep(blobs: BlobStore, text: str) -> str:
    return blobs.put(fit_within(read_base64_picture(text).data, ICON_WIDTH, ICON_HEIGHT).data)


def _read_phrases(given: Structure) -> dict[str, Phrase]:
    found = read_languages(given, "TITLE", "DESCRIPTION", "COPYRIGHT")
    return {
        language: Phrase(title=words["TITLE"], description=words["DESCRIPTION"], copyright=words["COPYRIGHT"])
        for language, words in found.items()
    }
