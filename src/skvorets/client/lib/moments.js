// Formats of [TIMESTAMP=… format=…]: the documented names, as the reader's own language writes such a moment.

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const DATES = {
  SHORT_DATE: { day: "2-digit", month: "2-digit", year: "numeric" },
  MEDIUM_DATE: { day: "numeric", month: "short", year: "numeric" },
  LONG_DATE: { day: "numeric", month: "long", year: "numeric" },
  FULL_DATE: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  DAY_SHORT_MONTH: { day: "numeric", month: "short" },
  DAY_MONTH: { day: "numeric", month: "long" },
  DAY_OF_WEEK_MONTH: { weekday: "long", day: "numeric", month: "long" },
  SHORT_DAY_OF_WEEK_MONTH: { weekday: "short", day: "numeric", month: "long" },
};
/** @type {Intl.DateTimeFormatOptions} */
const SHORT_TIME = { hour: "2-digit", minute: "2-digit" };
/** @type {Intl.DateTimeFormatOptions} */
const LONG_TIME = { ...SHORT_TIME, second: "2-digit" };

/**
 * Options for `Intl.DateTimeFormat`; a format that is not known shows date and time.
 * @param {string} format
 * @returns {Intl.DateTimeFormatOptions}
 */
export function optionsOf(format) {
  const name = format.toUpperCase().replace(/_FORMAT$/, "");
  const date = Object.keys(DATES).filter((one) => name.startsWith(one)).sort((a, b) => b.length - a.length)[0];
  const time = name.includes("LONG_TIME") ? LONG_TIME : name.includes("SHORT_TIME") || name === "TIME" ? SHORT_TIME : undefined;
  if (!date && !time) return { ...DATES.MEDIUM_DATE, ...SHORT_TIME };
  return { ...(date ? DATES[date] : {}), ...time };
}
