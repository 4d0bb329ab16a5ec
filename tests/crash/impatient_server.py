"""The server with profiles that repeat quickly, so that a test need not wait for an hour. Arguments as ``skvorets``."""

from __future__ import annotations

import sys
from types import MappingProxyType

import msgspec

from skvorets.__main__ import main
from skvorets.delivery import attempts
from skvorets.delivery.schedule import POLICIES

DELAYS_S = (0.1, 0.2, *[0.5] * 200)

vars(attempts)["POLICIES"] = MappingProxyType(
    {
        name: msgspec.structs.replace(policy, retry_delays_s=DELAYS_S if policy.retry_delays_s else ())
        for name, policy in POLICIES.items()
    }
)

if __name__ == "__main__":
    sys.exit(main())
