// Choosing a person by name.

import { call } from "../api.js";
import { attempt, Dialog } from "../dev/parts.js";
import { t } from "../i18n.js";
import { html, useState } from "../ui.js";
import { Face, More, Search, usePages } from "./lists.js";

/** @typedef {import("../shapes.js").PersonLine} PersonLine */

/**
 * A window with people; `onPick` may be refused, then the window stays.
 * @param {{ title: string, path?: string, filter?: "all" | "active", without?: number[],
 *   onPick: (person: PersonLine) => Promise<unknown>, onClose: () => void }} props
 */
export function PickPerson({ title, path = "/api/admin/people", filter = "active", without = [], onPick, onClose }) {
  const [find, setFind] = useState("");
  const isEverybody = path === "/api/admin/people";
  const pages = usePages(
    (after) => call("GET", path, isEverybody ? { find, filter, after: after || undefined } : { after: after || undefined }),
    (page) => /** @type {PersonLine[]} */ (page.people),
    find,
  );
  /** @param {PersonLine} person */
  async function pick(person) {
    if ((await attempt(async () => (await onPick(person)) ?? true)) !== undefined) onClose();
  }
  const shown = pages.items.filter((one) => !without.includes(one.id));
  return html`<${Dialog} title=${title} onClose=${onClose}>
    ${isEverybody && html`<${Search} label=${t("people.find")} value=${find} onText=${setFind} />`}
    <ul class="plain-list picks">${shown.map((one) => html`<li key=${one.id}><button type="button" class="pick" onClick=${() => pick(one)}>
      <${Face} src=${one.avatar} name=${one.name} /><span class="who"><strong>${one.name}</strong><small>${one.position || one.email}</small></span></button></li>`)}</ul>
    ${!pages.isBusy && shown.length === 0 && html`<p class="hint">${t("people.none")}</p>`}
    <${More} pages=${pages} />
  <//>`;
}
