"""``log.blogpost.update``: change a post of the news feed.

Source: docs ``log.blogpost.update``. COMPAT(bitrix24): a new text without a title takes the old title away.
"""

from __future__ import annotations

from skvorets.core import posts
from skvorets.core.posts import FileChange, PostChange
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.posts import PostParams, author_of, destinations_of, keep_files, moment_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import (
    EmptyTitleError,
    NoDestinationError,
    NotAllowedError,
    PersonNotFoundError,
    PostNotFoundError,
    TooLargeError,
)
from skvorets.storage.database import lock_key

_CODE = "SONET_CONTROLLER_LIVEFEED_BLOGPOST_UPDATE_ERROR"
WRONG_ID = Fault(_CODE, "Wrong post ID")
NOT_FOUND = Fault(_CODE, "No post found")
NOT_ALLOWED = Fault(_CODE, "No write perms")
NO_BLOG = Fault(_CODE, "No blog found")
NO_DESTINATION = Fault(_CODE, "No destination specified")
NOT_CHANGED = Fault(_CODE, "Cannot update blog post")
EMPTY_TITLE = Fault("EMPTY_TITLE", "The title of the message is not specified")


class Params(PostParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    POST_ID: int  # > 0


@method(
    "log.blogpost.update",
    scope="log",
    params=Params,
    mode="free",
    faults={"POST_ID": WRONG_ID, "POST_MESSAGE": NOT_CHANGED, "POST_TITLE": NOT_CHANGED},
    errors={
        PostNotFoundError: NOT_FOUND,
        PersonNotFoundError: NO_BLOG,
        NotAllowedError: NOT_ALLOWED,
        EmptyTitleError: EMPTY_TITLE,
        NoDestinationError: NO_DESTINATION,
        TooLargeError: NOT_CHANGED,
    },
)
async def log_blogpost_update(call: Call, params: Params) -> int:
    """Keep new files, then change the post; its id."""
    if params.POST_ID <= 0:
        raise ApiError(WRONG_ID)
    store = call.surroundings.store
    change = PostChange(
        title=params.POST_TITLE,
        text=params.POST_MESSAGE,
        destinations=destinations_of(params),
        is_important=params.IMPORTANT,
        important_until=moment_of(call, params.IMPORTANT_DATE_END, "IMPORTANT_DATE_END"),
    )
    # Before anything is kept: who may not change the post may not fill the disk either.
    await store.read(_check, call, params)
    files = await keep_files(call, params)
    return await store.write(lock_key("post", params.POST_ID), _change, call, params, change, files)


async def _check(tx: Tx, call: Call, params: Params) -> None:
    await posts.post_to_change(tx, await author_of(tx, call, params.USER_ID), params.POST_ID)


async def _change(tx: Tx, call: Call, params: Params, change: PostChange, files: FileChange) -> int:
    actor = await author_of(tx, call, params.USER_ID)
    return (await posts.change_post(tx, actor, params.POST_ID, change, files)).id
