"""EchoBot: says again what it hears. Shows keyboards, pages, commands and a chat application.

    python3 examples/echo_bot.py --listen 127.0.0.1:9000
    make run ARGS='--bot http://127.0.0.1:9000/'             the demonstration installs it …
    skvorets app add EchoBot --scope im,imbot --handler https://…                … or a portal in earnest does

/echo TEXT works in every chat; /echoList shows colours page by page, changing its own message; /help has the keyboard.
"""

import time
from typing import Any

from hosting import Bot, run
from portal import Event, Portal

WORDS = {
    "en": {
        "welcome": "Welcome message from bot.",
        "private": "Private instructions",
        "try private": "[send=send message]Click for send[/send] or [put=something...]write something[/put]",
        "chat": "Chat instructions",
        "try chat": "[send=send message]click for send[/send] or [put=put message to textarea]click for put[/put]",
        "message": "Message from bot",
        "answer": "Answer command",
        "reply": "reply",
        "latency": "latency",
        "colors": "List of colors",
        "help": "Hello! My name is EchoBot :)[br] I designed to answer your questions!",
    },
    "ru": {
        "welcome": "Привет! Я повторяю всё, что слышу.",
        "private": "Что попробовать в личном диалоге",
        "try private": "[send=Как дела?]Нажать и отправить[/send] или [put=Пишу…]написать самому[/put]",
        "chat": "Что попробовать в чате",
        "try chat": "[send=/echo привет]нажать и отправить[/send] или [put=/echo ]вставить в поле ввода[/put]",
        "message": "Сообщение от бота",
        "answer": "Ответ на команду",
        "reply": "вы сказали",
        "latency": "задержка",
        "colors": "Список цветов",
        "help": "Привет! Меня зовут EchoBot :)[br]Я здесь, чтобы отвечать на ваши вопросы!",
    },
}
PAGES = (
    {"RED": "#df532d", "GRAPHITE": "#3a403e"},
    {"MINT": "#4ba984", "LIGHT BLUE": "#6fc8e5"},
    {"PURPLE": "#8474c8", "AQUA": "#1eb4aa"},
    {"PINK": "#e98fa6", "LIME": "#85cb7b"},
    {"AZURE": "#29619b", "ORANGE": "#e8a441"},
)
HELP_KEYBOARD = [
    {"TEXT": "Bitrix24", "LINK": "http://bitrix24.com", "BG_COLOR": "#29619b", "TEXT_COLOR": "#fff", "DISPLAY": "LINE"},
    {
        "TEXT": "BitBucket",
        "LINK": "https://bitbucket.org/Bitrix24com/rest-bot-echotest",
        "BG_COLOR": "#2a4c7c",
        "TEXT_COLOR": "#fff",
        "DISPLAY": "LINE",
    },
    {"TYPE": "NEWLINE"},
    {"TEXT": "Echo", "COMMAND": "echo", "COMMAND_PARAMS": "test from keyboard", "DISPLAY": "LINE"},
    {"TEXT": "List", "COMMAND": "echoList", "DISPLAY": "LINE"},
    {"TEXT": "Help", "COMMAND": "help", "DISPLAY": "LINE"},
]
# COMMON: works in every chat, also where the bot is not.
COMMANDS = (
    {"COMMAND": "echo", "COMMON": "Y", "en": ("Get echo message", "some text"), "ru": ("Повторить сообщение", "текст")},
    {"COMMAND": "echoList", "COMMON": "N", "en": ("Get list of colors", ""), "ru": ("Список цветов", "")},
    {"COMMAND": "help", "COMMON": "N", "en": ("Get help message", ""), "ru": ("Помощь", "")},
)


def register(portal: Portal) -> None:
    """Make the bot, its commands and its chat application; what is there already stays."""
    looks = {"NAME": "EchoBot", "COLOR": "GREEN", "WORK_POSITION": "My first echo bot", "PERSONAL_GENDER": "M"}
    # OPENLINE: works in open lines, too; itr_bot.py hands customers over to it.
    bot = {"CODE": "echobot", "TYPE": "B", "OPENLINE": "Y", "EVENT_HANDLER": portal.handler, "PROPERTIES": looks}
    bot_id = portal.call("imbot.register", **bot)
    for command in COMMANDS:
        portal.call(
            "imbot.command.register",
            BOT_ID=bot_id,
            COMMAND=command["COMMAND"],
            COMMON=command["COMMON"],
            LANG=[{"LANGUAGE_ID": one, "TITLE": command[one][0], "PARAMS": command[one][1]} for one in WORDS],
            EVENT_COMMAND_ADD=portal.handler,
        )
    titles = [
        {"LANGUAGE_ID": "en", "TITLE": "Echobot BUTTON", "DESCRIPTION": "Send help command"},
        {"LANGUAGE_ID": "ru", "TITLE": "Помощь", "DESCRIPTION": "Отправить команду /help"},
    ]
    button = {"CODE": "echo", "JS_METHOD": "SEND", "JS_PARAM": "/help", "CONTEXT": "BOT", "LANG": titles}
    portal.call("imbot.app.register", BOT_ID=bot_id, **button)


