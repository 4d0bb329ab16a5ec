"""``skvorets demo``: a whole company on this machine, with a talking bot and credentials to build one's own.

The first start fills the data folder, later ones go on with what is there, also under another address. Handlers of
events may be on this machine.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from skvorets.cli.options import add_config_options, config_from
from skvorets.cli.serve import announce, data_folder_of, watch_signals, with_port
from skvorets.config import ENVIRONMENT_PREFIX, Config, ConfigError

if TYPE_CHECKING:
    from skvorets.demo.notes import Notes

DEFAULT_FOLDER = Path("var/demo")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "demo",
        help="run a demonstration company with a bot and credentials",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_config_options(parser)
    parser.add_argument("--tls", action="store_true", help="serve https with a certificate authority of its own")
    parser.add_argument("--bot", metavar="URL", default="", help="install a bot that listens there: ONAPPINSTALL")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve the demonstration until SIGINT or SIGTERM."""
    import uvloop

    config = _configuration(args)
    with data_folder_of(config):
        return uvloop.run(demonstrate(config, args.bot))


async def demonstrate(config: Config, bot_url: str) -> int:
    """Start the server, fill it when it is empty, say how to use it."""
    from skvorets.app import App
    from skvorets.demo.setup import set_up

    stop = watch_signals()
    app = App(config)
    await app.start()
    try:
        _introduce(config, await set_up(app, bot_url))
        announce(app)
        await stop.wait()
        print("stopping", flush=True)
    finally:
        await app.stop()
    return 0


def _configuration(args: argparse.Namespace) -> Config:
    args.allow_private_handlers = True
    if args.data_dir is None and f"{ENVIRONMENT_PREFIX}DATA_DIR" not in os.environ:
        args.data_dir = str(DEFAULT_FOLDER)
    config = with_port(config_from(args))
    if not args.tls or config.serves_tls:
        return config
    from skvorets.demo.certificates import TlsFiles

    if config.trusted_ca:
        raise ConfigError("--tls brings an authority of its own: give tls_certificate and tls_key, or no trusted_ca")
    config.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = TlsFiles(config.data_dir / "tls")
    files.ensure(["localhost", "127.0.0.1", "::1", config.listen_host])
    return config_from(
        args,
        listen=config.listen,
        tls_certificate=str(files.certificate),
        tls_key=str(files.key),
        trusted_ca=str(files.authority),
    )


def _introduce(config: Config, notes: Notes) -> None:
    from skvorets.demo.company import PEOPLE
    from skvorets.demo.doors import SHOP
    from skvorets.demo.example_bots import ECHO
    from skvorets.demo.notes import FILE_NAME

    print(f"\nSkvorets is at {config.base_url}")
    print(f"Its customers write from {config.base_url}{SHOP}: a bot answers them, then people\n")
    if config.serves_tls and config.trusted_ca:
        print(f"https is signed by an authority of this demonstration; trust it with\n    {config.trusted_ca}")
        print(f"    curl --cacert {config.trusted_ca} …    PHP: curl.cainfo={config.trusted_ca}\n")
    print(f"For developers: {config.base_url}/dev    login {notes.login}, password {notes.password}")
    print(f"People (all with the password below): {', '.join(one.login for one in PEOPLE)}")
    print(f"The bot «{ECHO.name}» answers whoever writes to it; /echo works in every chat.")
    print(f"\n# {config.data_dir / FILE_NAME}: a webhook, and an installed application to build a bot with")
    print(notes, flush=True)
