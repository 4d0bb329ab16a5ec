"""All settings of one server, read once at the start and never changed.

Every field says its meaning, unit and default; the environment name is ``SKVORETS_`` and the field's name in capitals.
Whatever the server says about itself (links, OAuth answers, ``auth`` blocks of events) comes from ``public_url``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

ENVIRONMENT_PREFIX = "SKVORETS_"
# What stands in place of a password, and where one stands in the address of a database.
_MASK = "***"
MAX_PORT = 65_535
_DSN_PASSWORD = re.compile(r"(//[^/:@]*:).*@")


class ConfigError(ValueError):
    """A setting that cannot be used; the message names it."""


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of one server process."""

    # Folder of the SQLite database, files, keys. Made when absent.
    data_dir: Path = Path("skvorets-data")
    # HOST:PORT to listen on. Port 0 takes any free port.
    listen: str = "127.0.0.1:8080"
    # The address under which people and programs reach the server, without a final slash. Empty: http(s)://LISTEN.
    public_url: str = ""
    # postgresql://user:password@host/name, or empty for SQLite in data_dir.
    database: str = ""
    # Language of the portal: system messages, LANGUAGE of events. ru or en; empty: the one chosen at the first run.
    language: str = ""
    # Offset of the portal's clock in the dates of the wire, minutes east of UTC.
    utc_offset_minutes: int = 180
    # Rate limits of the Bitrix24 dialect: open, bitrix24-cloud or enterprise; an application may have its own.
    limits: str = "open"
    # Requests of the Bpium dialect within 30 seconds, per account and per network address; 0 = any number.
    # The reference's numbers are 100 and 1000.
    bpium_account_requests: int = 0
    bpium_address_requests: int = 0
    # Minutes that the date of a signed request of the Megaplan dialect may be away from our clock; 0 = any.
    megaplan_clock_minutes: int = 15
    # Retry policy of events: safe, bitrix24-cloud or at-least-once; an application may have its own.
    delivery: str = "safe"
    # May handlers of events lie on private and loopback addresses? Off on a real server, on in the demo.
    allow_private_handlers: bool = False
    # Networks (CIDR, comma-separated) that handlers may lie in although they are private.
    allowed_networks: str = ""
    # PEM files for serving https directly; both or none.
    tls_certificate: str = ""
    tls_key: str = ""
    # PEM file of additional authorities that outgoing calls trust (a company's own CA).
    trusted_ca: str = ""
    # Bots that one application may register. The reference's number.
    bots_per_application: int = 5
    # Largest request body, bytes. Avatars and files come as base64 inside it.
    max_body_bytes: int = 32 * 1024 * 1024
    # Largest file that is uploaded by itself (not inside a request as base64), bytes.
    max_file_bytes: int = 100 * 1024 * 1024
    # Host names, comma-separated, under which old clients expect the vendor's OAuth server; answered like our own.
    oauth_hosts: str = "oauth.bitrix.info,oauth.bitrix24.tech"
    # Are clients' addresses taken from X-Forwarded-For? Only behind a proxy that sets it.
    behind_proxy: bool = False
    # Refuse all REST calls with OVERLOAD_LIMIT; an administrator's emergency brake.
    overloaded: bool = False
    # Minutes after which a person who was not seen is shown as away; 0 = only who says so himself.
    away_after_minutes: int = 10
    # Days that events stay in the log after every durable reader has passed them.
    keep_events_days: int = 14
    # Days that notifications are kept. The reference's number.
    keep_notifications_days: int = 60
    # Days that the audit log is kept.
    keep_audit_days: int = 365
    # May lines of other servers be joined from here, and ours from there? Then servers exchange messages and files.
    network_servers: bool = True
    # Days in which a line may write to a person by itself once (imopenlines.network.message.add); 0 = at any time.
    # The reference's number.
    network_message_days: int = 7
    # Are pages that messages link to fetched, to show what they say about themselves? They learn that we exist.
    link_previews: bool = True
    # Key for Giphy's search of GIFs; empty: the company's own collection is searched (``skvorets gif``).
    giphy_api_key: str = ""
    # Where Giphy's API lies, without a final slash: itself, or a proxy for it.
    giphy_url: str = "https://api.giphy.com"
    # Host of the SMTP server that takes e-mails; empty: none are sent.
    smtp_host: str = ""
    # Its port. 0: 587 for starttls, 465 for tls, 25 for none.
    smtp_port: int = 0
    # How the conversation with it is encrypted: starttls, tls (from the first byte) or none.
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    # How we log in there; empty: not at all.
    smtp_login: str = ""
    smtp_password: str = ""
    # Who the e-mails are from: "address", or "Name <address>".
    smtp_sender: str = ""

    def __repr__(self) -> str:
        """Show the settings without passwords: they must not get into logs."""
        shown = {name: getattr(self, name) for name in self.__struct_fields__}
        for secret in ("smtp_password", "giphy_api_key"):
            shown[secret] = _MASK if shown[secret] else ""
        shown["database"] = _DSN_PASSWORD.sub(rf"\1{_MASK}@", self.database)
        return f"Config({', '.join(f'{name}={value!r}' for name, value in shown.items())})"

    @property
    def listen_host(self) -> str:
        """Host part of ``listen``."""
        return self.listen.rpartition(":")[0].strip("[]") or "127.0.0.1"

    @property
    def listen_port(self) -> int:
        """Port part of ``listen``; 0 means any."""
        return int(self.listen.rpartition(":")[2])

    @property
    def serves_tls(self) -> bool:
        """Is https served by this process itself?"""
        return bool(self.tls_certificate)

    @property
    def base_url(self) -> str:
        """``public_url``, or the listening address when none is configured; no final slash."""
        if self.public_url:
            return self.public_url.rstrip("/")
        return f"{'https' if self.serves_tls else 'http'}://{self.listen}"

    @property
    def domain(self) -> str:
        """Host of ``base_url`` with its port when that is not the scheme's own; ``auth[domain]`` of the wire."""
        return urlsplit(self.base_url).netloc

    @property
    def sqlite_path(self) -> Path:
        """The database file of the default engine."""
        return self.data_dir / "skvorets.db"

    @property
    def blobs_path(self) -> Path:
        """The folder of pictures and files."""
        return self.data_dir / "files"

    @property
    def previews_path(self) -> Path:
        """The folder of smaller copies of pictures: a cache, which may be deleted at any time."""
        return self.data_dir / "previews"


