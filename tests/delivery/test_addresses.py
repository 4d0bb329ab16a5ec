"""A corpus of ways around address checks, and the ranges of skvorets.delivery.addresses."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skvorets.delivery.addresses import AddressError, AddressRules, check_url, is_public, unwrap

NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104 — an address to refuse, not to bind to
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "100.100.100.200",
    "168.63.129.16",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "febf::1",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "fd20:ce::254",
    "ff02::1",
    "100::1",
    "2001:db8::1",
    "3fff::1",
    "2001:2::1",
    "2001:20::1",
    "5f00::1",
    "4000::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "::127.0.0.1",
    "::10.0.0.1",
    "::0.0.0.2",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.1.2.3",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "64:ff9b:1::8.8.8.8",
    "2002:7f00:1::1",
    "2002:a00:1::",
    "2002:c0a8:101::1",
    "2001:0:808:808:0:0:80ff:fffe",
    "2001:0:a00:1:0:0:f7f7:f7f7",
]

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "223.255.255.255",
    "87.250.250.242",
    "2a00:1450:4001::1",
    "2606:4700:4700::1111",
    "2620:4f:8000::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
    "::8.8.8.8",
    "2001:0:808:808:0:0:f7f7:f7f7",
]


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_internal_and_special_addresses_are_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_ordinary_addresses_are_public(text: str) -> None:
    assert is_public(ip_address(text))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_every_wrapping(address: IPv4Address) -> None:
    number = int(address)
    wrappings = [
        (0xFFFF << 32) | number,  # ::ffff:0:0/96
        (0xFFFF << 48) | number,  # ::ffff:0:0:0/96
        (0x64_FF9B << 96) | number,  # 64:ff9b::/96
        (0x2002 << 112) | (number << 80) | 1,  # 2002::/16
        (0x2001 << 112) | (number << 64) | (number ^ 0xFFFF_FFFF),  # 2001::/32, server and client
    ]
    for wrapped in wrappings:
        assert set(unwrap(IPv6Address(wrapped))) == {address}
        assert is_public(IPv6Address(wrapped)) == is_public(address)


@given(st.ip_addresses())
def test_nothing_that_python_calls_private_or_local_is_public(address: IPv4Address | IPv6Address) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not is_public(address) or (address.version == 6 and unwrap(address) != (address,))


@pytest.mark.parametrize("text", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.20.0.1", "::1", "fd12::1", "100.64.1.1"])
def test_the_development_profile_opens_loopback_and_private_addresses(text: str) -> None:
    assert AddressRules(allow_private=True).permits(ip_address(text))


@pytest.mark.parametrize(
    "text", ["169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "0.1.2.3", "224.0.0.1", "fe80::1", "::"]
)
def test_the_development_profile_keeps_metadata_and_special_addresses_closed(text: str) -> None:
    assert not AddressRules(allow_private=True).permits(ip_address(text))


def test_the_administrator_opens_single_networks() -> None:
    rules = AddressRules(allowed_networks=("10.1.0.0/16", "fd12::/32"))
    assert rules.permits(ip_address("10.1.200.3"))
    assert rules.permits(ip_address("::ffff:10.1.200.3"))
    assert rules.permits(ip_address("fd12::5"))
    assert rules.permits(ip_address("8.8.8.8"))
    assert not rules.permits(ip_address("10.2.0.1"))
    assert not rules.permits(ip_address("127.0.0.1"))
    assert not rules.permits(ip_address("fd13::5"))


def test_no_list_of_networks_opens_the_metadata_services() -> None:
    rules = AddressRules(allow_private=True, allowed_networks=("0.0.0.0/0", "::/0"))
    assert rules.permits(ip_address("169.254.1.1"))
    for text in ("169.254.169.254", "64:ff9b::a9fe:a9fe", "100.100.100.200", "fd00:ec2::254"):
        assert not rules.permits(ip_address(text))


@pytest.mark.parametrize("network", ["10.0.0.0/33", "ten", "10.0.0.1/8", ""])
def test_a_network_that_is_not_cidr_is_refused_at_once(network: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        AddressRules(allowed_networks=(network,))


@pytest.mark.parametrize(
    "url",
    [
        # IPv4 in the spellings that resolvers understand
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://0x7F.0.0.1/",
        "http://0x/",
        "http://2130706433/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.1./",
        "http://127.0.0.01/",
        "http://0/",
        "http://1.2.3.4.5/",
        "http://256.256.256.256/",
        "http://example.com.1/",
        "http://１２７.1/",  # full-width digits
        "http://①②⑦.1/",
        # IPv6
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://[::1/",
        "http://[::1::2]/",
        "http://[:::]/",
        # user names
        "http://user@example.com/",
        "http://user:secret@example.com/",
        "http://:secret@example.com/",
        "http://good.example@127.0.0.1/",
        "http://127.0.0.1%2f@example.com/",
        "http://good.example\\@127.0.0.1/",
        "http://good.example%5c@127.0.0.1/",
        # characters that parsers disagree about
        "http://local\thost/",
        "http://local\nhost/",
        "http://exa mple.com/",
        " http://example.com/",
        "http://example.com/a b",
        "http://example.com/\x00",
        "http://example.com\\.evil.test/",
        "http://a%2eb/",
        "http://127%2e0%2e0%2e1/",
        "http://a..b/",
        "http://.example.com/",
        "http://exam\u200bple.com/",
        # no host, other schemes, ports
        "http://",
        "http:///path",
        "http:example.com",
        "//example.com/",
        "/path",
        "example.com",
        "",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_x",
        "javascript:alert(1)",
        "unix:///var/run/docker.sock",
        "http://example.com:0/",
        "http://example.com:65536/",
        "http://example.com:-1/",
        "http://example.com:port/",
        # too long
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 130 + "example/",
        "http://example.com/" + "a" * 5000,
    ],
)
def test_doubtful_urls_are_refused(url: str) -> None:
    with pytest.raises(AddressError):
        check_url(url)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://127。0。0。1/", "127.0.0.1"),  # ideographic full stops
        ("http://127．0．0．1/", "127.0.0.1"),  # full-width full stops
        ("http://１２７.0.0.1/", "127.0.0.1"),
        ("http://①②⑦.0.0.1/", "127.0.0.1"),
        ("http://[::ffff:127.0.0.1]/", "::ffff:127.0.0.1"),
        ("http://[::FFFF:7f00:1]:8080/", "::ffff:127.0.0.1"),
        ("http://[0:0:0:0:0:ffff:127.0.0.1]/", "::ffff:127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://[::]/", "::"),
        ("http://[64:ff9b::7f00:1]/", "64:ff9b::7f00:1"),
        ("http://[2002:7f00:1::]/", "2002:7f00:1::"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254"),
    ],
)
def test_an_internal_address_is_seen_through_its_spelling(url: str, address: str) -> None:
    checked = check_url(url)
    assert checked.address == ip_address(address)
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.com/bot.php?CLIENT_ID=5&x=%2F", "example.com"),
        ("HTTPS://EXAMPLE.COM", "example.com"),
        ("http://example.com.:8080/", "example.com."),
        ("http://localhost./", "localhost."),
        ("http://127.0.0.1.nip.io/", "127.0.0.1.nip.io"),
        ("http://бот.рф/события", "xn--90a0am.xn--p1ai"),
        ("http://under_score.example/", "under_score.example"),
        ("http://1.2.3.4.example/", "1.2.3.4.example"),
        ("http://0xbad.example/", "0xbad.example"),
    ],
)
def test_names_pass_and_are_left_to_the_resolver(url: str, host: str) -> None:
    checked = check_url(url)
    assert checked.address is None
    assert checked.url.raw_host == host


def test_the_path_and_query_of_a_handler_stay_as_they_are() -> None:
    assert check_url("https://example.com/a%2Fb/?x=1%2B1&y=%D0%B1").url.raw_path_qs == "/a%2Fb/?x=1%2B1&y=%D0%B1"


@given(st.text(max_size=40))
def test_any_text_is_either_a_checked_url_or_refused(text: str) -> None:
    for url in (text, "http://" + text, "http://example.com" + text):
        try:
            host = check_url(url).url.raw_host
        except AddressError:
            continue
        assert host
        assert host.isascii()
