"""A phone with an application for one-time codes."""

from __future__ import annotations

import base64
import time

from skvorets.core.second_factor import STEP_S, code_at


class Phone:
    """Shows codes. The server takes each once, so a test that logs in twice asks for the ``next`` one."""

    def __init__(self, secret: str) -> None:
        """Take the key as it is shown: base32."""
        self._key = base64.b32decode(secret.replace(" ", ""))

    def code(self, steps: int = 0) -> str:
        """Give the code of now, or of so many steps of 30 seconds later."""
        return code_at(self._key, int(time.time()) + steps * STEP_S)

    def wrong(self) -> str:
        """Give six digits that are no good code."""
        good = {self.code(steps) for steps in range(-2, 3)}
        return next(one for one in ("000000", "111111", "222222", "333333", "444444", "555555") if one not in good)
