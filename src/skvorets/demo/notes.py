"""What the demonstration tells its user, kept for later starts: a shell file ``demo.env``, for the owner only."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

FILE_NAME = "demo.env"
PREFIX = "SKVORETS_DEMO_"


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """Each field becomes a line ``SKVORETS_DEMO_NAME=value`` that a shell can read."""

    portal: str  # base address
    login: str  # the administrator's; all people have the same password
    password: str
    webhook: str  # address of the administrator's inbound webhook
    bot_id: str = ""  # person id of the demonstration's own bot
    line: str = ""  # code of the open line to which visitors of the demonstration's shop write
    client_id: str  # of the application to build a bot with
    client_secret: str
    application_token: str
    member_id: str

    def moved_to(self, portal: str) -> Notes:
        """The same notes for another base address."""
        webhook = portal + self.webhook.removeprefix(self.portal)
        return msgspec.structs.replace(self, portal=portal, webhook=webhook)

    def __str__(self) -> str:
        """Give the file's text."""
        return "".join(f"{PREFIX}{name.upper()}={value}\n" for name, value in msgspec.structs.asdict(self).items())


def read_notes(folder: Path) -> Notes | None:
    """Read the notes of an earlier start; None when there are none. Raises ValueError when somebody spoilt them."""
    path = folder / FILE_NAME
    if not path.exists():
        return None
    lines = (line.partition("=") for line in path.read_text("utf-8").splitlines())
    return msgspec.convert({name.removeprefix(PREFIX).lower(): value for name, _, value in lines}, Notes)


def keep_notes(folder: Path, notes: Notes) -> None:
    """Write the notes: whole or not at all, and for the owner only."""
    unfinished = folder / f"{FILE_NAME}.part"
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(str(notes))
    unfinished.replace(folder / FILE_NAME)
