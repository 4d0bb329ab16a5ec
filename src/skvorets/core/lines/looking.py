"""Who may look at a conversation and act in it, told from what is loaded already. Rules: spec openlines §3.6."""

from __future__ import annotations

from skvorets.storage.line_desk import Talk
from skvorets.storage.people import Person


def may_serve(person: Person, talk: Talk) -> bool:
    """May the person act in this conversation? As ``desk.session_to_serve`` finds it."""
    if person.extranet or person.is_bot:
        return False
    return bool(person.admin) or talk.serves or talk.is_offered or talk.session.operator_id == person.id
