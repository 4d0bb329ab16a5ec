"""``imopenlines.network.join``: join a line by its code, so that the portal's people can write to it.

Source: spec ``bitrix24-openlines.md`` §4.2; seed "imopenlines.network.join".
"""

from __future__ import annotations

from msgspec import Struct

from skvorets.dialects.bitrix24.errors import Fault
from skvorets.dialects.bitrix24.registry import Call, method
from skvorets.errors import LineClosedError, LineNotFoundError, LineServerError, NotAllowedError, WrongLineCodeError

CODE_ERROR = Fault("CODE", "You entered an invalid code")
NOT_FOUND = Fault("NOT_FOUND", "Openline is not found")
_INACTIVE = Fault("INACTIVE", "Openline is inactive")
_ACCESS_DENIED = Fault("ACCESS_DENIED", "You do not have access to this action", 403)
# Own: lines of other servers, CODE@https://other.example
_SERVER_ERROR = Fault("SERVER_ERROR", "The server of the open line does not answer")


class Params(Struct, frozen=True):
    """Parameters as documented."""

    CODE: str = ""  # 32 characters; with @ and an address a line of another server (own extension)


@method(
    "imopenlines.network.join",
    scope="imopenlines",
    params=Params,
    mode="free",
    faults={"CODE": CODE_ERROR},
    errors={
        WrongLineCodeError: CODE_ERROR,
        LineNotFoundError: NOT_FOUND,
        LineClosedError: _INACTIVE,
        LineServerError: _SERVER_ERROR,
        NotAllowedError: _ACCESS_DENIED,
    },
)
async def imopenlines_network_join(call: Call, params: Params) -> int:
    """Join the line; the id of its bot, the known one when it is joined already."""
    return await call.surroundings.network.join(call.caller.person, params.CODE)
