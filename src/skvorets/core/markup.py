"""Text of messages: what the server itself needs to know about BB codes.

The tree for showing comes from `parse` (``core/markup_parser.py``); the functions here are on the path of every sent
message and leave it at once when the text has no code at all. The text itself is stored and given back raw.
Documented in bitrix24-imbot §9, bitrix24-im §4.7 and §8.1, bitrix24-events §3.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from skvorets.core.markup_codes import Children
from skvorets.core.markup_nodes import Break, Code, Icon, Image, Indent, Quote, Text
from skvorets.core.markup_parser import parse

__all__ = [
    "MAX_TEXT_CHARS",
    "cut",
    "fill_mention_names",
    "mention_of",
    "mentions",
    "mentions_everybody",
    "parse",
    "plain_text",
    "replace_mentions",
    "strip_mentions",
    "unify_breaks",
    "unnamed_mentions",
]

MAX_TEXT_CHARS: Final = 20_000
"""Characters of a message that are kept, as documented."""

CUT_MARK: Final = " (...)"

# Texts without codes, or with pairs of the simplest ones around words: what is shown is what lies between the tags.
_PLAIN = re.compile(
    r"(?:[^\[]++|\[(?P<style>[bius])\][^\[\]]++\[/(?P=style)\]|\[user=[0-9]{1,18}\][^\[\]]++\[/user\])*+", re.IGNORECASE
)
# Other spellings of breaks, quotes, addresses: these need the tree.
_WITH_MEANING = re.compile(r"#br#|>>|-{54}|://", re.IGNORECASE)
_SIMPLE_TAG = re.compile(r"\[[^\]]*+\]")
_BREAK = re.compile(r"\[BR\]|#BR#|\r\n?", re.IGNORECASE)
_MENTION_TAG = re.compile(r"\[USER=(?:(?P<id>[0-9]{1,18})|all)(?:\s+REPLACE)?\]|(?P<end>\[/USER\])", re.IGNORECASE)


def cut(text: str) -> str:
    """Return the text as it is stored: what exceeds 20,000 characters is replaced by " (...)"."""
    return text if len(text) <= MAX_TEXT_CHARS else text[:MAX_TEXT_CHARS] + CUT_MARK


def unify_breaks(text: str) -> str:
    r"""Return the text with every spelling of a line break (`[BR]`, `#BR#`, CR, CR LF) as `\n`."""
    return _BREAK.sub("\n", text)


def plain_text(text: str) -> str:
    """Return the text without codes in one line, for recent lists and notices: breaks become single spaces.

    Markers for attachments and files are added by the caller, who knows the language.
    """
    if _PLAIN.fullmatch(text) and not _WITH_MEANING.search(text):
        return " ".join(_SIMPLE_TAG.sub("", text).split())  # what nearly all texts are, without a tree
    words: list[str] = []
    _collect_words(parse(text), words)
    return " ".join("".join(words).split())


def mentions(text: str) -> tuple[int, ...]:
    """Return the ids of the persons mentioned by `[USER=id]…[/USER]`, in order, each once."""
    found = (mention.person_id for mention in _find_mentions(text))
    return tuple(dict.fromkeys(person_id for person_id in found if person_id))


def mentions_everybody(text: str) -> bool:
    """Whether the text holds `[USER=all]…[/USER]`."""
    return any(mention.person_id is None for mention in _find_mentions(text))


def strip_mentions(text: str) -> str:
    """Return what a bot of a group gets as MESSAGE: without mentions and one comma right behind each, then trimmed.

    COMPAT(bitrix24): a comma behind a space stays: `[USER=567]Bot[/USER] , hi` gives `, hi`.
    """
    kept: list[str] = []
    position = 0
    for mention in _find_mentions(text):
        kept.append(text[position : mention.start])
        position = mention.end + text.startswith(",", mention.end)
    kept.append(text[position:])
    return "".join(kept).strip()


def unnamed_mentions(text: str) -> tuple[int, ...]:
    """Return the ids of persons mentioned without a name, `[USER=5][/USER]`, in order, each once."""
    found = (mention.person_id for mention in _find_mentions(text) if mention.is_unnamed)
    return tuple(dict.fromkeys(person_id for person_id in found if person_id))


def fill_mention_names(text: str, names: Mapping[int, str] | Callable[[int], str | None]) -> str:
    """Return the text with the names of persons in mentions that have none; unknown persons stay without.

    `names` maps a person's id to the full name, or is a function that does so.
    """
    name_of = names.get if isinstance(names, Mapping) else names
    kept: list[str] = []
    position = 0
    for mention in _find_mentions(text):
        if mention.is_unnamed and mention.person_id:
            kept.append(text[position : mention.name_start])
            kept.append(_without_codes(name_of(mention.person_id) or ""))
            position = mention.name_end
    kept.append(text[position:])
    return "".join(kept)


def replace_mentions(text: str, make: Callable[[int, str], str]) -> str:
    """Return the text with what ``make`` gives for each mention of a person: his id and the name as it stands there."""
    kept: list[str] = []
    position = 0
    for mention in _find_mentions(text):
        if mention.person_id:
            kept.append(text[position : mention.start])
            kept.append(make(mention.person_id, text[mention.name_start : mention.name_end]))
            position = mention.end
    kept.append(text[position:])
    return "".join(kept)


def mention_of(person_id: int, name: str) -> str:
    """Return the mention of a person by this name."""
    return f"[USER={person_id}]{_without_codes(name)}[/USER]"


class _Mention(NamedTuple):
    person_id: int | None  # None: everybody
    start: int
    name_start: int
    name_end: int
    end: int
    is_unnamed: bool


def _find_mentions(text: str) -> Iterator[_Mention]:
    """Yield the mentions: an opening tag pairs with the next closing one; whatever lies between is the name."""
    if "[" not in text:
        return
    opening: re.Match[str] | None = None
    for tag in _MENTION_TAG.finditer(text):
        if tag["end"] is None:
            opening = opening or tag
        elif opening is not None:
            person_id = int(opening["id"]) if opening["id"] else None
            is_unnamed = not text[opening.end() : tag.start()].strip()
            yield _Mention(person_id, opening.start(), opening.end(), tag.start(), tag.end(), is_unnamed)
            opening = None


def _without_codes(name: str) -> str:
    """Return a name that cannot end the mention it stands in."""
    return name.replace("[", "(").replace("]", ")")


def _collect_words(nodes: Children, words: list[str]) -> None:
    for node in nodes:
        match node:
            case Text(text) | Code(text):
                words.append(text)
            case Break() | Indent():
                words.append(" ")
            case Icon():
                words.append(node.title)
            case Image():
                words.append(node.address)
            case Quote():
                words.append(" ")
                _collect_words(node.children, words)
                words.append(" ")
            case _:
                _collect_words(getattr(node, "children", ()), words)
