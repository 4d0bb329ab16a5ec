"""Addresses of handlers, as they are judged when a handler is bound."""

from __future__ import annotations

import pytest

from skvorets.core.addresses import MAX_URL_BYTES, check_handler_url
from skvorets.errors import WrongAddressError, WrongProtocolError
from skvorets.storage.database import Portal

PORTAL = Portal("a" * 32, b"s" * 32)
DEVELOPMENT = Portal("a" * 32, b"s" * 32, allow_private_handlers=True)

GOOD = [
    "https://bot.example.com/handler.php?a=1&b=2",
    "http://bot.example.com:8080/",
    "HTTPS://Bot.Example.Com",
    "https://пример.рф/путь",
    "https://203.0.113.7/x",
    "http://10.1.2.3/inside",  # judged by the outgoing client: the administrator may have opened the network
    "http://[2001:db8::1]/x",
]
LOCAL = ["http://localhost:5000/x", "http://127.0.0.1:5000/", "http://[::1]/", "http://0.0.0.0/", "http://bot/x"]
BAD = [
    "",
    "https://",
    "https:///path",
    "https://user:secret@bot.example.com/",
    "https://bot.example.com:0/",
    "https://bot.example.com:99999/",
    "https://bot.example.com:port/",
    "https://bot example.com/",
    "https://bot.example.com\\@other.example.com/",
    "https://bot.example.com/\x00",
    "https://[::1/",
    "https://[bad::address::]/",
    "https://-.-/",
    "https://a..../" + "x" * MAX_URL_BYTES,
]


@pytest.mark.parametrize("url", GOOD)
def test_an_ordinary_address_is_given_back_as_it_came(url: str) -> None:
    assert check_handler_url(PORTAL, url) == url


@pytest.mark.parametrize("url", [*LOCAL, "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/"])
def test_our_own_machine_is_refused_unless_development_allows_it(url: str) -> None:
    with pytest.raises(WrongAddressError):
        check_handler_url(PORTAL, url)
    assert check_handler_url(DEVELOPMENT, url) == url


@pytest.mark.parametrize("portal", [PORTAL, DEVELOPMENT])
@pytest.mark.parametrize("url", BAD)
def test_what_cannot_be_called_is_refused_everywhere(portal: Portal, url: str) -> None:
    with pytest.raises(WrongAddressError):
        check_handler_url(portal, url)


@pytest.mark.parametrize("url", ["ftp://bot.example.com/", "javascript:alert(1)", "bot.example.com/handler"])
def test_another_protocol_has_its_own_refusal(url: str) -> None:
    with pytest.raises(WrongProtocolError):
        check_handler_url(PORTAL, url)
