// The words of the developer's page.

import { loginWords } from "../login.js";
import { appWords } from "./words-apps.js";
import { en } from "./words-en.js";
import { ru } from "./words-ru.js";

export const words = {
  ru: { ...loginWords.ru, ...ru, ...appWords.ru },
  en: { ...loginWords.en, ...en, ...appWords.en },
};
