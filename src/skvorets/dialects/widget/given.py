"""Typed pieces of what the frame sends, and how they are read."""

from __future__ import annotations

import re
from typing import Annotated, Final, TypeAlias

import msgspec

from skvorets.core import names
from skvorets.core.lines import clients
from skvorets.core.lines.clients import MAX_TITLE, MAX_URL

Id: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=2**62)]
IdOrNone: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=2**62)]  # 0 = none
ClientId: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
# Characters of a text that are looked at; what is stored is cut at 20,000.
Text: TypeAlias = Annotated[str, msgspec.Meta(max_length=100_000)]
LineCode: TypeAlias = Annotated[str, msgspec.Meta(max_length=64)]
Name: TypeAlias = Annotated[str, msgspec.Meta(max_length=1000)]
# Addresses of pages are longer than anybody reads; what is too long is cut, not refused.
_PageText: TypeAlias = Annotated[str, msgspec.Meta(max_length=20_000)]

_LANGUAGE: Final = re.compile(r"[a-zA-Z]{2}(?:[-_][A-Za-z0-9]{1,8}){0,3}")


class Page(msgspec.Struct, frozen=True):
    """Where the visitor is."""

    url: _PageText = ""
    title: _PageText = ""


class Coming(msgspec.Struct, frozen=True):
    """A page that opens: which line it shows, in which language, where."""

    line: LineCode
    language: Annotated[str, msgspec.Meta(max_length=35)] = ""  # as browsers write it: ru, en-US
    page: Page = Page()


def visitor_given(coming: Coming, address: str, *, name: str = "", email: str = "") -> clients.Visitor:
    """Give what a page tells of a visitor as it may be kept. Raises WrongEmailError."""
    page = coming.page
    return clients.Visitor(
        name=names.clean_name(name),
        email=names.check_email(email),
        language=language_of(coming.language),
        page_url=url_of(page),
        page_title=title_of(page),
        address=address,
    )


def language_of(text: str) -> str:
    """Give two small letters, or nothing."""
    return text[:2].lower() if _LANGUAGE.fullmatch(text) else ""


def url_of(page: Page) -> str:
    """Give the address of a page of the web: operators get it as a link."""
    url = page.url[:MAX_URL]
    return url if url.lower().startswith(("http://", "https://")) and url.isprintable() and " " not in url else ""


def title_of(page: Page) -> str:
    """Give a title in one line."""
    return names.clean_name(page.title, MAX_TITLE)
