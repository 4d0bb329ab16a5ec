// The words of the administrators' pages.

import { accountWords } from "../account/words.js";
import { ru as devRu } from "../dev/words-ru.js";
import { en as devEn } from "../dev/words-en.js";
import { loginWords } from "../login.js";
import { deeds as deedsEn } from "./words-deeds-en.js";
import { deeds as deedsRu } from "./words-deeds-ru.js";
import { lines as linesEn } from "./words-lines-en.js";
import { lines as linesRu } from "./words-lines-ru.js";
import { more as moreEn } from "./words-more-en.js";
import { more as moreRu } from "./words-more-ru.js";
import { people as peopleEn } from "./words-people-en.js";
import { people as peopleRu } from "./words-people-ru.js";

export const words = {
  ru: { ...loginWords.ru, ...accountWords.ru, ...failures(devRu), ...peopleRu, ...moreRu, ...deedsRu, ...linesRu },
  en: { ...loginWords.en, ...accountWords.en, ...failures(devEn), ...peopleEn, ...moreEn, ...deedsEn, ...linesEn },
};

/**
 * Why deliveries fail, as the developer's page says it.
 * @param {import("../i18n.js").Words} all
 */
function failures(all) {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith("failure.")));
}
