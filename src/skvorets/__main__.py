"""The command ``skvorets``: finds the command's module under ``cli/`` and runs it.

Only the chosen module is imported, so that ``skvorets --help`` answers at once.
Exit codes: 0 done, 1 refused or failed, 2 wrong use or wrong settings, 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterable, Sequence

from skvorets import __version__
from skvorets.config import ConfigError
from skvorets.errors import CoreError
from skvorets.instance_lock import LockHeldError

# Command (module of ``skvorets.cli``) → its line in the help.
COMMANDS = {
    "serve": "run the server",
    "demo": "run a server with demo people, chats and an echo bot",
    "user": "add, list, change people who log in",
    "department": "add, list, move departments, put people into them",
    "app": "register, install, update, remove applications",
    "gif": "fill the collection of GIFs",
    "webhook": "make, list, revoke inbound webhooks",
    "deliveries": "list events on their way, send them again, export them",
    "relay": "bring an application's events to a handler on this machine",
    "backup": "write a consistent copy of all data",
    "restore": "bring a backup into an empty place",
    "doctor": "check settings, database and handlers",
    "migrate": "bring the database up to date",
}
FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130
# By name: a command that needs no database imports none.
_DATABASES = frozenset({"sqlite3", "asyncpg"})


class _Help(argparse.HelpFormatter):
    """Keeps each command and its line together: argparse forgets by how much commands are indented."""

    def add_arguments(self, actions: Iterable[argparse.Action]) -> None:
        super().add_arguments(actions)
        self._action_max_length += self._indent_increment


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    parser = build_parser(next((word for word in given if not word.startswith("-")), ""))
    args = parser.parse_args(given)
    if not hasattr(args, "run"):
        parser.print_help()
        return WRONG_USE
    try:
        return int(args.run(args))
    except ConfigError as error:
        print(f"skvorets: {error}", file=sys.stderr)
        return WRONG_USE
    except LockHeldError as error:
        print(f"skvorets: {error}. Stop the server first: one SQLite file is for one process.", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if not _is_refusal(error):
            raise
        print(f"skvorets: {_sentence(error)}", file=sys.stderr)
        return FAILED


def build_parser(chosen: str) -> argparse.ArgumentParser:
    """Build the parser; of the commands only the chosen one is complete."""
    parser = argparse.ArgumentParser(
        prog="skvorets", description="A self-hosted team messenger and bot platform.", formatter_class=_Help
    )
    parser.add_argument("--version", action="version", version=f"skvorets {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, text in COMMANDS.items():
        if name == chosen:
            importlib.import_module(f"skvorets.cli.{name}").register(subparsers)
        else:
            subparsers.add_parser(name, help=text)
    return parser


def _is_refusal(error: Exception) -> bool:
    """Is it the world that says no (the core, the system, a database), not a mistake of ours?"""
    return isinstance(error, CoreError | OSError) or type(error).__module__.partition(".")[0] in _DATABASES


def _sentence(error: Exception) -> str:
    if str(error):
        return str(error)
    # A refusal of the core says by its class what happened.
    return (type(error).__doc__ or type(error).__name__).rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
