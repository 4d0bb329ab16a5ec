"""Expected pieces of events on the wire, and bots whose handlers are listened at."""

from __future__ import annotations

from typing import Any

from skvorets.core import tokens
from skvorets.storage import chats
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from support.bots import Robot, registration
from support.handlers import HandlerScript
from support.world import Actor, World

# Keys of ``auth`` for a person, and of a bot's credentials (spec bitrix24-events §1.2, §4).
TOKEN_KEYS = {
    "access_token",
    "expires",
    "expires_in",
    "scope",
    "domain",
    "server_endpoint",
    "status",
    "client_endpoint",
    "member_id",
    "user_id",
    "refresh_token",
    "application_token",
}
BOT_KEYS = TOKEN_KEYS | {"client_id"}


async def listening_bot(world: World, script: HandlerScript, code: str = "echo", **more: Any) -> Robot:
    """Register a bot of a new application, all of whose events go to the script."""
    application = await world.install(name="Robots")
    return await bot_of(world, application, script, code, **more)


async def bot_of(world: World, application: Application, script: HandlerScript, code: str, **more: Any) -> Robot:
    """Register another bot of an application."""
    owner = await world.alice.through(application)
    return Robot(await owner.call("imbot.register", **registration(code, EVENT_HANDLER=script.url, **more)), owner)


async def hear_changes(bot: Robot, script: HandlerScript) -> None:
    """Bind the events of changed and deleted messages, too."""
    fields = {"EVENT_MESSAGE_UPDATE": script.url, "EVENT_MESSAGE_DELETE": script.url}
    await bot.call("imbot.update", FIELDS=fields)


async def group(creator: Actor, *member_ids: int, **params: Any) -> int:
    """Create a chat with people and bots; its id."""
    chat_id: int = await creator.call("im.chat.add", USERS=list(member_ids), TITLE="Test", **params)
    return chat_id


async def make_line(world: World, chat_id: int) -> None:
    """Turn a group into a chat of an open line."""
    await world.unit(_turn_into_line, chat_id)


def check_auth(world: World, auth: dict[str, Any], person_id: int, *, has_refresh: bool = True) -> None:
    """See that ``auth`` is the whole documented block of this person, with tokens of ours."""
    assert set(auth) == TOKEN_KEYS - (set() if has_refresh else {"refresh_token"})
    _check_tokens(world, auth, person_id)


def check_bot_credentials(world: World, entry: dict[str, Any], bot_id: int) -> None:
    """See that an entry of ``data[BOT]`` or ``data[COMMAND]`` has the bot's credentials, nested and flat."""
    assert set(entry["AUTH"]) == BOT_KEYS
    assert {key: entry[key] for key in BOT_KEYS} == entry["AUTH"]
    assert entry["BOT_ID"] == str(bot_id)
    _check_tokens(world, entry["AUTH"], bot_id)


def _check_tokens(world: World, auth: dict[str, Any], person_id: int) -> None:
    portal = world.app.store.portal
    access = tokens.read(portal, auth["access_token"])
    assert access is not None
    assert (access.kind, access.person_id) == (tokens.ACCESS, person_id)
    if "refresh_token" in auth:
        refresh = tokens.read(portal, auth["refresh_token"])
        assert refresh is not None
        assert (refresh.kind, refresh.person_id) == (tokens.REFRESH, person_id)
    config = world.app.config
    assert auth["user_id"] == str(person_id)
    assert auth["expires"] == str(access.expires_at)
    assert (auth["expires_in"], auth["status"]) == ("3600", "L")
    assert (auth["domain"], auth["member_id"]) == (config.domain, portal.member_id)
    assert auth["client_endpoint"] == auth["server_endpoint"] == f"{config.base_url}/rest/"
    assert auth["application_token"] == tokens.application_token(portal, access.application_id, access.installation)


def user_of(actor: Actor, *, has_flags: bool = True) -> dict[str, str]:
    """Give ``data[USER]`` of somebody of the cast."""
    person = actor.person
    block = {
        "ID": str(person.id),
        "NAME": person.name,
        "FIRST_NAME": person.first_name,
        "LAST_NAME": person.last_name,
        "WORK_POSITION": person.work_position,
        "GENDER": person.gender or "M",
    }
    if has_flags:
        block |= {
            "IS_BOT": "N",
            "IS_CONNECTOR": "N",
            "IS_NETWORK": "N",
            "IS_EXTRANET": "Y" if person.extranet else "N",
        }
    return block


async def _turn_into_line(tx: Tx, chat_id: int) -> None:
    await chats.change(tx, chat_id, kind="line", entity_type="LINES", entity_id="livechat|1|2|3")
