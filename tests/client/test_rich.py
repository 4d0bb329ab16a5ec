"""What messages hold, before it is drawn (``client/lib``): the client's parser says what the server's says."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import msgspec

from skvorets.core.markup import parse, plain_text
from support.node import run_node_module, run_node_tests
from support.npm import ROOT

PROGRAM = f"""
import {{ parse, plain }} from "{(ROOT / "src/skvorets/client/lib/markup.js").as_uri()}";
const given = JSON.parse(await new Response(process.stdin).text());
console.log(JSON.stringify(given.map((text) => [parse(text), plain(text)])));
"""
# What means something to the parser, and what looks nearly so: white space and letters of other alphabets.
CODES = re.findall(
    r"\S+",
    """[B] [/B] [I] [/I] [USER=5] [/USER] [SEND=x] [SEND] [/SEND] [PUT] [/PUT] [URL] [/URL] [URL=http://a.b] [CODE]
    [/CODE] [BR] #BR# >> http://a.ru/x http://a.ru/x.png ftp:// . ) ( a ж 👍 [IMG] [/IMG] /x [COLOR=#fff] [/COLOR]
    [SIZE=20] [/SIZE] [ ] = [LIKE] \u017f \u212a [CHAT=imol|7] [/CHAT] [CALL] +7 [/CALL] _ « » ' [CONTEXT=chat1/2]
    [/CONTEXT] [DISK=n5] [RATING=3] [ATTACH=7] [url=/x?a[]=1] x² - http:///""",
)
SPACES = (" ", "\t", "    ", "\n", "\r", "\r\n", "\x1c", "\x85", "\ufeff", "\xa0", "\u2028", "\x0b", "\n>>")
DASHES = "-" * 54
PIECES = (
    *CODES,
    *SPACES,
    *(DASHES, f"\n{DASHES}\n", "A [1.1.2020]", "\nАнна [5 мая]\n"),
    *("[ICON=/a size=5 title=b c]", "[TIMESTAMP=5 format=a]", "[USER = 6 ]", "[B ]", "[/B ]", "[IMG size=small]"),
)
TEXTS = 3_000
LONGEST = 40  # pieces


def test_texts_have_their_trees() -> None:
    run_node_tests("markup.test.mjs")


def test_buttons_attachments_and_colours_are_read() -> None:
    run_node_tests("rich.test.mjs")


def test_the_client_reads_every_text_as_the_server_does() -> None:
    source = random.Random(2026)
    texts = ["".join(source.choices(PIECES, k=source.randint(1, LONGEST))) for _ in range(TEXTS)]
    found: list[list[Any]] = run_node_module(PROGRAM, texts)
    for text, (tree, plain) in zip(texts, found, strict=True):
        assert tree == json.loads(msgspec.json.encode(parse(text))), text
        assert plain == plain_text(text), text
