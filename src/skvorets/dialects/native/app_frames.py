"""What the web client gets of applications that open in frames; shared by the resources that open them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec

from skvorets.core.access import Dialog
from skvorets.core.app_frames import Frame, Window
from skvorets.dialects.native.registry import Call

# A person's id, or a chat's with "chat" before it.
DialogId: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"\A(chat)?[1-9][0-9]{0,17}\Z")]
MessageId: TypeAlias = Annotated[int, msgspec.Meta(ge=1, lt=2**62)]
_CHAT = "chat"


class OpenedFrame(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A frame to be opened: the browser posts ``fields`` to ``url`` into a frame called ``name``."""

    application_id: int
    title: str
    url: str
    name: str
    app_sid: str
    fields: Mapping[str, str]
    init: Mapping[str, Any]  # the answer to the library's ``getInitData``
    is_installer: bool = False
    width: int = 0  # wished sizes, pixels; 0 = none
    height: int = 0


def read_dialog(text: str) -> Dialog:
    """Read a checked dialog id."""
    if text.startswith(_CHAT):
        return Dialog(chat_id=int(text.removeprefix(_CHAT)))
    return Dialog(person_id=int(text))


def language_of(call: Call[Any]) -> str:
    """Give the language in which the person sees the interface."""
    return call.person.language or call.services.config.language


def window_of(call: Call[Any]) -> Window:
    """Tell who looks, and from where."""
    return Window(viewer=call.person, base_url=call.services.config.base_url, language=language_of(call))


def opened(frame: Frame, title: str, width: int = 0, height: int = 0) -> OpenedFrame:
    """Put a frame into the client's words."""
    return OpenedFrame(
        application_id=frame.application.id,
        title=title,
        url=frame.url,
        name=frame.name,
        app_sid=frame.app_sid,
        fields=frame.fields,
        init=frame.init,
        is_installer=frame.is_installer,
        width=width,
        height=height,
    )
