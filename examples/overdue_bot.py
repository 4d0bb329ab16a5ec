"""«Докладун»: a bot that reports overdue tasks, over the public API only.

    python3 examples/overdue_bot.py --listen 127.0.0.1:9000
    make run ARGS='--bot http://127.0.0.1:9000/'             the demonstration installs it …
    skvorets app add "Докладун" --scope im,imbot,task --handler https://…              … or a portal in earnest does

It answers «что горит» or "what is burning" with the tasks of whoever asks.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from hosting import Bot, run
from portal import Event, Portal

QUESTIONS = {"что горит", "что горит?", "what is burning", "what is burning?"}
HINT = "[send=что горит]Что горит?[/send]"


def register(portal: Portal) -> None:
    """Make the bot."""
    looks = {"NAME": "Докладун", "WORK_POSITION": "Докладываю о делах", "COLOR": "AQUA"}
    portal.call("imbot.register", CODE="ReportBot", TYPE="B", EVENT_HANDLER=portal.handler, PROPERTIES=looks)


def greet(portal: Portal, event: Event) -> None:
    """Say what the bot understands."""
    dialog = event["data"]["PARAMS"]["DIALOG_ID"]
    hello = {"MESSAGE": "Привет! Я Докладун, докладываю все как есть.", "ATTACH": [{"MESSAGE": HINT}]}
    portal.call("imbot.message.add", DIALOG_ID=dialog, **hello)


def answer(portal: Portal, event: Event) -> None:
    """Report to whoever asks."""
    params = event["data"]["PARAMS"]
    words = {"MESSAGE": f"Не соображу, что вы хотите узнать. {HINT}"}
    if params["MESSAGE"].strip().lower() in QUESTIONS:
        words = report(portal, params["FROM_USER_ID"])
    portal.call("imbot.message.add", DIALOG_ID=params["DIALOG_ID"], **words)


def report(portal: Portal, person_id: str) -> dict[str, Any]:
    """Give MESSAGE and ATTACH about somebody's overdue tasks."""
    today = datetime.now().astimezone().date().isoformat()
    tasks = portal.call(
        "task.item.list",
        ORDER={"DEADLINE": "desc"},
        FILTER={"RESPONSIBLE_ID": person_id, "<DEADLINE": today},
        PARAMS={},
        SELECT=[],
    )
    if not tasks:
        return {"MESSAGE": "Шикарно работаете! Ни одной просроченной задачи.", "ATTACH": [{"MESSAGE": HINT}]}
    blocks: list[dict[str, Any]] = []
    for task in tasks:
        path = f"/company/personal/user/{task['RESPONSIBLE_ID']}/tasks/task/view/{task['ID']}/"
        link = {"NAME": task["TITLE"], "LINK": urljoin(portal.endpoint, path)}
        blocks += [{"LINK": link}, {"DELIMITER": {"SIZE": 400, "COLOR": "#c6c6c6"}}]
    blocks.append({"MESSAGE": f"Как разберётесь, просто спросите ещё раз: {HINT}"})
    return {"MESSAGE": "Да, кое-какие задачи уже пролетели, например:", "ATTACH": blocks}


BOT = Bot(register, {"ONIMBOTJOINCHAT": greet, "ONIMBOTMESSAGEADD": answer})

if __name__ == "__main__":
    run(BOT)
