"""``imopenlines.config.add``: make a line.

Source: spec ``bitrix24-openlines.md`` §5; docs ``imopenlines.config.add``.
"""

from __future__ import annotations

import msgspec

from skvorets.core.lines import lines as rules
from skvorets.core.lines.first_settings import first_settings
from skvorets.dialects.bitrix24.line_configs import CONFIG_ERRORS
from skvorets.dialects.bitrix24.line_fields import READER, changed_settings, read_queue
from skvorets.dialects.bitrix24.lines import SCOPE
from skvorets.dialects.bitrix24.params import Structure
from skvorets.dialects.bitrix24.registry import Call, Tx, method
from skvorets.storage import lines


class Params(msgspec.Struct, frozen=True):
    """Parameters as documented."""

    PARAMS: Structure | None = None  # map of settings; what is left out has its default


@method("imopenlines.config.add", scope=SCOPE, params=Params, errors=CONFIG_ERRORS)
async def imopenlines_config_add(tx: Tx, call: Call, params: Params) -> int:
    """Make the line; its id. One without a name gets a number, one without a queue is served by who made it."""
    given, language = READER.read(params.PARAMS), tx.portal.language
    word = "Открытая линия" if language == "ru" else "Open line"
    new = rules.NewLine(
        name=(given.LINE_NAME or "").strip() or f"{word} {await lines.count(tx) + 1}",
        settings=changed_settings(given, first_settings(language)),
        queue=read_queue(given.QUEUE) or None,
        active=given.ACTIVE is not False,
    )
    return (await rules.create_line(tx, call.caller.person, new, address=call.address)).id
