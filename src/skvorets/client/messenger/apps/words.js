// Words of applications inside the messenger.

import { frameWords } from "../../frames/words.js";

export const appWords = {
  ru: {
    ...frameWords.ru,
    "apps.bar": "Приложения чата",
    "apps.all": "Приложения",
    "apps.navigation": "Приложения",
    "apps.close": "Закрыть: {title}",
    "apps.reload": "Обновить",
    "apps.again": "Открыть снова",
    "apps.failed": "Приложение не открылось",
    "apps.move": "Двигается мышью и стрелками",
    "apps.no_lines": "Открытых линий в этом мессенджере нет",
    "apps.of_message": "Приложения",
  },
  en: {
    ...frameWords.en,
    "apps.bar": "Applications of the chat",
    "apps.all": "Applications",
    "apps.navigation": "Applications",
    "apps.close": "Close {title}",
    "apps.reload": "Reload",
    "apps.again": "Open again",
    "apps.failed": "The application did not open",
    "apps.move": "Moved by the mouse and by arrows",
    "apps.no_lines": "Open lines are not part of this messenger",
    "apps.of_message": "Applications",
  },
};
