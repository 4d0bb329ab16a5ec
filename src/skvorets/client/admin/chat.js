// One chat from outside: title, owner, members, closing. What is written in it is not shown.

import { call } from "../api.js";
import { Field } from "../account/fields.js";
import { Asking, attempt, Heading } from "../dev/parts.js";
import { Time } from "../dev/status.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { tell } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";
import { Kind } from "./chat_kind.js";
import { Face, More, usePages } from "./lists.js";
import { PickPerson } from "./pick.js";
import { Link, go, pathTo } from "./router.js";

/** @typedef {import("../shapes.js").ChatLine} ChatLine */
/** @typedef {import("../shapes.js").PersonLine} PersonLine */

/** @param {{ id: number }} props */
export function Chat({ id }) {
  const [chat, setChat] = useState(/** @type {ChatLine | null} */ (null));
  async function load() {
    const found = await attempt(() => call("GET", `/api/admin/chats/${id}`));
    if (found) setChat(found);
  }
  useEffect(() => {
    load();
  }, [id]);
  const back = html`<${Link} to=${pathTo("chats")} class="back-link"><${Icon} name="arrow-left" />${t("chats.back")}<//>`;
  if (!chat) return html`<section class="section narrow">${back}<p class="loading" role="status">${t("loading")}</p></section>`;
  return html`<section class="section narrow">${back}
    <header class="person-head"><${Face} src=${chat.avatar} name=${chat.title} /><div class="who"><${Heading} name=${id}>${chat.title}<//>
      <p class="hint">${chat.ownerName && t("chats.owned", { name: chat.ownerName })}</p></div>
      <span class="badges"><${Kind} one=${chat} /></span></header>
    <dl class="numbers"><div><dt>${t("chats.members")}</dt><dd>${t("number", { value: chat.members })}</dd></div>
      <div><dt>${t("chats.messages")}</dt><dd>${t("number", { value: chat.messages })}</dd></div>
      <div><dt>${t("chats.last")}</dt><dd>${chat.lastMessageAt ? html`<${Time} at=${chat.lastMessageAt} isShort=${true} />` : t("never")}</dd></div>
      <div><dt>${t("chats.created")}</dt><dd><${Time} at=${chat.createdAt} isShort=${true} /></dd></div></dl>
    ${!chat.isGeneral && html`<${Title} chat=${chat} onChat=${setChat} />`}
    <${Crew} chat=${chat} onChange=${load} />
    ${!chat.isGeneral && (chat.members > 0 || chat.kind === "open") && html`<${Closing} chat=${chat} />`}
  </section>`;
}

/** @param {{ chat: ChatLine, onChat: (chat: ChatLine) => void }} props */
function Title({ chat, onChat }) {
  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    const title = String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("title"));
    const changed = await attempt(() => call("PATCH", `/api/admin/chats/${chat.id}`, { title }));
    if (!changed) return;
    onChat(changed);
    tell(t("saved"));
  }
  return html`<form class="card panel with-side" onSubmit=${save}>
    <${Field} label=${t("chats.title")} name="title" maxlength="255" required defaultValue=${chat.title} />
    <button class="button">${t("chats.rename")}</button></form>`;
}

/** @param {{ chat: ChatLine, onChange: () => Promise<void> }} props */
function Crew({ chat, onChange }) {
  const [picks, setPicks] = useState("");
  const path = `/api/admin/chats/${chat.id}`;
  const pages = usePages((after) => call("GET", `${path}/members`, { after: after || undefined }),
    (page) => /** @type {PersonLine[]} */ (page.people), String(chat.members));
  /** @param {number} id */
  async function putOut(id) {
    await attempt(() => call("DELETE", `${path}/members/${id}`));
    await onChange();
  }
  /** @param {PersonLine} person */
  async function add(person) {
    await call("POST", `${path}/members`, { ids: [person.id] });
    await onChange();
  }
  /** @param {PersonLine} person */
  async function hand(person) {
    await call("PATCH", path, { ownerId: person.id });
    await onChange();
  }
  return html`<section class="card panel"><div class="block-head"><h2>${t("chats.members")}</h2><span class="space"></span>
      ${!chat.isGeneral && html`${chat.members > 1 && html`<button type="button" class="button small" onClick=${() => setPicks("owner")}>${t("chats.hand")}</button>`}
      <button type="button" class="button small" onClick=${() => setPicks("members")}><${Icon} name="user-plus" />${t("chats.add")}</button>`}</div>
    <ul class="plain-list crew">${pages.items.map((person) => html`<li key=${person.id} class="crew-line">
      <span class="row-name"><${Face} src=${person.avatar} name=${person.name} /><span class="who"><strong>${person.name}</strong>
        <small>${person.id === chat.ownerId ? t("chats.is_owner") : person.position}</small></span></span>
      ${!chat.isGeneral && html`<${Asking} label=${t("chats.put_out")} question=${t("chats.put_out_ask", { name: person.name, title: chat.title })}
        class="quiet" isDanger=${true} onYes=${() => putOut(person.id)} />`}</li>`)}</ul>
    ${!pages.isBusy && pages.items.length === 0 && html`<p class="hint">${t("chats.nobody")}</p>`}
    <${More} pages=${pages} />
    ${picks === "members" && html`<${PickPerson} title=${t("chats.add")} without=${pages.items.map((one) => one.id)} onPick=${add} onClose=${() => setPicks("")} />`}
    ${picks === "owner" && html`<${PickPerson} title=${t("chats.hand")} path=${`${path}/members`} without=${[chat.ownerId]} onPick=${hand} onClose=${() => setPicks("")} />`}
  </section>`;
}

/** @param {{ chat: ChatLine }} props */
function Closing({ chat }) {
  async function close() {
    if ((await attempt(() => call("DELETE", `/api/admin/chats/${chat.id}`))) !== null) return;
    tell(t("chats.close_done"));
    go(pathTo("chats"));
  }
  return html`<section class="card panel"><div class="deed"><div><strong>${t("chats.close")}</strong><p class="hint">${t("chats.close_hint")}</p></div>
    <${Asking} label=${t("chats.close_do")} question=${t("chats.close_ask", { title: chat.title })} isDanger=${true} class="danger-text" onYes=${close} /></div></section>`;
}
