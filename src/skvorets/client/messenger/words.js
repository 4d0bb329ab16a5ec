// All words of the messenger.

import { loginWords } from "../login.js";
import { dialogWords } from "./dialogs/words.js";
import { partWords } from "./parts/words.js";
import { shellWords } from "./shell_words.js";
import { sidebarWords } from "./sidebar/words.js";

const ALL = [loginWords, partWords, shellWords, sidebarWords, dialogWords];

export const words = {
  ru: Object.assign({}, ...ALL.map((one) => one.ru)),
  en: Object.assign({}, ...ALL.map((one) => one.en)),
};
