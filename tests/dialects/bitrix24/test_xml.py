"""Answers as XML: well-formed whatever the answer holds, and shaped as documented."""

from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skvorets.dialects.bitrix24.xml import encode_xml

PROLOG = '<?xml version="1.0" encoding="UTF-8"?>'
TREES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda below: st.lists(below) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), below),
    max_leaves=10,
)


class Row(msgspec.Struct):
    ID: int


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ({"result": 17, "total": 1}, "<response><result>17</result><total>1</total></response>"),
        (
            {"error": "A", "error_description": "b"},
            "<response><error>A</error><error_description>b</error_description></response>",
        ),
        ({"result": ["a", "b"]}, "<response><result><item>a</item><item>b</item></result></response>"),
        (
            {"result": {"2010": "x", "chat12": "y"}},
            "<response><result><item>x</item><chat12>y</chat12></result></response>",
        ),
        ({"result": {5: "x"}}, "<response><result><item>x</item></result></response>"),
        ({"result": {"a b": "x"}}, '<response><result><item key="a b">x</item></result></response>'),
        ({"result": {'"<\n>': 1}}, '<response><result><item key="&quot;&lt;&#10;&gt;">1</item></result></response>'),
        ({"result": True}, "<response><result>1</result></response>"),
        ({"result": False, "x": None}, "<response><result></result><x></x></response>"),
        ({"result": []}, "<response><result></result></response>"),
        ({"result": 0, "f": 1.5}, "<response><result>0</result><f>1.5</f></response>"),
        ({"result": "<b>&\x00\x1b\ufffe\n"}, "<response><result>&lt;b&gt;&amp;\n</result></response>"),
        ({"result": Row(5)}, "<response><result><ID>5</ID></result></response>"),
    ],
)
def test_an_answer_is_written_as_documented(tree: object, expected: str) -> None:
    assert encode_xml(tree).decode() == PROLOG + expected


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), TREES))
def test_any_answer_is_well_formed(tree: dict[str, Any]) -> None:
    root = ET.fromstring(encode_xml(tree))  # noqa: S314  # our own output

    assert root.tag == "response"
    assert len(root) == len(tree)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"])))
def test_a_text_is_read_back(text: str) -> None:
    assert (ET.fromstring(encode_xml({"result": text})).findtext("result") or "") == text  # noqa: S314  # our own output


@settings(deadline=None)
@given(st.text(st.sampled_from("\r\n\t a")))
def test_white_space_is_read_back(text: str) -> None:
    root = ET.fromstring(encode_xml({"result": text, text + " ": 1}))  # noqa: S314  # our own output

    assert (root.findtext("result") or "") == text
    assert root[1].get("key") == text + " "
