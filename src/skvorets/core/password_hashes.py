"""How passwords are kept: a slow salted hash of the password's MD5, so that doors which get the MD5 only can ask, too.

    md5:$argon2id$v=19$…     Argon2id of the 32 lower-case hex digits of the MD5 of the password's UTF-8 bytes
    $argon2id$v=19$…         Argon2id of the password itself: how it was before; written anew at the next log-in with
                             the plain password, and no help to who has the MD5 only

The MD5 adds no strength and takes none away that counts: who finds the stored hash has to try passwords through both.
Rules: spec ``megaplan-messages.md`` §3.14, §3.15.
"""

from __future__ import annotations

import functools
import hashlib
import re

import argon2

from skvorets.errors import WeakPasswordError

# Characters. Eight is the least that NIST SP 800-63B allows; the most keeps hashing from being a way to burn our time.
MIN_PASSWORD_LENGTH = 8
MAX_PASSWORD_LENGTH = 1024

# Argon2id as OWASP recommends for servers: 19 MiB, two passes, one lane; some 20 ms.
_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_OF_MD5 = "md5:"
_MD5 = re.compile(r"[0-9a-f]{32}", re.ASCII)


def md5_of(password: str) -> str:
    """Give the hex MD5 of a password, as some clients send it."""
    return hashlib.md5(_bytes(password), usedforsecurity=False).hexdigest()


def hash_password(password: str) -> str:
    """Hash a new password; some 20 ms, so do it outside of units of work. Raises WeakPasswordError."""
    if not MIN_PASSWORD_LENGTH <= len(password) <= MAX_PASSWORD_LENGTH:
        raise WeakPasswordError(f"a password has {MIN_PASSWORD_LENGTH} to {MAX_PASSWORD_LENGTH} characters")
    return hash_md5(md5_of(password))


def hash_md5(password_md5: str) -> str:
    """Hash a password of which the MD5 is known; as slow."""
    return _OF_MD5 + _HASHER.hash(password_md5)


def clean_md5(text: str) -> str:
    """Write a given MD5 as it is compared; "" when it is none."""
    md5 = text.strip().lower()
    return md5 if _MD5.fullmatch(md5) else ""


def is_right(known: str | None, password: str, password_md5: str) -> bool:
    """Compare a stored hash with a password, or with its MD5 where no password is given.

    ``known`` None: an unknown login, which takes as long as any; so does an absurd password.
    """
    wanted, given = nobodys_hash(), ""
    is_possible = known is not None and len(password) <= MAX_PASSWORD_LENGTH
    if known is not None and is_possible:
        if known.startswith(_OF_MD5):
            wanted, given = known.removeprefix(_OF_MD5), password_md5 or md5_of(password)
        elif not password_md5:
            wanted, given = known, password
    try:
        _HASHER.verify(wanted, _bytes(given))
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
    return is_possible


def needs_renewal(known: str) -> bool:
    """Is this a hash of the old kind, or of other parameters than are used today?"""
    return not known.startswith(_OF_MD5) or _HASHER.check_needs_rehash(known.removeprefix(_OF_MD5))


@functools.cache
def nobodys_hash() -> str:
    """Give a hash with which the passwords of unknown logins are compared."""
    return _HASHER.hash("the password of nobody")


def _bytes(password: str) -> bytes:
    # JSON may bring lone surrogates, which UTF-8 does not know.
    return password.encode("utf-8", "surrogatepass")
