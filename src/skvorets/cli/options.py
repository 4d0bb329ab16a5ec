"""Options that several commands share: where the data lie and how the server is reached."""

from __future__ import annotations

import argparse

from skvorets.config import Config, read_config

_OPTIONS = {
    "data_dir": "folder of the database and files (default: skvorets-data)",
    "database": "postgresql://… instead of SQLite in the data folder",
    "listen": "HOST:PORT to listen on; port 0 takes a free one (default: 127.0.0.1:8080)",
    "public_url": "address under which people and programs reach the server",
    "language": "language of the portal: ru or en (default: chosen at the first run)",
    "limits": "rate limits: open, bitrix24-cloud, enterprise",
    "delivery": "retry policy of events: safe, bitrix24-cloud, at-least-once",
    "tls_certificate": "PEM file: serve https directly",
    "tls_key": "PEM file of the certificate's key",
}
_STORE_OPTIONS = ("data_dir", "database")


def add_config_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of a command that runs the server."""
    _add(parser, _OPTIONS)
    add_private_handlers_option(parser)


def add_private_handlers_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that lets handlers lie on our own machine."""
    parser.add_argument(
        "--allow-private-handlers",
        action="store_const",
        const=True,
        help="let handlers of events lie on loopback and private addresses (development)",
    )


def add_store_options(parser: argparse.ArgumentParser, *more: str) -> None:
    """Add the options of a command that only opens the database, and ``more`` of the server's."""
    _add(parser, {name: _OPTIONS[name] for name in (*_STORE_OPTIONS, *more)})


def config_from(args: argparse.Namespace, **more: object) -> Config:
    """Build the configuration from a command's options and the environment. Raises ConfigError."""
    known = (*_OPTIONS, "allow_private_handlers")
    given = {name: getattr(args, name) for name in known if getattr(args, name, None) is not None}
    return read_config(None, **{**given, **more})


def _add(parser: argparse.ArgumentParser, options: dict[str, str]) -> None:
    for name, text in options.items():
        parser.add_argument(f"--{name.replace('_', '-')}", help=f"{text} [SKVORETS_{name.upper()}]")
