// Above the field of a line's chat: what can be done with the conversation now.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { toneOf } from "../../state/line_talks.js";
import { html, useState } from "../../ui.js";
import { agoWords } from "../chat/days.js";
import { keyHint, useKey } from "../keys.js";
import { finish, openMoreDeeds, reopen, setSilent, skip, take, transfer } from "./deeds.js";
import { Stars, standingWords } from "./standing.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */

/** @param {{ chat: Chat }} props */
export function LineBar({ chat }) {
  const line = /** @type {import("../../state/line_talks.js").LineChat} */ (chat.line);
  const { can } = line;
  const [isBusy, setBusy] = useState(false);
  /** @param {() => Promise<unknown>} deed @returns {() => void} */
  const once = (deed) => () => {
    setBusy(true);
    void deed().finally(() => setBusy(false));
  };
  useKey("line_take", () => (can.take ? void take(chat.id) : false));
  useKey("line_skip", () => (can.skip ? void skip(chat) : false));
  useKey("line_transfer", () => (can.transfer ? transfer(chat) : false));
  useKey("line_finish", () => (can.finish ? void finish(chat) : line.closedAt && can.reopen ? void reopen(chat) : false));
  const tone = toneOf(line);
  const isMine = tone === "asked" || tone === "answered" || tone === "taken";
  const isOver = tone === "other";
  return html`<div class=${`line-bar ${tone}`} role="group" aria-label=${t("line.deeds")}>
    <p class="line-bar-words"><${Words} line=${line} /></p>
    <div class="line-bar-deeds">
      ${can.take && html`<${Deed} icon=${isOver ? "users" : "headphones"} text=${t(isOver ? "line.take_over" : "line.take")} hint="line_take" isFirst=${!isOver}
        isBusy=${isBusy} run=${once(() => take(chat.id))} />`}
      ${can.skip && !isMine && html`<${Deed} icon="chevron-right" text=${t("line.skip")} hint="line_skip" isBusy=${isBusy} run=${once(() => skip(chat))} />`}
      ${can.transfer && isMine && html`<${Deed} icon="forward" text=${t("line.transfer")} hint="line_transfer" isBusy=${isBusy} run=${() => transfer(chat)} />`}
      ${can.finish && (isMine || tone === "ending") && html`<${Deed} icon="check" text=${t(tone === "ending" ? "line.finish_now" : "line.finish")} hint="line_finish"
        isBusy=${isBusy} run=${once(() => finish(chat))} />`}
      ${can.reopen && html`<${Deed} icon="refresh-cw" text=${t("line.reopen")} hint="line_finish" isBusy=${isBusy} run=${once(() => reopen(chat))} />`}
      ${!line.closedAt && html`<button type="button" class="icon-button" aria-label=${t("more")} title=${t("more")} aria-haspopup="menu"
        onClick=${(/** @type {MouseEvent} */ event) => openMoreDeeds(chat, /** @type {Element} */ (event.currentTarget))}><${Icon} name="ellipsis" /></button>`}
    </div>
    ${line.isSilent && html`<p class="line-silent"><${Icon} name="eye-off" /><span>${t("line.is_silent")}</span>
      ${can.whisper && html`<button type="button" class="button small quiet" onClick=${() => void setSilent(chat, false)}>${t("line.switch_off")}</button>`}</p>`}
  </div>`;
}

/** @param {{ line: import("../../state/line_talks.js").LineChat }} props */
function Words({ line }) {
  if (!line.closedAt) {
    return html`${standingWords(line)}${line.isPinned && html` <span class="line-pinned"><${Icon} name="pin" />${t("line.is_pinned")}</span>`}`;
  }
  return html`${t("line.closed_at", { when: agoWords(line.closedAt) })}${line.client.isBlocked && html` · ${t("line.is_blocked")}`}
    ${line.vote > 0 && html` <${Stars} vote=${line.vote} />`}`;
}

/** @param {{ icon: string, text: string, hint: string, isFirst?: boolean, isBusy: boolean, run: () => void }} props */
function Deed({ icon, text, hint, isFirst, isBusy, run }) {
  return html`<button type="button" class=${isFirst ? "button small primary" : "button small"} title=${`${text} (${keyHint(hint)})`} disabled=${isBusy}
    onClick=${run}><${Icon} name=${icon} /><span>${text}</span></button>`;
}
