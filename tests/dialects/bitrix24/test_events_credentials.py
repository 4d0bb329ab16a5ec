"""events_credentials.py: forms that are kept say nothing of one bot, person or moment to another."""

from __future__ import annotations

from typing import Any, cast

import msgspec

from skvorets.config import Config
from skvorets.core import tokens
from skvorets.dialects.bitrix24.events_credentials import Credentials
from skvorets.php_forms import parse_query
from skvorets.storage.applications import Application
from skvorets.storage.database import Portal, Tx

APPLICATION = msgspec.convert(
    {name: "" if kind == "str" else 7 for name, kind in Application.__annotations__.items()}
    | {"kind": "local", "client_id": "local.1", "scopes": "im,imbot"},
    Application,
)
TWO_BOTS = b'{"4":{"BOT_ID":4,"BOT_CODE":"one"},"5":{"BOT_ID":5,"BOT_CODE":"two"}}'


class Moment:
    """All that credentials ask of a unit of work."""

    def __init__(self, now: int) -> None:
        self.now = now
        self.portal = Portal("0" * 32, b"s" * 32)


def written(moment: Moment, application: Application = APPLICATION, entries: bytes = TWO_BOTS) -> dict[str, Any]:
    forms = Credentials(Config()).of_entries(cast("Tx", moment), application, "BOT", entries)
    tree: dict[str, Any] = parse_query("&".join(forms))
    return cast("dict[str, Any]", tree["data"]["BOT"])


def test_each_bot_has_tokens_of_its_own() -> None:
    moment = Moment(1_764_000_000_000)
    for key, bot in written(moment).items():
        assert bot["BOT_ID"] == bot["user_id"] == key
        for kind, name in ((tokens.ACCESS, "access_token"), (tokens.REFRESH, "refresh_token")):
            token = tokens.read(moment.portal, bot[name])
            assert token is not None
            assert (token.kind, token.person_id, token.application_id) == (kind, int(key), APPLICATION.id)
            assert bot["AUTH"][name] == bot[name]


def test_a_later_event_has_tokens_and_times_of_its_own() -> None:
    earlier, later = written(Moment(1_764_000_000_000)), written(Moment(1_764_000_005_000))
    assert int(later["4"]["expires"]) - int(earlier["4"]["expires"]) == 5
    assert later["4"]["access_token"] != earlier["4"]["access_token"]
    assert later["4"]["refresh_token"] != earlier["4"]["refresh_token"]
    again = written(Moment(1_764_000_005_000))
    assert again["4"]["refresh_token"] != later["4"]["refresh_token"]


def test_another_installation_is_not_told_what_an_earlier_one_was() -> None:
    moment = Moment(1_764_000_000_000)
    other = msgspec.structs.replace(APPLICATION, installation=8, scopes="im")
    before, after = written(moment)["4"], written(moment, other)["4"]
    assert before["application_token"] != after["application_token"]
    assert (before["scope"], after["scope"]) == ("im,imbot", "im")


def test_bots_of_webhooks_have_no_tokens() -> None:
    webhook = msgspec.structs.replace(APPLICATION, kind="webhook", client_id="customabc")
    bot = written(Moment(1), webhook)["5"]
    assert bot["client_id"] == "abc"
    assert not {"access_token", "refresh_token", "expires"} & (bot.keys() | bot["AUTH"].keys())
