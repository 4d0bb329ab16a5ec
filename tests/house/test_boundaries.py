"""What may happen in one place only: SQL in storage/, calling out in delivery/outgoing.py, waiting outside core/."""

import ast
import re
from collections.abc import Iterator

import pytest

from house.source_tree import Module, complaint, imports, is_within, package_modules

_STATEMENT = (
    r"^\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|WITH\s+(RECURSIVE\s+)?\w+\s+AS\s"
    r"|(CREATE|DROP|ALTER)\s+(UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW)\s|PRAGMA\s+\w|BEGIN\s+IMMEDIATE|VACUUM\b)"
)
# Shouted or whispered, as SQL is written; "Select a chat" and "Delete from history" are sentences.
SQL = re.compile(f"{_STATEMENT}|{_STATEMENT.replace('SELECT', 'SELECT[^;]+FROM').lower()}")

# Who may call out, and why there can be no second way: this client checks the address that it really connects to.
OUTGOING_CLIENT = "skvorets.delivery.outgoing"
# A program of the developer's machine, not a part of the server: it calls the server that its user names.
RELAY_CLIENT = "skvorets.relay.server"
CLIENT_NAMES = {"ClientSession", "TCPConnector", "ws_connect"}
CLIENT_MODULES = ("urllib.request", "http.client", "requests", "httpx", "ftplib", "telnetlib")

# Core functions run inside a unit of work, which a writer thread may drive without an event loop (docs/adr/0001).
WAITING_MODULES = ("asyncio", "threading", "concurrent", "subprocess", "socket", "uvloop")


def test_sql_is_written_in_storage_only() -> None:
    offenders = [
        f"{module.path}:{line} {text.strip()[:60]!r}"
        for module in package_modules()
        if not is_within(module.name, "skvorets.storage")
        for line, text in _strings(module)
        if SQL.search(text)
    ]
    assert not offenders, complaint("SQL belongs to storage/: one typed function per statement there.", offenders)


@pytest.mark.parametrize(
    "text", ["SELECT 1", "select id from chat", "\n  INSERT INTO chat (id)", "update chat set title = ?"]
)
def test_a_statement_is_recognised(text: str) -> None:
    assert SQL.search(text)


@pytest.mark.parametrize("text", ["Select a chat", "select a person", "Delete from history", "UPDATE", "update", ""])
def test_a_sentence_is_not_a_statement(text: str) -> None:
    assert not SQL.search(text)


def test_only_one_module_calls_out() -> None:
    offenders = [
        f"{module.path}:{line} {name}"
        for module in package_modules()
        if module.name not in {OUTGOING_CLIENT, RELAY_CLIENT}
        for line, name in (*imports(module), *_attributes(module))
        if name.rpartition(".")[2] in CLIENT_NAMES or any(is_within(name, library) for library in CLIENT_MODULES)
    ]
    assert not offenders, complaint(
        "Outgoing HTTP goes through delivery/outgoing.py alone: it resolves, checks and limits every call.", offenders
    )


def test_the_core_never_waits_for_anything_but_the_transaction() -> None:
    offenders = [
        f"{module.path}:{line} imports {name}"
        for module in package_modules()
        if is_within(module.name, "skvorets.core")
        for line, name in imports(module)
        if any(is_within(name, library) for library in WAITING_MODULES)
    ]
    assert not offenders, complaint(
        "core/ runs inside a unit of work, which may be driven without an event loop: it awaits `tx` and nothing else. "
        "Threads, sockets and sleeping belong to the caller.",
        offenders,
    )


def _strings(module: Module) -> Iterator[tuple[int, str]]:
    """String literals and the first pieces of f-strings, docstrings left out."""
    prose = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def _attributes(module: Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
