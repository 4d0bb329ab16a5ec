"""``skvorets demo``: a whole company on this machine, with a talking bot and credentials to build one's own.

The first start fills the data folder, later ones go on with what is there. Handlers of events may be on this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from skvorets.cli.options import add_config_options, config_from
from skvorets.cli.serve import data_folder_of, wait_for_signal
from skvorets.config import Config

if TYPE_CHECKING:
    from skvorets.app import App
    from skvorets.demo.seed import Seeded

DEFAULT_FOLDER = Path("var/demo")
# What is printed at the first start is kept here for the later ones; only the owner may read it.
ENV_FILE = "demo.env"
_PASSWORD_BYTES = 9
# Seconds that the demonstration's bot has to register itself.
_BOT_PATIENCE_S = 10


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
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve the demonstration until SIGINT or SIGTERM."""
    import uvloop

    config = _configuration(args)
    with data_folder_of(config):
        return uvloop.run(demonstrate(config))


async def demonstrate(config: Config) -> int:
    """Start the server, fill it when it is empty, say how to use it."""
    from skvorets.app import App
    from skvorets.demo.seed import is_empty

    app = App(config)
    await app.start()
    await _let_bot_in(app)
    env_file = config.data_dir / ENV_FILE
    if await app.store.read(is_empty):
        print("setting up the demonstration company …", flush=True)
        await _set_up(app, env_file)
    _introduce(config, env_file)
    await wait_for_signal()
    print("stopping", flush=True)
    await app.stop()
    return 0


def _configuration(args: argparse.Namespace) -> Config:
    if args.data_dir is None:
        args.data_dir = str(DEFAULT_FOLDER)
    args.allow_private_handlers = True
    config = config_from(args)
    if not args.tls or config.serves_tls:
        return config
    from skvorets.demo.certificates import TlsFiles

    files = TlsFiles(config.data_dir / "tls")
    files.ensure(["localhost", "127.0.0.1", "::1", config.listen_host])
    return config_from(
        args,
        tls_certificate=str(files.certificate),
        tls_key=str(files.key),
        trusted_ca=config.trusted_ca or str(files.authority),
    )


async def _let_bot_in(app: App) -> None:
    from skvorets.demo.echo_bot import PATH, EchoBot

    app.doors[PATH.strip("/").partition("/")[0]] = EchoBot(app.outgoing, app.config.base_url).handle


async def _set_up(app: App, env_file: Path) -> None:
    from skvorets.core.applications import NewApplication, create_application, install_application
    from skvorets.core.logins import hash_password
    from skvorets.demo.echo_bot import NAME, PATH
    from skvorets.demo.seed import SCOPES, seed_company
    from skvorets.storage.database import DIRECTORY_KEY

    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    password_hash = await asyncio.to_thread(hash_password, password)
    seeded = await app.store.write(DIRECTORY_KEY, seed_company, password_hash)
    handler = app.config.base_url + PATH
    bot = NewApplication(name=NAME, scopes=SCOPES, handler_url=handler, install_url=handler)
    credentials = await app.store.write(DIRECTORY_KEY, create_application, bot)
    await app.store.write(DIRECTORY_KEY, install_application, seeded.admin, credentials.application.id)
    bot_id = await _wait_for_bot(app)
    _keep(env_file, _environment(app, seeded, password, bot_id))


async def _wait_for_bot(app: App) -> int:
    """Wait until the bot has heard of its installation and registered itself; its id."""
    from skvorets.storage import bots

    for _ in range(_BOT_PATIENCE_S * 20):
        if found := await app.store.read(bots.every):
            return found[0].person_id
        await asyncio.sleep(1 / 20)
    message = "the demonstration's bot did not register itself"
    raise OSError(message)


def _keep(env_file: Path, text: str) -> None:
    env_file.touch(mode=0o600)
    env_file.write_text(text, "utf-8")


def _environment(app: App, seeded: Seeded, password: str, bot_id: int) -> str:
    from skvorets.core import tokens

    base, application = app.config.base_url, seeded.application.application
    installation = application.installation + 1
    lines = {
        "PORTAL": base,
        "LOGIN": "anna",
        "PASSWORD": password,
        "WEBHOOK": f"{base}/rest/{seeded.admin.id}/{seeded.webhook_secret}/",
        "BOT_ID": str(bot_id),
        "CLIENT_ID": application.client_id,
        "CLIENT_SECRET": seeded.application.client_secret,
        "APPLICATION_TOKEN": tokens.application_token(app.store.portal, application.id, installation),
        "MEMBER_ID": app.store.portal.member_id,
    }
    return "".join(f"SKVORETS_DEMO_{name}={value}\n" for name, value in lines.items())


def _introduce(config: Config, env_file: Path) -> None:
    from skvorets.demo.company import PEOPLE
    from skvorets.demo.echo_bot import NAME

    print(f"\nSkvorets is at {config.base_url}\n")
    if config.serves_tls and config.trusted_ca:
        print(f"https is signed by an authority of this demonstration; trust it with\n    {config.trusted_ca}")
        print(f"    curl --cacert {config.trusted_ca} …    PHP: curl.cainfo={config.trusted_ca}\n")
    print(f"People (all with the password below): {', '.join(one.login for one in PEOPLE)}")
    print(f"The bot «{NAME}» answers whoever writes to it; /echo works in every chat.")
    print(f"\n# {env_file}: a webhook, and an installed application to build a bot with")
    print(env_file.read_text("utf-8") if env_file.exists() else "(missing)", flush=True)
