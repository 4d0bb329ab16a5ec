"""«Швейцар», the doorman: a supervisor (type S) that greets who comes into a chat and sees all that is said there.

    python3 examples/greeter_bot.py --listen 127.0.0.1:9000
    make run ARGS='--bot http://127.0.0.1:9000/'             the demonstration installs it …
    skvorets app add "Швейцар" --scope im,imbot --handler https://…              … or a portal in earnest does

Invite it to a chat. It speaks when somebody new is there, and when it is mentioned: then it tells what it has seen.
Bots are not told of people who join, so it looks who is there whenever somebody writes.
"""

from collections import Counter
from dataclasses import dataclass, field

from hosting import Bot, run
from portal import Event, Portal

WORDS = {
    "en": {
        "invite me": "Invite me to a chat: I greet new people there and watch what is said.",
        "hello": "Good day! From now on I greet new people here.",
        "welcome": "Welcome, {}!",
        "report": "Since I came: {added} messages, {changed} of them changed, {deleted} deleted.",
    },
    "ru": {
        "invite me": "Пригласите меня в чат: я встречаю новых людей и слежу за разговором.",
        "hello": "Добрый день! Теперь я встречаю здесь новых людей.",
        "welcome": "Добро пожаловать, {}!",
        "report": "С тех пор как я здесь: сообщений — {added}, изменено — {changed}, удалено — {deleted}.",
    },
}


@dataclass
class Watch:
    """What the bot knows of a chat since it came, or since this program was started."""

    people: set[int]
    seen: Counter[str] = field(default_factory=Counter)


WATCHES: dict[tuple[str, str], Watch] = {}  # by portal and dialog; the events of a dialog come one after another


def register(portal: Portal) -> None:
    """Make the bot."""
    looks = {"NAME": "Швейцар", "WORK_POSITION": "Встречаю и присматриваю", "COLOR": "MARENGO"}
    portal.call("imbot.register", CODE="greeter", TYPE="S", EVENT_HANDLER=portal.handler, PROPERTIES=looks)


def come_in(portal: Portal, event: Event) -> None:
    """Introduce the bot. Who is in the chat already needs no greeting."""
    if event["data"]["PARAMS"]["CHAT_TYPE"] == "P":
        say(portal, event, "invite me")
    else:
        watch_of(portal, event)
        say(portal, event, "hello")


def hear(portal: Portal, event: Event) -> None:
    """Greet who is new, count, and report when asked."""
    params = event["data"]["PARAMS"]
    if params["CHAT_TYPE"] == "P":
        say(portal, event, "invite me")
        return
    watch = watch_of(portal, event)
    watch.seen["added"] += 1
    people = people_in(portal, event)
    came = [portal.call("im.user.get", ID=one) for one in sorted(people - watch.people)]
    watch.people = people
    if names := [f"[USER={one['id']}]{one['name']}[/USER]" for one in came if not one["bot"]]:
        say(portal, event, "welcome", ", ".join(names))
    if params["TO_USER_ID"] in event["data"]["BOT"]:
        say(portal, event, "report", **{what: watch.seen[what] for what in ("added", "changed", "deleted")})


def count(portal: Portal, event: Event) -> None:
    """Note that a message was changed or deleted."""
    if event["data"]["PARAMS"]["CHAT_TYPE"] != "P":
        watch_of(portal, event).seen["changed" if event["event"] == "ONIMBOTMESSAGEUPDATE" else "deleted"] += 1


def say(portal: Portal, event: Event, words: str, *parts: str, **numbers: int) -> None:
    """Write to the dialog of an event, in the language of the portal."""
    params = event["data"]["PARAMS"]
    text = WORDS.get(params["LANGUAGE"], WORDS["en"])[words].format(*parts, **numbers)
    portal.call("imbot.message.add", DIALOG_ID=params["DIALOG_ID"], MESSAGE=text)


def watch_of(portal: Portal, event: Event) -> Watch:
    """Give what is known of the event's chat; a new chat is looked at first."""
    key = (portal.endpoint, event["data"]["PARAMS"]["DIALOG_ID"])
    if key not in WATCHES:
        WATCHES[key] = Watch(people_in(portal, event))
    return WATCHES[key]


def people_in(portal: Portal, event: Event) -> set[int]:
    """Give the ids of the chat's members."""
    chat_id = event["data"]["PARAMS"]["DIALOG_ID"].removeprefix("chat")
    return {int(one) for one in portal.call("imbot.chat.user.list", CHAT_ID=chat_id)}


BOT = Bot(
    register,
    {
        "ONIMBOTJOINCHAT": come_in,
        "ONIMBOTMESSAGEADD": hear,
        "ONIMBOTMESSAGEUPDATE": count,
        "ONIMBOTMESSAGEDELETE": count,
    },
)

if __name__ == "__main__":
    run(BOT)
