"""One e-mail as bytes. Nothing that people write can add a header or a recipient."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

import msgspec

# Characters of a subject and of a name in front of an address; longer ones are cut.
MAX_SUBJECT = 200
MAX_NAME = 100
# What we send to: printable ASCII without the characters that structure a header or a command (RFC 5321 "dot-atom"),
# and a host in ASCII or of letters that IDNA can write. At most 254 characters in all (RFC 5321, 4.5.3.1.3).
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\w-]{1,63}\.)*[\w-]{1,63}")
_MAX_MAILBOX = 254


class Mailbox(msgspec.Struct, frozen=True):
    """An address with the name in front of it, both checked."""

    address: str  # local@host, all ASCII
    name: str = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent."""

    sender: Mailbox
    recipient: Mailbox
    subject: str
    text: str  # plain, lines end with \n
    message_id: str  # the same for every attempt, without <>
    written_at: int  # unix milliseconds


def read_address(text: str) -> str | None:
    """Give an e-mail address as it goes over the wire; None for what is none."""
    text = text.strip()
    if len(text) > _MAX_MAILBOX or not _MAILBOX.fullmatch(text):
        return None
    local, _, host = text.rpartition("@")
    if local.startswith(".") or local.endswith(".") or ".." in local:
        return None
    try:
        return f"{local}@{host.encode('idna').decode()}"
    except UnicodeError:
        return None


def read_mailbox(text: str) -> Mailbox | None:
    """Read ``Name <address>`` or an address alone, as an administrator writes it."""
    name, address = parseaddr(text)
    checked = read_address(address)
    return None if checked is None else Mailbox(checked, one_line(name)[:MAX_NAME])


def render(letter: Letter) -> bytes:
    """Give the e-mail: UTF-8, one plain part, lines ended as SMTP wants them."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(letter.sender)
    message["To"] = _address(letter.recipient)
    message["Subject"] = one_line(letter.subject)[:MAX_SUBJECT]
    message["Date"] = format_datetime(datetime.fromtimestamp(letter.written_at / 1000, UTC))
    message["Message-ID"] = f"<{letter.message_id}>"
    # RFC 3834: nobody's absence notice shall answer it.
    message["Auto-Submitted"] = "auto-generated"
    # Base64: lines of any length, and the bytes that come are the bytes that were sent.
    message.set_content(letter.text + "\n", charset="utf-8", cte="base64")
    return message.as_bytes()


def one_line(text: str) -> str:
    """Give a text as a header can hold it: control characters and line breaks become spaces."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _address(mailbox: Mailbox) -> Address:
    return Address(one_line(mailbox.name)[:MAX_NAME], addr_spec=mailbox.address)
