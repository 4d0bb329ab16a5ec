"""What happens to the posts of the news feed. See core/posts.py."""

from __future__ import annotations

from typing import ClassVar

from skvorets.core.event_base import Event


class PostChanged(Event, frozen=True, kw_only=True):
    """A post was added, changed or deleted: load it anew. Internal; whom it is for, its rows say."""

    kind: ClassVar[str] = "post.changed"
    post_id: int
    author_id: int
    actor_id: int
    change: str  # added, changed, deleted
