// Days and moments as people say them.

import { currentLanguage, formatDate, t } from "../../i18n.js";
import { dayOf } from "../../lib/timeline_items.js";

const DAY = 86_400_000;
const [MINUTE, HOUR] = [60_000, 3_600_000];

/**
 * Today, yesterday, 5 May, 5 May 2024.
 * @param {number} at ms
 */
export function dayWords(at) {
  const now = Date.now();
  if (dayOf(at) === dayOf(now)) return t("chat.today");
  if (dayOf(at) === dayOf(now - DAY)) return t("chat.yesterday");
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return formatDate(at, isThisYear ? { weekday: "long", day: "numeric", month: "long" } : { dateStyle: "long" });
}

/** @param {number} at ms */
export function timeWords(at) {
  return formatDate(at, { timeStyle: "short" });
}

/**
 * How long ago, roughly: 5 minutes ago, yesterday, 5 May.
 * @param {number} at ms
 */
export function agoWords(at) {
  const passed = Date.now() - at;
  const format = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: "auto" });
  if (passed < HOUR) return format.format(-Math.max(1, Math.round(passed / MINUTE)), "minute");
  if (dayOf(at) === dayOf(Date.now())) return format.format(-Math.round(passed / HOUR), "hour");
  if (passed < 2 * DAY) return t("chat.yesterday_at", { time: timeWords(at) });
  return formatDate(at, { dateStyle: "medium" });
}
