"""A certificate authority of one's own for ``skvorets demo --tls``: clients that insist on https get it on a laptop."""

from __future__ import annotations

import datetime as dt
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# Browsers and systems accept no server certificate for longer.
_LIFE = dt.timedelta(days=397)
_RENEW_BEFORE = dt.timedelta(days=1)
_AUTHORITY_LIFE = dt.timedelta(days=3650)


class TlsFiles:
    """The PEM files below a folder, made once and used again."""

    def __init__(self, folder: Path) -> None:
        """Look into the folder; nothing is made yet."""
        self.authority = folder / "authority.pem"
        self.certificate = folder / "certificate.pem"
        self.key = folder / "key.pem"

    def ensure(self, hosts: list[str]) -> None:
        """Make authority, certificate and key for the hosts (names or addresses) unless there are good ones."""
        if self.certificate.exists() and _is_good(self.certificate.read_bytes(), hosts):
            return
        self.authority.parent.mkdir(parents=True, exist_ok=True)
        authority_key = ec.generate_private_key(ec.SECP256R1())
        key = ec.generate_private_key(ec.SECP256R1())
        authority = _authority(authority_key)
        certificate = _server(hosts, key, authority, authority_key)
        self.key.touch(mode=0o600)
        self.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        pem = serialization.Encoding.PEM
        self.authority.write_bytes(authority.public_bytes(pem))
        self.certificate.write_bytes(certificate.public_bytes(pem) + authority.public_bytes(pem))


def _is_good(pem: bytes, hosts: list[str]) -> bool:
    """Is the certificate valid for a while, and for all these hosts?"""
    certificate = x509.load_pem_x509_certificate(pem)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    is_fresh = certificate.not_valid_after_utc > dt.datetime.now(dt.UTC) + _RENEW_BEFORE
    return is_fresh and all(_alternative(host) in names for host in hosts)


def _authority(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """Sign an authority by itself. Its key is used here and then forgotten: nobody can sign anything else with it."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Skvorets demo authority")])
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        crl_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        _begun(name, name, key, _AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _server(
    hosts: list[str],
    key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
    return (
        _begun(name, authority.subject, key, _LIFE)
        .add_extension(x509.SubjectAlternativeName([_alternative(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, life: dt.timedelta
) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + life)
    )


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
