"""A page that opens, and a stranger who becomes a visitor.

POST /widget/api/hello     {line, language, page: {url, title}}   how the line looks; with a secret also who he is
POST /widget/api/visitors  {line, language, page, name?, email?} → {token, visitor}   a new visitor and his secret
POST /widget/api/page      {url, title}      where he is now
PATCH /widget/api/me       {name?, email?}   what he says of himself → visitor

Without a secret, or with one that is unknown or of another line, ``hello`` answers as to a stranger; nothing is made.
An unknown line or one that is switched off answers 404 no_such_line.
"""

from __future__ import annotations

import msgspec

from skvorets.core import access, names, reads
from skvorets.core.access import Dialog
from skvorets.core.lines import clients
from skvorets.dialects.widget.given import Coming, Name, Page, language_of, title_of, url_of, visitor_given
from skvorets.dialects.widget.registry import Call, Visit, Visitor, route
from skvorets.dialects.widget.shapes import Hello, VisitorView, Welcomed
from skvorets.dialects.widget.views import line_looks, view_session, visitor_view
from skvorets.dialects.widget.visitors import visitor_of
from skvorets.errors import EmptyNameError, LineNotFoundError, WrongSecretError
from skvorets.storage import line_clients, lines, people
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.lines import Line


class NewVisitor(Coming, frozen=True):
    """A stranger who wants to write."""

    name: Name = ""
    email: Name = ""


class Myself(msgspec.Struct, frozen=True):
    """What a visitor says of himself; what is left out stays."""

    name: Name | None = None
    email: Name | None = None


@route("POST", "hello", given=Coming, mode="free", is_open=True)
async def say_hello(visit: Visit[Coming]) -> Hello:
    """Tell a page that opens how the line looks, and a visitor how his talk stands."""
    store = visit.services.store
    answer, visitor = await store.read(_hello, visit)
    if visitor is not None and not visitor.client.blocked:
        await store.write(visitor.client.chat_id or visitor.client.client_chat_id, _note_page, visit, visitor)
    return answer


@route("POST", "visitors", given=NewVisitor, mode="free", is_open=True)
async def add_visitor(visit: Visit[NewVisitor]) -> Welcomed:
    """Let a stranger be known from now on."""
    given, services = visit.given, visit.services
    new = visitor_given(given, visit.address, name=given.name, email=given.email)
    await services.store.read(_line_of, given.line)  # an unknown one does not count
    services.limits.count("visitors", visit.address)
    return await services.store.write(DIRECTORY_KEY, _admit, given.line, new)


@route("POST", "page", given=Page)
async def note_page(tx: Tx, call: Call[Page]) -> None:
    """Note where the visitor is."""
    page = clients.Visitor(page_url=url_of(call.given), page_title=title_of(call.given), language=call.client.language)
    await clients.note_page(tx, call.client, page)


@route("PATCH", "me", given=Myself)
async def change_me(tx: Tx, call: Call[Myself]) -> VisitorView:
    """Note what the visitor says of himself."""
    given = call.given
    await note_myself(tx, call.visitor, given.name, given.email)
    guest = await people.find(tx, call.visitor.guest.id)
    return visitor_view(msgspec.structs.replace(call.visitor, guest=guest or call.visitor.guest))


async def note_myself(tx: Tx, visitor: Visitor, name: str | None, email: str | None) -> None:
    """Note a name and an e-mail address, where they are given. Raises EmptyNameError, WrongEmailError."""
    kept = None if name is None else names.clean_name(name)
    if kept == "":
        raise EmptyNameError
    address = None if email is None else names.check_email(email)
    await clients.rename_client(tx, visitor.client, name=kept, email=address)


async def _hello(tx: Tx, visit: Visit[Coming]) -> tuple[Hello, Visitor | None]:
    line = await _line_of(tx, visit.given.line)
    looks = line_looks(line, visit.services.config, tx.now)
    visitor = await _known(tx, visit, line)
    if visitor is None:
        return Hello(looks, None, None, None, 0), None
    session, operator = await view_session(tx, visitor)
    seat = await access.chat_of_member(tx, visitor.guest, Dialog(chat_id=visitor.client.client_chat_id))
    unread = await reads.unread_in(tx, seat.chat, seat.taken)
    return Hello(looks, visitor_view(visitor), operator, session, unread), visitor


async def _known(tx: Tx, visit: Visit[Coming], line: Line) -> Visitor | None:
    """Give the visitor of this line who shows his secret. Raises ApiError when somebody guesses."""
    if not visit.token:
        return None
    try:
        visitor = await visitor_of(tx, visit.token)
    except WrongSecretError:
        visit.services.limits.count("wrong_tokens", visit.address)
        return None
    except LineNotFoundError:  # of another line
        return None
    return visitor if visitor.line.id == line.id else None


async def _note_page(tx: Tx, visit: Visit[Coming], visitor: Visitor) -> None:
    client = await line_clients.find(tx, visitor.client.id)
    if client is not None:
        given = visit.given
        page = clients.Visitor(
            page_url=url_of(given.page),
            page_title=title_of(given.page),
            language=language_of(given.language) or client.language,
        )
        await clients.note_page(tx, client, page)


async def _admit(tx: Tx, code: str, new: clients.Visitor) -> Welcomed:
    line = await _line_of(tx, code)
    admitted = await clients.admit_visitor(tx, line, new)
    guest = await clients.guest_of(tx, admitted.client)
    return Welcomed(admitted.token, visitor_view(Visitor(admitted.client, line, guest)))


async def _line_of(tx: Tx, code: str) -> Line:
    line = await lines.by_code(tx, code)
    if line is None or not line.active:
        raise LineNotFoundError
    return line
