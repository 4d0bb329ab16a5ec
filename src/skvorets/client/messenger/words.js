// All words of the messenger.

import { accountWords } from "../account/words.js";
import { loginWords } from "../login.js";
import { richWords } from "../rich/words.js";
import { appWords } from "./apps/words.js";
import { chatWords } from "./chat/words.js";
import { composerWords } from "./composer/words.js";
import { dialogWords } from "./dialogs/words.js";
import { lineWords } from "./lines/words.js";
import { panelWords } from "./panel/words.js";
import { partWords } from "./parts/words.js";
import { shellWords } from "./shell_words.js";
import { sidebarWords } from "./sidebar/words.js";

const ALL = [richWords, chatWords, composerWords, accountWords, loginWords, partWords, shellWords, sidebarWords, dialogWords, appWords, panelWords,
  lineWords];

export const words = {
  ru: Object.assign({}, ...ALL.map((one) => one.ru)),
  en: Object.assign({}, ...ALL.map((one) => one.en)),
};
