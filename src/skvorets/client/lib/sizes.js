// How large pictures are shown: their place is known before they are loaded, so that nothing moves under the reader.

/** @typedef {{ width: number, height: number }} Size px */

/**
 * A size within another, with its proportions; never larger than it is. Very flat or thin ones keep something to see.
 * @param {Size} size
 * @param {Size} room
 * @returns {Size}
 */
export function fitted(size, room) {
  const share = Math.min(1, room.width / size.width, room.height / size.height);
  return { width: Math.max(1, Math.round(size.width * share)), height: Math.max(1, Math.round(size.height * share)) };
}

/** The room of a picture in a message, px. */
export const PICTURE_ROOM = { width: 420, height: 320 };
/** The place of a picture whose size nobody knows yet, px. */
export const UNKNOWN = { width: 240, height: 160 };
/** How many sizes are remembered. */
const MAX_KNOWN = 2_000;

/** @type {Map<string, Size>} */
const known = new Map();

/**
 * The size of a picture that was loaded before.
 * @param {string} address
 */
export function knownSize(address) {
  return known.get(address);
}

/**
 * Remember the size of a picture: next time its place is right from the beginning.
 * @param {string} address
 * @param {Size} size
 */
export function rememberSize(address, size) {
  if (!(size.width > 0 && size.height > 0)) return;
  if (known.size >= MAX_KNOWN) known.delete(/** @type {string} */ (known.keys().next().value));
  known.set(address, size);
}
