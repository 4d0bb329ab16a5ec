// The chat that is on the screen now: applications beside it put words into its field.

/** @type {import("./desk.js").Desk | null} */
let desk = null;

/**
 * A chat is shown.
 * @param {import("./desk.js").Desk} shown
 * @returns {() => void} it is not any more
 */
export function noteShown(shown) {
  desk = shown;
  return () => {
    if (desk === shown) desk = null;
  };
}

/**
 * The chat's desk, when it is on the screen.
 * @param {number} chatId
 */
export function shownDesk(chatId) {
  return desk?.chatId === chatId ? desk : null;
}
