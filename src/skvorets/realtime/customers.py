"""How many sockets customers of open lines have: anybody can become one, so there are few for each.

One for each tab of his browser is enough; an office behind one network address is several customers.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

MAX_OF_CUSTOMER: Final = 5
MAX_OF_ADDRESS: Final = 50
"""Sockets of all customers of one network address, in one process."""


class CustomerSockets:
    """Counts the sockets of customers that are open or being opened."""

    def __init__(self) -> None:
        """Nobody is here yet."""
        self._customers: Counter[int] = Counter()
        self._addresses: Counter[str] = Counter()

    def enter(self, client_id: int, address: str) -> bool:
        """Count a socket; False when there are enough."""
        if self._customers[client_id] >= MAX_OF_CUSTOMER or self._addresses[address] >= MAX_OF_ADDRESS:
            return False
        self._customers[client_id] += 1
        self._addresses[address] += 1
        return True

    def leave(self, client_id: int, address: str) -> None:
        """Count one less; who has none is forgotten."""
        self._customers[client_id] -= 1
        self._addresses[address] -= 1
        if self._customers[client_id] <= 0:
            del self._customers[client_id]
        if self._addresses[address] <= 0:
            del self._addresses[address]
