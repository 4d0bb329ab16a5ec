"""``batch``: up to fifty commands in one request, one after another.

Source: spec ``bitrix24-transport.md`` §6, ``wire-habits.md`` ("Batch").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import msgspec

from skvorets.dialects.bitrix24 import envelope
from skvorets.dialects.bitrix24.errors import BATCH_LENGTH_EXCEEDED, ERROR_ARGUMENT, ApiError
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.references import Outcomes, resolve_references
from skvorets.dialects.bitrix24.registry import Call, method
from skvorets.dialects.bitrix24.requests import read_query
from skvorets.php_forms import TooComplex

# Commands that are run; each one past them gets an error of its own. [docs]
MAX_COMMANDS = 50
# Undocumented: past it even the errors, one per command, would be an answer without measure.
MAX_LISTED = 10_000
# PHP takes these texts for false; all others, also "N" and "false", are true.
_PHP_FALSE = frozenset({"", "0"})


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    CMD: Structure | None = None  # map or list of ``method?query-string``
    HALT: str = ""  # stop after the first command that fails


class BatchResult(msgspec.Struct, frozen=True):
    """Five maps by the commands' keys; an empty one is ``[]``, one with the keys 0..n-1 a list, as PHP writes them."""

    result: Any
    result_error: Any
    result_total: Any
    result_next: Any
    result_time: Any


@method("batch", scope="", params=Params, mode="free", is_allowed_in_batch=False)
async def batch(call: Call, params: Params) -> BatchResult:
    """Run the commands; an error belongs to its command and leaves the HTTP status at 200."""
    commands = list(_commands(params.CMD))
    if len(commands) > MAX_LISTED:
        raise ApiError(BATCH_LENGTH_EXCEEDED)
    is_halting = params.HALT not in _PHP_FALSE
    answers: dict[str, dict[str, Any]] = {}
    outcomes = Outcomes()
    for number, (key, command) in enumerate(commands):
        if number < MAX_COMMANDS:
            answers[key] = answer = await _run(call, command, outcomes)
        else:
            answers[key] = answer = envelope.failure(ApiError(BATCH_LENGTH_EXCEEDED))
        _note(outcomes, key, answer)
        if is_halting and "error" in answer:
            break
    return BatchResult(
        result=_section(answers, "result"),
        result_error=_php_array({key: answer for key, answer in answers.items() if "error" in answer}),
        result_total=_section(answers, "total"),
        result_next=_section(answers, "next"),
        result_time=_section(answers, "time"),
    )


def _commands(cmd: Structure | None) -> Iterator[tuple[str, str]]:
    """Give key and text of each command; COMPAT(bitrix24): what is not a text is skipped silently."""
    value = cmd.value if cmd else None
    pairs = value.items() if isinstance(value, dict) else enumerate(value or [])
    for key, command in pairs:
        if isinstance(command, str):
            yield str(key), command


async def _run(call: Call, command: str, outcomes: Outcomes) -> dict[str, Any]:
    if "?" not in command and "%3f" in command.lower():
        command = unquote(command)  # sent by GET and encoded twice, as some clients do
    name, _, query = command.partition("?")
    try:
        given = resolve_references(read_query(query), outcomes)
    except TooComplex as error:
        return envelope.failure(ApiError(ERROR_ARGUMENT, text=str(error), argument=""))
    return await call.runner.run_command(call, name.strip(), given)


def _note(outcomes: Outcomes, key: str, answer: Mapping[str, Any]) -> None:
    """Keep an answer for the references of later commands."""
    if "error" in answer:
        outcomes.error[key] = dict(answer)
        return
    outcomes.result[key] = msgspec.to_builtins(answer["result"], str_keys=True)
    if "next" in answer:
        outcomes.next[key] = answer["next"]
    if "total" in answer:
        outcomes.total[key] = answer["total"]


def _section(answers: Mapping[str, Mapping[str, Any]], name: str) -> Any:
    return _php_array({key: answer[name] for key, answer in answers.items() if name in answer})


def _php_array(items: dict[str, Any]) -> Any:
    is_list = all(key == str(number) for number, key in enumerate(items))
    return list(items.values()) if is_list else items
