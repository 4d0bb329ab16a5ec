// How one wants it: the same in every browser of a person.

import { call } from "../api.js";
import { signal } from "../ui.js";

/**
 * @typedef {{ theme: "system" | "light" | "dark", language: "" | "ru" | "en", sendKey: "enter" | "ctrlEnter", sound: boolean,
 *   notifications: "all" | "mentions" | "none", showsPreview: boolean }} Settings
 */

/** @type {import("../ui.js").Signal<Settings>} */
export const settings = signal({
  theme: "system", language: "", sendKey: "enter", sound: true, notifications: "all", showsPreview: true,
});

export async function loadSettings() {
  settings.value = { ...settings.peek(), ...(await call("GET", "/api/settings")) };
}

/**
 * Shown at once; the other browsers are told by the server.
 * @param {Partial<Settings>} changes
 */
export async function changeSettings(changes) {
  const before = settings.peek();
  settings.value = { ...before, ...changes };
  try {
    await call("PATCH", "/api/settings", changes);
  } catch (error) {
    settings.value = before;
    throw error;
  }
}
