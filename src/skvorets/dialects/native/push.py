"""What the native API needs of the push socket; made by the composition root, which knows both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from skvorets.dialects.native.registry import Services
from skvorets.storage.sessions import Session

PART = "push"
"""Its name among the parts of the dialect."""

# Writes a ticket for the push socket of a browser, and says for how many seconds it is good.
IssueTicket: TypeAlias = Callable[[Session], tuple[str, int]]


def issuer_of(services: Services) -> IssueTicket:
    """Give what writes tickets."""
    issue: IssueTicket = services.parts[PART]
    return issue
