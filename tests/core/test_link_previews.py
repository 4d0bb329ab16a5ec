"""Which links of a text get cards."""

from __future__ import annotations

from typing import Any

import pytest

from skvorets.core.attach import preview_text
from skvorets.core.link_previews import MAX_ADDRESS_CHARS, MAX_LINKS, Links, links_of, reconsider, take_out


@pytest.mark.parametrize(
    ("text", "addresses", "is_all"),
    [
        ("http://yandex.ru", ("http://yandex.ru/",), True),
        (" https://a.example/b?c=d#e\n", ("https://a.example/b?c=d",), True),
        ("HTTPS://A.example", ("https://A.example/",), True),
        ("see https://a.example.", ("https://a.example/",), False),
        ("https://a.example https://a.example/", ("https://a.example/",), False),
        ("[B]https://a.example[/B]", ("https://a.example/",), False),
        ("https://a.example/i.png https://b.example", ("https://b.example/",), False),
        (">>https://a.example\nhttps://b.example", ("https://b.example/",), False),
        ("[URL=https://a.example]https://b.example[/URL]", (), False),
        ("[URL]https://a.example[/URL]", (), False),
        ("[CODE]https://a.example[/CODE]", (), False),
        ("[SEND=x]https://a.example[/SEND]", (), False),
        ("ftp://a.example/x", (), True),
        ("https://[broken", (), False),
        ("https://", (), False),
        ("", (), False),
        ("mailto:a@b.example", (), False),
    ],
)
def test_bare_addresses_of_pages_get_cards(text: str, addresses: tuple[str, ...], is_all: bool) -> None:  # noqa: FBT001
    found = links_of(text)
    assert found.addresses == addresses
    if addresses:
        assert found.is_all == is_all


def test_the_first_few_links_get_cards_and_endless_ones_none() -> None:
    text = " ".join(f"https://a.example/{number}" for number in range(10))
    assert links_of(text).addresses == tuple(f"https://a.example/{number}" for number in range(MAX_LINKS))
    assert links_of("https://a.example/" + "x" * MAX_ADDRESS_CHARS) == Links((), is_all=True)


def test_an_attachment_of_its_own_is_never_taken_out() -> None:
    params: dict[str, Any] = {"ATTACH": [1], "LIKE": [2]}
    take_out(params)
    reconsider(params, "https://a.example", "x", is_wanted=False)
    assert params == {"ATTACH": [1], "LIKE": [2]}


def test_a_card_is_not_mentioned_in_lists_beside_its_link() -> None:
    card = {"ID": "5", "BLOCKS": [{"RICH_LINK": [{"NAME": "x", "LINK": "/"}]}], "COLOR": "transparent"}
    assert preview_text([card]) == ""
    assert preview_text([{**card, "COLOR": "#fff"}]) is None
    assert preview_text([{**card, "BLOCKS": [*card["BLOCKS"], {"MESSAGE": "x"}]}]) is None
