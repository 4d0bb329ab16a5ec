// What a refusal of the server means, in words for the person.

import { ApiError } from "../api.js";
import { t } from "../i18n.js";

/** Characters of a password, the least that the server takes; it says so itself in GET /api/password. */
export const MIN_PASSWORD = 8;

/**
 * @param {unknown} error
 * @returns {string}
 */
export function refusalWords(error) {
  if (!(error instanceof ApiError)) throw error;
  const key = `account.refused.${error.code}`;
  const words = t(key, { min: MIN_PASSWORD });
  return words === key ? t("account.refused.failure") : words;
}
