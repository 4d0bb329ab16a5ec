"""Rows of ``applications`` and ``webhooks``: the programs that may call and be called."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from skvorets.storage.columns import columns_of
from skvorets.storage.database import Tx

# How events come to an application.
PUSH, PULL = "push", "pull"


class Application(msgspec.Struct, frozen=True):
    """A local application, or the owner of bots that were registered through webhooks with one CLIENT_ID."""

    id: int
    kind: str  # local, webhook
    client_id: str
    secret_hash: str
    name: str
    scopes: str  # comma-separated
    handler_url: str
    install_url: str
    api_only: int
    version: int
    active: int
    installed: int
    installed_by: int
    installation: int  # grows at each (re)installation
    webhook_id: int
    limits: str
    delivery: str
    created_at: int
    transport: str = PUSH  # push: its events are posted to it; pull: it takes them itself

    @property
    def scope_set(self) -> frozenset[str]:
        """The granted scopes."""
        return frozenset(filter(None, self.scopes.split(",")))

    @property
    def is_pulling(self) -> bool:
        """Does it take its events itself?"""
        return self.transport == PULL


class Webhook(msgspec.Struct, frozen=True):
    """An inbound webhook: a secret address that acts for its owner."""

    id: int
    person_id: int
    secret_hash: str
    title: str
    scopes: str
    active: int
    expires_at: int  # 0 = never
    created_at: int

    @property
    def scope_set(self) -> frozenset[str]:
        """The granted scopes."""
        return frozenset(filter(None, self.scopes.split(",")))


class Code(msgspec.Struct, frozen=True):
    """A person's consent that waits to be exchanged for tokens."""

    code_hash: str
    application_id: int
    person_id: int
    expires_at: int


_COLUMNS = ", ".join(Application.__struct_fields__)
_WEBHOOK_COLUMNS = ", ".join(Webhook.__struct_fields__)
_CHANGEABLE = columns_of("applications", Application, "id", "kind", "created_at")


async def find(tx: Tx, application_id: int) -> Application | None:
    """The application with this id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM applications WHERE id = $1", application_id)
    return None if row is None else Application(*row)


async def find_many(tx: Tx, ids: Iterable[int]) -> dict[int, Application]:
    """The applications with these ids, by id; unknown ids are left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM applications WHERE id = ANY($1) ORDER BY id", wanted)
    return {row[0]: Application(*row) for row in rows}


async def find_by_client_id(tx: Tx, client_id: str) -> Application | None:
    """The application with this client id."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM applications WHERE client_id = $1", client_id)
    return None if row is None else Application(*row)


async def every(tx: Tx) -> list[Application]:
    """All applications, oldest first."""
    return [Application(*row) for row in await tx.rows(f"SELECT {_COLUMNS} FROM applications ORDER BY id")]


async def insert(tx: Tx, application: Application) -> int:
    """Store a new application (its ``id`` is ignored) and return the id."""
    names = Application.__struct_fields__[1:]
    new_id: int = await tx.val(
        f"INSERT INTO applications ({', '.join(names)}) VALUES ({', '.join(f'${n + 1}' for n in range(len(names)))})"
        " RETURNING id",
        *msgspec.structs.astuple(application)[1:],
    )
    return new_id


async def change(tx: Tx, application_id: int, **values: object) -> None:
    """Set columns of an application; names are columns of ``applications``."""
    await _CHANGEABLE.change(tx, application_id, values)


async def delete(tx: Tx, application_id: int) -> None:
    """Remove the application's row."""
    await tx.do("DELETE FROM applications WHERE id = $1", application_id)


async def find_webhook(tx: Tx, secret_hash: str) -> Webhook | None:
    """The webhook with this hash of its secret."""
    row = await tx.row(f"SELECT {_WEBHOOK_COLUMNS} FROM webhooks WHERE secret_hash = $1", secret_hash)
    return None if row is None else Webhook(*row)


async def every_webhook(tx: Tx) -> list[Webhook]:
    """All webhooks, oldest first."""
    return [Webhook(*row) for row in await tx.rows(f"SELECT {_WEBHOOK_COLUMNS} FROM webhooks ORDER BY id")]


async def insert_webhook(tx: Tx, webhook: Webhook) -> int:
    """Store a new webhook (its ``id`` is ignored) and return the id."""
    new_id: int = await tx.val(
        "INSERT INTO webhooks (person_id, secret_hash, title, scopes, active, expires_at, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        *msgspec.structs.astuple(webhook)[1:],
    )
    return new_id


async def deactivate_webhook(tx: Tx, webhook_id: int) -> bool:
    """Switch a webhook off for good; was it on?"""
    return bool(await tx.do("UPDATE webhooks SET active = 0 WHERE id = $1 AND active = 1", webhook_id))


async def delete_options(tx: Tx, application_id: int) -> None:
    """Remove all options of an application, also those of its people."""
    await tx.do("DELETE FROM options WHERE application_id = $1", application_id)


async def insert_code(tx: Tx, code: Code) -> None:
    """Store a code."""
    await tx.do(
        "INSERT INTO oauth_codes (code_hash, application_id, person_id, expires_at) VALUES ($1, $2, $3, $4)",
        *msgspec.structs.astuple(code),
    )


async def take_code(tx: Tx, code_hash: str) -> Code | None:
    """Remove a code and give it; None when there is none."""
    row = await tx.row(
        "DELETE FROM oauth_codes WHERE code_hash = $1 RETURNING code_hash, application_id, person_id, expires_at",
        code_hash,
    )
    return None if row is None else Code(*row)


async def delete_codes(tx: Tx, application_id: int) -> None:
    """Remove all codes of an application."""
    await tx.do("DELETE FROM oauth_codes WHERE application_id = $1", application_id)


async def delete_old_codes(tx: Tx) -> None:
    """Remove all codes whose time is over."""
    await tx.do("DELETE FROM oauth_codes WHERE expires_at < $1", tx.now)


async def spend_token(tx: Tx, token_hash: str, expires_at: int) -> int:
    """Remember that a refresh token was used, and forget those that are too old anyway; when it was used first.

    Times are unix milliseconds.
    """
    await tx.do("DELETE FROM spent_tokens WHERE expires_at < $1", tx.now)
    await tx.do(
        "INSERT INTO spent_tokens (token_hash, spent_at, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        token_hash,
        tx.now,
        expires_at,
    )
    spent_at: int = await tx.val("SELECT spent_at FROM spent_tokens WHERE token_hash = $1", token_hash)
    return spent_at


async def active_webhooks(tx: Tx, ids: Iterable[int]) -> set[int]:
    """Those of the webhooks that are not switched off."""
    wanted = sorted(set(ids))
    if not wanted:
        return set()
    return {row[0] for row in await tx.rows("SELECT id FROM webhooks WHERE id = ANY($1) AND active = 1", wanted)}


async def active_installations(tx: Tx, ids: Iterable[int]) -> dict[int, int]:
    """Number of the present installation of each of these applications that is active."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = await tx.rows("SELECT id, installation FROM applications WHERE id = ANY($1) AND active = 1", wanted)
    return {row[0]: row[1] for row in rows}
