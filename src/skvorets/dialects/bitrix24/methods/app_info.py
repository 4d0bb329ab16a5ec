"""``app.info``: the caller's application as it is installed here.

Source: spec ``bitrix24-transport.md`` §10; docs ``app.info``.
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.context import application_of
from skvorets.dialects.bitrix24.registry import Call, NoParams, method

# Every application here is a local one.
_LOCAL = "L"
_TARIFF = "selfhosted"


@method("app.info", scope="", mode="free")
async def app_info(call: Call, params: NoParams) -> dict[str, object]:
    """Describe the application. There are no tariffs and no payments here."""
    application = application_of(call)
    language = call.surroundings.config.language
    return {
        "ID": application.id,
        "CODE": application.client_id,
        "VERSION": application.version,
        "STATUS": _LOCAL,
        "INSTALLED": bool(application.installed),
        "PAYMENT_EXPIRED": "N",
        "DAYS": None,
        "LANGUAGE_ID": language,
        "LICENSE": f"{language}_{_TARIFF}",
        "LICENSE_TYPE": _TARIFF,
        "LICENSE_FAMILY": _TARIFF,
    }
