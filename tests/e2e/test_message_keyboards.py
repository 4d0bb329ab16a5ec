"""Buttons under messages and items of their menus, in a real browser: rows, colours, every action, locking."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from support.gallery import Gallery, button, keyboard

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


async def test_buttons_stand_in_rows_with_their_widths_and_colours(gallery: Gallery) -> None:
    await gallery.show(
        keyboard(
            *(button(text) for text in "12"),
            {"TYPE": "NEWLINE"},
            button("3", WIDTH=120, BG_COLOR="#2a4c7c", TEXT_COLOR="#333333"),
            button("4", DISPLAY="BLOCK"),
        )
    )
    rows = await gallery.page.locator(".keyboard-row").all_inner_texts()
    assert [row.split() for row in rows] == [["1", "2"], ["3"], ["4"]]
    three = gallery.page.get_by_role("button", name="3")
    box = await three.bounding_box()
    assert box is not None
    assert box["width"] == 120
    assert await three.evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgb(42, 76, 124)"


ACTIONS: list[tuple[dict[str, Any], list[Any]]] = [
    ({"ACTION": "PUT", "ACTION_VALUE": "/find "}, ["put", "/find "]),
    ({"ACTION": "SEND", "ACTION_VALUE": "hi"}, ["send", "hi"]),
    ({"ACTION": "COPY", "ACTION_VALUE": "code"}, ["copy", "code"]),
    ({"ACTION": "CALL", "ACTION_VALUE": "+7"}, ["call", "+7"]),
    ({"ACTION": "DIALOG", "ACTION_VALUE": "chat5"}, ["openDialog", "chat5"]),
    ({"ACTION": "LIVECHAT", "ACTION_VALUE": "1"}, ["openLivechat", "1"]),
    ({"ACTION": "HELP", "ACTION_VALUE": "2"}, ["openHelp", "2"]),
    ({"LINK": "https://a.example/"}, ["openLink", "https://a.example/"]),
    ({"APP_ID": 4, "APP_PARAMS": "p"}, ["openChatApp", 4, "p", 1]),
    ({}, ["command", {"messageId": 1, "context": "KEYBOARD", "command": "do", "params": "x", "botId": 5}]),
]


async def test_every_action_is_done_by_mouse_and_by_key(gallery: Gallery) -> None:
    await gallery.show(keyboard(*(button("x", **given) for given, _ in ACTIONS)))
    for at, (_, wanted) in enumerate(ACTIONS):
        await gallery.page.locator(".keyboard-button").nth(at).click()
        await gallery.page.locator(".keyboard-button").nth(at).press("Enter")
        assert await gallery.done() == [wanted, wanted]


async def test_a_locking_button_locks_all_until_the_message_changes(gallery: Gallery) -> None:
    buttons = [button("go", BLOCK="Y"), button("other"), button("link", LINK="https://a.example/")]
    await gallery.show(keyboard(*buttons))
    go, other = (gallery.page.get_by_role("button", name=name, exact=True) for name in ("go", "other"))
    await go.click()
    await expect(go.locator(".keyboard-spinner")).to_be_visible()
    await expect(gallery.page.locator(".keyboard-button[aria-disabled=true]")).to_have_count(3)
    await other.click(force=True)
    await go.click(force=True)
    assert len(await gallery.done()) == 1
    await gallery.show(keyboard(*buttons, KEYBOARD_UID=1))
    await expect(gallery.page.locator(".keyboard-button[aria-disabled=true]")).to_have_count(0)
    await other.click()
    assert len(await gallery.done()) == 1


async def test_a_refused_command_unlocks_and_says_so(gallery: Gallery) -> None:
    await gallery.show(keyboard(button("go", BLOCK="Y")), refuses=True)
    await gallery.page.get_by_role("button", name="go").click()
    await expect(gallery.page.get_by_role("status")).to_have_text("It did not work. Press again.")
    await gallery.page.get_by_role("button", name="go").click()
    assert len(await gallery.done()) == 2


async def test_disabled_and_unknown_buttons_do_nothing(gallery: Gallery) -> None:
    odd = {"ACTION": "FLY", "ACTION_VALUE": "x"}
    await gallery.show(keyboard(button("off", DISABLED="Y", LINK="/x"), button("odd", **odd)))
    for name in ("off", "odd"):
        await expect(gallery.page.get_by_role("button", name=name)).to_be_disabled()


async def test_arrows_go_from_button_to_button(gallery: Gallery) -> None:
    await gallery.show(keyboard(button("1"), button("2"), {"TYPE": "NEWLINE"}, button("3"), button("4")))
    await gallery.page.get_by_role("button", name="1").focus()
    seen = []
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowUp"):
        await gallery.page.keyboard.press(key)
        seen.append(await gallery.page.evaluate("document.activeElement.textContent"))
    assert seen == ["2", "4", "3", "2", "2"]


async def test_a_keyboard_of_thirty_kilobytes_is_folded(gallery: Gallery) -> None:
    await gallery.show(keyboard(*(button(f"Button {number}", DISPLAY="BLOCK") for number in range(200))))
    assert await gallery.page.locator(".keyboard-button").count() < 20
    await gallery.page.get_by_role("button", name="Show 190 more buttons").click()
    await expect(gallery.page.locator(".keyboard-button")).to_have_count(200)


async def test_items_of_a_menu_act(gallery: Gallery) -> None:
    menu = [
        {"BOT_ID": 5, "TEXT": "Do", "COMMAND": "do", "COMMAND_PARAMS": "p", "DISABLED": "N", "CONTEXT": "ALL"},
        {"TYPE": "NEWLINE"},
        {"BOT_ID": 5, "TEXT": "Put", "ACTION": "PUT", "ACTION_VALUE": "x", "DISABLED": "Y", "CONTEXT": "ALL"},
        {"BOT_ID": 5, "TEXT": "Phone", "ACTION": "PUT", "ACTION_VALUE": "x", "CONTEXT": "MOBILE"},
    ]
    await gallery.show({"text": "x"})
    items = await gallery.page.evaluate("(MENU) => gallery.menu({ MENU })", menu)
    assert [(item["text"], item["isDisabled"], item["startsGroup"]) for item in items] == [
        ("Do", False, False),
        ("Put", True, True),
    ]
    await gallery.page.evaluate("(MENU) => void gallery.pick({ MENU }, 0)", menu)
    pressed = {"messageId": 1, "context": "MENU", "command": "do", "params": "p", "botId": 5}
    assert await gallery.done() == [["command", pressed]]
