"""``imopenlines.config.get``: the settings of a line.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.config.get``.
"""

from __future__ import annotations

from typing import Literal

from skvorets.dialects.bitrix24.errors import ApiError
from skvorets.dialects.bitrix24.line_configs import CONFIG_FAULTS, CONFIG_ID_EMPTY, ConfigParams, lines_to_see
from skvorets.dialects.bitrix24.line_fields import config_view
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.dialects.bitrix24.views import View, frame_of
from skvorets.storage import lines


class Params(ConfigParams, frozen=True, kw_only=True):
    """Parameters as documented."""

    WITH_QUEUE: bool = True  # also who serves it
    SHOW_OFFLINE: bool = True  # N: without a line that is switched off


@method("imopenlines.config.get", scope=SCOPE, params=Params, mode="read", faults=CONFIG_FAULTS)
async def imopenlines_config_get(tx: Tx, call: Call, params: Params) -> View | Literal[False]:
    """Give the settings as texts; false when there is no such line for the caller."""
    if params.CONFIG_ID <= 0:
        raise ApiError(CONFIG_ID_EMPTY)
    line = next((one for one in await lines_to_see(tx, call) if one.id == params.CONFIG_ID), None)
    if line is None or not (line.active or params.SHOW_OFFLINE):
        return False
    return config_view(line, await lines.queue_of(tx, line.id) if params.WITH_QUEUE else None, frame_of(tx, call))
