"""A tree of message text written down as BB codes again: what the parser must read as the same tree."""

from __future__ import annotations

from collections.abc import Iterable

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

ROW = "-" * 54


def source_of(nodes: Iterable[Node]) -> str:
    """Write nodes down."""
    return "".join(map(_source, nodes))


def _source(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 — one line for each kind of node
    match node:
        case Text(text):
            return text
        case Break():
            return "[BR]"
        case Indent():
            return "\t"
        case Styled(style, children, value):
            return _pair(style, value, children)
        case Link(address, children, is_bare):
            return address if is_bare else _pair("url", address, children)
        case Mention(person_id, children):
            return _pair("user", str(person_id or "all") if person_id != 0 else "0", children)
        case ChatLink(dialog, children):
            return _pair("chat", dialog, children)
        case MessageLink(dialog, message_id, children):
            return _pair("context", f"{dialog}/{message_id}", children)
        case Call(number, children):
            return _pair("call", number, children)
        case Send(text, children):
            return _pair("send", text, children)
        case Put(text, children):
            return _pair("put", text, children)
        case Icon():
            sizes = (("width", node.width), ("height", node.height), ("title", node.title))
            return f"[icon={node.address}{''.join(f' {name}={value}' for name, value in sizes if value)}]"
        case Image(address, size, is_bare):
            return address if is_bare else f"[img{size and f' size={size}'}]{address}[/img]"
        case Quote(children, author, date):
            if date:
                return f"{ROW}\n{author} [{date}]\n{source_of(children)}\n{ROW}\n"
            return ">>" + source_of(children).replace("[BR]", "[BR]>>") + "[BR]"
        case Code(text):
            return f"[code]{text}[/code]"
        case Timestamp(seconds, format_):
            return f"[timestamp={seconds}{format_ and f' format={format_}'}]"
        case DiskFile(file_id):
            return f"[disk={file_id}]"
        case Mark(kind, value):
            return f"[{kind}={value}]" if kind in {"rating", "attach"} else f"[{kind}]"


def _pair(name: str, value: str, children: Iterable[Node]) -> str:
    if value.strip() != value or set(value) & set("[]\r\n"):
        return f"[{name}]{value}[/{name}]"  # the short form, whose contents are the value
    return f"[{name}{value and f'={value}'}]{source_of(children)}[/{name}]"
