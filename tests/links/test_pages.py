"""What pages say about themselves: which words count, what is cut, and that no page costs more than its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skvorets.links.pages import MAX_DESCRIPTION, MAX_TITLE, read_page
from skvorets.storage.link_previews import NOTHING, PageFacts

URL = "https://site.example/news/today?x=1"


def read(page: str, url: str = URL) -> PageFacts:
    return read_page(page.encode(), "utf-8", url)


def og(**values: str) -> str:
    return "".join(f'<meta property="og:{name}" content="{text}">' for name, text in values.items())


def test_open_graph_wins_over_twitter_over_the_plain_words() -> None:
    plain = "<title>Plain</title><meta name=description content='Plain text'>"
    twitter = "<meta name='twitter:title' content='Bird'><meta name='twitter:description' content='Bird text'>"
    assert read(plain) == PageFacts("Plain", "Plain text")
    assert read(plain + twitter) == PageFacts("Bird", "Bird text")
    assert read(plain + twitter + og(title="Graph", description="Graph text")) == PageFacts("Graph", "Graph text")


def test_the_first_value_of_a_name_counts_and_empty_ones_do_not() -> None:
    assert read(og(title=" ") + og(title="One") + og(title="Two")).title == "One"
    assert read("<meta content=A property=og:title content=B>").title == "A"
    assert read("<META NAME='OG:Title' CONTENT='x'>").title == "x"
    assert read("<title>One</title><svg><title>Two</title></svg>").title == "One"


def test_texts_are_one_line_without_marks_that_nobody_sees() -> None:
    assert read("<title> A &amp;\n\t B&nbsp;&#x202E;C&lt;b&gt; </title>").title == "A & B C<b>"
    assert read("<title>👩\u200d🚀\u200b x\ufeff</title>").title == "👩\u200d🚀 x"


def test_long_texts_are_cut() -> None:
    facts = read(og(title="т" * 1000, description="д " * 10_000))
    assert facts.title == "т" * (MAX_TITLE - 1) + "…"
    assert len(facts.description) <= MAX_DESCRIPTION
    assert facts.description.endswith("д…")


@pytest.mark.parametrize(
    "page",
    ["", "text", "<title></title>", "<meta name=description content=x>", "<title>cut off", "\0" * 100, "<" * 100],
)
def test_a_page_without_a_title_has_nothing_to_show(page: str) -> None:
    assert read(page) == NOTHING


@pytest.mark.parametrize("page", ["</head>", "<body>", "<body class=x><div>"])
def test_what_stands_behind_the_head_does_not_count(page: str) -> None:
    assert read(f"<head><title>Head</title>{page}{og(title='Comment', image='/evil.png')}") == PageFacts("Head")


@pytest.mark.parametrize(
    ("given_address", "address"),
    [
        ("https://cdn.example/i.png", "https://cdn.example/i.png"),
        ("//cdn.example/i.png", "https://cdn.example/i.png"),
        ("/i.png", "https://site.example/i.png"),
        ("i.png", "https://site.example/news/i.png"),
        ("javascript:alert(1)", ""),
        ("data:image/png;base64,AAAA", ""),
        ("ftp://host/i.png", ""),
        ("http://[broken/i.png", ""),
        ("https://", ""),
        ("https://a.example/a b.png", ""),
        ("https://a.example/" + "x" * 3000, ""),
    ],
)
def test_a_picture_is_an_address_that_a_browser_may_load(given_address: str, address: str) -> None:
    assert read(og(title="T", image=given_address)).picture == address


def test_the_secure_picture_is_preferred_and_its_size_is_kept_when_it_is_one() -> None:
    picture = '<meta property="og:image" content="http://a.example/1.png">'
    secure = '<meta property="og:image:secure_url" content="https://a.example/2.png">'
    assert read(f"<title>T</title>{picture}{secure}").picture == "https://a.example/2.png"

    def sized(width: str, height: str) -> tuple[int, int]:
        sizes = (
            f'<meta property="og:image:width" content="{width}"><meta property="og:image:height" content="{height}">'
        )
        facts = read(f"<title>T</title>{picture}{sizes}")
        return facts.width, facts.height

    assert sized("1200", "630px") == (1200, 630)
    assert [sized("1200", "-1"), sized("x", "630"), sized("99999", "5"), sized("٣", "5")] == [(0, 0)] * 4


HOSTILE = [
    *(
        "<",
        "<a ",
        "<a b='",
        "<a b='a='a",
        "<a =",
        "<a/",
        "<!--",
        "<!-- >",
        "<![x>",
        "<?x",
        "</",
        "</ >",
        "&",
        "&a;<",
        "<b>",
    ),
    *(
        "<title>&",
        "<title><",
        "<script></",
        "<!DOCTYPE a [<!",
        "<meta content='&#",
        '<meta a="',
        "[",
        "<![CDATA[",
        "<meta>",
    ),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_page_costs_more_than_its_length(piece: str) -> None:
    """Twice the page, twice the time; a square would be four times. Times of the processor, the best of three."""

    def cost(length: int) -> float:
        page = (piece * (length // len(piece) + 1))[:length]
        spent = []
        for _ in range(3):
            began = time.thread_time()
            read(page)
            spent.append(time.thread_time() - began)
        return min(spent)

    assert cost(400_000) < 3.4 * cost(200_000) + 0.05


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-16", "koi8-r", "idna", "zlib", "x" * 99]))
def test_any_bytes_are_read(body: bytes, charset: str) -> None:
    facts = read_page(b"<title>" + body + b"</title><meta property=og:image content='" + body + b"'>", charset, URL)
    assert len(facts.title) <= MAX_TITLE
