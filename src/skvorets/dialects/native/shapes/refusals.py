"""How refusals look in the native API; see ``errors.py``."""

from __future__ import annotations

import msgspec


class RefusalReason(msgspec.Struct, frozen=True):
    """Why not."""

    code: str  # stable, for programs
    message: str  # for people, may be reworded


class Refusal(msgspec.Struct, frozen=True):
    """The answer with every status of 400 and above."""

    error: RefusalReason
