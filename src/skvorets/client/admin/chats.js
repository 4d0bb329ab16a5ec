// Chats of several people: search, filters, a table; one chat lies below.

import { call } from "../api.js";
import { Badge, Empty } from "../dev/parts.js";
import { Time } from "../dev/status.js";
import { t } from "../i18n.js";
import { html, signal } from "../ui.js";
import { Chat } from "./chat.js";
import { Kind } from "./chat_kind.js";
import { Face, Filters, Head, More, Search, usePages } from "./lists.js";
import { Link, pathTo, place } from "./router.js";

/** @typedef {import("../shapes.js").ChatLine} ChatLine */

const FILTERS = ["all", "group", "open", "line", "outside", "entity", "empty"];
// Kept while a chat is looked at.
const wanted = signal({ find: "", filter: "all" });

export function Chats() {
  const [, below] = place.value;
  if (below) return html`<${Chat} key=${below} id=${Number(below) || 0} />`;
  return html`<${AllChats} spoken=${t("title")} />`;
}

/** @param {{ spoken: string }} _props */
function AllChats(_props) {
  const { find, filter } = wanted.value;
  const pages = usePages(
    (before) => call("GET", "/api/admin/chats", { find, filter, before: before || undefined }),
    (page) => /** @type {ChatLine[]} */ (page.chats),
    `${filter} ${find}`,
  );
  const options = /** @type {[string, string][]} */ (FILTERS.map((one) => [one, t(`chats.filter.${one}`)]));
  return html`<section class="section">
    <${Head} title=${t("nav.chats")} hint=${t("chats.hint")} />
    <div class="tools"><${Search} label=${t("chats.find")} value=${find} onText=${(/** @type {string} */ text) => { wanted.value = { filter, find: text }; }} />
      <${Filters} name=${t("chats.filter")} options=${options} value=${filter}
        onChoose=${(/** @type {string} */ one) => { wanted.value = { find, filter: one }; }} /></div>
    ${pages.items.length > 0 && html`<${Table} chats=${pages.items} />`}
    ${!pages.isBusy && pages.items.length === 0 && html`<${Empty} title=${t("chats.none")} hint=${t("chats.none_hint")} />`}
    <${More} pages=${pages} />
  </section>`;
}

/** @param {{ chats: ChatLine[] }} props */
function Table({ chats }) {
  const heads = ["title", "owner", "members", "messages", "last"];
  return html`<div class="table-card"><table class="table"><thead><tr>${heads.map((one) => html`
    <th key=${one} scope="col" class=${one === "members" || one === "messages" ? "figure" : ""}>${t(`chats.${one}`)}</th>`)}</tr></thead>
    <tbody>${chats.map((one) => html`<tr key=${one.id} class=${one.members ? "" : "is-off"}>
      <th scope="row"><${Link} to=${pathTo("chats", one.id)} class="row-name"><${Face} src=${one.avatar} name=${one.title} />
        <span class="who"><strong>${one.title}</strong><span class="badges"><${Kind} one=${one} /></span></span><//></th>
      <td data-label=${t("chats.owner")}>${one.ownerName || html`<span class="none">${t("none")}</span>`}</td>
      <td data-label=${t("chats.members")} class="figure">${t("number", { value: one.members })}</td>
      <td data-label=${t("chats.messages")} class="figure">${t("number", { value: one.messages })}</td>
      <td data-label=${t("chats.last")}>${one.lastMessageAt ? html`<${Time} at=${one.lastMessageAt} isShort=${true} />` : html`<span class="none">${t("never")}</span>`}</td>
    </tr>`)}</tbody></table></div>`;
}
