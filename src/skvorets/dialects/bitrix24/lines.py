"""What the methods of open lines share: how calls name conversations, whose bot speaks, documented refusals.

    operators' chat ◄── CHAT_ID, DIALOG_ID=chatN, SESSION_ID, USER_CODE (connector|line|chat|person, also with imol|)
    bot             ◄── application of the call (webhooks: CLIENT_ID); it must take part in the chat

Source: spec ``bitrix24-openlines.md`` §1, §4, §5; seed "Открытые линии Rest API".
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from skvorets.core import access
from skvorets.core.access import Dialog
from skvorets.core.lines import desk
from skvorets.core.lines.clients import OPERATORS_ENTITY
from skvorets.dialects.bitrix24.errors import BOT_ID_ERROR, CHAT_ID_EMPTY, ApiError, Fault
from skvorets.dialects.bitrix24.ownership import OwnerParams, acting_application
from skvorets.dialects.bitrix24.registry import Call, Tx
from skvorets.errors import ChatNotFoundError, NotALineChatError
from skvorets.storage import bots, chats, line_clients, line_sessions, members, people
from skvorets.storage.chats import Chat
from skvorets.storage.line_clients import LineClient
from skvorets.storage.line_sessions import LineSession
from skvorets.storage.people import Person

SCOPE = "imopenlines"
# The scope that methods of bots need, too. [seed]
BOTS = ("imbot",)
WRONG_CHAT = Fault("WRONG_CHAT", "Operator is not a bot")
# Prefix of USER_CODE in the spelling of a CRM. [seed]
_CRM_PREFIX = "imol|"
_MAX_CODE = 255

CHAT_FAULTS: Mapping[str, Fault] = {"CHAT_ID": CHAT_ID_EMPTY}


class BotSessionParams(OwnerParams, frozen=True, kw_only=True):
    """What every method takes with which a bot leads its conversation."""

    CHAT_ID: int  # number of the operators' chat


class Led(msgspec.Struct, frozen=True):
    """A conversation and the bot that leads it, or takes part."""

    bot: Person
    session: LineSession
    client: LineClient


def bare_code(text: str) -> str:
    """Give a USER_CODE as chats bear it."""
    return text.strip().removeprefix(_CRM_PREFIX)


async def chat_by_code(tx: Tx, person: Person, text: str) -> Chat | None:
    """Give the operators' chat of a USER_CODE if the person may look at it, None otherwise.

    Chats which somebody gave this entity himself do not count.
    """
    code = bare_code(text)
    found = await chats.of_entity(tx, OPERATORS_ENTITY, code) if 0 < len(code) <= _MAX_CODE else []
    chat = next((one for one in found if one.kind == "line"), None)
    if chat is None:
        return None
    try:
        return await chat_to_see(tx, person, chat.id)
    except ChatNotFoundError:
        return None


async def chat_to_see(tx: Tx, person: Person, chat_id: int) -> Chat:
    """Give an operators' chat to one who may look at it: staff by the rules of the desk, a bot where it takes part.

    Raises ChatNotFoundError, NotALineChatError.
    """
    if not person.is_bot:
        return await desk.chat_to_look_at(tx, person, chat_id)
    chat = (await access.chat_of_member(tx, person, Dialog(chat_id=chat_id))).chat
    if chat.kind != "line":
        raise NotALineChatError
    return chat


def chat_number(chat_id: int) -> int:
    """Give the chat that is meant. Raises ApiError CHAT_ID_EMPTY."""
    if chat_id <= 0:
        raise ApiError(CHAT_ID_EMPTY)
    return chat_id


async def led_by_bot(tx: Tx, call: Call, chat_id: int, missing: Fault = BOT_ID_ERROR) -> Led:
    """Give the conversation of a chat in which a bot of the call's application takes part; the one in charge first.

    Raises ApiError: ACCESS_DENIED (a webhook without CLIENT_ID), BOT_ID_ERROR (the application has no bot at
    all, or none there), ``missing`` when no conversation goes on in the chat, or there is no such chat.
    """
    application = await acting_application(tx, call)
    own = {one.person_id for one in await bots.of_application(tx, application.id)} if application else set()
    if not own:
        raise ApiError(BOT_ID_ERROR)
    session = await line_sessions.newest_of_chat(tx, chat_id)
    client = await line_clients.of_chat(tx, chat_id)
    if session is None or client is None or not session.is_open:
        raise ApiError(missing)
    present = sorted(one.person_id for one in await members.bots_of(tx, chat_id) if one.person_id in own)
    bot_id = session.bot_id if session.bot_id in own else next(iter(present), 0)
    bot = await people.find(tx, bot_id) if bot_id else None
    if bot is None:
        raise ApiError(BOT_ID_ERROR)
    return Led(bot, session, client)
