// The search beside the chat: it stays as it was while one looks at what it found.

import { Searching } from "../../state/searching.js";
import { signal } from "../../ui.js";
import { openPanel, place } from "../router.js";

export const searching = new Searching();
/** Grows when the field is to have the focus, and its words are to be chosen. */
export const wanted = signal(0);

/**
 * Open the search.
 * @param {number} chatId only in this chat; 0 = everywhere
 */
export function openSearch(chatId) {
  searching.within(chatId);
  wanted.value += 1;
  if (place.peek().panel !== "search") openPanel("search");
}
