// Words of the interface in the person's language, with plurals, dates and sizes as that language writes them.

/** @typedef {"ru" | "en"} Language */
/** @typedef {Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>} Words */

/** @type {Language} */
let language = "en";
/** @type {Words} */
let words = {};

/**
 * The language to start with: the person's own, the one chosen in this browser, or the browser's.
 * @param {string} [own]
 * @returns {Language}
 */
export function preferredLanguage(own) {
  const wishes = [own, stored("language"), ...navigator.languages];
  for (const wish of wishes) {
    const start = wish?.slice(0, 2).toLowerCase();
    if (start === "ru" || start === "en") return start;
  }
  return "en";
}

/**
 * Speak this language from now on.
 * @param {Language} wanted
 * @param {Record<Language, Words>} dictionary
 */
export function speak(wanted, dictionary) {
  language = wanted;
  words = dictionary[wanted];
  document.documentElement.lang = wanted;
}

/** The language that is spoken. */
export function currentLanguage() {
  return language;
}

/**
 * The words for a key; `{name}` is replaced, and `count` chooses the plural form.
 * @param {string} key
 * @param {Record<string, string | number>} [given]
 */
export function t(key, given = {}) {
  const found = words[key] ?? key;
  const text = typeof found === "string" ? found : (found[formOf(Number(given.count ?? 0))] ?? found.other ?? key);
  if (!text.includes("{")) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = given[name];
    return typeof value === "number" ? numbers().format(value) : (value ?? whole);
  });
}

// Making a format takes a hundred times as long as using it, and a chat uses some for every message.

/** @type {Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.PluralRules>} */
const formats = new Map();

/**
 * @template {Intl.DateTimeFormat | Intl.NumberFormat | Intl.PluralRules} T
 * @param {string} key
 * @param {() => T} make
 * @returns {T}
 */
function kept(key, make) {
  const name = `${language} ${key}`;
  const found = formats.get(name) ?? make();
  formats.set(name, found);
  return /** @type {T} */ (found);
}

/** @param {number} count */
function formOf(count) {
  return kept("plural", () => new Intl.PluralRules(language)).select(count);
}

function numbers() {
  return kept("number", () => new Intl.NumberFormat(language));
}

/**
 * Date and time for people.
 * @param {number} milliseconds
 * @param {Intl.DateTimeFormatOptions} [options]
 */
export function formatDate(milliseconds, options = { dateStyle: "short", timeStyle: "medium" }) {
  return kept(JSON.stringify(options), () => new Intl.DateTimeFormat(language, options)).format(milliseconds);
}

/**
 * Size of a file for people.
 * @param {number} bytes
 */
export function formatSize(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let value = bytes;
  let at = 0;
  for (; value >= 1000 && at < units.length - 1; at += 1) value /= 1000;
  const maximumFractionDigits = value < 10 && at > 0 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: "unit", unit: units[at], unitDisplay: "short", maximumFractionDigits })
    .format(value);
}

/** @param {string} name */
function stored(name) {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}
