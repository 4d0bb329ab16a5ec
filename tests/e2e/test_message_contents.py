"""What messages hold, in a real browser: every code, block and button, by click and by key, in both themes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from support.gallery import Gallery, attach, button, file, gallery_of, keyboard
from support.pages import grave_violations

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

ROW = "-" * 54
HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>'


# ------------------------------------------------------------------------------------------------------------- text


async def test_words_are_styled_and_lines_broken(gallery: Gallery) -> None:
    await gallery.show({"text": "[B]b[/B][I]i[/I][U]u[/U][S]s[/S][BR]next#BR#last\n\tin [CODE]x[B][/CODE]"})
    text = gallery.page.locator(".rich")
    assert [await text.locator(tag).inner_text() for tag in ("strong", "em", "u", "s", "code")] == [*"bius", "x[B]"]
    assert await text.locator("br").count() == 3
    assert await text.locator(".rich-indent").count() == 1


async def test_both_kinds_of_quotes_are_shown(gallery: Gallery) -> None:
    await gallery.show({"text": f">>one\n>>two\nanswer\n{ROW}\nAnna [08.04.2016 13:06:49]\nHello\n{ROW}\nbelow"})
    first, second = await gallery.page.locator("blockquote").all()
    assert (await first.inner_text()).split() == ["one", "two"]
    assert await second.locator("strong").inner_text() == "Anna"
    assert await second.locator(".rich-quote-date").inner_text() == "08.04.2016 13:06:49"
    assert ">>" not in await gallery.page.locator(".rich").inner_text()


CLICKS: list[tuple[str, list[Any]]] = [
    ("[SEND=go]x[/SEND]", ["send", "go"]),
    ("[SEND]x[/SEND]", ["send", "x"]),
    ("[PUT=/find]x[/PUT]", ["put", "/find"]),
    ("[CALL=84012334455]x[/CALL]", ["call", "84012334455"]),
    ("[USER=5]x[/USER]", ["openPerson", 5]),
    ("[CHAT=12]x[/CHAT]", ["openChat", 12]),
    ("[CHAT=imol|789]x[/CHAT]", ["openDialog", "imol|789"]),
    ("[CONTEXT=chat1/456]x[/CONTEXT]", ["openMessage", 456, 1]),
    ("[URL=https://a.example/]x[/URL]", ["openLink", "https://a.example/"]),
    ("[URL=/im/chat5]x[/URL]", ["openLink", "/im/chat5"]),
    ("[IMG]/picture/30x20.png[/IMG]", ["openImage", "/picture/30x20.png", "30x20.png"]),
]


async def test_what_can_be_clicked_works_by_mouse_and_by_key(gallery: Gallery) -> None:
    await gallery.show(*({"text": text} for text, _ in CLICKS))
    things = gallery.page.locator(".rich :is(a, button)")
    await expect(things).to_have_count(len(CLICKS))
    for at, (_, wanted) in enumerate(CLICKS):
        await gallery.page.keyboard.press("Tab")
        await gallery.page.keyboard.press("Enter")
        if wanted[0] == "openImage":
            await expect(gallery.page.get_by_role("dialog")).to_be_visible()
            await gallery.page.keyboard.press("Escape")
            await expect(gallery.page.get_by_role("dialog")).to_have_count(0)
        await expect(things.nth(at)).to_have_attribute("title", re.compile("."))
        await things.nth(at).click()
        assert await gallery.done() == [wanted, wanted]


async def test_what_the_page_cannot_do_is_words(gallery: Gallery) -> None:
    await gallery.show(
        {"text": "[SEND]a[/SEND][PUT]b[/PUT][CALL=1]c[/CALL][CHAT=1]d[/CHAT][USER=5]e[/USER]"},
        lacks=["send", "put", "call", "openChat", "openPerson"],
    )
    assert await gallery.page.locator(".rich").inner_text() == "abcde"
    assert await gallery.page.locator(".rich :is(a, button)").count() == 0


async def test_links_open_elsewhere_and_tell_nobody_who_came(gallery: Gallery) -> None:
    await gallery.show({"text": "see https://a.example/b?c=1, [URL=mailto:a@b.example]mail[/URL]"}, lacks=["openLink"])
    page, mail = await gallery.page.locator(".rich a").all()
    assert await page.get_attribute("href") == "https://a.example/b?c=1"
    assert await page.get_attribute("target") == "_blank"
    assert "noopener noreferrer" in (await page.get_attribute("rel") or "")
    assert (await mail.get_attribute("href"), await mail.get_attribute("target")) == ("mailto:a@b.example", None)


async def test_mentions_have_names_and_the_readers_own_is_marked(gallery: Gallery) -> None:
    await gallery.show({"text": "[USER=5][/USER] [USER=7]Anna[/USER] [USER=all][/USER]"})
    assert await gallery.page.locator(".rich-mention").all_inner_texts() == ["Марта", "Anna", "everybody"]
    assert await gallery.page.locator(".rich-mention.is-me").all_inner_texts() == ["Anna", "everybody"]


async def test_the_subject_of_a_letter_stands_above_its_words(gallery: Gallery) -> None:
    await gallery.show({"text": "words", "params": {"SUBJECT": f"Subject {HOSTILE}"}})
    assert await gallery.page.locator(".content-subject").inner_text() == f"Subject {HOSTILE}"
    assert await gallery.page.evaluate("window.hurt") is None


async def test_icons_marks_and_moments_are_shown(gallery: Gallery) -> None:
    await gallery.show(
        {
            "text": "[ICON=/picture/9x9.png size=30 title=Unicorn] [RATING=4] [LIKE]"
            " [TIMESTAMP=1700000000 format=LONG_DATE]"
        }
    )
    icon = gallery.page.get_by_role("img", name="Unicorn")
    assert (await icon.get_attribute("width"), await icon.get_attribute("height")) == ("30", "30")
    await expect(gallery.page.get_by_role("img", name="Rating: 4 stars")).to_be_visible()
    assert "November" in await gallery.page.locator("time").inner_text()


async def test_found_words_are_marked_and_a_few_emoji_are_large(gallery: Gallery) -> None:
    await gallery.show({"text": "the report"}, more={"highlight": ["repo"]})
    assert await gallery.page.locator("mark").all_inner_texts() == ["repo"]
    await gallery.show({"text": "👍"}, {"text": "👍👍👍👍"})
    assert await gallery.page.locator(".is-emoji").count() == 1


async def test_a_long_text_is_folded(gallery: Gallery) -> None:
    await gallery.show({"text": "\n".join(f"line {number}" for number in range(200))})
    fold = gallery.page.locator(".content-fold")
    before = await fold.evaluate("(fold) => fold.clientHeight")
    await gallery.page.get_by_role("button", name="Show all").click()
    assert await fold.evaluate("(fold) => fold.clientHeight") > 5 * before
    await expect(gallery.page.get_by_role("button", name="Show less")).to_be_visible()


# ------------------------------------------------------------------------------------------------------- attachments


async def test_every_block_is_shown(gallery: Gallery) -> None:
    size = {"WIDTH": 1200, "HEIGHT": 600}
    await gallery.show(
        attach(
            {"USER": [{"NAME": "Ivan", "USER_ID": 5, "AVATAR_TYPE": "USER"}]},
            {"LINK": [{"NAME": "Ticket", "LINK": "https://a.example/", "DESC": "[B]now[/B]"}]},
            {"LINK": [{"NAME": "Page", "LINK": "/x", "HTML": f"<b>bold</b> words {HOSTILE}"}]},
            {"RICH_LINK": [{"NAME": "Card", "LINK": "https://www.b.example/c", "DESC": "d", "PREVIEW_SIZE": size}]},
            {"MESSAGE": "[SEND=yes]Yes[/SEND]"},
            {"DELIMITER": {"SIZE": 150, "COLOR": "#c6c6c6"}},
            {"GRID": [{"NAME": "n", "VALUE": "[B]worth[/B]", "DISPLAY": "ROW", "CHAT_ID": 12, "COLOR": "#ff0000"}]},
            {"IMAGE": [{"LINK": "/picture/100x50.png", "NAME": "Mantis", "WIDTH": 100, "HEIGHT": 50}]},
            {"FILE": [{"LINK": "https://a.example/report.pdf", "SIZE": 1_500_000}]},
            {"HOLOGRAM": {"TITLE": "unknown words"}},
        )
    )
    box = gallery.page.locator(".attach")
    assert await box.evaluate("(box) => getComputedStyle(box).borderInlineStartColor") == "rgb(41, 97, 155)"
    line = await box.locator("hr").bounding_box()
    assert line is not None
    assert line["width"] == 150
    assert await box.locator(".attach-link-words strong").inner_text() == "now"
    assert "bold words" in await box.locator(".attach-link-words").nth(1).inner_text()
    assert await box.locator(".link-card-site").inner_text() == "b.example"
    assert await box.locator(".record").inner_text() == "report.pdf\n1.5 MB"
    assert await box.locator(".attach-unknown").inner_text() == "unknown words"
    for name in ("Ivan", "Ticket", "Card", "Yes", "worth"):
        await box.locator(":is(a, button)", has_text=name).first.click()
    asked = await gallery.done()
    assert [one[0] for one in asked] == ["openPerson", "openLink", "openLink", "send", "openChat"]


async def test_a_grid_is_laid_out_as_asked(gallery: Gallery) -> None:
    def cells(display: str, **more: Any) -> dict[str, Any]:
        return {"GRID": [{"NAME": f"n{at}", "VALUE": f"v{at}", "DISPLAY": display, **more} for at in (0, 1)]}

    await gallery.show(
        attach(cells("BLOCK")),
        attach(cells("LINE", WIDTH=100)),
        attach(cells("ROW", WIDTH=120)),
        attach(cells("TABLE")),
    )
    places = await gallery.page.locator(".attach").evaluate_all(
        """(all) => all.map((box) => [...box.querySelectorAll(".grid-name, .grid-value")].map((one) => {
            const { x, y } = one.getBoundingClientRect();
            return [Math.round(x - box.getBoundingClientRect().x), Math.round(y)];
        }))"""
    )
    block, line, row, table = places
    assert len({x for x, _ in block}) == 1  # all below each other
    assert line[0][1] == line[2][1]  # beside each other
    assert line[2][0] - line[0][0] >= 100
    for columns in (row, table):
        assert columns[0][0] == columns[2][0] < columns[1][0] == columns[3][0]
        assert columns[0][1] < columns[2][1]
    assert row[1][0] - row[0][0] >= 120


async def test_pictures_have_their_place_before_they_come(gallery: Gallery) -> None:
    await gallery.show(attach({"IMAGE": [{"LINK": "/nothing.png?", "WIDTH": 400, "HEIGHT": 100}]}))
    async with gallery.page.expect_response("**/picture/**"):
        await gallery.show(attach({"IMAGE": [{"LINK": "/picture/400x100.png", "WIDTH": 400, "HEIGHT": 100}]}))
        place = await gallery.page.locator(".rich-picture").bounding_box()
        assert place is not None
        assert (place["width"], place["height"]) == (400, 100)


async def test_a_picture_that_does_not_come_is_a_link(gallery: Gallery) -> None:
    await gallery.show({"text": "[IMG]/nothing.png[/IMG] [ICON=/no.png title=Unicorn]"})
    await expect(gallery.page.get_by_role("link", name="nothing.png")).to_be_visible()
    await expect(gallery.page.get_by_text("Unicorn")).to_be_visible()


# ------------------------------------------------------------------------------------------------ files and the rest


async def test_files_of_every_kind_are_shown(gallery: Gallery) -> None:
    await gallery.show(
        {"files": [file(1, "a.png", "image", (800, 600))]},
        {"files": [file(number, f"{number}.png", "image", (300, 200)) for number in range(2, 14)]},
        {"files": [file(20, "report.pdf"), file(21, "song.mp3", "audio"), file(22, "film.mp4", "video", (640, 360))]},
    )
    tiles = gallery.page.locator(".is-several .rich-picture")
    await expect(tiles).to_have_count(9)
    await expect(gallery.page.locator(".files-more")).to_have_text("+3")
    report = gallery.page.get_by_role("link", name="report.pdf")
    assert (await report.get_attribute("href"), await report.get_attribute("download")) == ("/files/20", "report.pdf")
    # Players whose files cannot be had become files by name.
    await expect(gallery.page.locator(".record")).to_have_count(3)


async def test_pictures_are_looked_at_over_the_whole_window(gallery: Gallery) -> None:
    await gallery.show({"files": [file(number, f"{number}.png", "image", (300, 200)) for number in (1, 2, 3)]})
    page = gallery.page
    await page.get_by_role("button", name="Open the picture: 2.png").click()
    box = page.get_by_role("dialog", name="Pictures")
    await expect(box.locator(".lightbox-name")).to_have_text("2.png2 of 3")
    await page.keyboard.press("ArrowRight")
    await expect(box.locator(".lightbox-name")).to_have_text("3.png3 of 3")
    await expect(box.get_by_role("button", name="Next")).to_be_disabled()
    before = await box.locator("img").evaluate("(img) => img.clientWidth")
    await page.keyboard.press("+")
    await page.keyboard.press("+")
    assert await box.locator("img").evaluate("(img) => img.clientWidth") > before
    assert await box.get_by_role("link", name="Download").get_attribute("href") == "/files/3"
    assert await grave_violations(page) == []
    for _ in range(12):  # the focus goes round within
        await page.keyboard.press("Tab")
        assert await page.evaluate(
            "['DIALOG', 'BODY'].includes(document.activeElement.tagName)"
            " || document.querySelector('dialog').contains(document.activeElement)"
        )
    await page.keyboard.press("Escape")
    await expect(box).to_have_count(0)
    await expect(page.get_by_role("button", name="Open the picture: 2.png")).to_be_focused()


async def test_what_is_answered_forwarded_deleted_and_said_by_the_system(gallery: Gallery) -> None:
    quoted = {"id": 3, "chatId": 2, "authorId": 5, "text": "[B]When[/B]?", "files": 0, "isDeleted": False}
    gone = {"id": 4, "chatId": 0, "authorId": 0, "text": "", "files": 0, "isDeleted": True}
    await gallery.show(
        {"text": "soon", "replyTo": quoted},
        {"text": "so", "forwarded": quoted},
        {"text": "what?", "replyTo": gone},
        {"isDeleted": True, "params": {"KEYBOARD": [button("x")]}},
        {"isSystem": True, "text": "[USER=5]Марта[/USER] came"},
    )
    page = gallery.page
    await page.locator("button.content-reply", has_text="When?").click()
    await page.locator("button.content-forwarded", has_text="Forwarded from Марта").click()
    assert await gallery.done() == [["openMessage", 3, 2]] * 2
    await expect(page.locator("div.content-reply")).to_contain_text("The message is deleted or not available")
    await expect(page.locator(".content-deleted")).to_have_text("Message deleted")
    await expect(page.locator(".content-system")).to_have_text("Марта came")
    assert await page.locator(".keyboard").count() == 0


async def test_a_message_of_a_link_alone_is_its_card(gallery: Gallery) -> None:
    card = attach({"RICH_LINK": [{"NAME": "Card", "LINK": "https://b.example/"}]}, COLOR="transparent")
    card["params"]["URL_ONLY"] = "Y"
    await gallery.show({**card, "text": "https://b.example/"})
    assert await gallery.page.locator(".content").inner_text() == "b.example\nCard"


# -------------------------------------------------------------------------------------------------------- hostile


def hostile_messages() -> list[dict[str, Any]]:
    """Give messages that want to do harm at every place."""
    bad = "javascript:window.hurt=1"
    cell = {"NAME": HOSTILE, "VALUE": HOSTILE, "LINK": bad, "DISPLAY": "ROW", "COLOR": "red;background:url(x)"}
    block = {"NAME": HOSTILE, "LINK": bad, "DESC": HOSTILE, "HTML": HOSTILE, "PREVIEW": bad, "AVATAR": bad}
    kinds = ("USER", "LINK", "RICH_LINK", "IMAGE", "FILE")
    buttons = [button(HOSTILE, LINK=bad), button(HOSTILE, BG_COLOR="#fff;x", WIDTH="9e9")]
    return [
        {"text": f"{HOSTILE}[URL={bad}]x[/URL][URL]{bad}[/URL][IMG]{bad}[/IMG][icon={bad}][USER=5]{HOSTILE}[/USER]"},
        {"text": f"{ROW}\n{HOSTILE} [1]\n{HOSTILE}\n{ROW}\n[SEND={HOSTILE}]{HOSTILE}[/SEND][CODE]{HOSTILE}[/CODE]"},
        {"text": "[B]" * 3_000 + "[/B]" * 3_000},
        {"text": "W" * 10_000},
        {"text": "\u202e turned \u0301" + "z" + "\u0301" * 5_000},
        attach(*({kind: [block]} for kind in kinds), {"GRID": [cell]}, {"MESSAGE": HOSTILE}, COLOR="red;x:y"),
        attach({"X": [[[[[HOSTILE]]]]]}, {"GRID": None}, {"USER": 5}, {"MESSAGE": {}}, {}),
        {"params": {"ATTACH": "x", "KEYBOARD": "x", "MENU": 5}},
        {**keyboard(*buttons), "files": [file(1, HOSTILE), file(2, "\u202egpj.exe")]},
        {
            "text": "x",
            "replyTo": {"id": 1, "chatId": 1, "authorId": 9, "text": HOSTILE, "files": 0, "isDeleted": False},
        },
    ]


@pytest.mark.parametrize("width", [1000, 320])
async def test_hostile_contents_do_nothing_and_stay_in_their_place(one_browser: Browser, width: int) -> None:
    async with gallery_of(one_browser, width=width) as gallery:
        await gallery.show(*hostile_messages())
        page = gallery.page
        await expect(page.locator(".bubble")).to_have_count(10)
        assert await page.evaluate("window.hurt") is None
        assert await page.locator("#page script, #page [onerror]").count() == 0
        assert await page.locator("#page :is(a[href^=javascript], img[src^=javascript])").count() == 0
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        wide = """(all) => all.filter((one) => one.scrollWidth > one.parentElement.clientWidth + 1).length"""
        assert await page.locator(".bubble").evaluate_all(wide) == 0


async def test_marks_do_not_cover_the_lines_above(gallery: Gallery) -> None:
    await gallery.show({"text": "plain z"}, {"text": "plain z" + "\u0301" * 500})
    plain, tower = [await one.inner_text() for one in await gallery.page.locator(".rich").all()]
    assert len(tower) - len(plain) == 4


# ------------------------------------------------------------------------------------------------------ for everybody


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 320])
async def test_everybody_can_use_what_is_shown(one_browser: Browser, theme: Any, width: int) -> None:
    async with gallery_of(one_browser, width=width, color_scheme=theme) as gallery:
        colors = ["#ffff00", "#000000", "#29619b", "#ff0000"]
        await gallery.show(
            {
                "text": f"[COLOR={colors[0]}]y[/COLOR][COLOR={colors[1]}]b[/COLOR] [SEND]s[/SEND]"
                " [USER=7]me[/USER] [CODE]a\nb[/CODE]"
            },
            {
                "authorId": 7,
                "text": f">>quote\n[COLOR={colors[3]}]red[/COLOR] https://a.example/ [RATING=2]"
                f"\n{ROW}\nA [1]\nb\n{ROW}",
            },
            attach(
                {"USER": [{"NAME": "Bot", "BOT_ID": 5, "AVATAR_TYPE": "BOT"}]},
                {"GRID": [{"NAME": "n", "VALUE": "v", "COLOR": color, "DISPLAY": "ROW"} for color in colors]},
                {"IMAGE": [{"LINK": "/picture/90x60.png"}, {"LINK": "/picture/60x90.png"}]},
                {"FILE": [{"LINK": "/x.pdf"}]},
                {"RICH_LINK": [{"NAME": "Card", "LINK": "https://a.example/", "DESC": "words"}]},
            ),
            keyboard(
                *(button(color, BG_COLOR=color, TEXT_COLOR="#888888") for color in colors),
                *(button(token, BG_COLOR_TOKEN=token) for token in ("primary", "secondary", "alert", "base")),
                *(button(color, TEXT_COLOR=color) for color in colors),
            ),
            {"files": [file(number, f"{number}.png", "image", (90, 60)) for number in range(1, 12)]},
            {"isDeleted": True},
            {
                "text": "x",
                "forwarded": {"id": 1, "chatId": 1, "authorId": 5, "text": "", "files": 2, "isDeleted": False},
            },
        )
        assert await grave_violations(gallery.page) == []
        assert await gallery.page.evaluate("document.documentElement.scrollWidth") <= width


async def words_of(page: Page) -> str:
    """Give all titles and names of what is on the page."""
    return str(
        await page.evaluate(
            "[...document.querySelectorAll('[title], [aria-label]')].map("
            "(one) => `${one.title} ${one.ariaLabel}`).join('\\n')"
        )
    )


async def test_russian_readers_get_russian_words(gallery: Gallery) -> None:
    await gallery.show({"text": "[SEND=да]x[/SEND]"}, {"isDeleted": True}, keyboard(button("x")), language="ru")
    said = await words_of(gallery.page)
    assert "Отправить: да" in said
    assert "Кнопки под сообщением" in said
    assert "rich." not in said + await gallery.page.locator("body").inner_text()
