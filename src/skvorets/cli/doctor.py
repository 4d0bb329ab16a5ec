"""``skvorets doctor``: look at settings, disk, database, certificate, mail server and handlers; say what is wrong.

Changes nothing and may run beside the server. Exit code 1 when something must be mended.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import shutil
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from skvorets.cli.options import add_config_options, config_from
from skvorets.config import Config

OK, WARNING, WRONG = "ok", "warning", "WRONG"
# Below this the next checkpoint or upload may fail.
MIN_FREE_BYTES = 1 << 30
# Days before its end at which a certificate is worth a word.
CERTIFICATE_DAYS = 14
# A mail server that is slower than this takes no letters in time either, seconds; and what it says when all is well.
MAIL_TIMEOUT_S = 15.0
MAIL_OK = 250


class Finding(NamedTuple):
    """One thing that was looked at."""

    state: str
    what: str


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("doctor", help="check settings, database and handlers", description=__doc__)
    add_config_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the findings, the worst decides."""
    return asyncio.run(_examine(config_from(args)))


async def _examine(config: Config) -> int:
    worst = OK
    async for finding in _findings(config):
        print(f"{finding.state:>8}  {finding.what}", flush=True)
        if finding.state == WRONG or worst == OK:
            worst = finding.state
    return int(worst == WRONG)


async def _findings(config: Config) -> AsyncIterator[Finding]:
    yield _address(config)
    yield _disk(config.data_dir)
    if config.serves_tls:
        yield _certificate(Path(config.tls_certificate), Path(config.tls_key))
    if config.smtp_host:
        yield await _mail(config)
    database, has_tables = await _database(config)
    yield database
    if has_tables:
        async for finding in _deliveries(config):
            yield finding


def _address(config: Config) -> Finding:
    if not config.public_url:
        return Finding(WARNING, f"no public_url is set; links and events will say {config.base_url}")
    try:
        socket.getaddrinfo(urlsplit(config.base_url).hostname, None)
    except OSError as error:
        return Finding(WRONG, f"the public address {config.base_url} cannot be resolved: {error}")
    return Finding(OK, f"public address {config.base_url}")


def _disk(data_dir: Path) -> Finding:
    place = next(path for path in (data_dir.absolute(), *data_dir.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free
    text = f"{free / (1 << 30):.1f} GB free for {data_dir}"
    return Finding(OK if free > MIN_FREE_BYTES else WRONG, text)


def _certificate(path: Path, key: Path) -> Finding:
    from cryptography import x509

    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(path, key)
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        return Finding(WRONG, f"certificate {path} with key {key}: {error}")
    left = certificate.not_valid_after_utc - dt.datetime.now(dt.UTC)
    if left < dt.timedelta():
        return Finding(WRONG, f"certificate {path} has expired")
    return Finding(WARNING if left.days < CERTIFICATE_DAYS else OK, f"certificate {path} is valid for {left.days} days")


async def _mail(config: Config) -> Finding:
    """Talk to the mail server as far as a letter would need it."""
    from skvorets.delivery.mailer import Mailer, mail_settings

    settings = mail_settings(config)
    if settings is None:
        return Finding(OK, "no e-mail is sent")
    name = f"mail server {settings.host}:{settings.port} ({settings.encryption})"
    try:
        outcome = await Mailer(settings).check(timeout_s=MAIL_TIMEOUT_S)
    except OSError as error:  # the file of additional authorities
        return Finding(WRONG, f"{name}: {error}")
    if outcome.failure is not None:
        return Finding(WRONG, f"{name}: {outcome.failure.kind}: {outcome.failure.detail}")
    if outcome.status != MAIL_OK:
        return Finding(WARNING, f"{name}: {outcome.status} {outcome.body_start}")
    return Finding(OK, f"{name}: takes letters from {settings.sender.address}")


async def _database(config: Config) -> tuple[Finding, bool]:
    """Say how the database is, and whether it can be asked more."""
    from skvorets.storage import migrations, versions

    name = "PostgreSQL" if config.database else str(config.sqlite_path)
    try:
        version = await versions.version_of(config.sqlite_path, config.database)
        missing = migrations.pending(version)
        soundness = OK if config.database or not version else versions.check_sqlite(config.sqlite_path)
    except Exception as error:  # noqa: BLE001 — whatever a database says is a finding
        return Finding(WRONG, f"{name}: {error}"), False
    if not version:
        return Finding(WARNING, f"{name}: there is no database yet; it is made at the first start"), False
    if soundness != OK:
        return Finding(WRONG, f"{name}: the file is damaged: {soundness}"), False
    if missing:
        text = f"{name}: version {version}, {len(missing)} migrations will run at the next start"
        return Finding(WARNING, text), False
    return Finding(OK, f"{name}: version {version}"), True


async def _deliveries(config: Config) -> AsyncIterator[Finding]:
    from skvorets.storage import versions

    states, worst = await versions.look_at_deliveries(config.sqlite_path, config.database)
    yield Finding(OK, f"events waiting for delivery: {states.get('waiting', 0) + states.get('sending', 0):,}")
    dead = states.get("dead", 0)
    yield Finding(WARNING if dead else OK, f"events given up: {dead:,}")
    for one in worst:
        yield Finding(WARNING, f"    {one.dead:,} for {one.url}: {one.failure}")
