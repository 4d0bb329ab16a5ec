"""The samples of the reference's chapters on attachments, keyboards and context menus: as written, and as kept.

Each has its JavaScript text (with bare keys and final commas, as documented) and the PHP array as PHP's form encoding
sends it: all numbers are text, lists are numbered maps. Source: seed, chapters "Вложения", "Работа с клавиатурами",
"Работа с контекстным меню", "Приложения для чата"; the bot «Докладун».
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

BLUE: Final = "#29619b"
LOGO: Final = "http://dev.1c-bitrix.ru/bitrix/templates/1c-bitrix-new/images/logo.png"
MANTIS: Final = "https://files.shelenkov.com/bitrix/images/mantis.jpg"
AVATAR: Final = "https://files.shelenkov.com/bitrix/images/avatar.png"
TICKET: Final = 'Тикет #12345: новое API для модуля "Веб-мессенджер"'
DESCRIPTION: Final = "Требуется реализовать возможность добавлять структурированные сущности в сообщения"
NEWS: Final = "Коллеги, обновление [b]im 16.0.0[/b] проверено и готово к выгрузке.[BR] Необходимо поставить тег."


class Sample(NamedTuple):
    """One sample of a content parameter."""

    name: str
    param: str  # ATTACH, KEYBOARD or MENU
    javascript: str
    php: Any
    kept: Any  # without what differs from call to call: BOT_ID, an ID that is the time, the chat's colour


def attach(name: str, javascript: str, php: Any, *blocks: dict[str, Any]) -> Sample:
    """Give a sample of the short form."""
    return Sample(name, "ATTACH", f"[{javascript}]", [php], [{"BLOCKS": list(blocks)}])


_TICKET_LINK = {"NAME": TICKET, "LINK": "https://api.bitrix24.com/", "DESC": "Необходимо реализовать к релизу!"}
_LOGO_IMAGE = {"NAME": "Пример реализации", "LINK": LOGO}
_TICKET_BLOCKS = [{"LINK": [_TICKET_LINK]}, {"IMAGE": [{**_LOGO_IMAGE, "PREVIEW": LOGO}]}]
_TICKET_JS = """
    {LINK: {
        NAME: "Тикет #12345: новое API для модуля \\"Веб-мессенджер\\"",
        DESC: "Необходимо реализовать к релизу!",
        LINK: "https://api.bitrix24.com/"
    }},
    {IMAGE: {
        NAME: "Пример реализации",
        LINK: "http://dev.1c-bitrix.ru/bitrix/templates/1c-bitrix-new/images/logo.png",
    }}