def welcome(portal: Portal, event: Event) -> None:
    """Say hello where the bot came to: private dialogs and chats have instructions of their own."""
    params, words = event["data"]["PARAMS"], words_of(event)
    place = "private" if params["CHAT_TYPE"] == "P" else "chat"
    portal.call(
        "imbot.message.add",
        DIALOG_ID=params["DIALOG_ID"],
        MESSAGE=words["welcome"],
        ATTACH=[{"MESSAGE": words[place]}, {"MESSAGE": words[f"try {place}"]}],
        KEYBOARD=[{"TEXT": "Help", "COMMAND": "help"}],
    )


def repeat(portal: Portal, event: Event) -> None:
    """Say again what was written to the bot."""
    params, words = event["data"]["PARAMS"], words_of(event)
    attach = echo(params["MESSAGE"], event)
    portal.call("imbot.message.add", DIALOG_ID=params["DIALOG_ID"], MESSAGE=words["message"], ATTACH=attach)


def obey(portal: Portal, event: Event) -> None:
    """Answer commands: typed ones and those behind buttons."""
    words = words_of(event)
    for command in event["data"]["COMMAND"].values():
        ids = {"COMMAND_ID": command["COMMAND_ID"], "MESSAGE_ID": command["MESSAGE_ID"]}
        params = command["COMMAND_PARAMS"]
        if command["COMMAND"] == "echo":
            attach = echo(f"/echo {params}", event)
            portal.call("imbot.command.answer", **ids, MESSAGE=words["answer"], ATTACH=attach)
        elif command["COMMAND"] == "help":
            portal.call("imbot.command.answer", **ids, MESSAGE=words["help"], KEYBOARD=HELP_KEYBOARD)
        elif params and command["COMMAND_CONTEXT"] == "KEYBOARD":  # a page was turned: the same message shows it
            message = {"BOT_ID": command["BOT_ID"], "MESSAGE_ID": command["MESSAGE_ID"]}
            portal.call("imbot.message.update", **message, **color_page(params))
        else:
            portal.call("imbot.command.answer", **ids, MESSAGE=words["colors"], **color_page(params))


def echo(text: str, event: Event) -> list[dict[str, Any]]:
    """Give an ATTACH with what was said, and how long ago."""
    words, seconds = words_of(event), int(time.time()) - int(event["ts"])
    passed = f"{round(seconds / 60)}m" if seconds > 60 else f"{seconds}s"  # noqa: PLR2004 — seconds of a minute
    return [{"MESSAGE": f"{words['reply']}: {text}"}, {"MESSAGE": f"{words['latency']}: {passed}"}]


def color_page(number: str) -> dict[str, Any]:
    """Give the ATTACH of a page, the first one for a number that is none, and the KEYBOARD that turns pages."""
    numbers = [str(one) for one in range(1, len(PAGES) + 1)]
    shown = number if number in numbers else "1"
    rows = [
        [{"VALUE": name, "DISPLAY": "LINE", "WIDTH": 100}, {"VALUE": code, "COLOR": code, "DISPLAY": "LINE"}]
        for name, code in PAGES[numbers.index(shown)].items()
    ]
    buttons = [
        {
            "TEXT": f"· {one} ·" if one == shown else one,
            "COMMAND": "echoList",
            "COMMAND_PARAMS": one,
            "DISPLAY": "LINE",
            "BLOCK": "Y",
        }
        for one in numbers
    ]
    return {"ATTACH": [{"GRID": row} for row in rows], "KEYBOARD": buttons}


def words_of(event: Event) -> dict[str, str]:
    """Give the texts in the language of the portal."""
    return WORDS.get(event["data"]["PARAMS"]["LANGUAGE"], WORDS["en"])


BOT = Bot(register, {"ONIMBOTJOINCHAT": welcome, "ONIMBOTMESSAGEADD": repeat, "ONIMCOMMANDADD": obey})

if __name__ == "__main__":
    run(BOT)
