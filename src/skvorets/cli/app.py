"""``skvorets app``: applications with OAuth: add, list, show, install, reinstall, update, uninstall, limits, secret."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from skvorets.cli.choosing import acting_admin, application_named
from skvorets.cli.options import add_private_handlers_option, add_store_options
from skvorets.cli.store import CommandError, run_unit
from skvorets.cli.webhook import DEFAULT_SCOPES, read_scopes
from skvorets.core import applications, tokens
from skvorets.core.applications import ApplicationUpdate, Credentials, NewApplication, Settings, WebhookOwner
from skvorets.delivery.schedule import FOR_HANDLERS
from skvorets.dialects.bitrix24.limits import PROFILES
from skvorets.storage import applications as rows
from skvorets.storage import bots, handlers
from skvorets.storage.applications import PULL, PUSH, Application
from skvorets.storage.bots import Bot
from skvorets.storage.database import Tx
from skvorets.storage.handlers import Handler

# What stands for "as the portal" in --limits and --delivery.
PORTAL = "portal"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its actions."""
    parser = subparsers.add_parser("app", help="applications", description=__doc__)
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    add = actions.add_parser("add", help="register an application and install it; its secret is shown once")
    add.add_argument("name")
    add.add_argument("--scope", default=DEFAULT_SCOPES, help=f"comma-separated (default: {DEFAULT_SCOPES})")
    add.add_argument("--handler", default="", help="URL to which people return from OAuth and which opens in a frame")
    add.add_argument("--install", default="", help="URL that gets ONAPPINSTALL (default: the handler)")
    add.add_argument("--pages", action="store_true", help="it has pages of its own; --install is opened in a frame")
    add.add_argument(
        "--client-id", default="", help="CLIENT_ID under which webhooks register bots: make their owner, no application"
    )
    add.add_argument("--no-install", action="store_true", help="only register it")
    _add_settings(add)
    _add_actor(add)
    add_store_options(add)
    add_private_handlers_option(add)
    add.set_defaults(run=run, act=_add)

    for name, act, text in (
        ("install", _install, "install a registered application"),
        ("reinstall", _install, "install it again: ONAPPINSTALL once more, earlier tokens become void"),
        ("uninstall", _uninstall, "remove its bots, commands and handlers"),
    ):
        action = _action(actions, name, act, text)
        _add_actor(action)
    actions.choices["uninstall"].add_argument("--keep-settings", action="store_true", help="keep its options")

    update = _action(actions, "update", _update, "make the next version: ONAPPUPDATE, handlers are bound anew")
    update.add_argument("--name", dest="new_name")
    update.add_argument("--scope")
    update.add_argument("--handler")
    update.add_argument("--install")
    add_private_handlers_option(update)
    _add_actor(update)

    limits = _action(actions, "limits", _limits, "choose its rate limits, retry policy and transport of events")
    _add_settings(limits)
    _action(actions, "secret", _secret, "give it another client secret")
    _action(actions, "show", _show, "show an application with its bots and handlers")
    show_all = actions.add_parser("list", help="list all applications")
    add_store_options(show_all)
    show_all.set_defaults(run=run, act=_list)


def run(args: argparse.Namespace) -> int:
    """Run the action; its exit code."""
    code: int = args.act(args)
    return code


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    act: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=text)
    parser.add_argument("app", help="id, client id or name")
    add_store_options(parser)
    parser.set_defaults(run=run, act=act)
    return parser


def _add_actor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", default="", help="id or login of who does it (default: the first administrator)")


def _add_settings(parser: argparse.ArgumentParser) -> None:
    portal = f"{PORTAL} = as everybody"
    parser.add_argument("--limits", dest="app_limits", choices=(PORTAL, *PROFILES), help=f"its rate limits ({portal})")
    parser.add_argument(
        "--delivery",
        dest="app_delivery",
        choices=(PORTAL, *FOR_HANDLERS),
        help=f"its retry policy of events ({portal})",
    )
    parser.add_argument(
        "--transport", choices=(PUSH, PULL), help="push: events are posted to its handlers; pull: it takes them itself"
    )


def _chosen(value: str | None) -> str | None:
    return "" if value == PORTAL else value


def _add(args: argparse.Namespace) -> int:
    new = NewApplication(
        name=args.name,
        scopes=read_scopes(args.scope),
        handler_url=args.handler,
        install_url=args.install,
        is_api_only=not args.pages,
        limits=_chosen(args.app_limits) or "",
        delivery=_chosen(args.app_delivery) or "",
        transport=args.transport or PUSH,
    )
    if args.client_id:
        owner: Application = run_unit(args, _create_owner, args.client_id, new, args.by)
        print(f"id             {owner.id}\nCLIENT_ID      {args.client_id}")
        return 0
    credentials: Credentials = run_unit(args, _create, new, None if args.no_install else args.by)
    print(f"id             {credentials.application.id}")
    print(f"client_id      {credentials.application.client_id}")
    print(f"client_secret  {credentials.client_secret}")
    return 0


