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
from skvorets.storage.people import Person, Window

USUAL_LIMIT = 50
MAX_LIMIT = 200


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
    kinds = _kinds(params)
    limit = min(params.LIMIT, MAX_LIMIT) if params.LIMIT > 0 else USUAL_LIMIT
    window = Window(limit, max(0, params.OFFSET), max(0, params.LAST_ID))
    # COMPAT(bitrix24): a page that was asked for by LAST_ID has no offset that `next` could go on from.
    is_counted = call.start != -1 and not window.after_id
    total: int | None = None
    try:
        seat = await access.chat_to_read(tx, call.caller.person, params.DIALOG_ID)
    except ChatNotFoundError:
        if not params.DIALOG_ID.person_id:
            raise
        everybody = await _two(tx, call, params.DIALOG_ID.person_id, kinds)
        found = [one for one in everybody if one.id > window.after_id][window.offset : window.offset + limit]
        total = len(everybody) if is_counted else None
    else:
        found = await people.of_chat(tx, seat.chat.id, kinds, window)
        total = await people.count_of_chat(tx, seat.chat.id, kinds) if is_counted else None
    users = await view_people(tx, found, frame_of(tx, call))
    return Page(list(users.values()), window.offset, len(users), total)


async def _two(tx: Tx, call: Call, other_id: int, kinds: AbstractSet[str]) -> list[Person]:
    """Give two people who have not written to each other yet."""
    found = await people.find_many(tx, [call.caller.person.id, other_id])
    return [one for one in found.values() if one.active and one.kind in kinds]


def _kinds(params: Params) -> AbstractSet[str]:
    if not params.SKIP_EXTERNAL:
        return AUTH_IDS.keys()
    kept = {name.strip().lower() for name in params.SKIP_EXTERNAL_EXCEPT_TYPES.split(",")}
    return {kind for kind, auth_id in AUTH_IDS.items() if kind == "human" or auth_id in kept}
