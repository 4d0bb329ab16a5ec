// Words of the account's screens and pages, to be merged into a page's own.

import { en } from "./words-en.js";
import { ru } from "./words-ru.js";

export const accountWords = { ru, en };
