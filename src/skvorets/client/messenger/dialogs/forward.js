// Passing a message on: to up to ten conversations, with words of one's own before it.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { plain } from "../../lib/markup.js";
import { inBackground } from "../../state/background.js";
import { openPrivate } from "../../state/conversations.js";
import { chats, nameOf, people } from "../../state/directory.js";
import { Finding } from "../../state/finding.js";
import { forwardMessage } from "../../state/messages.js";
import { html, useEffect, useId, useMemo, useState } from "../../ui.js";
import { titleOf } from "../chat/titles.js";
import { keyHint } from "../keys.js";
import { showOverlay } from "../overlays.js";
import { Avatar } from "../parts/avatar.js";
import { Dialog } from "../parts/dialog.js";
import { Marked } from "../parts/marked.js";
import { attempt, toast } from "../parts/toast.js";
import { openChat } from "../router.js";
import { wordsOf } from "../sidebar/preview.js";

/** @typedef {import("../../state/directory.js").Message} Message */
/** @typedef {import("../../state/finding.js").Found} Found */

/** The server takes no more at once. */
const MOST = 10;

/** @param {Message} message */
export function openForward(message) {
  if (!message.isDeleted) showOverlay(Forward, { message });
}

/** @param {{ message: Message, close: () => void }} props */
export function Forward({ message, close }) {
  const finding = useMemo(() => new Finding(), []);
  const [chosen, setChosen] = useState(/** @type {Found[]} */ ([]));
  const [text, setText] = useState("");
  const [isBusy, setBusy] = useState(false);
  useEffect(() => inBackground(finding.loadLast()), []);
  /** @param {Found} found */
  function toggle(found) {
    const rest = chosen.filter((one) => keyOf(one) !== keyOf(found));
    if (rest.length === chosen.length && chosen.length >= MOST) return toast(t("forward.most", { count: MOST }));
    setChosen(rest.length === chosen.length ? [...chosen, found] : rest);
    finding.look("");
  }
  async function send() {
    if (chosen.length === 0 || isBusy) return;
    setBusy(true);
    const ids = await attempt(async () => {
      const wanted = await Promise.all(chosen.map(async ({ chatId, personId }) => chatId || (await openPrivate(personId)).id));
      await forwardMessage(message.id, wanted, text.trim());
      return wanted;
    });
    setBusy(false);
    if (!ids) return;
    close();
    const action = ids.length === 1 ? { text: t("forward.show"), run: () => openChat(ids[0]) } : undefined;
    toast(t("forward.done", { count: ids.length }), { action });
  }
  return html`<${Dialog} title=${t("forward.title")} close=${close} class="forward" actions=${html`
    <button type="button" class="button" onClick=${close}>${t("cancel")}</button>
    <button type="button" class="button primary" disabled=${chosen.length === 0 || isBusy} onClick=${send}>${t("forward.send")}</button>`}>
    <blockquote class="forward-message"><strong dir="auto">${calmName(nameOf(message.authorId))}</strong>
      <span dir="auto">${calmName(plain(message.text)) || wordsOf(message)}</span></blockquote>
    <${Where} finding=${finding} chosen=${chosen} toggle=${toggle} send=${send} />
    <textarea class="input" rows="2" maxlength="20000" placeholder=${t("forward.words")} aria-label=${t("forward.words")} value=${text}
      onInput=${(/** @type {InputEvent} */ event) => setText(/** @type {HTMLTextAreaElement} */ (event.currentTarget).value)}></textarea>
  <//>`;
}

/** @param {{ finding: Finding, chosen: Found[], toggle: (found: Found) => void, send: () => void }} props */
function Where({ finding, chosen, toggle, send }) {
  const id = useId();
  const [at, setAt] = useState(0);
  const results = finding.results.value.filter(({ chatId }) => !chatId || chats.peek(chatId)?.rights.canWrite);
  const active = Math.min(at, results.length - 1);
  /** @param {KeyboardEvent} event */
  function steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && results.length) setAt((active + step + results.length) % results.length);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    else if (event.key === "Enter" && results[active]) choose(results[active]);
    else if (event.key === "Backspace" && !finding.text.peek() && chosen.length) toggle(chosen[chosen.length - 1]);
    else return;
    event.preventDefault();
  }
  /** @param {Found} found */
  function choose(found) {
    toggle(found);
    setAt(0);
  }
  const text = finding.text.value;
  return html`
    ${chosen.length > 0 && html`<ul class="picker-chosen" aria-label=${t("picker.chosen")}>${chosen.map((one) => html`<li key=${keyOf(one)}>
      <button type="button" class="chip" aria-label=${t("picker.remove", { name: nameOfFound(one) })} onClick=${() => toggle(one)}>
        <${Face} found=${one} size="xs" /><span class="chip-text">${nameOfFound(one)}</span><${Icon} name="x" /></button></li>`)}</ul>`}
    <div class="finder-field"><${Icon} name="search" />
      <input class="input" type="search" value=${text} placeholder=${t("forward.find")} aria-label=${t("forward.find")} title=${keyHint("send")} autocomplete="off" autofocus
        role="combobox" aria-expanded="true" aria-controls=${`${id}-list`} aria-activedescendant=${active >= 0 ? `${id}-${active}` : undefined} onKeyDown=${steer}
        onInput=${(/** @type {InputEvent} */ event) => {
          finding.look(/** @type {HTMLInputElement} */ (event.currentTarget).value);
          setAt(0);
        }} /></div>
    <div class="picker-list" role="listbox" aria-multiselectable="true" id=${`${id}-list`} aria-label=${t("forward.find")}>
      ${results.map((found, number) => html`<${Choice} key=${keyOf(found)} id=${`${id}-${number}`} found=${found} wanted=${text} isActive=${number === active}
        isChosen=${chosen.some((one) => keyOf(one) === keyOf(found))} choose=${choose} />`)}
      ${results.length === 0 && html`<p class="finder-nothing">${t("find.nothing")}</p>`}
    </div>`;
}

/** @param {{ id: string, found: Found, wanted: string, isActive: boolean, isChosen: boolean, choose: (found: Found) => void }} props */
function Choice({ id, found, wanted, isActive, isChosen, choose }) {
  return html`<div class=${isActive ? "finder-result active" : "finder-result"} role="option" id=${id} aria-selected=${isChosen}
      ref=${(/** @type {HTMLElement | null} */ row) => isActive && row?.scrollIntoView({ block: "nearest" })}
      onPointerDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => choose(found)}>
    <${Face} found=${found} size="m" /><span class="finder-words"><span class="finder-name"><${Marked} text=${nameOfFound(found)} wanted=${wanted} /></span></span>
    <span class="picker-tick">${isChosen && html`<${Icon} name="check" />`}</span></div>`;
}

/** @param {{ found: Found, size: string }} props */
function Face({ found, size }) {
  return html`<${Avatar} person=${found.personId ? people.get(found.personId) : undefined} chat=${found.chatId ? chats.get(found.chatId) : undefined} size=${size} />`;
}

/** @param {Found} found */
function nameOfFound({ chatId, personId }) {
  const chat = chatId ? chats.get(chatId) : undefined;
  return chat ? titleOf(chat) : calmName(nameOf(personId));
}

/** @param {Found} found */
function keyOf({ chatId, personId }) {
  return `${chatId} ${personId}`;
}
