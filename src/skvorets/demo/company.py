"""The people, departments, chats and tasks of the demonstration company. The same at every start.

Times are minutes before the demonstration was set up.
"""

from __future__ import annotations

import msgspec

from skvorets.core.people import NewPerson


class DemoPerson(msgspec.Struct, frozen=True):
    """A person of the company; ``login`` is how he logs in."""

    login: str
    department: str
    person: NewPerson
    is_head: bool = False


class Line(msgspec.Struct, frozen=True):
    """Something said in a chat."""

    login: str
    text: str
    file: str = ""  # in the folder ``files``; is sent with the text
    likes: tuple[str, ...] = ()  # who likes it
    answers: int = 0  # how many lines before this one stands the one that it answers, 0 = it answers none


class DemoChat(msgspec.Struct, frozen=True):
    """A chat with its history, oldest first."""

    title: str
    members: tuple[str, ...]
    lines: tuple[Line, ...]
    is_open: bool = False
    description: str = ""
    color: str = "MINT"
    # Age of the last line, minutes; earlier ones lie some minutes apart.
    age: int = 60


class DemoTask(msgspec.Struct, frozen=True):
    """A task; ``due`` is in days from now, negative = overdue."""

    title: str
    responsible: str
    author: str
    due: int


# Department -> the department above it.
DEPARTMENTS = {
    "Скворец": "",
    "Разработка": "Скворец",
    "Сервер": "Разработка",
    "Дизайн": "Разработка",
    "Продажи": "Скворец",
    "Поддержка": "Скворец",
    "Первая линия": "Поддержка",
}


def _person(login: str, name: str, position: str, department: str, gender: str, **more: object) -> DemoPerson:
    first, _, last = name.partition(" ")
    is_head = bool(more.pop("is_head", False))
    new = NewPerson(
        first_name=first,
        last_name=last,
        work_position=position,
        gender=gender,
        email=f"{login}@example.com",
        **more,  # type: ignore[arg-type]  # fields of NewPerson, written a few lines below
    )
    return DemoPerson(login, department, new, is_head)


PEOPLE = (
    _person("anna", "Анна Соколова", "Директор", "Скворец", "F", admin=True, is_head=True, birthday="1984-03-12"),
    _person("boris", "Борис Лебедев", "Руководитель разработки", "Разработка", "M", is_head=True, work_phone="101"),
    _person("vera", "Вера Зимина", "Ведущий разработчик", "Сервер", "F", is_head=True, birthday="1993-11-02"),
    _person("gleb", "Глеб Орлов", "Разработчик", "Сервер", "M"),
    _person("daria", "Дарья Журавлёва", "Дизайнер", "Дизайн", "F", personal_mobile="8 900 555-01-05"),
    _person("egor", "Егор Воробьёв", "Руководитель продаж", "Продажи", "M", is_head=True, work_phone="201"),
    _person("zhanna", "Жанна Синицына", "Менеджер", "Продажи", "F", birthday="1990-07-21"),
    _person("zakhar", "Захар Грачёв", "Менеджер", "Продажи", "M"),
    _person("irina", "Ирина Ласточкина", "Руководитель поддержки", "Поддержка", "F", is_head=True),
    _person("kirill", "Кирилл Дроздов", "Специалист поддержки", "Первая линия", "M"),
    _person("lena", "Елена Чайкина", "Специалист поддержки", "Первая линия", "F", work_phone="301"),
    _person("john", "John Finch", "Interpreter", "Поддержка", "M", language="en"),
)

CHATS = (
    DemoChat(
        "Релиз 1.0",
        ("boris", "anna", "vera", "gleb", "daria"),
        (
            Line("boris", "Коллеги, до релиза неделя. Кто чем занят?"),
            Line("vera", "Доделываю поиск по истории, к вечеру будет на проверке"),
            Line("gleb", "[B]Миграции готовы[/B], проверяю откат на копии базы"),
            Line(
                "daria", "Экраны в тёмной теме, посмотрите, пожалуйста", file="dark-theme.png", likes=("boris", "anna")
            ),
            Line("anna", "[USER=2][/USER], когда покажем заказчику?"),
            Line("boris", "В четверг, если Глеб закончит сегодня", answers=1),
            Line("gleb", "Закончу :)", likes=("anna",)),
        ),
        color="AZURE",
        description="Всё о выпуске первой версии",
        age=25,
    ),
    DemoChat(
        "Продажи: планы на месяц",
        ("egor", "anna", "zhanna", "zakhar"),
        (
            Line("egor", "План на месяц: 12 новых договоров, 5 продлений"),
            Line("zhanna", "По продлениям три уже подписаны, вот список", file="renewals.csv"),
            Line("zakhar", "«Ромашка» просит скидку за год вперёд — даём?"),
            Line("anna", "До 10 % решаете сами"),
        ),
        color="ORANGE",
        age=180,
    ),
    DemoChat(
        "Кофе и книги",
        ("irina", "vera", "john", "lena", "zhanna"),
        (
            Line("irina", "Кто что читает? Посоветуйте на выходные"),
            Line("vera", "«Чистый код», но это не для выходных"),
            Line("john", "Starlings are the best mimics, there is a whole book about Mozart's one"),
            Line("lena", "Ого, принесёшь?"),
        ),
        is_open=True,
        color="LIME",
        age=300,
    ),
    DemoChat(
        "Поддержка",
        ("irina", "kirill", "lena", "john", "boris"),
        (
            Line("kirill", "Клиент пишет, что не приходит письмо с приглашением"),
            Line("irina", ">>не приходит письмо\nПроверь адрес, вчера была опечатка в домене"),
            Line("kirill", "Точно, опечатка. Исправили, письмо пришло"),
        ),
        color="PINK",
        age=90,
    ),
)

# (first person, second person, lines, age of the last line in minutes)
PRIVATE = (
    (
        "boris",
        "anna",
        (Line("boris", "Отчёт за неделю отправил"), Line("anna", "Вижу, спасибо!", likes=("boris",))),
        40,
    ),
    ("vera", "anna", (Line("vera", "Можно в пятницу уйти пораньше?"), Line("anna", "Конечно", answers=1)), 400),
    ("zhanna", "anna", (Line("zhanna", "Договор с «Ромашкой» на подписи у вас"),), 15),
    ("gleb", "vera", (Line("gleb", "Глянешь мой запрос на слияние?"), Line("vera", "После обеда")), 130),
)

TASKS = (
    DemoTask("Подписать договор с «Ромашкой»", "anna", "zhanna", -2),
    DemoTask("Согласовать план найма", "anna", "boris", -5),
    DemoTask("Показать релиз заказчику", "boris", "anna", 3),
    DemoTask("Поиск по истории", "vera", "boris", -1),
    DemoTask("Проверить откат миграций", "gleb", "boris", 1),
    DemoTask("Обзвонить клиентов на продление", "zakhar", "egor", -3),
)