"""
_SEPARATOR = {"SIZE": 200, "COLOR": "#c6c6c6"}
_MANTIS_IMAGE = {"NAME": "Это Mantis", "LINK": MANTIS, "PREVIEW": MANTIS, "WIDTH": 1000, "HEIGHT": 638}


def _cell(name: str, value: str, display: str, width: int = 0, **more: Any) -> dict[str, Any]:
    shown = {"NAME": name} | ({"VALUE": value} if value else {}) | {"DISPLAY": display}
    return {**shown, **({"WIDTH": width} if width else {}), **more}


_TRACKER: list[dict[str, Any]] = [
    {
        "USER": [
            {
                "NAME": "Уведомления Mantis",
                "AVATAR": "http://files.shelenkov.com/bitrix/images/mantis2.jpg",
                "LINK": "http://shelenkov.com/",
                "AVATAR_TYPE": "USER",
            }
        ]
    },
    {"LINK": [{"NAME": "Открыть Mantis из внешней сети", "LINK": "http://shelenkov.com/"}]},
    {"DELIMITER": _SEPARATOR},
    {
        "GRID": [
            _cell("Проект", "BUGS", "LINE", 100),
            _cell("Категория", "im", "LINE", 100),
            _cell("Сводка", DESCRIPTION, "BLOCK"),
        ]
    },
    {"DELIMITER": _SEPARATOR},
    {
        "GRID": [
            _cell("Новое обращение", "", "ROW", 100),
            _cell("Назначено", "Шеленков Евгений", "ROW", 100),
            _cell("Дедлайн", "04.11.2015 17:50:43", "ROW", 100),
        ]
    },
]
_TRACKER_JS = f"""
    {{USER: {{
        NAME: "Уведомления Mantis",
        AVATAR: "http://files.shelenkov.com/bitrix/images/mantis2.jpg",
        LINK: "http://shelenkov.com/",
    }}}},
    {{LINK: {{ NAME: "Открыть Mantis из внешней сети", LINK: "http://shelenkov.com/", }}}},
    {{DELIMITER: {{ SIZE: 200, COLOR: "#c6c6c6" }}}},
    {{GRID: [
        {{ NAME: "Проект", VALUE: "BUGS", DISPLAY: "LINE", WIDTH: 100 }},
        {{ NAME: "Категория", VALUE: "im", DISPLAY: "LINE", WIDTH: 100 }},
        {{ NAME: "Сводка", VALUE: "{DESCRIPTION}", DISPLAY: "BLOCK" }},
    ]}},
    {{DELIMITER: {{ SIZE: 200, COLOR: "#c6c6c6" }}}},
    {{GRID: [
        {{ NAME: "Новое обращение", VALUE: "", DISPLAY: "ROW", WIDTH: 100 }},
        {{ NAME: "Назначено", VALUE: "Шеленков Евгений", DISPLAY: "ROW", WIDTH: 100 }},
        {{ NAME: "Дедлайн", VALUE: "04.11.2015 17:50:43", DISPLAY: "ROW", WIDTH: 100 }},
    ]}},
