"""core/keyed_hash.py: the library's HMAC is the judge."""

import hmac

import pytest

from skvorets.core import keyed_hash


@pytest.mark.parametrize("key_bytes", [0, 1, 32, 64, 65, 200])
@pytest.mark.parametrize("message_bytes", [0, 1, 64, 2047, 2048, 5000])
def test_it_is_the_hmac_of_the_library(key_bytes: int, message_bytes: int) -> None:
    key, message = bytes(range(200))[:key_bytes], b"ab" * (message_bytes // 2) + b"c" * (message_bytes % 2)
    assert keyed_hash.digest(key, message) == hmac.digest(key, message, "sha256")
    assert keyed_hash.digest(key, message) == hmac.digest(key, message, "sha256")  # what is kept ready is not used up
