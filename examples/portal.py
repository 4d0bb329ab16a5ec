"""How the example bots speak with a portal: its events are forms, its methods take JSON. Standard library only."""

import json
import re
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import parse_qsl
from urllib.request import Request, urlopen

Event = dict[str, Any]


class Portal(NamedTuple):
    """A portal as a bot sees it."""

    endpoint: str  # methods are called below this address; that of a webhook holds its secret
    authority: dict[str, str]  # goes with each call: the token of an event, or the CLIENT_ID beside a webhook
    handler: str  # where the portal shall post events

    def call(self, method: str, **params: Any) -> Any:
        """Call a method; its result. Raises RuntimeError with the portal's own words when it refuses."""
        body = json.dumps({**params, **self.authority}).encode()
        request = Request(f"{self.endpoint}{method}.json", body, {"Content-Type": "application/json"})  # noqa: S310
        try:
            with urlopen(request, timeout=30) as answer:  # noqa: S310 — Bot judges the address
                return json.load(answer)["result"]
        except HTTPError as refusal:
            with refusal:
                raise RuntimeError(f"{method}: {refusal.read().decode('utf-8', 'replace')}") from None


def parse_form(body: str) -> Event:
    """Read PHP-style keys, ``data[PARAMS][MESSAGE]=…``, into nested dicts."""
    tree: Event = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        *above, last = re.findall(r"[^\[\]]+", name) or [""]
        level = tree
        for key in above:
            below = level.setdefault(key, {})
            level = below if isinstance(below, dict) else {}
        level[last] = value
    return tree
