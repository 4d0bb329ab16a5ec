"""Letters: messages with a subject to one or several people, as mail programs know them; no store of their own.

    to one person   ──► the private dialog with him
    to oneself      ──► one's notes
    to several      ──► a chat of exactly these people with the subject as its title, found again the next time

Every message of a private dialog and of such a chat is a letter, whoever wrote it and through which door. Deleting,
favourites and notices are each person's own. Rules: spec ``megaplan-messages.md`` §6-§8.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from skvorets.core import access, chats, files, folders, reads
from skvorets.core.access import EDIT_PERIOD_MS, Dialog
from skvorets.core.chats import NewChat
from skvorets.core.files import Content
from skvorets.core.messages import NewMessage, post_message
from skvorets.errors import (
    MessageNotFoundError,
    NotAllowedError,
    PersonNotFoundError,
    TooLargeError,
    WrongRecipientError,
)
from skvorets.storage import chats as chat_rows
from skvorets.storage import letters, members
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.letters import ENTITY_TYPE, SEVERAL, Folder, Letter, Search
from skvorets.storage.people import Person

SUBJECT: Final = "SUBJECT"
WITH_ANSWER: Final = "WITH_ANSWER"
REPLY_ELSEWHERE: Final = "LETTER_REPLY_ID"
"""Param with the letter that is answered in another conversation than its own."""
MAX_RECIPIENTS: Final = 500
# Most that is listed at once when no limit is asked for. [inferred]
MAX_LISTED: Final = 10_000
# "Re:" and what mail programs make of it, however often.
_ANSWER = re.compile(r"(?:\s*(?:re|fwd|fw|отв|на)(?:\[\d{1,4}\])?:)+\s*", re.IGNORECASE)


class AttachedFile(msgspec.Struct, frozen=True):
    """A file of a letter; its bytes lie in the blob store."""

    name: str
    content: Content


class NewLetter(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent."""

    text: str
    subject: str | None = None  # None: that of the letter answered
    recipient_ids: Sequence[int] = ()  # in their order, each once; none: the author of the letter answered
    files: Sequence[AttachedFile] = ()
    reply_to: int = 0  # id of the letter answered, 0 = none
    wants_answer: bool = False


async def letter_to_read(tx: Tx, person: Person, message_id: int) -> Letter:
    """Give the letter that the person has written or got.

    Raises MessageNotFoundError for what is no letter, NotAllowedError for one of other people. COMPAT(megaplan): the
    two are told apart; it tells no more than that there is a letter with this number.
    """
    found = await letters.find(tx, person.id, message_id)
    if found is not None:
        return found
    raise NotAllowedError if await letters.is_letter(tx, message_id) else MessageNotFoundError


async def list_letters(tx: Tx, person: Person, search: Search) -> list[Letter]:
    """List letters of a folder. A limit of 0 means all; raises TooLargeError when those are too many."""
    limit = search.limit or MAX_LISTED + 1
    wanted = msgspec.structs.replace(search, limit=limit, edited_within=EDIT_PERIOD_MS)
    found = await letters.page(tx, person.id, wanted)
    if not search.limit and len(found) > MAX_LISTED:
        raise TooLargeError(f"more than {MAX_LISTED} letters; give a limit")
    return found


async def send_letter(tx: Tx, author: Person, new: NewLetter) -> Letter:
    """Send a letter; as its author has it.

    Raises WrongRecipientError, EmptyMessageError, MessageNotFoundError and NotAllowedError (the letter answered),
    TooLargeError (too many recipients), NotAllowedError (may not write there).
    """
    answered = await letter_to_read(tx, author, new.reply_to) if new.reply_to else None
    recipient_ids = list(dict.fromkeys(new.recipient_ids))
    if not recipient_ids and answered is not None:
        recipient_ids = [answered.message.author_id]
    subject = new.subject if new.subject is not None else _subject_of_answer(answered)
    is_to_several = len(recipient_ids) > 1
    if is_to_several:
        await _check_recipients(tx, author, recipient_ids)
        chat = await _chat_of(tx, author, recipient_ids, subject)
    else:
        chat = await _dialog_with(tx, author, recipient_ids[0])
    is_here = answered is not None and answered.message.chat_id == chat.id
    params: dict[str, Any] = {SUBJECT: subject} if subject else {}
    if new.wants_answer:
        params[WITH_ANSWER] = "Y"
    if answered is not None and not is_here:
        params[REPLY_ELSEWHERE] = answered.message.id
    if new.files:
        params["FILE_ID"] = await _add_files(tx, author, chat, new.files)
    message = await post_message(
        tx,
        NewMessage(
            chat=chat,
            author_id=author.id,
            actor_id=author.id,
            text=new.text,
            params=params,
            reply_to=new.reply_to if is_here else 0,
        ),
    )
    if is_to_several:
        await letters.send_to(tx, message, recipient_ids)
    return Letter(
        message=message,
        to_id=SEVERAL if is_to_several else recipient_ids[0],
        first_id=0,
        read_seq=message.seq,
        read_id=message.id,
        read_at=message.created_at,
        deleted_at=0,
        favorite_at=0,
        noted_at=0,
        marked_at=0,
    )


