"""What happens to people: presence (core/presence.py), looks (core/people.py), browsers (core/session_ends.py)."""

from __future__ import annotations

from typing import ClassVar

from skvorets.core.event_base import Event


class PersonStatus(Event, frozen=True, kw_only=True):
    """A person chose another status, went away or came back.

    Told to everybody inside by the chat of all employees (``chat_id``), and one by one to people from outside who share
    a chat with the person (``person_id``). Whoever is away only because he was not seen for long causes no event.
    """

    kind: ClassVar[str] = "person.status"
    is_personal: ClassVar[bool] = True
    chat_id: int = 0  # whose members are told …
    person_id: int = 0  # … or who alone
    subject_id: int  # whose status it is
    status: str  # online, dnd, away, break
    idle_since: int  # unix milliseconds, 0 = not away


class PersonUpdated(Event, frozen=True, kw_only=True):
    """Name, picture, position, state … of a person changed: load him anew. Told as ``PersonStatus`` is."""

    kind: ClassVar[str] = "person.updated"
    is_personal: ClassVar[bool] = True
    chat_id: int = 0  # whose members are told …
    person_id: int = 0  # … or who alone
    subject_id: int  # who changed


class SessionsClosed(Event, frozen=True, kw_only=True):
    """Some or all browsers of a person were logged out. Internal."""

    kind: ClassVar[str] = "session.closed"
    subject_id: int  # whose they were
