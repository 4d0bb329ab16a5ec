"""Texts with their trees, in a file that every parser of message text is tested on, in whatever language it is written.

``tests/corpus/markup.json``: ``text``, the ``plain`` text of lists and notices, the ``tree`` in the form of
``core/markup_nodes.py``. Who adds a case writes down what people should see, not what the parser happens to say.
"""

from __future__ import annotations

import json
import typing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from skvorets.core.markup import parse, plain_text
from skvorets.core.markup_nodes import Node

CORPUS = Path(__file__).parents[1] / "corpus" / "markup.json"
CASES: list[dict[str, Any]] = json.loads(CORPUS.read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(len(CASES))])
def test_a_text_has_its_tree_and_its_plain_text(case: dict[str, Any]) -> None:
    assert msgspec.to_builtins(parse(case["text"])) == _tuples(case["tree"])
    assert plain_text(case["text"]) == case["plain"]


def test_the_corpus_has_every_kind_of_node_and_no_text_twice() -> None:
    texts = [case["text"] for case in CASES]
    assert len(set(texts)) == len(texts) > 100
    kinds = {kind.__struct_config__.tag for kind in typing.get_args(Node)}
    assert kinds == {node["node"] for case in CASES for node in _nodes(case["tree"])}


def _nodes(tree: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for node in tree for each in (node, *_nodes(node.get("children", [])))]


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    return {key: _tuples(one) for key, one in value.items()} if isinstance(value, dict) else value
