"""What developers look at shows no secrets, and a form that they edited gets the real ones back."""

from __future__ import annotations

import pytest

from skvorets.core.masking import MASK, mask_headers, mask_pairs, mask_text, unmask_pairs
from skvorets.core.tokens import TOKEN_LENGTH

TOKEN = "aB3-_" * (TOKEN_LENGTH // 5)
FILE = f"https://example.com/files/show/{'x' * 55}/a.png"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("auth[access_token]", TOKEN, MASK),
        ("data[BOT][6][AUTH][refresh_token]", "anything", MASK),
        ("AUTH_ID", "anything", MASK),
        ("auth[access_token]", "", ""),
        ("data[PARAMS][MESSAGE]", "my access_token is lost", "my access_token is lost"),
        ("data[PARAMS][FILES][7][urlShow]", FILE, f"https://example.com/files/show/{MASK}/a.png"),
        ("data[PARAMS][MESSAGE]", f"see https://example.com/rest/1/{'f0' * 16}/", f"see https://example.com/rest/1/{MASK}/"),
        ("auth[member_id]", "f0" * 16, "f0" * 16),
        ("access_token]]", TOKEN, MASK),
        ("", "x", "x"),
    ],
)  # fmt: skip
def test_values_that_are_secrets_become_dots(name: str, value: str, shown: str) -> None:
    assert mask_pairs([(name, value)]) == [(name, shown)]


def test_a_text_of_somebody_else_shows_none_of_our_tokens() -> None:
    secret = "whsec_" + "A" * 43 + "="
    text = f'{{"auth":"{TOKEN}","t":"{"0f" * 16}","k":"{secret}"}} and a word-of-some-length'
    assert mask_text(text) == f'{{"auth":"{MASK}","t":"{MASK}","k":"{MASK}"}} and a word-of-some-length'


def test_headers_that_carry_secrets_are_masked() -> None:
    given = [("Authorization", "Bearer x"), ("webhook-signature", "v1,abc"), ("Accept", "*/*")]
    assert mask_headers(given) == [("Authorization", MASK), ("webhook-signature", MASK), ("Accept", "*/*")]


def test_what_was_left_masked_becomes_real_again_and_what_was_typed_stays() -> None:
    real = {"auth[access_token]": TOKEN, "file": FILE, "text": "hello"}
    shown = dict(mask_pairs(real.items()))
    given = [*shown.items(), ("unknown", MASK), ("text", MASK)]
    assert unmask_pairs(given, real) == [*real.items(), ("unknown", MASK), ("text", MASK)]
    assert unmask_pairs([("auth[access_token]", "typed")], real) == [("auth[access_token]", "typed")]


def test_long_hostile_texts_take_linear_time() -> None:
    assert mask_text("/files/show/" * 50_000 + "a" * 100_000)
    assert mask_pairs([("[" * 100_000, "x"), ("]" * 100_000, "x")])
