"""Attachments: every documented block, key and form (seed "Вложения", bitrix24-imbot §8)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skvorets.core.attach import normalise_attach, preview_text
from skvorets.core.colors import CHAT_COLORS, hex_of
from skvorets.core.content_errors import AttachInvalidError, AttachTooLargeError, ContentError
from skvorets.core.content_values import CONTENT_LIMIT_BYTES, stored_size

# A busy machine is no failure.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

COLOR = "#4ba984"
NOW_S = 1_700_000_000
TEXT = {"MESSAGE": "text"}
PICTURE = "https://files.example.com/mantis.jpg"


def normalise(value: object) -> list[dict[str, Any]] | None:
    return normalise_attach(value, default_color=COLOR, now_s=NOW_S)


def only_attach(value: object) -> dict[str, Any]:
    """Return the stored form of what must be one attachment."""
    stored = normalise(value)
    assert stored is not None
    assert len(stored) == 1
    return stored[0]


def only_block(block: object) -> Any:
    """Return the stored content of what must be one valid block."""
    (stored,) = only_attach([block])["BLOCKS"]
    ((_, content),) = stored.items()
    return content


def assert_dropped(block: object) -> None:
    assert only_attach([block, TEXT])["BLOCKS"] == [TEXT]
    with pytest.raises(AttachInvalidError):
        normalise([block])


# ---------------------------------------------------------------------------------------------------------- forms


def test_the_full_form_of_the_documentation_is_kept() -> None:
    name = 'Тикет #12345: новое API для модуля "Веб-мессенджер"'
    link = {"NAME": name, "DESC": "Необходимо реализовать к релизу!", "LINK": "https://api.bitrix24.com/"}
    image = {"NAME": "Пример реализации", "LINK": "http://dev.example.com/images/logo.png"}
    assert normalise({"ID": 1, "COLOR": "#29619b", "BLOCKS": [{"LINK": link}, {"IMAGE": image}]}) == [
        {
            "ID": 1,
            "BLOCKS": [{"LINK": [link]}, {"IMAGE": [{**image, "PREVIEW": image["LINK"]}]}],
            "COLOR": "#29619b",
        }
    ]


@pytest.mark.parametrize(
    "form",
    [[TEXT], (TEXT,), {"0": TEXT}, {"BLOCKS": [TEXT]}, {"blocks": {"0": {"message": "text"}}}, [{"BLOCKS": [TEXT]}]],
)
def test_short_and_full_forms_get_time_and_colour(form: object) -> None:
    assert normalise(form) == [{"ID": NOW_S, "BLOCKS": [TEXT], "COLOR": COLOR}]


def test_several_full_objects_stay_several() -> None:
    given_objects = [{"ID": "5", "BLOCKS": [TEXT]}, {"ID": 6, "BLOCKS": []}, {"ID": 7, "BLOCKS": [TEXT]}]
    assert [attach["ID"] for attach in normalise(given_objects) or []] == ["5", 7]


@pytest.mark.parametrize("value", ["", "N", "n", [], {}, None, False, 0])
def test_nothing_means_no_attachment(value: object) -> None:
    assert normalise(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "Y",
        "{",
        5,
        True,
        [5],
        ["x"],
        [None],
        [[]],
        [{}],
        {"BLOCKS": []},
        {"BLOCKS": "x"},
        {"a": 1},
        [{"ALIEN": {"A": 1}}],
    ],
)
def test_what_holds_no_valid_block_is_refused(value: object) -> None:
    with pytest.raises(AttachInvalidError):
        normalise(value)


def test_invalid_blocks_are_dropped_and_the_order_is_kept() -> None:
    blocks: list[Any] = [{"MESSAGE": "1"}, {"MESSAGE": " "}, None, {"FILE": {}}, {"DELIMITER": {}}, {"MESSAGE": 2}]
    assert only_attach(blocks)["BLOCKS"] == [{"MESSAGE": "1"}, {"DELIMITER": {"SIZE": 200}}, {"MESSAGE": "2"}]


def test_the_first_kind_in_the_documented_order_decides() -> None:
    block = {"DELIMITER": {}, "MESSAGE": "text", "LINK": {"LINK": "/a"}, "USER": {"NAME": "Ivan"}}
    assert [next(iter(only_attach([block])["BLOCKS"][0]))] == ["USER"]
    assert_dropped({**block, "USER": {}})


# --------------------------------------------------------------------------------------------------- id and colours


@pytest.mark.parametrize(
    ("given_id", "stored"), [(1, 1), ("5", "5"), (0, 0), ("", NOW_S), (None, NOW_S), (True, NOW_S), ([1], NOW_S)]
)
def test_an_id_is_kept_as_given_and_defaults_to_unix_time(given_id: object, stored: object) -> None:
    assert only_attach({"ID": given_id, "BLOCKS": [TEXT]})["ID"] == stored


@pytest.mark.parametrize(
    ("given_color", "stored"),
    [("#fff", "#fff"), ("#29619B", "#29619B"), ("Transparent", "transparent"), ("", COLOR), (None, COLOR)],
)
def test_a_colour_is_hex_or_transparent_and_defaults_to_the_chat(given_color: object, stored: str) -> None:
    assert only_attach({"COLOR": given_color, "BLOCKS": [TEXT]})["COLOR"] == stored


def test_a_wrong_colour_becomes_one_of_the_known_ones() -> None:
    color = only_attach({"COLOR": "expression(1)", "BLOCKS": [TEXT]})["COLOR"]
    assert color in {hex_of(name) for name in CHAT_COLORS}


def test_a_colour_token_is_kept_when_it_is_known() -> None:
    assert only_attach({"COLOR_TOKEN": "ALERT", "BLOCKS": [TEXT]})["COLOR_TOKEN"] == "alert"
    assert "COLOR_TOKEN" not in only_attach({"COLOR_TOKEN": "x", "BLOCKS": [TEXT]})


# ----------------------------------------------------------------------------------------------------------- blocks


def test_user_needs_a_name_and_leads_to_one_place() -> None:
    avatar = "https://files.example.com/avatar.png"
    user = {"NAME": "Иван Иванов", "AVATAR": avatar, "LINK": "https://example.com"}
    assert only_block({"USER": user}) == [{**user, "AVATAR_TYPE": "USER"}]
    assert only_block({"USER": [{"NAME": "A"}, {"NAME": ""}]}) == [{"NAME": "A", "AVATAR_TYPE": "USER"}]
    assert_dropped({"USER": {"AVATAR": avatar}})


@pytest.mark.parametrize(
    ("key", "target", "avatar_type"),
    [
        ("NETWORK_ID", "a1b2", "USER"),
        ("USER_ID", 1, "USER"),
        ("CHAT_ID", 2, "CHAT"),
        ("BOT_ID", 3, "BOT"),
        ("LINK", "/x", "USER"),
    ],
)
def test_each_target_of_user_gives_its_kind_of_avatar(key: str, target: object, avatar_type: str) -> None:
    assert only_block({"USER": {"NAME": "A", key: target}}) == [{"NAME": "A", key: target, "AVATAR_TYPE": avatar_type}]


def test_targets_of_user_have_a_documented_priority() -> None:
    targets = {"NETWORK_ID": "n", "USER_ID": "1", "CHAT_ID": 2, "BOT_ID": 3, "LINK": "/x"}
    order = []
    while targets:
        stored = only_block({"USER": {"NAME": "A", "AVATAR_TYPE": "bot", **targets}})[0]
        assert stored["AVATAR_TYPE"] == "BOT"
        (key,) = set(stored) - {"NAME", "AVATAR_TYPE"}
        order.append(key)
        del targets[key]
    assert order == ["NETWORK_ID", "USER_ID", "CHAT_ID", "BOT_ID", "LINK"]


def test_link_keeps_its_documented_keys_and_names_itself() -> None:
    link = {
        "PREVIEW": PICTURE,
        "WIDTH": "1000",
        "HEIGHT": 638,
        "NAME": "T",
        "DESC": "D",
        "LINK": "https://api.example.com/",
    }
    assert only_block({"LINK": link}) == [{**link, "WIDTH": 1000}]
    assert only_block({"LINK": {"LINK": "/page"}}) == [{"NAME": "/page", "LINK": "/page"}]


def test_link_may_lead_to_a_person_or_chat_when_it_has_a_name() -> None:
    assert only_block({"LINK": {"NAME": "A", "USER_ID": "1", "CHAT_ID": 2}}) == [{"NAME": "A", "USER_ID": 1}]
    assert only_block({"LINK": {"NAME": "A", "CHAT_ID": 2}}) == [{"NAME": "A", "CHAT_ID": 2}]
    assert only_block({"LINK": {"NAME": "A", "NETWORK_ID": "n"}}) == [{"NAME": "A", "NETWORK_ID": "n"}]
    assert_dropped({"LINK": {"USER_ID": 1}})
    assert_dropped({"LINK": {"NAME": "A"}})


def test_html_replaces_description_and_picture_of_a_link() -> None:
    link = {"LINK": "/x", "NAME": "A", "HTML": "<b>x</b>", "DESC": "D", "PREVIEW": PICTURE}
    assert only_block({"LINK": link}) == [{"NAME": "A", "LINK": "/x", "HTML": "<b>x</b>"}]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "ftp://host/x", "host", "https://", "/\n/x", 5]
)
def test_addresses_of_other_schemes_are_dropped(address: object) -> None:
    assert_dropped({"LINK": {"LINK": address, "NAME": "A"}})
    assert_dropped({"IMAGE": {"LINK": address}})
    assert_dropped({"FILE": {"LINK": address}})
    assert "AVATAR" not in only_block({"USER": {"NAME": "A", "AVATAR": address}})[0]
    assert "PREVIEW" not in only_block({"LINK": {"LINK": "/a", "PREVIEW": address}})[0]


def test_rich_link_is_kept_as_in_the_sample_of_the_documentation() -> None:
    rich = {
        "NAME": "яндекс",
        "LINK": "http://ya.example/",
        "DESC": "Найдется все",
        "PREVIEW": "https://ya.example/i.png",
    }
    attach = {"ID": "5", "BLOCKS": [{"RICH_LINK": [rich]}], "COLOR": "transparent"}
    assert normalise([attach]) == [attach]
    more = {**rich, "PREVIEW_SIZE": {"WIDTH": "10", "HEIGHT": 0}, "EXTRA_IMAGE": "/i.png", "WIDTH": 5}
    assert only_block({"RICH_LINK": more}) == [{**rich, "PREVIEW_SIZE": {"WIDTH": 10}, "EXTRA_IMAGE": "/i.png"}]


def test_message_is_text_in_two_forms() -> None:
    assert only_block({"MESSAGE": " [B]im 16.0.0[/B]\n"}) == "[B]im 16.0.0[/B]"
    assert only_block({"MESSAGE": {"TEXT": "text"}}) == "text"
    assert_dropped({"MESSAGE": ""})
    assert_dropped({"MESSAGE": ["text"]})


def test_delimiter_has_a_size_and_perhaps_a_colour() -> None:
    assert only_block({"DELIMITER": {"SIZE": "400", "COLOR": "#c6c6c6"}}) == {"SIZE": 400, "COLOR": "#c6c6c6"}
    assert only_block({"DELIMITER": {"SIZE": -1, "COLOR": "grey"}}) == {"SIZE": 200}
    assert only_block({"DELIMITER": []}) == {"SIZE": 200}
    assert_dropped({"DELIMITER": "Y"})


@pytest.mark.parametrize(
    ("display", "stored"),
    [
        ("BLOCK", "BLOCK"),
        ("LINE", "LINE"),
        ("COLUMN", "ROW"),
        ("ROW", "ROW"),
        ("CARD", "LINE"),
        ("TABLE", "TABLE"),
        ("x", "BLOCK"),
        (None, "BLOCK"),
    ],
)
def test_grid_displays_are_stored_by_their_real_names(display: object, stored: str) -> None:
    assert only_block({"GRID": [{"NAME": "A", "VALUE": "B", "DISPLAY": display}]})[0]["DISPLAY"] == stored


def test_the_grid_of_the_bug_tracker_example_keeps_a_row_without_value() -> None:
    rows = [{"NAME": "Новое обращение", "VALUE": "", "DISPLAY": "ROW", "WIDTH": 100}, {"VALUE": "im", "DISPLAY": "ROW"}]
    assert only_block({"GRID": rows}) == [{"NAME": "Новое обращение", "DISPLAY": "ROW", "WIDTH": 100}, rows[1]]


def test_grid_values_have_colour_size_and_one_target() -> None:
    cell = {"NAME": "A", "VALUE": "[B]B[/B]", "DISPLAY": "LINE", "WIDTH": 250, "HEIGHT": 20, "COLOR": "#ff0000"}
    assert only_block({"GRID": [{**cell, "WIDTH": "250", "USER_ID": "1", "LINK": "/x"}]}) == [{**cell, "USER_ID": 1}]
    assert only_block({"GRID": {**cell, "CHAT_ID": 2, "LINK": "/x"}}) == [{**cell, "CHAT_ID": 2}]
    assert only_block({"GRID": {**cell, "LINK": "/x", "COLOR": "#ff0000"}}) == [{**cell, "LINK": "/x"}]
    assert_dropped({"GRID": [{"NAME": " ", "VALUE": "", "DISPLAY": "BLOCK"}]})


def test_image_shows_itself_when_it_has_no_preview() -> None:
    image = {"NAME": "Это Mantis", "LINK": PICTURE, "PREVIEW": "/small.jpg", "WIDTH": 1000, "HEIGHT": 638}
    assert only_block({"IMAGE": [{**image, "WIDTH": "1000"}, {"NAME": "no link"}]}) == [image]
    assert only_block({"IMAGE": {"LINK": PICTURE}}) == [{"LINK": PICTURE, "PREVIEW": PICTURE}]


def test_file_has_a_name_and_a_size_in_bytes() -> None:
    file = {"NAME": "mantis.jpg", "LINK": PICTURE, "SIZE": 1_500_000}
    assert only_block({"FILE": {**file, "SIZE": "1500000"}}) == [file]
    assert only_block({"FILE": {"LINK": PICTURE, "SIZE": "big"}}) == [{"LINK": PICTURE}]


# ------------------------------------------------------------------------------------------------------ description


def test_a_description_is_given_or_taken_from_a_message() -> None:
    described = {"MESSAGE": {"TEXT": "long [B]text[/B]", "AS_DESCRIPTION": "Y"}}
    assert only_attach([TEXT, described])["DESCRIPTION"] == "long [B]text[/B]"
    assert only_attach({"DESCRIPTION": " short ", "BLOCKS": [described]})["DESCRIPTION"] == "short"
    assert "DESCRIPTION" not in only_attach([{"MESSAGE": {"TEXT": "text", "AS_DESCRIPTION": "N"}}])


def test_lists_show_the_description_or_leave_it_to_the_usual_marker() -> None:
    def preview(description: str) -> str | None:
        return preview_text(
            normalise({"DESCRIPTION": description, "BLOCKS": [{"DELIMITER": {}}, {"MESSAGE": "[B]a[/B]"}]})
        )

    assert preview("") is None
    assert preview("[B]short[/B][BR]text") == "short text"
    assert preview("FIRST_MESSAGE") == "a"
    assert preview("SKIP_MESSAGE") == ""
    assert preview_text(None) is None


# ------------------------------------------------------------------------------------------------------------ limits


def test_thirty_kilobytes_is_the_limit_of_the_stored_form() -> None:
    rest = stored_size(normalise([{"MESSAGE": "x"}])) - 1
    fitting = "x" * (CONTENT_LIMIT_BYTES - rest)
    assert stored_size(normalise([{"MESSAGE": fitting}])) == CONTENT_LIMIT_BYTES
    for value in ([{"MESSAGE": fitting + "x"}], [{"MESSAGE": "ж" * 16_000}]):
        with pytest.raises(AttachTooLargeError):
            normalise(value)


def test_hostile_size_and_depth_do_no_harm() -> None:
    deep: Any = {}
    for _ in range(10_000):
        deep = {"GRID": [deep]}
    with pytest.raises(AttachInvalidError):
        normalise([deep])
    huge: list[Any] = [[{}] * 1_000_000, [{"GRID": [{}] * 1_000_000}], [{"MESSAGE": "x" * 10_000_000}]]
    for value in huge:
        with pytest.raises(AttachTooLargeError):
            normalise(value)


KEYS = """
ID COLOR BLOCKS DESCRIPTION USER LINK RICH_LINK MESSAGE GRID IMAGE FILE DELIMITER NAME VALUE DISPLAY TEXT
AS_DESCRIPTION USER_ID CHAT_ID NETWORK_ID AVATAR PREVIEW PREVIEW_SIZE WIDTH SIZE HTML 0 1 message
"""
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["https://a.ru", "/x", "COLUMN", "Y", "#fff", "12", "\ud800", "a\x00 ", "9" * 5000, "FIRST_MESSAGE"]
    )
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=6),
)


@UNHURRIED
@given(VALUES)
def test_any_value_is_stored_stably_or_refused_by_name(value: object) -> None:
    try:
        stored = normalise(value)
    except ContentError:
        return
    if stored is not None:
        assert stored_size(stored) <= CONTENT_LIMIT_BYTES
        assert normalise_attach(stored, default_color="#000", now_s=1) == stored
        preview_text(stored)
