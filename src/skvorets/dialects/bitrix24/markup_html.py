"""Messages' texts as HTML, for programs that ask for it: CONVERT_TEXT of messages, PARSE_TEXT of the recent list.

Source: spec ``bitrix24-im.md`` §7.1, ``bitrix24-imbot.md`` §9. The reference's own markup is not documented; here every
code becomes the plain element for it, and what only a messenger can do becomes a ``span`` with ``data-`` attributes.

Nothing of the text reaches the result unescaped: elements and attributes are written here, their contents and values
come from the checked nodes of ``core.markup`` through ``escape``. No attribute runs script; addresses have a scheme of
the parser's list.
"""

from __future__ import annotations

from html import escape
from typing import Any

from skvorets.core.markup import parse
from skvorets.core.markup_codes import Children
from skvorets.core.markup_nodes import (
    Break,
    Call,
    ChatLink,
    Code,
    DiskFile,
    Icon,
    Image,
    Indent,
    Link,
    Mark,
    Mention,
    MessageLink,
    Node,
    Put,
    Quote,
    Send,
    Styled,
    Text,
    Timestamp,
)
from skvorets.dialects.bitrix24.envelope import Clock

_INDENT = "&nbsp;" * 4
_ELEMENTS = {"b": "b", "i": "i", "u": "u", "s": "s"}
_STYLES = {"size": "font-size:{}px", "color": "color:{}"}
_EVERYBODY = "all"


def to_html(text: str, clock: Clock) -> str:
    """Give a message's text as HTML; moments are written by the clock."""
    return _all(parse(text), clock)


def _all(nodes: Children, clock: Clock) -> str:
    return "".join([_node(node, clock) for node in nodes])


def _node(node: Node, clock: Clock) -> str:
    match node:
        case Text(text):
            return escape(text)
        case Break():
            return "<br />"
        case Indent():
            return _INDENT
        case Code(text):
            return f"<pre>{escape(text)}</pre>"
        case Styled():
            return _styled(node, _all(node.children, clock))
        case Icon() | Image():
            return _picture(node)
        case Quote():
            return _quote(node, clock)
        case Timestamp():
            return _moment(node, clock)
        case Link():
            attributes = f'{_attributes(href=node.address)} target="_blank" rel="noopener noreferrer"'
            return f"<a{attributes}>{_all(node.children, clock)}</a>"
        case _:
            return f"<span{_attributes(**_data(node))}>{_all(getattr(node, 'children', ()), clock)}</span>"


def _styled(node: Styled, inside: str) -> str:
    element = _ELEMENTS.get(node.style)
    if element:
        return f"<{element}>{inside}</{element}>"
    return f"<span{_attributes(style=_STYLES[node.style].format(node.value))}>{inside}</span>"


def _picture(node: Icon | Image) -> str:
    if isinstance(node, Icon):
        sizes = {"width": node.width, "height": node.height, "title": node.title or None}
    else:
        sizes = {"data-size": node.size or None}
    return f"<img{_attributes(src=node.address, **sizes)} />"


def _quote(node: Quote, clock: Clock) -> str:
    head = " ".join(filter(None, [node.author, node.date and f"[{node.date}]"]))
    shown = f"<cite>{escape(head)}</cite><br />" if head else ""
    return f"<blockquote>{shown}{_all(node.children, clock)}</blockquote>"


def _moment(node: Timestamp, clock: Clock) -> str:
    try:
        moment = clock.local(node.seconds * 1000)
    except (OverflowError, ValueError):  # beyond the year 9999
        return str(node.seconds)
    return f"<time{_attributes(datetime=moment.isoformat())}>{moment:%Y-%m-%d %H:%M}</time>"


def _data(node: Node) -> dict[str, Any]:
    """Say what a messenger would do, as ``data-`` attributes."""
    match node:
        case Mention(person_id):
            found = {"user": person_id or _EVERYBODY}
        case ChatLink(dialog):
            found = {"chat": dialog}
        case MessageLink(dialog, message_id):
            found = {"dialog": dialog, "message": message_id}
        case Call(number):
            found = {"call": number}
        case Send(text):
            found = {"send": text}
        case Put(text):
            found = {"put": text}
        case DiskFile(file_id):
            found = {"disk": file_id}
        case Mark(kind, value):
            found = {kind: value}
        case _:
            found = {}
    return {f"data-{name}": value for name, value in found.items()}


def _attributes(**values: Any) -> str:
    """Write attributes; those without a value are left out."""
    return "".join(f' {name}="{escape(str(value))}"' for name, value in values.items() if value is not None)