"""
_TRACKER_PHP = [
    {"USER": {key: text for key, text in _TRACKER[0]["USER"][0].items() if key != "AVATAR_TYPE"}},
    {"LINK": _TRACKER[1]["LINK"][0]},
    {"DELIMITER": _SEPARATOR},
    *(_TRACKER[3:4]),
    {"DELIMITER": _SEPARATOR},
    {"GRID": [{"VALUE": "", **cell} for cell in _TRACKER[5]["GRID"]]},
]

ATTACHMENTS: Final = [
    Sample(
        "the full form",
        "ATTACH",
        f'{{ID: 1, COLOR: "{BLUE}", BLOCKS: [{_TICKET_JS}]}}',
        {"ID": 1, "COLOR": BLUE, "BLOCKS": [{"LINK": _TICKET_LINK}, {"IMAGE": _LOGO_IMAGE}]},
        [{"ID": 1, "BLOCKS": _TICKET_BLOCKS, "COLOR": BLUE}],
    ),
    Sample(
        "the short form",
        "ATTACH",
        f"[{_TICKET_JS}]",
        [{"LINK": _TICKET_LINK}, {"IMAGE": _LOGO_IMAGE}],
        [{"BLOCKS": _TICKET_BLOCKS}],
    ),
    attach(
        "USER",
        f'{{USER: {{ NAME: "Иван Иванов", AVATAR: "{AVATAR}", LINK: "https://shelenkov.com/" }}}},',
        {"USER": {"NAME": "Иван Иванов", "AVATAR": AVATAR, "LINK": "https://shelenkov.com/"}},
        {
            "USER": [
                {"NAME": "Иван Иванов", "AVATAR": AVATAR, "LINK": "https://shelenkov.com/", "AVATAR_TYPE": "USER"},
            ]
        },
    ),
    attach(
        "LINK",
        f'{{LINK: {{ PREVIEW: "{LOGO}", WIDTH: 1000, HEIGHT: 638, NAME: "Тикет", DESC: "К релизу!",'
        ' LINK: "https://a.example/", }},',
        {
            "LINK": {
                "PREVIEW": LOGO,
                "WIDTH": "1000",
                "HEIGHT": "638",
                "NAME": "Тикет",
                "DESC": "К релизу!",
                "LINK": "https://a.example/",
            }
        },
        {
            "LINK": [
                {
                    "NAME": "Тикет",
                    "LINK": "https://a.example/",
                    "DESC": "К релизу!",
                    "PREVIEW": LOGO,
                    "WIDTH": 1000,
                    "HEIGHT": 638,
                }
            ]
        },
    ),
    attach(
        "LINK to a chat",
        '{LINK: { NAME: "Чат", CHAT_ID: 1 }}',
        {"LINK": {"NAME": "Чат", "CHAT_ID": "1"}},
        {"LINK": [{"NAME": "Чат", "CHAT_ID": 1}]},
    ),
    attach(
        "MESSAGE",
        '{MESSAGE: "API будет доступно в обновлении [B]im 16.0.0[/B]"},',
        {"MESSAGE": "API будет доступно в обновлении [B]im 16.0.0[/B]"},
        {"MESSAGE": "API будет доступно в обновлении [B]im 16.0.0[/B]"},
    ),
    attach(
        "DELIMITER",
        '{DELIMITER: {SIZE: 200, COLOR: "#c6c6c6"}},',
        {"DELIMITER": {"SIZE": 200, "COLOR": "#c6c6c6"}},
        {"DELIMITER": _SEPARATOR},
    ),
    attach(
        "GRID of blocks",
        f'{{GRID: [ {{ NAME: "Описание", VALUE: "{DESCRIPTION}", DISPLAY: "BLOCK", WIDTH: 250 }},'
        ' { NAME: "Категория", VALUE: "Пожелания", DISPLAY: "BLOCK" }, ]},',
        {
            "GRID": [
                {"NAME": "Описание", "VALUE": DESCRIPTION, "DISPLAY": "BLOCK", "WIDTH": "250"},
                {"NAME": "Категория", "VALUE": "Пожелания", "DISPLAY": "BLOCK"},
            ]
        },
        {"GRID": [_cell("Описание", DESCRIPTION, "BLOCK", 250), _cell("Категория", "Пожелания", "BLOCK")]},
    ),
    attach(
        "GRID of lines",
        '{GRID: [ { NAME: "Приоритет", VALUE: "Высокий", COLOR: "#ff0000", DISPLAY: "LINE", WIDTH: 250 },'
        ' { NAME: "Категория", VALUE: "Пожелания", DISPLAY: "LINE", }, ]},',
        {
            "GRID": [
                {"NAME": "Приоритет", "VALUE": "Высокий", "COLOR": "#ff0000", "DISPLAY": "LINE", "WIDTH": "250"},
                {"NAME": "Категория", "VALUE": "Пожелания", "DISPLAY": "LINE"},
            ]
        },
        {
            "GRID": [
                _cell("Приоритет", "Высокий", "LINE", 250, COLOR="#ff0000"),
                _cell("Категория", "Пожелания", "LINE"),
            ]
        },
    ),
    attach(
        "GRID of columns",
        '{GRID: [ { NAME: "Приоритет", VALUE: "Высокий", DISPLAY: "COLUMN", WIDTH: 250 },'
        ' { NAME: "Категория", VALUE: "Пожелания", DISPLAY: "COLUMN", }, ]},',
        {
            "GRID": [
                {"NAME": "Приоритет", "VALUE": "Высокий", "DISPLAY": "COLUMN", "WIDTH": "250"},
                {"NAME": "Категория", "VALUE": "Пожелания", "DISPLAY": "COLUMN"},
            ]
        },
        {"GRID": [_cell("Приоритет", "Высокий", "ROW", 250), _cell("Категория", "Пожелания", "ROW")]},
    ),
    attach(
        "IMAGE",
        f'{{IMAGE: {{ NAME: "Это Mantis", LINK: "{MANTIS}", PREVIEW: "{MANTIS}", WIDTH: 1000, HEIGHT: 638, }}}},',
        {"IMAGE": [{**_MANTIS_IMAGE, "WIDTH": "1000", "HEIGHT": "638"}]},
        {"IMAGE": [_MANTIS_IMAGE]},
    ),
    attach(
        "FILE",
        f'{{FILE: {{ NAME: "mantis.jpg", LINK: "{MANTIS}", SIZE: 1500000, }}}},',
        {"FILE": [{"NAME": "mantis.jpg", "LINK": MANTIS, "SIZE": "1500000"}]},
        {"FILE": [{"NAME": "mantis.jpg", "LINK": MANTIS, "SIZE": 1_500_000}]},
    ),
    Sample("the bug tracker", "ATTACH", f"[{_TRACKER_JS}]", _TRACKER_PHP, [{"BLOCKS": _TRACKER}]),
    Sample(
        "the news sheet",
        "ATTACH",
        f'{{ID: 1, COLOR: "{BLUE}", BLOCKS: [ {{MESSAGE: "{NEWS}"}}, {{IMAGE: {{LINK: "{MANTIS}"}}}} ]}}',
        {"ID": "1", "COLOR": BLUE, "BLOCKS": [{"MESSAGE": NEWS}, {"IMAGE": {"LINK": MANTIS}}]},
        [
            {
                "ID": 1,
                "BLOCKS": [{"MESSAGE": NEWS}, {"IMAGE": [{"LINK": MANTIS, "PREVIEW": MANTIS}]}],
                "COLOR": BLUE,
            }
        ],
    ),
    attach(
        "the reporter's greeting",
        "{MESSAGE: '[send=что горит]Что горит?[/send]'},",
        {"MESSAGE": "[send=что горит]Что горит?[/send]"},
        {"MESSAGE": "[send=что горит]Что горит?[/send]"},
    ),
]

_FLAGS = {"VOTE": "N", "BLOCK": "N", "WAIT": "N", "CONTEXT": "ALL", "DISABLED": "N"}


def _button(display: str, **keys: Any) -> dict[str, Any]:
    colors: dict[str, Any] = {key: keys.pop(key) for key in ("BG_COLOR", "TEXT_COLOR") if key in keys}
    return {"TYPE": "BUTTON", **keys, **_FLAGS, "DISPLAY": display, **colors}


_SITES = (
    {"TEXT": "Bitrix24", "LINK": "http://bitrix24.com", "BG_COLOR": "#29619b", "TEXT_COLOR": "#fff"},
    {
        "TEXT": "BitBucket",
        "LINK": "https://bitbucket.org/Bitrix24com/rest-bot-echotest",
        "BG_COLOR": "#2a4c7c",
        "TEXT_COLOR": "#fff",
    },
)
_COMMANDS = (
    {"TEXT": "Echo", "COMMAND": "echo", "COMMAND_PARAMS": "test from keyboard"},
    {"TEXT": "List", "COMMAND": "echoList"},
    {"TEXT": "Help", "COMMAND": "help"},
)
_ECHO_BUTTONS = [
    *({**site, "DISPLAY": "LINE"} for site in _SITES),
    {"TYPE": "NEWLINE"},
    *({**command, "DISPLAY": "LINE"} for command in _COMMANDS),
]
_ECHO_KEPT = [
    *(_button("LINE", **site) for site in _SITES),
    {"TYPE": "NEWLINE"},
    *(_button("LINE", **{**command, "COMMAND_PARAMS": command.get("COMMAND_PARAMS", "")}) for command in _COMMANDS),
]
_ECHO_JS = """[
    {"TEXT": "Bitrix24", "LINK": "http://bitrix24.com", "BG_COLOR": "#29619b", "TEXT_COLOR": "#fff", "DISPLAY": "LINE"},
    {TEXT: 'BitBucket', LINK: 'https://bitbucket.org/Bitrix24com/rest-bot-echotest', BG_COLOR: '#2a4c7c',
     TEXT_COLOR: '#fff', DISPLAY: 'LINE'},
    {TYPE: 'NEWLINE'},
    {TEXT: 'Echo', COMMAND: 'echo', COMMAND_PARAMS: 'test from keyboard', DISPLAY: 'LINE'},
    {TEXT: 'List', COMMAND: 'echoList', DISPLAY: 'LINE'},
    {TEXT: 'Help', COMMAND: 'help', DISPLAY: 'LINE'},
]"""
_OPEN_APP = {"TEXT": "Open App", "APP_ID": 11, "APP_PARAMS": ""}
_ACTIONS = (("PUT", "/search "), ("SEND", "hi"), ("COPY", "text"), ("CALL", "+79001234567"), ("DIALOG", "chat12"))

KEYBOARDS: Final = [
    Sample("the echo bot's help", "KEYBOARD", _ECHO_JS, _ECHO_BUTTONS, _ECHO_KEPT),
    Sample(
        "a button that opens an application",
        "KEYBOARD",
        '[{"TEXT":"Open App","APP_ID":11}]',
        [{"TEXT": "Open App", "APP_ID": "11"}],
        [_button("BLOCK", **_OPEN_APP)],
    ),
    Sample(
        "buttons in an object with colours",
        "KEYBOARD",
        '{"BUTTONS": [{"TEXT": "Help", "COMMAND": "/help"}], "COLORS": {"BG_COLOR": "#29619b"}}',
        {"BUTTONS": [{"TEXT": "Help", "COMMAND": "/help"}], "COLORS": {"BG_COLOR": "#29619b"}},
        [_button("BLOCK", TEXT="Help", COMMAND="help", COMMAND_PARAMS="", BG_COLOR="#29619b")],
    ),
    Sample(
        "actions",
        "KEYBOARD",
        f"[{''.join(f'{{TEXT: {name!r}, ACTION: {name!r}, ACTION_VALUE: {value!r}}},' for name, value in _ACTIONS)}]",
        [{"TEXT": name, "ACTION": name, "ACTION_VALUE": value} for name, value in _ACTIONS],
        [_button("BLOCK", TEXT=name, ACTION=name, ACTION_VALUE=value) for name, value in _ACTIONS],
    ),
]

_ITEM_FLAGS = {"DISABLED": "N", "CONTEXT": "ALL"}

MENUS: Final = [
    Sample(
        "a menu",
        "MENU",
        """[
            {TEXT: "Bitrix24", LINK: "http://bitrix24.com"},
            {TEXT: "Echo", COMMAND: "echo", COMMAND_PARAMS: "test from keyboard"},
            {TEXT: "Open app", APP_ID: "12", APP_PARAMS: "TEST"},
        ]""",
        [
            {"TEXT": "Bitrix24", "LINK": "http://bitrix24.com"},
            {"TEXT": "Echo", "COMMAND": "echo", "COMMAND_PARAMS": "test from keyboard"},
            {"TEXT": "Open app", "APP_ID": "12", "APP_PARAMS": "TEST"},
        ],
        [
            {"TEXT": "Bitrix24", "LINK": "http://bitrix24.com", **_ITEM_FLAGS},
            {"TEXT": "Echo", "COMMAND": "echo", "COMMAND_PARAMS": "test from keyboard", **_ITEM_FLAGS},
            {"TEXT": "Open app", "APP_ID": 12, "APP_PARAMS": "TEST", **_ITEM_FLAGS},
        ],
    ),
    Sample(
        "an item that opens an application",
        "MENU",
        '{"ITEMS": [{"TEXT":"Open App","APP_ID":11}]}',
        [{"TEXT": "Open App", "APP_ID": 11}],
        [{**_OPEN_APP, **_ITEM_FLAGS}],
    ),
]
SAMPLES: Final = [*ATTACHMENTS, *KEYBOARDS, *MENUS]
