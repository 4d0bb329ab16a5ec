"""Bytes that programs send as base64 text, in all the ways in which they write it."""

from __future__ import annotations

import base64
import binascii
import re

# "data:image/png;base64," before the data, as browsers write it. No spaces inside: the search stays linear.
_PREFIX = re.compile(r"data:[a-z0-9.+/;=-]{0,100}base64,", re.IGNORECASE)


def decode_base64(text: str) -> bytes:
    """Decode with or without a ``data:`` prefix, line breaks or final ``=``. Raises ValueError."""
    text = text.strip()
    prefix = _PREFIX.match(text)
    payload = "".join((text[prefix.end() :] if prefix else text).split()).rstrip("=")
    # The URL-safe letters are read, too: libraries mix them up.
    payload = payload.replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(payload + "=" * (-len(payload) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
