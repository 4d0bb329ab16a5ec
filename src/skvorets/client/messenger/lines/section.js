// Above the list of customers: the lines that I serve with a switch for a pause, and who waits for anybody.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { inBackground } from "../../state/background.js";
import { loadLines, myLines, pauseLine, waitingElsewhere } from "../../state/lines.js";
import { waitsSince } from "../../state/line_talks.js";
import { html, useEffect, useState } from "../../ui.js";
import { Avatar } from "../parts/avatar.js";
import { attempt } from "../parts/toast.js";
import { openChat, pathOfChat, place } from "../router.js";
import { wordsOf } from "../sidebar/preview.js";
import { Waiting } from "./clock.js";
import { take } from "./deeds.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */

/** @param {{ spoken: string }} props */
export function LineSection({ spoken }) {
  useEffect(() => inBackground(attempt(loadLines)), []);
  return html`<div class="lines-above">
    ${myLines.value.length > 0 && html`<ul class="lines-mine" aria-label=${t("lines.mine")}>
      ${myLines.value.map((line) => html`<${OwnLine} key=${line.id} line=${line} spoken=${spoken} />`)}</ul>`}
    ${waitingElsewhere.value.length > 0 && html`<section class="lines-waiting" aria-label=${t("lines.waiting")}>
      <h2 class="label">${t("lines.waiting")}</h2>
      <ul>${waitingElsewhere.value.map((chat) => chat && html`<${Waiter} key=${chat.id} chat=${chat} />`)}</ul></section>`}
  </div>`;
}

/** @param {{ line: import("../../state/lines.js").ServedLine, spoken: string }} props */
function OwnLine({ line }) {
  const name = calmName(line.name);
  const counts = [line.waiting > 0 && t("lines.wait", { count: line.waiting }), line.open > 0 && t("lines.open", { count: line.open })];
  const about = line.isActive ? counts.filter(Boolean).join(" · ") || t("lines.calm") : t("lines.off");
  return html`<li class="lines-one">
    <span class="lines-words"><span class="lines-name" dir="auto">${name}</span><span class="lines-about">${about}</span></span>
    <button type="button" role="switch" class="lines-switch" aria-checked=${line.isPaused ? "false" : "true"} aria-label=${t("lines.receive", { name })}
      title=${t(line.isPaused ? "lines.paused.hint" : "lines.receiving.hint")} onClick=${() => inBackground(attempt(() => pauseLine(line.id, !line.isPaused)))}>
      <span class="lines-knob" aria-hidden="true"></span><span aria-hidden="true">${t(line.isPaused ? "lines.paused" : "lines.receiving")}</span></button>
  </li>`;
}

/** Somebody whom nobody serves; to be looked at, and taken. @param {{ chat: Chat }} props */
function Waiter({ chat }) {
  const [isBusy, setBusy] = useState(false);
  const name = calmName(chat.line?.client.name ?? chat.title);
  /** @param {MouseEvent} event */
  function open(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openChat(chat.id);
  }
  function accept() {
    setBusy(true);
    void take(chat.id).finally(() => setBusy(false));
  }
  return html`<li class="lines-waiter">
    <a class=${place.value.chatId === chat.id ? "lines-waiter-main active" : "lines-waiter-main"} href=${pathOfChat(chat.id)} onClick=${open}>
      <${Avatar} chat=${chat} />
      <span class="lines-words"><span class="lines-name" dir="auto">${name}</span>
        <span class="lines-about" dir="auto">${chat.last ? wordsOf(chat.last) : ""}</span></span>
      <${Waiting} since=${waitsSince(chat.line)} hasIcon /></a>
    <button type="button" class="button small primary" disabled=${isBusy} aria-label=${t("line.take_name", { name })} onClick=${accept}>
      <${Icon} name="headphones" />${t("line.take")}</button>
  </li>`;
}
