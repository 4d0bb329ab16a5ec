"""Encryption of push messages and proofs of the sender: the RFCs' examples, and a second reading of them."""

from __future__ import annotations

import json

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from skvorets.web_push.encryption import MAX_PLAIN, PROOF_S, Browser, Proofs, encrypt, encrypt_with
from support.push_services import Phone, from_base64, to_base64

# RFC 8291, section 5 and appendix A.
_PLAIN = b"When I grow up, I want to be a watermelon"
_BROWSER_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
_BROWSER_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
_AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
_OWN_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
_SALT = "DGv6ra1nlYgDCS1FRnbzlw"
_BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def _private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(from_base64(text)), ec.SECP256R1())


def test_the_example_of_the_rfc_comes_out() -> None:
    browser = Browser(from_base64(_BROWSER_PUBLIC), from_base64(_AUTH))
    body = encrypt_with(_PLAIN, browser, _private(_OWN_PRIVATE), from_base64(_SALT))
    assert to_base64(body) == _BODY
    assert Phone(_private(_BROWSER_PRIVATE), from_base64(_AUTH)).decrypt(body) == _PLAIN


@given(st.binary(max_size=MAX_PLAIN))
def test_the_browser_reads_what_was_written_and_nobody_else(plain: bytes) -> None:
    phone, other = Phone(), Phone()
    body = encrypt(plain, Browser(phone.point, phone.auth))
    assert len(body) <= 4096
    assert phone.decrypt(body) == plain
    with pytest.raises(InvalidTag):
        other.decrypt(body)


def test_no_two_messages_are_alike_and_none_is_too_long() -> None:
    phone = Phone()
    browser = Browser(phone.point, phone.auth)
    assert encrypt(b"x", browser) != encrypt(b"x", browser)
    with pytest.raises(ValueError, match="too many"):
        encrypt(b"x" * (MAX_PLAIN + 1), browser)


def _claims_of(header: str, key: ec.EllipticCurvePublicKey) -> dict[str, object]:
    proof = header.removeprefix("vapid t=").partition(",")[0]
    head, body, signature = proof.split(".")
    assert json.loads(from_base64(head)) == {"typ": "JWT", "alg": "ES256"}
    raw = from_base64(signature)
    assert len(raw) == 64
    encoded = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.verify(encoded, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    claims: dict[str, object] = json.loads(from_base64(body))
    return claims


def test_a_proof_says_who_we_are_to_whom_and_until_when() -> None:
    proofs = Proofs(12345, "https://chat.example")
    public = ec.derive_private_key(12345, ec.SECP256R1()).public_key()
    header = proofs.authorization("https://push.example:8443/some/where?x=1", 1_000_000)
    claims = {"aud": "https://push.example:8443", "exp": 1_000_000 + PROOF_S, "sub": "https://chat.example"}
    assert _claims_of(header, public) == claims
    key = header.partition(", k=")[2]
    assert ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64(key)) == public
    with pytest.raises(InvalidSignature):
        _claims_of(header, ec.generate_private_key(ec.SECP256R1()).public_key())


def test_a_proof_is_used_again_while_it_is_good() -> None:
    proofs = Proofs(12345, "mailto:a@b.example")
    first = proofs.authorization("https://push.example/1", 0)
    assert proofs.authorization("https://push.example/2", PROOF_S - 3600) == first
    assert proofs.authorization("https://push.example/1", PROOF_S - 3599) != first
    assert proofs.authorization("https://other.example/1", 0) != first
    for number in range(200):
        proofs.authorization(f"https://p{number}.example/", 0)
    assert len(proofs._kept) <= 100
