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

/** @param {{ settings: Partial<import("../preferences.js").Settings> }} data */
export function settingsChanged(data) {
  settings.value = { ...settings.peek(), ...data.settings };
}
