"""``log.blogpost.add``: publish a post in the news feed.

Source: docs ``log.blogpost.add``. Polls, thanks, backgrounds and previews of links are not kept.
"""

from __future__ import annotations

from skvorets.core import posts
from skvorets.core.destinations import FOR_ALL
from skvorets.core.posts import FileChange, NewPost
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.params import Anything
from skvorets.dialects.bitrix24.posts import PostParams, author_of, destinations_of, keep_files, moment_of
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.values import to_list, to_text
from skvorets.errors import EmptyMessageError, NoDestinationError, PersonNotFoundError, TooLargeError
from skvorets.storage.database import lock_key

_CODE = "SONET_CONTROLLER_LIVEFEED_BLOGPOST_ADD_ERROR"
NOT_ADDED = Fault(_CODE, "Blog post hasn't been added")
NO_DESTINATION = Fault(_CODE, "No destination specified")
NO_BLOG = Fault("SONET_CONTROLLER_LIVEFEED_BLOG_NOT_FOUND", "Blog not found")


class Params(PostParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    TAGS: Anything | None = None  # list, or names separated by commas; at most 20 of 100 characters


@method(
    "log.blogpost.add",
    scope="log",
    params=Params,
    mode="free",
    faults={"POST_MESSAGE": NOT_ADDED, "POST_TITLE": NOT_ADDED},
    errors={
        EmptyMessageError: NOT_ADDED,
        TooLargeError: NOT_ADDED,
        NoDestinationError: NO_DESTINATION,
        PersonNotFoundError: NO_BLOG,
    },
)
async def log_blogpost_add(call: Call, params: Params) -> int:
    """Keep the files, then publish the post; its id."""
    if not (params.POST_MESSAGE or "").strip():
        raise ApiError(NOT_ADDED)
    until = moment_of(call, params.IMPORTANT_DATE_END, "IMPORTANT_DATE_END")
    codes = destinations_of(params)
    new = NewPost(
        text=params.POST_MESSAGE or "",
        title=params.POST_TITLE or "",
        destinations=[FOR_ALL] if codes is None else codes,
        tags=_tags(params.TAGS),
        is_important=bool(params.IMPORTANT),
        important_until=until or 0,
    )
    files = await keep_files(call, params)
    key = lock_key("posts", call.caller.person.id)
    return await call.surroundings.store.write(key, _add, call, params, new, files)


async def _add(tx: Tx, call: Call, params: Params, new: NewPost, files: FileChange) -> int:
    author = await author_of(tx, call, params.USER_ID)
    return (await posts.add_post(tx, author, new, files)).id


def _tags(given: Anything | None) -> list[str]:
    value = given.value if given else None
    items = value.split(",") if isinstance(value, str) and not value.lstrip().startswith(("[", "{")) else to_list(value)
    return [to_text(item) for item in items if not isinstance(item, (dict, list))]
