// person.status, person.updated, settings.changed: people are otherwise than they were.

import { loadPeople, people } from "../directory.js";
import { settings } from "../preferences.js";

/** @param {{ subject_id: number, status: string, idle_since: number }} data */
export function personStatus(data) {
  people.change(data.subject_id, { status: data.status, idleSince: data.idle_since });
}

/** @param {{ subject_id: number }} data */
export async function personUpdated(data) {
  if (people.peek(data.subject_id)) await loadPeople([data.subject_id]);
}

/** @param {import("../../shapes.js").SettingsChanged} data */
export function settingsChanged(data) {
  const { theme, language, send_key: sendKey, sound, notifications, shows_preview: showsPreview } = data;
  settings.value = /** @type {import("../preferences.js").Settings} */ (
    { theme, language, sendKey, sound, notifications, showsPreview });
}
