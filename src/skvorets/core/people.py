"""The directory: people come, change, leave. Rules: spec ``bitrix24-im.md`` §2.3, §4.1, §4.2."""

from __future__ import annotations

import msgspec

from skvorets.core import members, phrases
from skvorets.core.audience import tell_of_person
from skvorets.core.events import PersonChanged, record
from skvorets.core.events_people import PersonUpdated
from skvorets.errors import PersonNotFoundError
from skvorets.storage import chats, people
from skvorets.storage.chats import Chat
from skvorets.storage.database import Tx
from skvorets.storage.people import Person

# The colour of the chat of all employees.
_GENERAL_COLOR = "AZURE"


class NewPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A person to be added to the directory."""

    first_name: str
    last_name: str = ""
    kind: str = "human"  # human, bot, guest, network
    admin: bool = False
    extranet: bool = False
    work_position: str = ""
    gender: str = ""  # M, F or empty
    birthday: str = ""  # YYYY-MM-DD or empty
    color: str = ""
    avatar: str = ""
    email: str = ""
    www: str = ""
    work_phone: str = ""
    personal_mobile: str = ""
    language: str = ""


async def add_person(tx: Tx, new: NewPerson) -> Person:
    """Add a person; an employee becomes a member of the general chat (made with the first one)."""
    person = Person(
        id=0,
        kind=new.kind,
        active=1,
        admin=int(new.admin),
        extranet=int(new.extranet),
        first_name=new.first_name,
        last_name=new.last_name,
        work_position=new.work_position,
        gender=new.gender,
        birthday=new.birthday,
        color=new.color,
        avatar=new.avatar,
        email=new.email,
        www=new.www,
        work_phone=new.work_phone,
        personal_mobile=new.personal_mobile,
        personal_phone="",
        inner_phone="",
        language=new.language,
        status="",
        idle_since=0,
        absent_until=0,
        last_seen=0,
        created_at=tx.now,
    )
    person = msgspec.structs.replace(person, id=await people.insert(tx, person))
    if person.kind == "human" and not person.extranet:
        await members.seat_members(tx, await general_chat(tx), [person], person, shows_history=True)
    await record(tx, PersonChanged(subject_id=person.id))
    return person


async def general_chat(tx: Tx) -> Chat:
    """Give the one open chat of all employees, made when it is first needed."""
    chat = await chats.general(tx)
    if chat is not None:
        return chat
    title = phrases.general_chat_title(tx.portal.language)
    new = Chat(0, "open", title, "", _GENERAL_COLOR, "", 0, 0, 1, "", "", "", "", "", tx.now, 0, 0, 0, 0)
    return msgspec.structs.replace(new, id=await chats.insert(tx, new))


async def change_person(tx: Tx, person_id: int, **values: object) -> None:
    """Set columns of a person and tell those who remember him. Raises PersonNotFoundError."""
    if await people.find(tx, person_id) is None:
        raise PersonNotFoundError
    await people.change(tx, person_id, **values)
    await record(tx, PersonChanged(subject_id=person_id))
    await tell_of_person(tx, PersonUpdated(subject_id=person_id))
