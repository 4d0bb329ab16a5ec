// The words of what opens over a frame: sliders and the choice of people.

export const frameWords = {
  ru: {
    "frames.close": "Закрыть",
    "frames.choose_one": "Выберите сотрудника",
    "frames.choose": "Выберите сотрудников",
    "frames.access": "Кому дать доступ",
    "frames.find": "Имя, должность или отдел",
    "frames.nobody": "Никто не нашёлся. Введите не меньше трёх букв.",
    "frames.everybody": "Все сотрудники",
    "frames.done": "Готово",
    "frames.failure": "Не получилось загрузить список. Попробуйте ещё раз.",
  },
  en: {
    "frames.close": "Close",
    "frames.choose_one": "Choose a person",
    "frames.choose": "Choose people",
    "frames.access": "Who gets access",
    "frames.find": "Name, position or department",
    "frames.nobody": "Nobody is found. Type three letters at least.",
    "frames.everybody": "All employees",
    "frames.done": "Done",
    "frames.failure": "The list could not be loaded. Try again.",
  },
};
