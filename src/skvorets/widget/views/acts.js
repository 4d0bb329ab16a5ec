// What a click within a message may do here; everything else is shown as words.

/**
 * @typedef {object} Acts
 * @property {(text: string) => unknown} send as the visitor's message
 * @property {(text: string) => unknown} put into the field for writing
 * @property {(id: number, pressed: { command: string, params: string }) => Promise<unknown>} press
 */

/**
 * An address that may be followed: of the web, of mail or of a telephone; undefined for any other.
 * @param {string} given
 */
export function safeAddress(given) {
  try {
    const { protocol, href } = new URL(given, location.origin);
    return ["http:", "https:", "mailto:", "tel:"].includes(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} text */
export function copy(text) {
  return navigator.clipboard?.writeText(text).catch(() => {});
}