async def read_letter(tx: Tx, person: Person, letter: Letter) -> None:
    """Mark a letter as read, and with it what stands before it in its conversation."""
    seat = await access.chat_of_member(tx, person, Dialog(chat_id=letter.message.chat_id))
    if is_unread(person, letter) and await reads.read_up_to(tx, seat, letter.message.id):
        await letters.note_change(tx, person.id, letter.message.id)


async def delete_letter(tx: Tx, person: Person, message_id: int) -> None:
    """Put a letter among the person's deleted ones; nothing happens when it is there. Raises as ``letter_to_read``."""
    if not (await letter_to_read(tx, person, message_id)).deleted_at:
        await letters.mark(tx, person.id, message_id, "deleted_at", tx.now)


async def set_favorite(tx: Tx, person: Person, message_id: int, *, is_favorite: bool) -> None:
    """Put a letter among the person's favourites or take it out. Raises as ``letter_to_read``."""
    if bool((await letter_to_read(tx, person, message_id)).favorite_at) != is_favorite:
        await letters.mark(tx, person.id, message_id, "favorite_at", tx.now if is_favorite else 0)


async def put_notice_away(tx: Tx, person: Person, message_id: int) -> None:
    """Tell the person of a letter no more. Raises as ``letter_to_read``."""
    if not (await letter_to_read(tx, person, message_id)).noted_at:
        await letters.mark(tx, person.id, message_id, "noted_at", tx.now)


def is_unread(person: Person, letter: Letter) -> bool:
    """Has the person not read it yet? His own are never unread."""
    return letter.message.author_id != person.id and letter.message.seq > letter.read_seq


def folder_of(person: Person, letter: Letter) -> Folder:
    """Give the folder in which a letter lies by itself."""
    if letter.deleted_at:
        return "deleted"
    return "outgoing" if letter.message.author_id == person.id else "incoming"


def changed_at(person: Person, letter: Letter) -> int:
    """When the letter looked another way to the person for the last time, unix milliseconds."""
    message = letter.message
    was_read = letter.read_at if letter.read_id == message.id and message.author_id != person.id else 0
    return max(message.created_at, message.edited_at, letter.marked_at, was_read)


def _subject_of_answer(answered: Letter | None) -> str:
    subject = str(answered.message.read_params().get(SUBJECT, "")) if answered is not None else ""
    return f"Re: {_bare(subject)}"[: chats.MAX_TITLE] if subject else ""


def _bare(subject: str) -> str:
    """Give a subject without "Re:", so that answers stay in the conversation they belong to."""
    match = _ANSWER.match(subject)
    return subject[match.end() :] if match else subject


async def _dialog_with(tx: Tx, author: Person, recipient_id: int) -> Chat:
    if not recipient_id:
        raise WrongRecipientError(recipient_id)
    try:
        return (await chats.seat_to_write(tx, author, Dialog(person_id=recipient_id))).chat
    except (PersonNotFoundError, NotAllowedError):
        raise WrongRecipientError(recipient_id) from None


async def _check_recipients(tx: Tx, author: Person, ids: Sequence[int]) -> None:
    if len(ids) > MAX_RECIPIENTS:
        raise TooLargeError(f"more than {MAX_RECIPIENTS} recipients")
    found = await access.people_to_invite(tx, author, ids)
    for one in ids:
        if one not in found:
            raise WrongRecipientError(one)


async def _chat_of(tx: Tx, author: Person, recipient_ids: Sequence[int], subject: str) -> Chat:
    """Find the chat of exactly these people with this subject, or make it.

    Chats are looked at, not trusted: any program may make one with the same entity.
    """
    everybody = {author.id, *recipient_ids}
    names = ",".join(str(one) for one in sorted(everybody))
    entity_id = hashlib.sha256(f"{names}\n{_bare(subject).strip().lower()}".encode()).hexdigest()
    for chat in await chat_rows.of_entity(tx, ENTITY_TYPE, entity_id):
        if chat.member_count == len(everybody) and set(await members.ids_of(tx, chat.id)) == everybody:
            return (await chats.seat_to_write(tx, author, Dialog(chat_id=chat.id))).chat
    title = _bare(subject).strip()
    if not title:
        people = await access.people_to_invite(tx, author, sorted(everybody))
        title = ", ".join(one.name for one in people.values())
    new = NewChat(title=title, entity_type=ENTITY_TYPE, entity_id=entity_id, member_ids=tuple(sorted(everybody)))
    return await chats.create_chat(tx, author, new)


async def _add_files(tx: Tx, author: Person, chat: Chat, attached: Sequence[AttachedFile]) -> list[int]:
    folder = await folders.folder_of_chat(tx, chat, author)
    return [(await files.add_file(tx, author, folder, one.name, one.content, renames=True)).id for one in attached]


__all__ = [
    "ENTITY_TYPE",
    "AttachedFile",
    "Folder",
    "Letter",
    "NewLetter",
    "Search",
    "changed_at",
    "delete_letter",
    "folder_of",
    "is_unread",
    "letter_to_read",
    "list_letters",
    "put_notice_away",
    "read_letter",
    "send_letter",
    "set_favorite",
]
