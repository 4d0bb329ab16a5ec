"""What the house rules look at: the repository's own files, read and parsed once.

The rules themselves are the tests next to this file; the reasons are in CONTRIBUTING.md.
"""

import ast
import functools
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "skvorets"
# Looked through only when this is not a git checkout (an unpacked source archive): what tools and servers leave behind.
NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", "var", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
# Code of others that lies in the repository as it was published.
VENDORED = "/vendor/"
OLDEST_PYTHON = (3, 11)  # requires-python of pyproject.toml
# The one way to ask for more parameters: the same comment that ruff wants, with a reason after a dash.
EXCUSED_PARAMETERS = re.compile(r"noqa: PLR0913 [—-] \w")


class Module(NamedTuple):
    """One parsed Python file."""

    path: str  # from the repository's root, with slashes: src/skvorets/core/messages.py
    name: str  # as imported: skvorets.core.messages; empty outside the package
    text: str
    tree: ast.Module


class Function(NamedTuple):
    """One function or method."""

    where: str  # path:line name
    lines: int  # from `def` to the last line, docstring included, decorators not
    parameters: int  # without self, cls, *args and **kwargs
    is_excused: bool  # its `def` line says `noqa: PLR0913 — why`


@functools.cache
def package_modules() -> tuple[Module, ...]:
    """Every module of the package that can be parsed (test_names_and_docstrings.py tells which cannot)."""
    return tuple(module for path in python_files("src/skvorets") if (module := _parse(path)))


@functools.cache
def modules_of_tests() -> tuple[Module, ...]:
    """Every module under tests/ that can be parsed."""
    return tuple(module for path in python_files("tests") if (module := _parse(path)))


def python_files(folder: str) -> list[Path]:
    """Python files of a folder of the repository, in order."""
    return sorted((ROOT / folder).rglob("*.py"))


def parse(path: Path) -> ast.Module:
    """Syntax tree of a file, read as the oldest supported Python reads it; SyntaxError when that cannot."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=OLDEST_PYTHON)


@functools.cache
def repository_files() -> tuple[str, ...]:
    """Paths of everything that is committed or could be committed next (ignored files are not)."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return tuple(sorted(path for path in set(listed.stdout.splitlines()) if (ROOT / path).is_file()))
    walked = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return tuple(sorted(path.as_posix() for path in walked if not NOT_OURS.intersection(path.parts)))


def text_of(path: str) -> str:
    """Text of a repository file; empty for pictures, databases and other binary files."""
    raw = (ROOT / path).read_bytes()
    return "" if b"\0" in raw else raw.decode("utf-8", "replace")


def functions(module: Module) -> Iterator[Function]:
    """All functions of a module, methods and inner functions too."""
    source = module.text.splitlines()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            counted = sum(argument.arg not in {"self", "cls"} for argument in named)
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            is_excused = bool(EXCUSED_PARAMETERS.search(source[node.lineno - 1]))
            yield Function(f"{module.path}:{node.lineno} {node.name}", lines, counted, is_excused)


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of each import; `from a import b` gives `a.b`, so that submodules can be told apart."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def is_within(name: str, package: str) -> bool:
    """Whether a dotted name is the package or something in it."""
    return name == package or name.startswith(package + ".")


def complaint(rule: str, offenders: Sequence[str]) -> str:
    """Text of a failed rule: what is wanted and why, then each place that differs."""
    return "\n".join([f"\n\n{rule}\n", *(f"  {offender}" for offender in offenders), ""])


def _parse(path: Path) -> Module | None:
    try:
        tree = parse(path)
    except SyntaxError:
        return None
    name = ""
    if path.is_relative_to(PACKAGE):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(path.relative_to(ROOT).as_posix(), name, path.read_text(encoding="utf-8"), tree)