def read_config(environment: Mapping[str, str] | None = None, **given: object) -> Config:
    """Build the configuration: explicit values first, then the environment, then defaults.

    Raises ConfigError for unknown ``SKVORETS_`` names, wrong types and impossible combinations.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    known = {field.name for field in msgspec.structs.fields(Config)}
    for name, text in environment.items():
        if not name.startswith(ENVIRONMENT_PREFIX):
            continue
        field = name.removeprefix(ENVIRONMENT_PREFIX).lower()
        if field in known:
            values[field] = text
        elif field not in _FOREIGN_NAMES and not field.startswith(_DEMO_PREFIX):
            message = f"unknown setting {name}"
            raise ConfigError(message)
    values.update({name: value for name, value in given.items() if value is not None})
    try:
        config = msgspec.convert(values, Config, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise ConfigError(str(error)) from None
    _check(config)
    return config


# Names with our prefix that are not settings of the server: switches of the test suite.
_FOREIGN_NAMES = frozenset({"no_skip", "test_database", "ci", "app_secret"})
# Who has exported what the demonstration printed may still start a server.
_DEMO_PREFIX = "demo_"


def _path(kind: type, value: object) -> object:
    if kind is Path or issubclass(kind, Path):
        return Path(str(value))
    raise NotImplementedError


def _check(config: Config) -> None:
    host, colon, port = config.listen.rpartition(":")
    if not (host and colon and port.isdigit()):
        message = f"listen must be HOST:PORT, not {config.listen!r}"
        raise ConfigError(message)
    if bool(config.tls_certificate) != bool(config.tls_key):
        message = "tls_certificate and tls_key go together"
        raise ConfigError(message)
    if config.public_url and urlsplit(config.public_url).scheme not in {"http", "https"}:
        message = f"public_url must begin with http:// or https://, not {config.public_url!r}"
        raise ConfigError(message)
    if urlsplit(config.giphy_url).scheme not in {"http", "https"}:
        message = f"giphy_url must begin with http:// or https://, not {config.giphy_url!r}"
        raise ConfigError(message)
    if config.language not in {"", "ru", "en"}:
        message = f"language must be ru or en, not {config.language!r}"
        raise ConfigError(message)
    _check_mail(config)


def _check_mail(config: Config) -> None:
    if not 0 <= config.smtp_port <= MAX_PORT:
        message = f"smtp_port must be a port, not {config.smtp_port}"
        raise ConfigError(message)
    if bool(config.smtp_login) != bool(config.smtp_password):
        message = "smtp_login and smtp_password go together"
        raise ConfigError(message)
    if config.smtp_host and "@" not in config.smtp_sender:
        message = "smtp_host needs smtp_sender, the address that e-mails come from"
        raise ConfigError(message)
    for name in ("keep_notifications_days", "keep_audit_days"):
        if getattr(config, name) < 1:
            message = f"{name} must be 1 at least"
            raise ConfigError(message)
