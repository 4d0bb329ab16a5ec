"""ITR bot: the first line of an open line. Customers find their way through its menus, or call a person with 0.

    python3 examples/itr_bot.py --listen 127.0.0.1:9000
    make run ARGS='--bot http://127.0.0.1:9000/'             the demonstration installs it …
    skvorets app add "ITR" --scope im,imbot,imopenlines --handler https://…      … or a portal in earnest does

Choose it as the bot of a line then, on the page of lines of ``/admin``. Whoever writes to it elsewhere gets no menu.
"""

from datetime import datetime
from pathlib import Path

from hosting import Bot, run
from itr_menu import Itr, ItrItem, ItrMenu, Talk
from portal import Event, Portal

# To whom "ask the manager" leads: the id of a person.
MANAGER_ID = 1
OPENS, CLOSES = 9, 21  # o'clock
ITR = Itr(Path("itr_places.json"))

WORDS = {
    "en": {
        "hello": "Hello! I am the shop's bot. What is it about?",
        "hours": "Opening hours",
        "our hours": f"Every day from {OPENS} to {CLOSES}, on holidays, too.",
        "way": "How to find us",
        "the way": "5 Starling street, entrance from the garden. We put the kettle on!",
        "orders": "Orders and delivery",
        "person": "Talk to a person",
        "waiting": "I am calling somebody. Please stay here.",
        "about orders": "Orders and delivery: what would you like to know?",
        "delivery": "Delivery",
        "our delivery": "In town the next day, elsewhere within a week; free of charge from 50 euros.",
        "now": "Are you open now?",
        "now open": "We are open until {}.",
        "now closed": "We are closed now and open at {}.",
        "queue": "Ask about my order",
        "asking": "#USER_NAME#, I hand you over to my colleagues: they see your order.",
        "manager": "Ask the manager",
        "asking manager": "The manager will answer here.",
        "parrot": "Chat with the parrot",
        "calling parrot": "Here it comes. Write 0 when you have had enough of it.",
        "no parrot": "The parrot has flown away :(",
        "finish": "That is all, thanks",
        "bye": "Glad to help. Come again!",
        "back": "Back",
    },
    "ru": {
        "hello": "Здравствуйте! Я бот магазина. О чём расскажем?",
        "hours": "Когда вы открыты",
        "our hours": f"Каждый день с {OPENS} до {CLOSES}, в праздники тоже.",
        "way": "Как вас найти",
        "the way": "Улица Скворцова, 5, вход из сада. Чайник уже греется!",
        "orders": "Заказы и доставка",
        "person": "Позвать человека",
        "waiting": "Зову. Не уходите, пожалуйста.",
        "about orders": "Заказы и доставка: что подсказать?",
        "delivery": "Сроки и цена доставки",
        "our delivery": "По городу — на следующий день, дальше — до недели. От 3000 рублей бесплатно.",
        "now": "Вы сейчас открыты?",
        "now open": "Открыты до {} часов.",
        "now closed": "Сейчас закрыты, откроемся в {} часов.",
        "queue": "Спросить о своём заказе",
        "asking": "#USER_NAME#, передаю вас коллегам: они видят ваш заказ.",
        "manager": "Спросить директора",
        "asking manager": "Директор ответит прямо здесь.",
        "parrot": "Поболтать с попугаем",
        "calling parrot": "Вот и он. Надоест — напишите 0.",
        "no parrot": "Попугай улетел :(",
        "finish": "Это всё, спасибо",
        "bye": "Рады помочь. Приходите ещё!",
        "back": "Назад",
    },
}


def menus_in(language: str) -> list[ItrMenu]:
    """Build the menus; each way in which an item can end is here once."""
    words = WORDS.get(language, WORDS["en"])
    main = ItrMenu(0, words["hello"])
    main.add(1, words["hours"], ItrItem.send_text(words["our hours"]))
    main.add(2, words["way"], ItrItem.send_text(words["the way"], hides_menu=True))
    main.add(3, words["orders"], ItrItem.open_menu(1))
    main.add(0, words["person"], ItrItem.send_text(words["waiting"], hides_menu=True))
    orders = ItrMenu(1, words["about orders"])
    orders.add(1, words["delivery"], ItrItem.send_text(words["our delivery"]))
    orders.add(2, words["now"], ItrItem.exec_function(tell_whether_open))
    orders.add(3, words["queue"], ItrItem.transfer_to_queue(words["asking"]))
    orders.add(4, words["manager"], ItrItem.transfer_to_user(MANAGER_ID, words["asking manager"]))
    orders.add(5, words["parrot"], ItrItem.transfer_to_bot("echobot", words["calling parrot"], words["no parrot"]))
    orders.add(6, words["finish"], ItrItem.finish_session(words["bye"]))
    orders.add(9, words["back"], ItrItem.open_menu(0))
    return [main, orders]


def tell_whether_open(talk: Talk) -> None:
    """Look at the clock."""
    words = WORDS.get(language_of(talk.event), WORDS["en"])
    is_open = OPENS <= datetime.now().astimezone().hour < CLOSES
    talk.say(words["now open"].format(CLOSES) if is_open else words["now closed"].format(OPENS))


def register(portal: Portal) -> None:
    """Make the bot; TYPE O serves open lines only."""
    looks = {"NAME": "ITR Bot", "COLOR": "MINT"}
    portal.call("imbot.register", CODE="itrbot", TYPE="O", EVENT_HANDLER=portal.handler, PROPERTIES=looks)


def come_in(portal: Portal, event: Event) -> None:
    """Show the first menu to who has come."""
    if is_line(event):
        ITR.come_in(portal, event, menus_in(language_of(event)))


def listen(portal: Portal, event: Event) -> None:
    """Do what the customer has chosen; operators are none of the bot's business."""
    if is_line(event) and event["data"]["USER"]["IS_CONNECTOR"] == "Y":
        ITR.run(portal, event, menus_in(language_of(event)))


def is_line(event: Event) -> bool:
    """Has it happened in an open line?"""
    return bool(event["data"]["PARAMS"].get("CHAT_ENTITY_TYPE") == "LINES")


def language_of(event: Event) -> str:
    """Give the language of the portal."""
    return str(event["data"]["PARAMS"]["LANGUAGE"])


BOT = Bot(register, {"ONIMBOTJOINCHAT": come_in, "ONIMBOTMESSAGEADD": listen})

if __name__ == "__main__":
    run(BOT)
