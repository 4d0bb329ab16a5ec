// Work that nobody waits for: what could not be done now is done when it is needed again.

/**
 * @param {Promise<unknown>} work
 */
export function inBackground(work) {
  work.catch((error) => console.warn(error));
}
