// The words of the application page.

import { frameWords } from "../frames/words.js";
import { loginWords } from "../login.js";

export const words = {
  ru: {
    ...loginWords.ru,
    ...frameWords.ru,
    loading: "Загружается…",
    installer: "Установка",
    reload: "Обновить",
    "wrong.not_found": "Такого приложения нет, или вам его не показывают.",
    "wrong.not_installed": "Приложение ещё не установлено. Установку должен закончить администратор.",
    "wrong.offline": "Сервер не отвечает. Проверьте связь и попробуйте ещё раз.",
    "wrong.failure": "Не получилось открыть приложение.",
    "wrong.closed": "Приложение закрыто.",
    again: "Открыть снова",
  },
  en: {
    ...loginWords.en,
    ...frameWords.en,
    loading: "Loading…",
    installer: "Installation",
    reload: "Reload",
    "wrong.not_found": "There is no such application, or it is not shown to you.",
    "wrong.not_installed": "The application is not installed yet. An administrator has to finish it.",
    "wrong.offline": "The server does not answer. Check the connection and try again.",
    "wrong.failure": "The application could not be opened.",
    "wrong.closed": "The application is closed.",
    again: "Open again",
  },
};
