"""The body of ``/auth/login``: form fields or JSON (spec ``bpium-messages.md`` §2.7)."""

from __future__ import annotations

import msgspec
from aiohttp import web

from skvorets.dialects.bpium.errors import ApiError
from skvorets.dialects.bpium.given import convert, read_json
from skvorets.php_forms import TooComplex, parse_query


class Credentials(msgspec.Struct, frozen=True):
    """With what somebody logs in."""

    email: str
    password: str


async def read_login(request: web.BaseRequest) -> tuple[str, str]:
    """Give e-mail and password. Raises ApiError."""
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "The request is too large.") from None
    if request.content_type == "application/json":
        given = read_json(body)
    else:
        try:
            given = parse_query(body.decode("utf-8", "replace"))
        except TooComplex as error:
            raise ApiError(400, str(error)) from None
    credentials: Credentials = convert(given, Credentials)
    if "\0" in credentials.email + credentials.password:
        raise ApiError(400, "Texts must not hold the character NUL.")
    return credentials.email, credentials.password
