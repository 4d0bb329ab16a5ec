"""``imopenlines.config.update``: change a line.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.config.update``.
"""

from __future__ import annotations

from skvorets.core.lines import lines as rules
from skvorets.core.lines.settings import settings_of
from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.line_configs import CONFIG_ERRORS, CONFIG_FAULTS, CONFIG_ID_EMPTY, ConfigParams
from skvorets.dialects.bitrix24.line_fields import READER, changed_settings, read_queue
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.errors import LineNotFoundError


class Params(ConfigParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    PARAMS: Structure | None = None  # map of settings; what is left out stays


@method("imopenlines.config.update", scope=SCOPE, params=Params, faults=CONFIG_FAULTS, errors=CONFIG_ERRORS)
async def imopenlines_config_update(tx: Tx, call: Call, params: Params) -> bool:
    """Change what was given; false when there is no such line."""
    if params.CONFIG_ID <= 0:
        raise ApiError(CONFIG_ID_EMPTY)
    given, person = READER.read(params.PARAMS), call.caller.person
    try:
        line = await rules.line_to_manage(tx, person, params.CONFIG_ID)
    except LineNotFoundError:
        return False
    change = rules.LineChange(
        name=given.LINE_NAME,
        settings=changed_settings(given, settings_of(line)),
        queue=read_queue(given.QUEUE),
        active=given.ACTIVE,
    )
    await rules.change_line(tx, person, line.id, change, address=call.address)
    return True
