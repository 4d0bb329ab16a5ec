"""Whose bots, commands and chat applications a call may touch, and how a call acts for a bot.

    OAuth token ──► its application ─────────────────┐
                                                     ├─► bot by BOT_ID, or the owner's first one ──► acts
    webhook ──► CLIENT_ID ──► owner "custom" + it ───┘

The caller's own person counts for nothing here: any token of the application acts for its bots; access is the bot's.
Source: spec ``bitrix24-imbot.md`` §1.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from skvorets.core import applications, bots
from skvorets.core.addresses import portal_for
from skvorets.core.applications import WebhookOwner
from skvorets.dialects.bitrix24.errors import APP_ID_ERROR, BOT_ID_ERROR, CLIENT_ID_REQUIRED, ApiError, Fault
from skvorets.dialects.bitrix24.registry import Call, Tx
from skvorets.dialects.bitrix24.values import BadValue, to_structure, to_text
from skvorets.errors import BotNotFoundError, NotOwnerError
from skvorets.php_forms import Value
from skvorets.storage.applications import Application
from skvorets.storage.bots import Bot
from skvorets.storage.database import Portal
from skvorets.storage.people import Person

# Characters of a CLIENT_ID.
MAX_CLIENT_ID = 255
# Rows for every method that acts for a bot. They stand before broader ones: both are kinds of "not found, not allowed".
BOT_ERRORS: Mapping[type[Exception], Fault] = {BotNotFoundError: BOT_ID_ERROR, NotOwnerError: APP_ID_ERROR}
# What is said when a parameter that all these methods share cannot be read.
BOT_FAULTS: Mapping[str, Fault] = {"BOT_ID": BOT_ID_ERROR, "CLIENT_ID": CLIENT_ID_REQUIRED}


class OwnerParams(msgspec.Struct, frozen=True, kw_only=True):
    """What every method with an owner takes."""

    CLIENT_ID: str = ""  # of webhooks: under which name the owner of the bot registered it


class BotParams(OwnerParams, frozen=True, kw_only=True):
    """What every method takes that acts for a bot."""

    BOT_ID: int = 0  # may be left out when the owner has one bot


async def acting_application(tx: Tx, call: Call) -> Application | None:
    """Give the application for which a call acts; None when a webhook's CLIENT_ID owns nothing yet.

    Raises ApiError ACCESS_DENIED for a webhook without CLIENT_ID.
    """
    if call.caller.application is not None:
        return call.caller.application
    return await applications.find_owner_for_webhook(tx, required_client_id(call))


async def portal_of_call(tx: Tx, call: Call) -> Portal:
    """Give the portal as addresses of events are judged for the application of a call (``core/addresses.py``).

    Raises ApiError ACCESS_DENIED for a webhook without CLIENT_ID.
    """
    return portal_for(tx.portal, await acting_application(tx, call))


async def registering_application(tx: Tx, call: Call) -> Application:
    """Give the application for which a call registers something, made for a webhook's new CLIENT_ID.

    Raises ApiError ACCESS_DENIED for a webhook without CLIENT_ID.
    """
    caller = call.caller
    if caller.application is not None:
        return caller.application
    owner = WebhookOwner(
        client_id=required_client_id(call),
        webhook_id=caller.webhook_id,
        person_id=caller.person.id,
        scopes=caller.scopes,
    )
    return await applications.owner_for_webhook(tx, owner)


async def acting_bot(tx: Tx, call: Call, bot_id: int) -> tuple[Bot, Person]:
    """Give the bot for which a call acts; ``bot_id`` 0 is the owner's first bot.

    Raises ApiError ACCESS_DENIED, BotNotFoundError, NotOwnerError.
    """
    return await bots.bot_of(tx, await acting_application(tx, call), bot_id)


async def as_bot(tx: Tx, call: Call, bot_id: int) -> Call:
    """Give the same call with the bot in the place of the caller. Raises what ``acting_bot`` raises."""
    _, person = await acting_bot(tx, call, bot_id)
    return msgspec.structs.replace(call, caller=msgspec.structs.replace(call.caller, person=person))


def required_client_id(call: Call) -> str:
    """Give the CLIENT_ID of a webhook's call. Raises ApiError ACCESS_DENIED when there is none."""
    found = client_id_of(call)
    if not found:
        raise ApiError(CLIENT_ID_REQUIRED)
    return found


def client_id_of(call: Call) -> str:
    """Give the CLIENT_ID, which the documentation puts beside the other parameters or inside FIELDS; "" = none."""
    return _scalar(call.given.get("CLIENT_ID")) or _scalar(_map(call.given.get("FIELDS")).get("CLIENT_ID"))


def _map(value: Value) -> dict[str, Value]:
    try:
        found = to_structure(value)
    except BadValue:
        return {}
    return found if isinstance(found, dict) else {}


def _scalar(value: Value) -> str:
    try:
        text = to_text(value).strip()
    except BadValue:
        return ""
    return text if len(text) <= MAX_CLIENT_ID else ""