def _install(args: argparse.Namespace) -> int:
    application: Application = run_unit(args, _install_named, args.app, args.by)
    state = "is installed" if application.installed else "is installed when its installer has finished"
    print(f"{application.name} (id {application.id}) {state}")
    return 0


def _uninstall(args: argparse.Namespace) -> int:
    application: Application = run_unit(args, _uninstall_named, args.app, args.by, not args.keep_settings)
    print(f"{application.name} (id {application.id}) is uninstalled")
    return 0


def _update(args: argparse.Namespace) -> int:
    update = ApplicationUpdate(
        name=args.new_name,
        scopes=None if args.scope is None else read_scopes(args.scope),
        handler_url=args.handler,
        install_url=args.install,
    )
    application: Application = run_unit(args, _update_named, args.app, args.by, update)
    print(f"{application.name} (id {application.id}) has version {application.version}")
    return 0


def _limits(args: argparse.Namespace) -> int:
    if args.app_limits is None and args.app_delivery is None and args.transport is None:
        raise CommandError("say --limits, --delivery or --transport")
    settings = Settings(limits=_chosen(args.app_limits), delivery=_chosen(args.app_delivery), transport=args.transport)
    application: Application = run_unit(args, _change_named, args.app, settings)
    print(f"limits     {application.limits or PORTAL}")
    print(f"delivery   {application.delivery or PORTAL}")
    print(f"transport  {application.transport}")
    return 0


def _secret(args: argparse.Namespace) -> int:
    print(f"client_secret  {run_unit(args, _renew_named, args.app)}")
    return 0


def _show(args: argparse.Namespace) -> int:
    application, own_bots, bound, token = run_unit(args, _read_named, args.app)
    for name, value in (
        ("id", application.id),
        ("name", application.name),
        ("client_id", application.client_id),
        ("application_token", token),
        ("state", _state(application)),
        ("version", application.version),
        ("scopes", application.scopes),
        ("handler", application.handler_url),
        ("install", application.install_url),
        ("limits", application.limits or PORTAL),
        ("delivery", application.delivery or PORTAL),
        ("transport", application.transport),
    ):
        print(f"{name:<18} {value}")
    for bot in own_bots:
        print(f"{'bot':<18} {bot.person_id} {bot.code} ({bot.kind})")
    for one in bound:
        print(f"{'event':<18} {one.event} {one.url or '(offline)'}")
    return 0


def _list(args: argparse.Namespace) -> int:
    from skvorets.cli.tables import print_table

    found: list[Application] = run_unit(args, rows.every)
    print_table(
        ("id", "name", "kind", "client id", "version", "state"),
        ((one.id, one.name, one.kind, one.client_id, one.version, _state(one)) for one in found),
    )
    return 0


def _state(application: Application) -> str:
    if application.installed:
        return "installed"
    return "being installed" if application.active and application.installation else "not installed"


async def _create(tx: Tx, new: NewApplication, installer: str | None) -> Credentials:
    """Register; install by somebody unless ``installer`` is None ("" = the first administrator)."""
    actor = None if installer is None else await acting_admin(tx, installer)
    credentials = await applications.create_application(tx, new)
    if actor is not None:
        await applications.install_application(tx, actor, credentials.application.id)
    return credentials


async def _create_owner(tx: Tx, client_id: str, new: NewApplication, by: str) -> Application:
    """Make the owner of bots before the first one is registered, so that it can be said how its events come."""
    actor = await acting_admin(tx, by)
    owner = WebhookOwner(client_id=client_id, webhook_id=0, person_id=actor.id, scopes=frozenset(new.scopes))
    application = await applications.owner_for_webhook(tx, owner)
    settings = Settings(limits=new.limits, delivery=new.delivery, transport=new.transport)
    return await applications.change_settings(tx, actor.id, application.id, settings)


async def _install_named(tx: Tx, name: str, by: str) -> Application:
    application = await application_named(tx, name)
    return await applications.install_application(tx, await acting_admin(tx, by), application.id)


async def _uninstall_named(tx: Tx, name: str, by: str, is_clean: bool) -> Application:  # noqa: FBT001 — through a queue
    application = await application_named(tx, name)
    actor = await acting_admin(tx, by)
    await applications.uninstall_application(tx, actor, application.id, is_clean=is_clean)
    return application


async def _update_named(tx: Tx, name: str, by: str, update: ApplicationUpdate) -> Application:
    application = await application_named(tx, name)
    return await applications.update_application(tx, await acting_admin(tx, by), application.id, update)


async def _change_named(tx: Tx, name: str, settings: Settings) -> Application:
    application = await application_named(tx, name)
    return await applications.change_settings(tx, 0, application.id, settings)


async def _renew_named(tx: Tx, name: str) -> str:
    return await applications.renew_secret(tx, (await application_named(tx, name)).id)


async def _read_named(tx: Tx, name: str) -> tuple[Application, list[Bot], list[Handler], str]:
    application = await application_named(tx, name)
    token = tokens.application_token(tx.portal, application.id, application.installation)
    own_bots = await bots.of_application(tx, application.id)
    return application, own_bots, await handlers.of_application(tx, application.id), token
