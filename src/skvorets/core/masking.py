"""Secrets in what developers look at are shown as dots: tokens in payloads, in answers of handlers, in addresses.

What is shown whole is asked for with a press of a button (``/api/dev/…/reveal``), and never written to a log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from skvorets.core.tokens import TOKEN_LENGTH

Pairs: TypeAlias = list[tuple[str, str]]

MASK = "••••••••"
# Last parts of names in forms of events and of requests, in lower case.
_SECRET_NAMES = frozenset(
    {"access_token", "refresh_token", "application_token", "client_secret", "auth_id", "refresh_id", "auth"}
)
_SECRET_HEADERS = frozenset({"authorization", "cookie", "webhook-signature"})
_LAST_PART = re.compile(r"([^\[\]]*)\]*$")
# Our signed addresses of files, and inbound webhooks: the key stands in the path.
_ADDRESS = re.compile(r"(/files/(?:download|show|preview)/|/rest/[0-9]{1,18}/|/pull/[0-9]{1,18}/)[A-Za-z0-9_-]{16,200}")
# What looks like one of our tokens, keys and secrets in any text.
_LOOKS_SECRET = re.compile(
    rf"(?<![A-Za-z0-9_-])(?:[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}|[0-9a-f]{{32}}|whsec_[A-Za-z0-9+/]{{32,90}}={{0,2}})"
    r"(?![A-Za-z0-9_-])"
)


def mask_pairs(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Mask the values of a form that are secrets; names and the order stay."""
    return [(name, _mask_value(name, value)) for name, value in pairs]


def unmask_pairs(given: Iterable[tuple[str, str]], real: Mapping[str, str]) -> Pairs:
    """Put the real values back where a masked one was left as it was shown."""
    return [
        (name, real[name] if MASK in value and name in real and value == _mask_value(name, real[name]) else value)
        for name, value in given
    ]


def mask_headers(headers: Iterable[tuple[str, str]]) -> Pairs:
    """Mask headers that carry secrets."""
    return [(name, MASK if name.lower() in _SECRET_HEADERS else mask_text(value)) for name, value in headers]


def mask_text(text: str) -> str:
    """Mask whatever looks like one of our tokens in a text of somebody else."""
    return _LOOKS_SECRET.sub(MASK, _mask_addresses(text))


def _mask_value(name: str, value: str) -> str:
    last = _LAST_PART.search(name)
    if value and last is not None and last[1].lower() in _SECRET_NAMES:
        return MASK
    return _mask_addresses(value)


def _mask_addresses(text: str) -> str:
    return _ADDRESS.sub(rf"\1{MASK}", text) if "/" in text else text
