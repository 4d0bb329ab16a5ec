"""``event.test``: have ONAPPTEST sent to the application's own handlers.

Source: spec ``bitrix24-transport.md`` §10, ``bitrix24-events.md`` §5.7.
"""

from __future__ import annotations

import msgspec

from skvorets.core import handlers
from skvorets.dialects.bitrix24.context import application_of
from skvorets.dialects.bitrix24.errors import ERROR_ARGUMENT, ApiError
from skvorets.dialects.bitrix24.registry import Call, NoParams, Tx, method

# JSON of the parameters, bytes: what is sent is kept until it is delivered.
MAX_QUERY_LENGTH = 65_536


@method("event.test", scope="")
async def event_test(tx: Tx, call: Call, params: NoParams) -> int:
    """Send all parameters of the call as QUERY; 1, as the reference answers."""
    application = application_of(call)
    query = dict(call.given)
    if len(msgspec.json.encode(query)) > MAX_QUERY_LENGTH:
        raise ApiError(ERROR_ARGUMENT, text="Too many parameters", argument="")
    await handlers.test_handlers(tx, call.caller.person, application, query)
    return 1
