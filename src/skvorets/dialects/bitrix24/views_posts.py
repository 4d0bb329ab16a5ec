"""The documented object of a post of the news feed. Source: docs ``log.blogpost.get``.

A post with files or a mark of importance carries descriptions of these fields (``UF_*``), as the reference's does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from skvorets.core.posts import shown_title
from skvorets.dialects.bitrix24.views import Frame, View
from skvorets.storage import posts
from skvorets.storage.database import Tx
from skvorets.storage.posts import Post

_FIELD: Mapping[str, Any] = {
    "ENTITY_ID": "BLOG_POST",
    "SORT": "100",
    "MANDATORY": "N",
    "SHOW_FILTER": "N",
    "EDIT_IN_LIST": "Y",
    "ERROR_MESSAGE": None,
    "HELP_MESSAGE": None,
    "VALUE_EXISTS": True,
    "CUSTOM_DATA": [],
}
_LABELS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "UF_BLOG_POST_IMPRTNT": "Важное сообщение",
        "UF_IMPRTANT_DATE_END": "Срок действия",
        "file": "Файл (Диск)",
        "integer": "Целое число",
        "datetime": "Дата со временем",
    },
    "en": {
        "UF_BLOG_POST_IMPRTNT": "Important message",
        "UF_IMPRTANT_DATE_END": "Important until",
        "file": "File (Drive)",
        "integer": "Integer",
        "datetime": "Date and time",
    },
}


async def load_files_of(tx: Tx, found: Iterable[Post]) -> dict[int, list[int]]:
    """Load ids of files by post: one query."""
    return await posts.file_ids_of(tx, [one.id for one in found])


def post_view(post: Post, file_ids: Sequence[int], frame: Frame, language: str) -> View:
    """Give the documented object."""
    has_props = bool(file_ids or post.important)
    return {
        "ID": str(post.id),
        "BLOG_ID": str(post.author_id),  # everybody has one blog
        "PUBLISH_STATUS": "P",
        "TITLE": shown_title(post),
        "AUTHOR_ID": str(post.author_id),
        "ENABLE_COMMENTS": "Y",
        "NUM_COMMENTS": "0",
        "CODE": None,
        "MICRO": "N" if post.title else "Y",
        "DETAIL_TEXT": post.text,
        "DATE_PUBLISH": frame.clock.atom(post.created_at),
        "CATEGORY_ID": ",".join(str(one) for one in post.read_tag_ids()),
        "HAS_SOCNET_ALL": "Y" if post.is_for_all else "N",
        "HAS_TAGS": "Y" if post.read_tag_ids() else "N",
        "HAS_IMAGES": "Y" if "[img" in post.text.lower() else "N",
        "HAS_PROPS": "Y" if has_props else "N",
        "HAS_COMMENT_IMAGES": None,
        **(_fields(post, file_ids, frame, language) if has_props else {}),
        "FILES": list(file_ids),
    }


def _fields(post: Post, file_ids: Sequence[int], frame: Frame, language: str) -> View:
    labels = _LABELS.get(language, _LABELS["en"])
    until = frame.date(post.important_until) or ""
    common = {**_FIELD, "ENTITY_VALUE_ID": post.id}
    return {
        "UF_BLOG_POST_FILE": {
            "ID": "1",
            "FIELD_NAME": "UF_BLOG_POST_FILE",
            "XML_ID": "UF_BLOG_POST_FILE",
            **common,
            **_type("disk_file", "int", labels["file"]),
            **_labels(None),
            "MULTIPLE": "Y",
            "SHOW_IN_LIST": "N",
            "IS_SEARCHABLE": "Y",
            "SETTINGS": {"IBLOCK_ID": None, "SECTION_ID": None, "UF_TO_SAVE_ALLOW_EDIT": False},
            "VALUE": list(file_ids) or False,
            "VALUE_RAW": None,
        },
        "UF_BLOG_POST_IMPRTNT": {
            "ID": "2",
            "FIELD_NAME": "UF_BLOG_POST_IMPRTNT",
            "XML_ID": "UF_BLOG_POST_IMPRTNT",
            **common,
            **_type("integer", "int", labels["integer"]),
            **_labels(labels["UF_BLOG_POST_IMPRTNT"]),
            "MULTIPLE": "N",
            "SHOW_IN_LIST": "Y",
            "IS_SEARCHABLE": "N",
            "SETTINGS": {"SIZE": 20, "MIN_VALUE": 0, "MAX_VALUE": 0, "DEFAULT_VALUE": None},
            "VALUE": "1" if post.important else None,
            "VALUE_RAW": "1" if post.important else None,
        },
        "UF_IMPRTANT_DATE_END": {
            "ID": "3",
            "FIELD_NAME": "UF_IMPRTANT_DATE_END",
            "XML_ID": "UF_IMPRTANT_DATE_END",
            **common,
            **_type("datetime", "datetime", labels["datetime"]),
            **_labels(labels["UF_IMPRTANT_DATE_END"]),
            "MULTIPLE": "N",
            "SHOW_IN_LIST": "N",
            "IS_SEARCHABLE": "N",
            "SETTINGS": {"DEFAULT_VALUE": {"TYPE": "NONE", "VALUE": ""}, "USE_SECOND": "Y", "USE_TIMEZONE": "N"},
            "VALUE": until,
            "VALUE_RAW": until or None,
        },
    }


def _type(kind: str, base: str, description: str) -> View:
    return {
        "USER_TYPE_ID": kind,
        "USER_TYPE": {"USER_TYPE_ID": kind, "DESCRIPTION": description, "BASE_TYPE": base},
    }


def _labels(text: str | None) -> View:
    return {"EDIT_FORM_LABEL": text, "LIST_COLUMN_LABEL": text, "LIST_FILTER_LABEL": text}
