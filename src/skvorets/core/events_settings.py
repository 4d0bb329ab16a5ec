"""What happens to people's settings. See core/settings.py."""

from __future__ import annotations

from typing import ClassVar

from skvorets.core.event_base import Event


class SettingsChanged(Event, frozen=True, kw_only=True):
    """A person chose something for his own clients; all settings as they are now. For him alone."""

    kind: ClassVar[str] = "settings.changed"
    is_personal: ClassVar[bool] = True
    person_id: int
    theme: str
    language: str
    send_key: str
    sound: bool
    notifications: str
    shows_preview: bool
