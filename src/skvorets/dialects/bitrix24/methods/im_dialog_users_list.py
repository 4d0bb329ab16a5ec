"""``im.dialog.users.list``: the members of a dialog, page by page.

Source: spec ``bitrix24-im.md`` §7.2, §4.1; seed "im.dialog.users.list".
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from msgspec import Struct

from skvorets.core import access
from skvorets.core.access import Dialog
from skvorets.dialects.bitrix24.errors import DIALOG_ID_EMPTY
from skvorets.dialects.bitrix24.registry import Call, Page, Tx, method
from skvorets.dialects.bitrix24.views import frame_of
from skvorets.dialects.bitrix24.views_people import AUTH_IDS, view_people
from skvorets.errors import ChatNotFoundError
from skvorets.storage import people
from skvorets.storage.people import Window

USUAL_LIMIT = 50
MAX_LIMIT = 200
_EMPTY = Page([], 0, 0, 0)


class Params(Struct, frozen=True):
    """Parameters as documented."""

    DIALOG_ID: Dialog  # chatN or the id of a person
    SKIP_EXTERNAL: bool = False  # Y: only people, no accounts of the system's own …
    SKIP_EXTERNAL_EXCEPT_TYPES: str = ""  # … except these external_auth_id, comma-separated: "bot, email"
    LIMIT: int = USUAL_LIMIT  # at most 200
    OFFSET: int = 0
    LAST_ID: int = 0  # only people with larger ids: the next page without counting


@method("im.dialog.users.list", scope="im", params=Params, mode="read", faults={"DIALOG_ID": DIALOG_ID_EMPTY})
async def im_dialog_users_list(tx: Tx, call: Call, params: Params) -> Page:
    """Give a page of active members, by id."""
    try:
        seat = await access.chat_to_read(tx, call.caller.person, params.DIALOG_ID)
    except ChatNotFoundError:
        if not params.DIALOG_ID.person_id:
            raise
        return _EMPTY  # two people who have not written to each other yet
    kinds = _kinds(params)
    is_counted = call.start != -1
    offset = call.start if call.start is not None and call.start > 0 else max(0, params.OFFSET)
    limit = min(params.LIMIT, MAX_LIMIT) if params.LIMIT > 0 else USUAL_LIMIT
    found = await people.of_chat(tx, seat.chat.id, kinds, Window(limit, offset, max(0, params.LAST_ID)))
    users = await view_people(tx, found, frame_of(tx, call))
    # COMPAT(bitrix24): a page that was asked for by LAST_ID has no offset that `next` could go on from.
    total = await people.count_of_chat(tx, seat.chat.id, kinds) if is_counted and not params.LAST_ID else None
    return Page(list(users.values()), offset, len(users), total)


def _kinds(params: Params) -> AbstractSet[str]:
    if not params.SKIP_EXTERNAL:
        return AUTH_IDS.keys()
    kept = {name.strip().lower() for name in params.SKIP_EXTERNAL_EXCEPT_TYPES.split(",")}
    return {kind for kind, auth_id in AUTH_IDS.items() if kind == "human" or auth_id in kept}
