"""Menus of many levels for bots of open lines: a customer chooses by writing a number, or by pressing the line.

    main = ItrMenu(0, "How can I help?")
    main.add(1, "Opening hours", ItrItem.send_text("We are here from 9 to 18, #USER_NAME#."))
    main.add(2, "Orders", ItrItem.open_menu(1))
    main.add(0, "Talk to a person", ItrItem.send_text("One moment, please.", hides_menu=True))
    Itr(Path("places.json")).run(portal, event, [main, orders])

The portal itself hands a conversation over to people when a customer writes 0, whatever the bot does: an item 0 only
tells him so.
"""

import json
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, Self

from portal import Event, Portal

# So many conversations are remembered; the one that was longest silent is forgotten first.
MAX_PLACES = 10_000
# What brings people, whatever the menu.
TO_OPERATOR = "0"
# Seconds in which the message comes that has called the bot: the menu stands below it already.
CALLED_S = 2


class Talk:
    """A message of a customer, and what can be done about it."""

    def __init__(self, portal: Portal, event: Event, menu: int) -> None:
        self.portal, self.event, self.menu = portal, event, menu  # menu: the one that he is in
        self.shows_menu = True  # afterwards
        self.dialog = str(event["data"]["PARAMS"]["DIALOG_ID"])
        self.chat_id = self.dialog.removeprefix("chat")

    def say(self, text: str) -> None:
        """Write to the customer; #USER_NAME# stands for his name."""
        name = str(self.event["data"].get("USER", {}).get("NAME", ""))
        self.portal.call("imbot.message.add", DIALOG_ID=self.dialog, MESSAGE=text.replace("#USER_NAME#", name))

    def hand_over(self, way: str, **params: Any) -> None:
        """Call one of ``imopenlines.bot.session.*``."""
        self.portal.call(f"imopenlines.bot.session.{way}", CHAT_ID=self.chat_id, **params)


Action = Callable[[Talk], object]


class ItrItem(NamedTuple):
    """What happens when an item is chosen: a text is said, something is done, the menu is shown again or not."""

    text: str = ""
    action: Action | None = None
    hides_menu: bool = False

    @classmethod
    def send_text(cls, text: str, *, hides_menu: bool = False) -> Self:
        """Say something."""
        return cls(text, None, hides_menu)

    @classmethod
    def open_menu(cls, number: int) -> Self:
        """Go to another menu."""

        def go(talk: Talk) -> None:
            talk.menu = number

        return cls("", go)

    @classmethod
    def transfer_to_queue(cls, text: str = "") -> Self:
        """Hand the customer over to whoever serves the line."""
        return cls(text, lambda talk: talk.hand_over("operator"), hides_menu=True)

    @classmethod
    def transfer_to_user(cls, person_id: int, text: str = "", *, leaves: bool = False) -> Self:
        """Hand him over to a colleague; the bot leaves at once, or when that one has answered."""
        leave = "Y" if leaves else "N"
        return cls(text, lambda talk: talk.hand_over("transfer", USER_ID=person_id, LEAVE=leave), hides_menu=True)

    @classmethod
    def transfer_to_bot(cls, code: str, text: str = "", error_text: str = "", *, leaves: bool = True) -> Self:
        """Invite another bot that serves open lines; when there is none, say that and show the menu again."""

        def invite(talk: Talk) -> None:
            known = talk.portal.call("imbot.bot.list")
            bots = [one["ID"] for one in known.values() if one["CODE"] == code and one["OPENLINE"] == "Y"]
            if not bots:
                talk.say(error_text)
                talk.shows_menu = True
                return
            talk.portal.call("imbot.chat.user.add", CHAT_ID=talk.chat_id, USERS=bots[:1])
            if leaves:
                talk.portal.call("imbot.chat.leave", CHAT_ID=talk.chat_id)

        return cls(text, invite, hides_menu=True)

    @classmethod
    def finish_session(cls, text: str = "") -> Self:
        """End the conversation."""
        return cls(text, lambda talk: talk.hand_over("finish"), hides_menu=True)

    @classmethod
    def exec_function(cls, function: Action, text: str = "", *, hides_menu: bool = False) -> Self:
        """Do something of one's own."""
        return cls(text, function, hides_menu)


class ItrMenu:
    """A menu: a text and numbered items."""

    def __init__(self, number: int, text: str) -> None:
        self.number, self.text = number, text
        self.items: dict[str, tuple[str, ItrItem]] = {}

    def add(self, number: int, title: str, item: ItrItem) -> None:
        """Add an item; they are shown in the order in which they were added."""
        self.items[str(number)] = (title, item)

    def __str__(self) -> str:
        """Give what the customer sees: each line sends its number when it is pressed."""
        lines = [f"[send={number}]{number}. {title}[/send]" for number, (title, _) in self.items.items()]
        return "[br]".join([self.text, *lines])


class Itr:
    """Knows in which menu each customer is, also after the program was started anew."""

    def __init__(self, memory: Path) -> None:
        self.memory = memory
        self._lock = threading.Lock()

    def come_in(self, portal: Portal, event: Event, menus: Sequence[ItrMenu]) -> None:
        """Begin: show the first menu."""
        talk = Talk(portal, event, menus[0].number)
        self._remember(talk, int(event["ts"]))
        talk.say(str(menus[0]))

    def run(self, portal: Portal, event: Event, menus: Sequence[ItrMenu]) -> None:
        """Do what a customer has chosen and show him where he is now."""
        numbered = {one.number: one for one in menus}
        number, called_at = self._place(portal, event)
        talk = Talk(portal, event, number if number in numbered else menus[0].number)
        word = (str(event["data"]["PARAMS"]["MESSAGE"]).split() or [""])[0].rstrip(".)")
        items = numbered[talk.menu].items
        if word == TO_OPERATOR:
            with suppress(RuntimeError):  # the portal hands over by itself, and lets the bot out of the chat
                talk.say(items.get(word, menus[0].items.get(word, ("", ItrItem())))[1].text)
            return
        _, item = items.get(word, ("", None))
        if item is None and int(event["ts"]) - called_at <= CALLED_S:
            return
        if item is not None:
            talk.shows_menu = not item.hides_menu
            if item.text:
                talk.say(item.text)
            if item.action:
                item.action(talk)
        self._remember(talk)
        if talk.shows_menu:
            talk.say(str(numbered[talk.menu]))

    def _place(self, portal: Portal, event: Event) -> tuple[int, int]:
        """In which menu a customer is, and when the bot was called to him (unix seconds, 0 = long ago)."""
        with self._lock:
            number, called_at = self._places().get(f"{portal.endpoint} {event['data']['PARAMS']['DIALOG_ID']}", (0, 0))
        return number, called_at

    def _remember(self, talk: Talk, called_at: int = 0) -> None:
        with self._lock:
            places, key = self._places(), f"{talk.portal.endpoint} {talk.dialog}"
            places.pop(key, None)
            places[key] = (talk.menu, called_at)
            unfinished = self.memory.with_suffix(".part")
            unfinished.write_text(json.dumps(dict(list(places.items())[-MAX_PLACES:])))
            unfinished.replace(self.memory)

    def _places(self) -> dict[str, tuple[int, int]]:
        return json.loads(self.memory.read_text()) if self.memory.exists() else {}
