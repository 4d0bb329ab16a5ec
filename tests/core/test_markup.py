"""Text of messages: every documented code, and texts made to break a parser (imbot §9, events §3.2)."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skvorets.core.markup import (
    MAX_TEXT_CHARS,
    cut,
    fill_mention_names,
    mentions,
    mentions_everybody,
    parse,
    plain_text,
    strip_mentions,
    unify_breaks,
    unnamed_mentions,
)
from skvorets.core.markup_nodes import (
    Break,
    Call,
    ChatLink,
    Code,
    DiskFile,
    Icon,
    Image,
    Indent,
    Link,
    Mark,
    Mention,
    MessageLink,
    Node,
    Put,
    Quote,
    Send,
    Styled,
    Text,
    Timestamp,
)
from skvorets.core.markup_parser import MAX_DEPTH

# A busy machine is no failure.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

T = Text
ROW = "-" * 54


def count(nodes: tuple[Node, ...]) -> int:
    return sum(1 + count(getattr(node, "children", ())) for node in nodes)


def depth(nodes: tuple[Node, ...]) -> int:
    return max((1 + depth(getattr(node, "children", ())) for node in nodes), default=0)


# ------------------------------------------------------------------------------------------------------------ codes


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", ()),
        ("Привет!", (T("Привет!"),)),
        ("[B]полужирный[/B] текст", (Styled("b", (T("полужирный"),)), T(" текст"))),
        ("[u]a[/u][i]b[/i][s]c[/S]", (Styled("u", (T("a"),)), Styled("i", (T("b"),)), Styled("s", (T("c"),)))),
        ("[B][I]x[/I][/B]", (Styled("b", (Styled("i", (T("x"),)),)),)),
        ("[SIZE=20]x[/SIZE]", (Styled("size", (T("x"),), "20"),)),
        ("[SIZE=99]x[/SIZE][SIZE=1]x[/SIZE]", (Styled("size", (T("x"),), "30"), Styled("size", (T("x"),), "8"))),
        ("[COLOR=#ff0000]x[/COLOR]", (Styled("color", (T("x"),), "#ff0000"),)),
        (
            "a[BR]b#BR#c\nd\r\ne[br]",
            (T("a"), Break(), T("b"), Break(), T("c"), Break(), T("d"), Break(), T("e"), Break()),
        ),
        ("\ta    b", (Indent(), T("a"), Indent(), T("b"))),
        ("[URL=http://b.ru]Ссылка[/URL]", (Link("http://b.ru", (T("Ссылка"),)),)),
        ("[URL]http://b.ru[/URL]", (Link("http://b.ru", (T("http://b.ru"),)),)),
        ("[URL=/page][B]x[/B][/URL]", (Link("/page", (Styled("b", (T("x"),)),)),)),
        ("[URL=mailto:a@b.ru]x[/URL]", (Link("mailto:a@b.ru", (T("x"),)),)),
        ("[URL=tel:+79]x[/URL]", (Link("tel:+79", (T("x"),)),)),
        ("[URL=http://x/?a[]=1]t[/URL]", (Link("http://x/?a[]=1", (T("t"),)),)),
        ("[URL=/x][/URL]", (Link("/x", (T("/x"),)),)),
        ("[USER=5]Марта[/USER]", (Mention(5, (T("Марта"),)),)),
        ("[user=5 replace]Марта[/user]", (Mention(5, (T("Марта"),)),)),
        ("[USER=all]все[/USER]", (Mention(None, (T("все"),)),)),
        ("[CHAT=12]ссылка на чат[/CHAT]", (ChatLink("12", (T("ссылка на чат"),)),)),
        ("[CHAT=imol|789]x[/CHAT]", (ChatLink("imol|789", (T("x"),)),)),
        ("[CONTEXT=chat1/456]x[/CONTEXT]", (MessageLink("chat1", 456, (T("x"),)),)),
        ("[CALL=84012334455]позвонить[/CALL]", (Call("84012334455", (T("позвонить"),)),)),
        ("[CALL]+7 (495) 1-2[/CALL]", (Call("+7 (495) 1-2", (T("+7 (495) 1-2"),)),)),
        ("[send=текст]кнопка[/send]", (Send("текст", (T("кнопка"),)),)),
        ("[SEND]текст[/SEND]", (Send("текст", (T("текст"),)),)),
        ("[put=/search]Введите строку[/put]", (Put("/search", (T("Введите строку"),)),)),
        ("[PUT]/search [/PUT]", (Put("/search ", (T("/search "),)),)),
        ("[CODE][B]x[/B]\n>>y[/CODE]", (Code("[B]x[/B]\n>>y"),)),
        ("[IMG]https://a.ru/x[/IMG]", (Image("https://a.ru/x"),)),
        ("[IMG size=small]https://a.ru/x.png [/IMG]", (Image("https://a.ru/x.png", "small"),)),
        ("[TIMESTAMP=1700000000 format=SHORT_TIME]", (Timestamp(1700000000, "SHORT_TIME"),)),
        ("[TIMESTAMP=1700000000]", (Timestamp(1700000000),)),
        ("[DISK=15][DISK=n15]", (DiskFile("15"), DiskFile("n15"))),
        ("[LIKE][DISLIKE][RATING=5][ATTACH=7]", (Mark("like"), Mark("dislike"), Mark("rating", 5), Mark("attach", 7))),
    ],
)
def test_each_code_becomes_its_node(text: str, tree: tuple[Node, ...]) -> None:
    assert parse(text) == tree


def test_an_icon_has_an_address_size_and_title() -> None:
    address = "http://files.example.com/unicorn.png"
    assert parse(f"[icon={address} size=30 title=Единорог]") == (Icon(address, 30, 30, "Единорог"),)
    assert parse(f"[ICON={address} width=20 height=500 title=Два слова]") == (Icon(address, 20, 100, "Два слова"),)
    assert parse(f"[icon={address}]") == (Icon(address),)


@pytest.mark.parametrize(
    "text",
    [
        "[X]x[/X]",
        "[B",
        "[]",
        "[/B]",
        "[B]x",
        "x[/I]",
        "[B=1]x[/B]",
        "[B x]y[/B]",
        "[USER=x]a[/USER]",
        "[USER]a[/USER]",
        "[USER=5]a",
        "[CHAT=x]a[/CHAT]",
        "[CONTEXT=x]a[/CONTEXT]",
        "[CALL=abc]a[/CALL]",
        "[CALL]abc[/CALL]",
        "[SEND][/SEND]",
        "[URL=javascript:alert(1)]x[/URL]",
        "[URL=data:text/html,x]x[/URL]",
        "[URL]javascript:1[/URL]",
        "[URL=vbscript:x]x[/URL]",
        "[IMG]javascript:1[/IMG]",
        "[IMG size=huge]/a[/IMG]",
        "[icon=javascript:1 size=5]",
        "[icon]",
        "[icon=]",
        "[SIZE=x]a[/SIZE]",
        "[COLOR=red]a[/COLOR]",
        "[COLOR=#fff;x:y]a[/COLOR]",
        "[CODE]x",
        "[TIMESTAMP=x]",
        "[DISK=../x]",
        "[RATING]",
        "[LIKE=1]",
        "<b>html</b>",
    ],
)
def test_what_is_no_valid_code_stays_text(text: str) -> None:
    assert parse(text) == (T(text),)
    assert plain_text(text) == text


def test_crossed_codes_are_shown_as_meant() -> None:
    assert parse("[B][I]x[/B][/I]y") == (Styled("b", (Styled("i", (T("x"),)),)), T("y"))
    assert parse("[B][I]x[/B]") == (Styled("b", (T("[I]x"),)),)


def test_there_is_nothing_to_click_inside_of_what_can_be_clicked() -> None:
    text = "[URL=/a]b [USER=5]c[/USER] http://d.ru [SEND=x]e[/SEND][/URL]"
    assert parse(text) == (Link("/a", (T("b c http://d.ru e"),)),)


# ------------------------------------------------------------------------------------------------- quotes, addresses


def test_lines_after_two_angles_are_one_quote() -> None:
    text = ">>первая строка\n>>вторая [B]строка[/B]\n\nответ"
    quote = Quote((T("первая строка"), Break(), T("вторая "), Styled("b", (T("строка"),))))
    assert parse(text) == (quote, Break(), T("ответ"))
    assert parse("a[BR]>>b[BR]c") == (T("a"), Break(), Quote((T("b"),)), T("c"))
    assert parse("a >> b") == (T("a >> b"),)
    assert parse(">>a [B]b\nc[/B]") == (Quote((T("a "), Styled("b", (T("b"),)))), T("c"))


def test_lines_between_rows_of_dashes_are_a_quote_with_author_and_time() -> None:
    text = f"{ROW}\nДмитрий Власов [08.04.2016 13:06:49]\nПривет\nвсем\n{ROW}\nответ"
    quote = Quote((T("Привет"), Break(), T("всем")), "Дмитрий Власов", "08.04.2016 13:06:49")
    assert parse(text) == (quote, T("ответ"))
    assert parse(text.replace("\n", "[BR]")) == (quote, T("ответ"))
    assert parse(f"{ROW}\nпросто\n{ROW}") == (Quote((T("просто"),)),)
    assert plain_text(text) == "Привет всем ответ"


@pytest.mark.parametrize("text", [ROW, f"a{ROW}", f"{ROW}-", f"{ROW[:-1]}"])
def test_other_dashes_are_text(text: str) -> None:
    assert parse(text) == (T(text),)
    assert not any(isinstance(node, Quote) for node in parse(f"{text}\nb\n{text}a\n"))


def test_bare_addresses_become_links_and_pictures() -> None:
    def bare(address: str) -> Link:
        return Link(address, (T(address),), is_bare=True)

    assert parse("http://bitrix24.ru") == (bare("http://bitrix24.ru"),)
    assert parse("см. https://a.ru/b, да") == (T("см. "), bare("https://a.ru/b"), T(", да"))
    assert parse("(http://a.ru/x_(y))") == (T("("), bare("http://a.ru/x_(y))"))
    assert parse("(http://a.ru).") == (T("("), bare("http://a.ru"), T(")."))
    assert parse("http://a.ru#BR#b") == (bare("http://a.ru"), Break(), T("b"))
    assert parse("https://a.ru/mantis.JPG") == (Image("https://a.ru/mantis.JPG", is_bare=True),)
    assert parse("xhttp://a.ru http://") == (T("xhttp://a.ru http://"),)


# -------------------------------------------------------------------------------------------------------- plain text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("[B]a[/B]\nb[BR]c#BR#d", "a b c d"),
        ("  a \t b  ", "a b"),
        (">>цитата\nответ", "цитата ответ"),
        ("[USER=5]Марта[/USER], [URL=http://x]ссылка[/URL]", "Марта, ссылка"),
        ("[send=/a]кнопка[/send] [put]b[/put]", "кнопка b"),
        ("[icon=/u.png size=3 title=Единорог]!", "Единорог!"),
        ("[CODE]x[B]\ny[/CODE]", "x[B] y"),
        ("[LIKE][DISK=5]", ""),
        ("http://yandex.ru", "http://yandex.ru"),
    ],
)
def test_plain_text_has_no_codes_and_one_line(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@pytest.mark.parametrize("text", ["a[BR]b", "a[br]b", "a#BR#b", "a\r\nb", "a\rb", "a\nb"])
def test_all_line_breaks_become_one(text: str) -> None:
    assert unify_breaks(text) == "a\nb"


def test_a_long_text_is_cut() -> None:
    assert cut("x" * MAX_TEXT_CHARS) == "x" * MAX_TEXT_CHARS
    long = cut("ж" * (MAX_TEXT_CHARS + 1))
    assert long == "ж" * MAX_TEXT_CHARS + " (...)"
    assert cut(long) == long


# ---------------------------------------------------------------------------------------------------------- mentions


def test_mentions_are_found_in_order_and_once() -> None:
    text = "[USER=7]a[/USER] [user=5 REPLACE]b[/user] [USER=7]a[/USER] [USER=0]z[/USER] [USER=all]c[/USER]"
    assert mentions(text) == (7, 5)
    assert mentions_everybody(text)
    assert not mentions_everybody("[USER=7]a[/USER]")


@pytest.mark.parametrize("text", ["", "Bot, hi", "[USER=5]", "[/USER][USER=5]", "[USER=x]a[/USER]", "[USER=٣]a[/USER]"])
def test_no_mention_no_id(text: str) -> None:
    assert mentions(text) == ()
    assert strip_mentions(text) == text


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("[USER=39]NewBot[/USER] test3", "test3"),
        ("[USER=567]Bot[/USER], hi", "hi"),
        ("[USER=567]Bot[/USER] , hi", ", hi"),
        ("[USER=567]Bot[/USER],, hi", ", hi"),
        ("a [user=1]b[/user], [USER=2 REPLACE]c\nd[/USER] e ", "a   e"),
        ("[USER=all]все[/USER], hi", "hi"),
        ("[B]x[/B]", "[B]x[/B]"),
        (" hi ", "hi"),
    ],
)
def test_mentions_are_taken_out_with_the_comma_behind(text: str, stripped: str) -> None:
    assert strip_mentions(text) == stripped


def test_names_are_filled_in_where_there_are_none() -> None:
    text = "[USER=5][/USER], [USER=6]Петр[/USER], [user=7 REPLACE] [/user], [USER=8][/USER], [USER=all][/USER]"
    assert unnamed_mentions(text) == (5, 7, 8)
    names = {5: "Марта", 6: "Другой", 7: "A]B[/USER]"}
    filled = text.replace("5][/", "5]Марта[/").replace("REPLACE] [", "REPLACE]A)B(/USER)[")
    assert fill_mention_names(text, names) == filled
    assert fill_mention_names(text, names.get) == filled
    assert fill_mention_names("просто текст", names) == "просто текст"


# ------------------------------------------------------------------------------------------------------------ limits

CHARS = 100_000  # a message is cut at 20,000
HOSTILE = [
    "[B]",
    "[/B]",
    "[B][I][/B][/I]",
    "[",
    "[a=",
    "[a=[b]",
    "[URL]",
    "[USER=1]",
    "[USER=1 ",
    "[CODE]",
    ">>",
    ">>x\n",
    "\t",
    " ",
    "-",
    ROW + "\n",
    "http://",
    "http://a)",
    "[icon=/a size=1",
    "[BR]",
    "#BR",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text_gives_no_more_nodes_than_characters(piece: str) -> None:
    text = piece * (CHARS // len(piece))
    closed = re.sub(r"\[(\w+)[^\]]*\]", r"[/\1]", piece)
    for hostile in (text, text[: CHARS // 2] + closed * (CHARS // 2 // len(closed))):
        tree = parse(hostile)
        assert count(tree) <= 2 * len(hostile)
        assert depth(tree) <= MAX_DEPTH + 1
        assert len(strip_mentions(hostile)) <= len(hostile)


def test_codes_nest_to_a_limit_and_deeper_ones_show_their_contents() -> None:
    levels = MAX_DEPTH + 30
    tree = parse("[B]" * levels + "x" + "[/B]" * levels)
    assert depth(tree) == MAX_DEPTH + 1
    assert plain_text("[B]" * levels + "x" + "[/B]" * levels) == "x"


TAGS = """
[B] [/B] [I] [/I] [CODE] [/CODE] [URL] [/URL] [URL=/a] [USER=5] [USER=all] [/USER] [SEND=x] [/SEND] [IMG] [/IMG]
[BR] #BR# >> http://a.ru/x.png https://b.ru). , x [icon=/i.png] [
"""
PIECES = st.lists(
    st.sampled_from([*TAGS.split(), "\n", "\t", "    ", " ", ROW, f"{ROW}\nA [1]\n", "\ud800"]) | st.text(max_size=3),
    max_size=40,
).map("".join)


@UNHURRIED
@given(PIECES)
def test_any_text_has_a_bounded_tree_without_neighbouring_texts(text: str) -> None:
    tree = parse(text)
    assert count(tree) <= 2 * len(text) + 1
    assert depth(tree) <= MAX_DEPTH + 1

    def check(nodes: tuple[Node, ...]) -> None:
        for left, right in pairwise(nodes):
            assert not (isinstance(left, Text) and isinstance(right, Text))
        for node in nodes:
            check(getattr(node, "children", ()))

    check(tree)
    assert "\n" not in plain_text(text)
    assert len(plain_text(text)) <= 2 * len(text)


@UNHURRIED
@given(PIECES)
def test_mentions_are_those_of_the_documented_expression(text: str) -> None:
    expression = re.compile(r"\[USER=(?:([0-9]{1,18})|all)(?:\s+REPLACE)?\](.*?)\[/USER\],?", re.IGNORECASE | re.DOTALL)
    assert strip_mentions(text) == expression.sub("", text).strip()
    assert mentions(text) == tuple(dict.fromkeys(int(found[1]) for found in expression.finditer(text) if found[1]))


@UNHURRIED
@given(st.text(alphabet="abcя.,!?-()/:", max_size=60))
def test_text_without_codes_is_one_text(text: str) -> None:
    assert parse(text) == ((T(text),) if text else ())
    assert plain_text(text) == " ".join(text.split())


def test_a_tree_can_be_handed_to_a_client_as_plain_maps() -> None:
    assert msgspec.to_builtins(parse("[B]x[/B]")) == (
        {"node": "styled", "style": "b", "children": ({"node": "text", "text": "x"},), "value": ""},
    )
