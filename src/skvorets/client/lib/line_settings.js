// How the settings of an open line are written for people: durations, times of day, addresses of sites, moving in a list.

/** @typedef {"seconds" | "minutes" | "hours"} Unit */

/** @type {Record<Unit, number>} seconds of a unit */
export const UNITS = { seconds: 1, minutes: 60, hours: 3600 };
/** The longest time that a line waits, seconds. */
export const LONGEST_S = 7 * 24 * 3600;
/** Places in the clock by which people work: minutes east of Greenwich. */
export const OFFSETS = [
  -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120, 180, 210, 240, 270, 300, 330,
  345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 840,
];
const DAY_MIN = 24 * 60;
const SITE = /^https?:\/\/[a-z0-9.-]{1,253}(:\d{1,5})?$/;

/**
 * A duration in the largest unit in which it is a whole number.
 * @param {number} seconds
 * @returns {{ value: number, unit: Unit }}
 */
export function durationOf(seconds) {
  const units = /** @type {Unit[]} */ (["hours", "minutes", "seconds"]);
  const unit = units.find((one) => seconds > 0 && seconds % UNITS[one] === 0) ?? "seconds";
  return { value: seconds / UNITS[unit], unit };
}

/**
 * Seconds of a duration, within what the server takes.
 * @param {number} value
 * @param {Unit} unit
 */
export function secondsOf(value, unit) {
  const seconds = Math.round((Number.isFinite(value) ? value : 0) * UNITS[unit]);
  return Math.min(LONGEST_S, Math.max(0, seconds));
}

/** A time of day, as fields take it: 570 is 09:30; the end of the day is 00:00. @param {number} minutes */
export function clockOf(minutes) {
  const rest = minutes % DAY_MIN;
  return `${String(Math.floor(rest / 60)).padStart(2, "0")}:${String(rest % 60).padStart(2, "0")}`;
}

/**
 * Minutes since midnight; as an end 00:00 is the end of the day.
 * @param {string} clock 09:30; what is no time is midnight
 * @param {boolean} [isEnd]
 */
export function minutesOf(clock, isEnd = false) {
  const [hours, minutes] = clock.split(":").map(Number);
  const sum = Number.isInteger(hours) && Number.isInteger(minutes) ? hours * 60 + minutes : 0;
  return isEnd && sum === 0 ? DAY_MIN : sum;
}

/** UTC+3, UTC−9:30. @param {number} minutes east of Greenwich */
export function offsetName(minutes) {
  const far = Math.abs(minutes);
  const rest = far % 60 ? `:${String(far % 60).padStart(2, "0")}` : "";
  return minutes === 0 ? "UTC" : `UTC${minutes < 0 ? "−" : "+"}${Math.floor(far / 60)}${rest}`;
}

/**
 * Origins of sites, one in a line or behind commas; paths are cut off, a missing https:// is put before.
 * @param {string} text
 * @returns {{ sites: string[], wrong: string[] }}
 */
export function sitesOf(text) {
  const sites = new Set(/** @type {string[]} */ ([]));
  /** @type {string[]} */
  const wrong = [];
  for (const one of text.split(/[\s,;]+/u).filter(Boolean)) {
    const origin = originOf(one);
    if (origin) sites.add(origin);
    else wrong.push(one);
  }
  return { sites: [...sites], wrong };
}

/** @param {string} address */
function originOf(address) {
  try {
    const { origin } = new URL(/^[a-z][a-z0-9+.-]*:\/\//iu.test(address) ? address : `https://${address}`);
    return SITE.test(origin) ? origin : "";
  } catch {
    return "";
  }
}

/**
 * The list with one of its items at another place.
 * @template T
 * @param {T[]} list
 * @param {number} from
 * @param {number} to
 */
export function moved(list, from, to) {
  const rest = list.filter((_, at) => at !== from);
  const place = Math.min(rest.length, Math.max(0, to));
  return from in list ? [...rest.slice(0, place), list[from], ...rest.slice(place)] : list;
}

/** Seconds for a table: 45 s, 3:20, 1:05:00. @param {number} seconds */
export function shortDuration(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
