"""``/api/admin/settings``: with what the server was started. To change it, set the variable and start it anew.

GET /api/admin/settings   every setting with the variable of the environment that it comes from; no secrets
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from skvorets.config import ENVIRONMENT_PREFIX, Config
from skvorets.dialects.native.administration import parts_of
from skvorets.dialects.native.registry import Call, Nothing, route

# What is limited comes first; each setting belongs to one group, a test looks for those without one.
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "limits": (
        *("limits", "delivery", "bots_per_application", "max_body_bytes", "max_file_bytes", "overloaded"),
        *("keep_events_days", "keep_notifications_days", "keep_audit_days", "away_after_minutes"),
        *("bpium_account_requests", "bpium_address_requests", "megaplan_clock_minutes", "network_message_days"),
    ),
    "addresses": (
        *("listen", "public_url", "behind_proxy", "tls_certificate", "tls_key", "trusted_ca", "oauth_hosts"),
        *("allow_private_handlers", "allowed_networks"),
    ),
    "data": ("data_dir", "database", "language", "utc_offset_minutes"),
    "others": (
        *("link_previews", "giphy_api_key", "giphy_url", "network_servers"),
        *("smtp_host", "smtp_port", "smtp_tls", "smtp_login", "smtp_password", "smtp_sender"),
    ),
}
FIXED: Final = "fixed"
# Shown as dots: who looks over an administrator's shoulder must not learn them.
_SECRET = frozenset({"database", "giphy_api_key", "smtp_login", "smtp_password"})
_DOTS = "••••••••"


class Setting(msgspec.Struct, frozen=True, rename="camel"):
    """One setting."""

    name: str  # bytes end with _bytes, days with _days, minutes with _minutes
    variable: str  # of the environment; empty = it cannot be changed
    value: str | int | bool
    is_default: bool


class SettingsGroup(msgspec.Struct, frozen=True):
    """Settings about one thing."""

    name: str  # limits, addresses, data, others, fixed
    settings: list[Setting]


@route("GET", "/api/admin/settings", mode="free", is_for_admins=True)
async def list_settings(call: Call[Nothing]) -> list[SettingsGroup]:
    """List all settings."""
    config, fixed = call.services.config, parts_of(call.services).fixed_limits
    groups = [SettingsGroup(name, [_shown(config, one) for one in names]) for name, names in GROUPS.items()]
    return [*groups, SettingsGroup(FIXED, [Setting(name, "", value, is_default=True) for name, value in fixed.items()])]


def _shown(config: Config, name: str) -> Setting:
    value, field = getattr(config, name), {one.name: one for one in msgspec.structs.fields(Config)}[name]
    shown = str(value) if isinstance(value, Path) else value
    if name in _SECRET and shown:
        shown = _DOTS
    return Setting(name, f"{ENVIRONMENT_PREFIX}{name.upper()}", shown, value == field.default)
