// Messages between a frame of an application and the window around it, as texts: no window is touched here.
//
//   in   COMMAND:PARAMS:KEY:APP_SID, or {method, params, callback, appSid}
//   out  KEY:JSON
//
// Source: spec bitrix24-imbot §13.2.

/** @typedef {{ command: string, params: any, callback: string, appSid: string }} Request */

/** Longer messages are not read, characters. */
const MAX_MESSAGE = 1_000_000;

/**
 * Read what a frame says; null for what is no request. PARAMS that are no JSON are a text as it stands.
 * @param {unknown} data
 * @returns {Request | null}
 */
export function readRequest(data) {
  if (typeof data === "string") return data.length > MAX_MESSAGE ? null : readText(data);
  if (data === null || typeof data !== "object") return null;
  const { method, params, callback, appSid } = /** @type {Record<string, unknown>} */ (data);
  if (typeof method !== "string" || typeof appSid !== "string") return null;
  return { command: method, params: params === "" ? undefined : params, callback: String(callback ?? ""), appSid };
}

/**
 * @param {string} text
 * @returns {Request | null}
 */
function readText(text) {
  const first = text.indexOf(":");
  const last = text.lastIndexOf(":");
  if (first < 1) return null;
  const command = text.slice(0, first);
  const appSid = text.slice(last + 1);
  const middle = text.slice(first + 1, Math.max(last, first + 1));
  const end = middle.lastIndexOf(":");
  const params = end < 0 ? undefined : readParams(middle.slice(0, end));
  return { command, params, callback: middle.slice(end + 1), appSid };
}

/** @param {string} text */
function readParams(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Write an answer; nothing is written as nothing.
 * @param {string} callback
 * @param {unknown} [value]
 */
export function writeAnswer(callback, value) {
  return `${callback}:${value === undefined ? "" : JSON.stringify(value)}`;
}

/**
 * The pixels that a frame wishes; null for "as wide as there is room" and for nonsense.
 * @param {unknown} wished number, "100", "100px", "100%"
 */
export function readPixels(wished) {
  const match = /^(\d{1,5})(px)?$/.exec(String(wished).trim());
  return match ? Number(match[1]) : null;
}
