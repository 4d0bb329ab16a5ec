"""``imopenlines.config.delete``: remove a line.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.config.delete``.
"""

from __future__ import annotations

from skvorets.core.lines import lines as rules
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.line_configs import CONFIG_ERRORS, CONFIG_FAULTS, CONFIG_ID_EMPTY, ConfigParams
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import LineNotFoundError


@method("imopenlines.config.delete", scope=SCOPE, params=ConfigParams, faults=CONFIG_FAULTS, errors=CONFIG_ERRORS)
async def imopenlines_config_delete(tx: Tx, call: Call, params: ConfigParams) -> bool:
    """Remove it; false when there is no such line."""
    if params.CONFIG_ID <= 0:
        raise ApiError(CONFIG_ID_EMPTY)
    try:
        await rules.delete_line(tx, call.caller.person, params.CONFIG_ID, address=call.address)
    except LineNotFoundError:
        return False
    return True
