"""The administrators' pages have words in both languages for everything that the server may name."""

from __future__ import annotations

import re
from importlib import resources

import msgspec
import pytest

from skvorets.app import FIXED_LIMITS
from skvorets.config import Config
from skvorets.core.audit import ACTIONS
from skvorets.delivery.planner import CURSOR as DELIVERY
from skvorets.links.places import CURSOR as LINKS
from skvorets.search.batches import CURSOR as SEARCH
from skvorets.storage.admin_chats import FILTERS as CHAT_FILTERS
from skvorets.storage.admin_people import FILTERS as PEOPLE_FILTERS
from skvorets.web_push.places import CURSOR as WEB_PUSH

_KEY = re.compile(r'^  "([^"]+)": ', re.MULTILINE)


def _keys(language: str) -> set[str]:
    folder = resources.files("skvorets") / "client" / "admin"
    files = [f"words-{part}-{language}.js" for part in ("people", "more", "deeds", "lines")]
    return {key for name in files for key in _KEY.findall((folder / name).read_text("utf-8"))}


def test_both_languages_say_the_same_things() -> None:
    assert _keys("ru") == _keys("en")
    assert len(_keys("ru")) > 300


@pytest.mark.parametrize(
    "wanted",
    [
        [f"did.{action}" for action in ACTIONS],
        [f"setting.{field.name}" for field in msgspec.structs.fields(Config)],
        [f"setting.{name}" for name in FIXED_LIMITS],
        [f"reader.{name}" for name in (DELIVERY, SEARCH, LINKS, WEB_PUSH)],
        [f"people.filter.{name}" for name in PEOPLE_FILTERS],
        [f"chats.filter.{name}" for name in CHAT_FILTERS],
    ],
    ids=["actions", "settings", "fixed", "readers", "people", "chats"],
)
def test_what_the_server_names_has_words(wanted: list[str]) -> None:
    assert set(wanted) <= _keys("en")
