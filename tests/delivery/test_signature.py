"""Headers of Standard Webhooks: the published example, rotation, refusals."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from skvorets.delivery.signature import new_secret, secret_key, sign

# The example of the specification's reference libraries.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
BODY = b'{"test": 2432232314}'


def test_the_published_example_is_signed_as_published() -> None:
    assert sign(ID, 1614265330, BODY, [SECRET], 1) == {
        "webhook-id": ID,
        "webhook-timestamp": "1614265330",
        "webhook-attempt": "1",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_during_a_rotation_both_secrets_sign() -> None:
    old, new = new_secret(), new_secret()
    signatures = sign("e-1", 5, b"a=1&b=2", [old, new], 2)["webhook-signature"].split(" ")
    for secret, signature in zip((old, new), signatures, strict=True):
        key = base64.b64decode(secret.removeprefix("whsec_"))
        expected = hmac.new(key, b"e-1.5.a=1&b=2", hashlib.sha256).digest()
        assert signature == "v1," + base64.b64encode(expected).decode()


def test_id_and_signed_text_differ_only_by_time_between_attempts() -> None:
    first, second = sign("e-1", 5, b"x", [SECRET], 1), sign("e-1", 9, b"x", [SECRET], 2)
    assert first["webhook-id"] == second["webhook-id"]
    assert (first["webhook-attempt"], second["webhook-attempt"]) == ("1", "2")
    assert first["webhook-signature"] != second["webhook-signature"]


def test_bytes_that_are_not_text_can_be_signed() -> None:
    assert sign("e-1", 5, b"\xff%s\x00", [SECRET], 1)["webhook-signature"].startswith("v1,")


def test_without_a_secret_there_is_no_signature() -> None:
    assert "webhook-signature" not in sign("e-1", 5, b"x", [], 1)


@pytest.mark.parametrize("delivery_id", ["", "a.b", "a b", "a\r\nx: y", "й", "a" * 129, "a\n"])
def test_an_id_that_would_blur_the_signed_text_is_refused(delivery_id: str) -> None:
    with pytest.raises(ValueError, match="delivery id"):
        sign(delivery_id, 5, b"x", [SECRET], 1)


def test_more_than_two_secrets_or_attempt_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="two secrets"):
        sign("e-1", 5, b"x", [SECRET] * 3, 1)
    with pytest.raises(ValueError, match="from 1"):
        sign("e-1", 5, b"x", [SECRET], 0)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_short", "whsec_!!!", "whsec_" + "A" * 100, "пароль"])
def test_a_secret_of_another_shape_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="webhook secret"):
        secret_key(secret)


def test_new_secrets_are_usable_and_differ() -> None:
    secrets = {new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(secret_key(secret)) for secret in secrets} == {32}


@pytest.mark.parametrize("length", [0, 1, 2046, 2047, 2048, 4094, 70_000])
@pytest.mark.parametrize("key_length", [24, 32, 64])
def test_a_signature_is_the_standard_librarys(length: int, key_length: int) -> None:
    key, body = bytes(range(key_length)), bytes(number % 251 for number in range(length))
    secret = "whsec_" + base64.b64encode(key).decode()
    headers = sign("id", 1_700_000_000, body, [secret], 1)
    expected = base64.b64encode(hmac.digest(key, b"id.1700000000." + body, "sha256")).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
