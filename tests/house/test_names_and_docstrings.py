"""Each file says first what it is, and no file or class has a name that says nothing."""

import ast
import re
from pathlib import Path

from house.source_tree import (
    VENDORED,
    complaint,
    modules_of_tests,
    package_modules,
    parse,
    python_files,
    repository_files,
)

EMPTY_NAME = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)$", re.IGNORECASE)
EMPTY_CLASS_NAME = re.compile(r"(Utils?|Helpers?|Manager)$")


def test_every_module_can_be_read_by_the_oldest_python() -> None:
    offenders = [problem for path in (*python_files("src"), *python_files("tests")) if (problem := _syntax_error(path))]
    assert not offenders, complaint("Python 3.11 cannot read this.", offenders)


def test_every_module_begins_with_a_docstring() -> None:
    offenders = [
        module.path
        for module in (*package_modules(), *modules_of_tests())
        if not (ast.get_docstring(module.tree) or "").strip()
    ]
    assert not offenders, complaint(
        "A module begins with a docstring: what it is, and where that is documented.", offenders
    )


def test_no_file_or_folder_has_an_empty_name() -> None:
    # Files of methods are named as documented: `im.chat.setManager` is no choice of ours.
    ours = [path for path in repository_files() if VENDORED not in f"/{path}" and "/methods/" not in path]
    offenders = [path for path in ours if any(EMPTY_NAME.search(part.split(".")[0]) for part in path.split("/"))]
    assert not offenders, complaint(
        "utils, helpers, manager … say nothing: name the file by what it is about.", offenders
    )


def test_no_class_has_an_empty_name() -> None:
    offenders = [
        f"{module.path}:{node.lineno} {node.name}"
        for module in package_modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and EMPTY_CLASS_NAME.search(node.name)
    ]
    assert not offenders, complaint("A class is named by what it is, not by managing or helping.", offenders)


def _syntax_error(path: Path) -> str:
    try:
        parse(path)
    except SyntaxError as error:
        return f"{path}:{error.lineno} {error.msg}"
    return ""
