"""The people and chats which a run needs; made before the clock starts and handed over as one JSON file.

The names of the chats are a contract between the preparation (`bench/prepare.py`, the stub) and the scenarios.
"""

from __future__ import annotations

import msgspec

PAIR = "pair"  # 2 members, no history
TEAM = "team"  # 10 members, no history: the chat of most scenarios
HALL = "hall"  # as many members as there are sockets in `fanout`
CROWD = "crowd"  # 10,000 members
OLD = "old"  # 10 members, 100,000 messages
ANCIENT = "ancient"  # 10 members, 1,000,000 messages

TEAM_SIZE = 10
HALL_SIZE = 1_000
CROWD_SIZE = 10_000
MEMBERS = {PAIR: 2, TEAM: TEAM_SIZE, HALL: HALL_SIZE, CROWD: CROWD_SIZE, OLD: TEAM_SIZE, ANCIENT: TEAM_SIZE}

OLD_MESSAGES = 100_000
ANCIENT_MESSAGES = 1_000_000
HISTORY = {OLD: OLD_MESSAGES, ANCIENT: ANCIENT_MESSAGES}

# The library (bench/library.py): a database of its own, for reading.
LONG = "long"  # the reader's chat with a long history
LIBRARY_CHATS = 10_000
READERS_CHATS = 1_000
READERS_DIALOGS = 300  # of these chats
LIBRARY_PEOPLE = 2_000
LIBRARY_SIZES = (100_000, 1_000_000)  # messages


class Person(msgspec.Struct, frozen=True):
    """Somebody who can call the server."""

    id: int
    token: str  # value of the `auth` parameter


class World(msgspec.Struct, frozen=True):
    """What the preparation made. The members of a chat are the first `MEMBERS[chat]` people."""

    people: list[Person]  # at least as many as sockets are opened; members beyond them need no token
    chats: dict[str, int]  # name (see above) -> number of the chat
    application: str = ""  # access token of an application that may register bots; empty: there is none
    more_applications: list[str] = []  # tokens of others
    logins: list[str] = []  # of the first people, who have all the same password
    password: str = ""

    def application_owner(self) -> Person:
        """Return the person in whose name the application calls."""
        return Person(self.people[0].id, self.application)

    def application_owners(self) -> list[Person]:
        """Return the same person through each of the applications."""
        return [Person(self.people[0].id, token) for token in (self.application, *self.more_applications)]


def chats_for(*, is_full: bool) -> list[str]:
    """Return the chats to prepare; the big ones take a minute and belong to the full run only."""
    return [PAIR, TEAM, HALL, CROWD, OLD, ANCIENT] if is_full else [PAIR, TEAM, HALL]
