"""Rows of ``network_peers``, ``network_pairings`` and ``network_received``: servers whose lines are joined."""

from __future__ import annotations

import msgspec

from skvorets.storage.database import Tx


class Peer(msgspec.Struct, frozen=True):
    """A server with which secrets were exchanged."""

    server: str  # https://other.example
    secret: str  # 64 hex digits: what we sign with; empty = an exchange is under way only
    other_secret: str  # accepted, too; empty = none
    paired_at: int  # unix milliseconds


async def find(tx: Tx, server: str) -> Peer | None:
    """The server at this address."""
    row = await tx.row("SELECT server, secret, other_secret, paired_at FROM network_peers WHERE server = $1", server)
    return None if row is None else Peer(*row)


async def put(tx: Tx, peer: Peer) -> None:
    """Store a server's secrets."""
    await tx.do(
        "INSERT INTO network_peers (server, secret, other_secret, paired_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (server) DO UPDATE SET secret = excluded.secret, other_secret = excluded.other_secret,"
        " paired_at = excluded.paired_at",
        *msgspec.structs.astuple(peer),
    )


async def begin_pairing(tx: Tx, token: str, server: str, half: str, *, forgets_before: int) -> None:
    """Remember an exchange that we begin; those begun before a time (unix milliseconds) are forgotten."""
    await tx.do("DELETE FROM network_pairings WHERE begun_at < $1", forgets_before)
    await tx.do(
        "INSERT INTO network_pairings (token, server, half, begun_at) VALUES ($1, $2, $3, $4)",
        token,
        server,
        half,
        tx.now,
    )


async def half_of_pairing(tx: Tx, token: str, server: str, *, since: int) -> str:
    """Our half of the secret of an exchange that was begun since a time; empty when there is none."""
    found: str | None = await tx.val(
        "SELECT half FROM network_pairings WHERE token = $1 AND server = $2 AND begun_at >= $3", token, server, since
    )
    return found or ""


async def end_pairing(tx: Tx, token: str) -> None:
    """Forget an exchange."""
    await tx.do("DELETE FROM network_pairings WHERE token = $1", token)


async def note_received(tx: Tx, server: str, name: str) -> bool:
    """Note that something came; False when it came before."""
    return bool(
        await tx.do(
            "INSERT INTO network_received (server, name, received_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            server,
            name,
            tx.now,
        )
    )


async def forget_received(tx: Tx, before: int) -> None:
    """Forget what came before a time (unix milliseconds)."""
    await tx.do("DELETE FROM network_received WHERE received_at < $1", before)
