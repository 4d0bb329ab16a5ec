// Words of what is beside the chat, and of the dialogs that it opens.

import { panelWordsEn } from "./words-en.js";
import { panelWordsRu } from "./words-ru.js";

export const panelWords = { ru: panelWordsRu, en: panelWordsEn };
