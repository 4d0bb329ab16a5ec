"""Forms in the web client (``state/forms.js``) mean the same as on the server, and come back as they were."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any
from urllib.parse import parse_qsl

import pytest

from skvorets.php_forms import encode_form, parse_query
from support.npm import ROOT

MODULE = (ROOT / "src/skvorets/client/state/forms.js").as_uri()
PROGRAM = f"""
import {{ toPairs, toTree }} from "{MODULE}";
const given = JSON.parse(await new Response(process.stdin).text());
console.log(JSON.stringify(given.map((pairs) => {{ const tree = toTree(pairs); return [tree, toPairs(tree)]; }})));
"""
TREES: list[dict[str, Any]] = [
    {"event": "ONIMBOTMESSAGEADD", "data": {"BOT": {"6": {"BOT_ID": "6"}}, "PARAMS": {"MESSAGE": "a & б\n[=]"}}},
    {"list": ["a", "b", {"c": ["d"]}], "map": {"1": "one", "2": "two"}, "empty": ""},
    {"__proto__": {"x": "1"}, "constructor": {"prototype": {"y": "2"}}},
    {"deep": {"a": {"b": {"c": {"d": {"e": "f"}}}}}},
]


def _node(given: object) -> Any:
    node = shutil.which("node")
    if node is None:
        if os.environ.get("SKVORETS_NO_SKIP"):
            pytest.fail("Node is not installed")
        pytest.skip("Node is not installed")
    command = [node, "--input-type=module", "--eval", PROGRAM]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True, timeout=30)
    return json.loads(done.stdout)


def test_trees_and_forms_are_those_of_the_server() -> None:
    forms = [encode_form(tree) for tree in TREES]
    found = _node([parse_qsl(form, keep_blank_values=True) for form in forms])
    for form, (tree, pairs) in zip(forms, found, strict=True):
        assert tree == parse_query(form)
        assert [list(pair) for pair in parse_qsl(form, keep_blank_values=True)] == pairs


def test_odd_names_are_kept_as_they_are() -> None:
    [[tree, _]] = _node(
        [[["a[b", "1"], ["[x]", "2"], ["a]b", "3"], ["list[]", "4"], ["list[]", "5"], ["p", "6"], ["p[q]", "7"]]]
    )
    assert tree == {"a[b": "1", "[x]": "2", "a]b": "3", "list": ["4", "5"], "p": {"q": "7"}}
