"""``im.chat.add``: create a group or open chat.

Source: spec ``bitrix24-im.md`` §6.1; seed "im.chat.add".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.core import chats
from skvorets.core.chats import NewChat
from skvorets.dialects.bitrix24.avatars import keep_avatar
from skvorets.dialects.bitrix24.errors import ApiError, Fault
from skvorets.dialects.bitrix24.naming import people_of
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import NotAllowedError, NotFoundError, WrongImageError
from skvorets.storage.database import DIRECTORY_KEY

USERS_EMPTY = Fault("USERS_EMPTY", "Chat participants can't be empty")
INVALID_FORMAT = Fault("INVALID_FORMAT", "Parameter USERS has wrong type")
NOT_CREATED = Fault("WRONG_REQUEST", "Chat can't be created")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    USERS: Structure | None = None  # required: ids of members; the creator is always added, unknown ids are skipped
    TYPE: str = "CHAT"  # OPEN; everything else is CHAT
    TITLE: str = ""  # at most 255 characters; empty: an automatic one
    DESCRIPTION: str = ""
    COLOR: str = ""  # name of a colour; unknown or empty: a random one
    MESSAGE: str = ""  # first message, posted by the creator
    AVATAR: str = ""  # base64; what is no picture of at most 5000×5000 is ignored
    ENTITY_TYPE: str = ""  # free code of the thing that the chat belongs to
    ENTITY_ID: str = ""
    OWNER_ID: int = 0  # 0 = the caller


@method(
    "im.chat.add",
    scope="im",
    params=Params,
    mode="free",
    faults={"USERS": INVALID_FORMAT},
    errors={NotFoundError: NOT_CREATED, NotAllowedError: NOT_CREATED},
)
async def im_chat_add(call: Call, params: Params) -> int:
    """Create the chat; its id."""
    new = NewChat(
        is_open=params.TYPE.strip().upper() == "OPEN",
        title=params.TITLE,
        description=params.DESCRIPTION,
        color=params.COLOR,
        avatar=await _avatar(call, params.AVATAR),
        entity_type=params.ENTITY_TYPE,
        entity_id=params.ENTITY_ID,
        member_ids=_members(params.USERS),
        owner_id=max(0, params.OWNER_ID),
        first_message=params.MESSAGE,
    )
    return await call.surroundings.store.write(DIRECTORY_KEY, _create, call, new)


async def _create(tx: Tx, call: Call, new: NewChat) -> int:
    return (await chats.create_chat(tx, call.caller.person, new)).id


async def _avatar(call: Call, text: str) -> str:
    try:
        return await keep_avatar(call, text) if text else ""
    except WrongImageError:
        return ""


def _members(users: Structure | None) -> tuple[int, ...]:
    if users is None or users.value is None:
        raise ApiError(USERS_EMPTY)
    return people_of(users, INVALID_FORMAT)
