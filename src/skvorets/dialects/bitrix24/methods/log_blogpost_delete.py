"""``log.blogpost.delete``: delete a post of the news feed.

Source: docs ``log.blogpost.delete``. COMPAT(bitrix24): the error codes are numbers.
"""

from __future__ import annotations

import msgspec

from skvorets.core import posts
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.posts import author_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError, PersonNotFoundError, PostNotFoundError

WRONG_ID = Fault("100", "Wrong post ID")
NOT_ALLOWED = Fault("403", "You do not have permission to delete this message")


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    POST_ID: int  # > 0
    USER_ID: int = 0  # in whose name; administrators only


@method(
    "log.blogpost.delete",
    scope="log",
    params=Params,
    faults={"POST_ID": WRONG_ID},
    errors={PostNotFoundError: WRONG_ID, PersonNotFoundError: NOT_ALLOWED, NotAllowedError: NOT_ALLOWED},
)
async def log_blogpost_delete(tx: Tx, call: Call, params: Params) -> bool:
    """Delete it."""
    if params.POST_ID <= 0:
        raise ApiError(WRONG_ID)
    await posts.delete_post(tx, await author_of(tx, call, params.USER_ID), params.POST_ID)
    return True
