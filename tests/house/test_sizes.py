"""Small places with expected names: how long a file and a function may be, and how much a function may ask for."""

import pytest

from house.source_tree import (
    VENDORED,
    complaint,
    functions,
    modules_of_tests,
    package_modules,
    repository_files,
    text_of,
)

FILE_LIMIT = 500  # lines, never more
FILE_RULE = 300  # lines, nine files of ten
FUNCTION_LIMIT = 80  # lines, never more
FUNCTION_RULE = 35  # lines, nine functions of ten
PARAMETER_LIMIT = 6  # then a struct
NINE_OF_TEN = 0.9
ENOUGH_TO_COUNT = 10  # below this many a share says nothing


def test_no_file_is_too_long() -> None:
    scripts = [
        path for path in repository_files() if path.endswith((".py", ".js", ".css")) and VENDORED not in f"/{path}"
    ]
    lengths = {path: len(text_of(path).splitlines()) for path in scripts}
    offenders = [f"{path}: {lines} lines" for path, lines in lengths.items() if lines > FILE_LIMIT]
    assert not offenders, complaint(f"A file has at most {FILE_LIMIT} lines: split it by what it is about.", offenders)


def test_nine_modules_of_ten_are_short() -> None:
    lengths = {module.path: len(module.text.splitlines()) for module in package_modules()}
    longest = [f"{path}: {lines} lines" for path, lines in lengths.items() if lines > FILE_RULE]
    if len(lengths) >= ENOUGH_TO_COUNT:
        assert len(longest) <= len(lengths) * (1 - NINE_OF_TEN), complaint(
            f"Nine modules of ten have at most {FILE_RULE} lines; these are longer, split some.", longest
        )


def test_no_function_is_too_long() -> None:
    everything = [function for module in (*package_modules(), *modules_of_tests()) for function in functions(module)]
    offenders = [
        f"{function.where}: {function.lines} lines" for function in everything if function.lines > FUNCTION_LIMIT
    ]
    assert not offenders, complaint(
        f"A function has at most {FUNCTION_LIMIT} lines: give its steps names of their own.", offenders
    )


def test_nine_functions_of_ten_are_short() -> None:
    everything = [function for module in package_modules() for function in functions(module)]
    longest = [f"{function.where}: {function.lines} lines" for function in everything if function.lines > FUNCTION_RULE]
    if len(everything) >= ENOUGH_TO_COUNT:
        assert len(longest) <= len(everything) * (1 - NINE_OF_TEN), complaint(
            f"Nine functions of ten have at most {FUNCTION_RULE} lines; these are longer, split some.", longest
        )


def test_no_function_asks_for_too_much() -> None:
    everything = [function for module in package_modules() for function in functions(module)]
    offenders = [
        f"{function.where}: {function.parameters} parameters"
        for function in everything
        if function.parameters > PARAMETER_LIMIT and not function.is_excused
    ]
    assert not offenders, complaint(f"More than {PARAMETER_LIMIT} parameters: make them a struct.", offenders)


@pytest.mark.parametrize("limit", [FILE_LIMIT, FILE_RULE, FUNCTION_LIMIT, FUNCTION_RULE, PARAMETER_LIMIT])
def test_the_limits_are_the_ones_that_contributors_read(limit: int) -> None:
    assert str(limit) in text_of("CONTRIBUTING.md")
