// A field and what it finds: the arrows go through the results while one goes on typing. Used by the switcher and above the
// list of conversations.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { chats, myId, people } from "../../state/directory.js";
import { inBackground } from "../../state/background.js";
import { Finding, noteChoice } from "../../state/finding.js";
import { LineOffers, joinLine } from "../../state/line_offers.js";
import { html, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "../../ui.js";
import { Avatar } from "../parts/avatar.js";
import { Marked } from "../parts/marked.js";
import { attempt } from "../parts/toast.js";
import { openChat, openDialogWith } from "../router.js";
import { Offer } from "./offer.js";

/** @typedef {import("../../shapes.js").LineOffer} LineOffer */
/** @typedef {import("../../state/finding.js").Found & { line?: LineOffer }} Found */

/** A search with its place among the results. @param {() => void} onDone something was chosen, or Esc */
export function useFinder(onDone) {
  const finding = useMemo(() => new Finding(), []);
  const offers = useMemo(() => new LineOffers(), []);
  const [at, setAt] = useState(0);
  const id = useId();
  const results = withLines(finding.results.value, offers.lines.value);
  const active = Math.min(at, results.length - 1);

  /** @param {Found} found */
  function choose(found) {
    const { line } = found;
    if (!line) noteChoice(found);
    onDone();
    if (line) inBackground(attempt(async () => openDialogWith(await joinLine(line))));
    else if (found.chatId) openChat(found.chatId);
    else inBackground(attempt(() => openDialogWith(found.personId)));
  }

  /** @param {string} text */
  function look(text) {
    setAt(0);
    finding.look(text);
    offers.look(text);
  }

  /** @param {KeyboardEvent} event */
  function steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key] ?? 0;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (step && results.length) {
      const far = Math.max(0, Math.min(results.length - 1, active + step));
      setAt(Math.abs(step) === 1 ? (active + step + results.length) % results.length : far);
    } else if (event.key === "Enter" && results[active]) choose(results[active]);
    else if (event.key === "Escape" && !event.defaultPrevented) onDone();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return { finding, results, active, id, choose, look, steer };
}

/** @typedef {ReturnType<typeof useFinder>} Finder */

/**
 * @param {{ finder: Finder, placeholder: string, label: string, isFirst?: boolean, isOpen: boolean, onFocus?: () => void,
 *   fieldRef?: { current: HTMLInputElement | null } }} props
 */
export function FinderField({ finder, placeholder, label, isFirst, isOpen, onFocus, fieldRef }) {
  const own = useRef(/** @type {HTMLInputElement | null} */ (null));
  const field = fieldRef ?? own;
  const text = finder.finding.text.value;
  function clear() {
    finder.look("");
    field.current?.focus();
  }
  return html`<div class="finder-field">
    <${Icon} name="search" />
    <input class="input" type="search" ref=${field} value=${text} placeholder=${placeholder} aria-label=${label}
      autocomplete="off" spellcheck=${false} autofocus=${isFirst} enterkeyhint="go" role="combobox" aria-autocomplete="list"
      aria-expanded=${isOpen} aria-controls=${isOpen ? `${finder.id}-list` : undefined}
      aria-activedescendant=${isOpen && finder.active >= 0 ? `${finder.id}-${finder.active}` : undefined}
      onInput=${(/** @type {InputEvent} */ event) => finder.look(/** @type {HTMLInputElement} */ (event.currentTarget).value)}
      onKeyDown=${finder.steer} onFocus=${onFocus} />
    ${text && html`<button type="button" class="icon-button" aria-label=${t("find.clear")} onClick=${clear}>
      <${Icon} name="x" /></button>`}
  </div>`;
}

/** @param {{ finder: Finder, label: string }} props */
export function FinderResults({ finder, label }) {
  const { results, active, id, choose } = finder;
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active, results]);
  useEffect(() => inBackground(finder.finding.loadLast()), []);
  const text = finder.finding.text.value;
  if (results.length === 0) {
    return html`<p class="finder-nothing" role="status">${finder.finding.isAsking.value ? t("loading") : t("find.nothing")}</p>`;
  }
  return html`<div class="finder-results" role="listbox" id=${`${id}-list`} aria-label=${label} ref=${list}>
    ${results.map((found, number) => found.line ? html`<${Offer} key=${found.line.code} id=${`${id}-${number}`} line=${found.line}
      isActive=${number === active} wanted=${text} choose=${() => choose(found)} />` : html`<${Result} key=${`${found.chatId} ${found.personId}`} id=${`${id}-${number}`}
      found=${found} isActive=${number === active} wanted=${text} choose=${choose} />`)}
  </div>`;
}

/**
 * What was found, and below it lines that are not among it already.
 * @param {Found[]} found
 * @param {LineOffer[]} lines
 * @returns {Found[]}
 */
function withLines(found, lines) {
  const shown = new Set(found.map((one) => one.personId || chats.get(one.chatId)?.partnerId || 0));
  const others = lines.filter((one) => !one.botId || !shown.has(one.botId));
  return [...found, ...others.map((line) => ({ chatId: 0, personId: 0, line }))];
}

/** @param {{ id: string, found: Found, isActive: boolean, wanted: string, choose: (found: Found) => void }} props */
function Result({ id, found, isActive, wanted, choose }) {
  const chat = found.chatId ? chats.get(found.chatId) : undefined;
  const partnerId = chat?.kind === "private" ? chat.partnerId : found.personId;
  const person = partnerId ? people.get(partnerId) : undefined;
  const isNotes = partnerId !== 0 && partnerId === myId.value;
  const name = isNotes ? t("notes") : person?.name || chat?.title || "";
  const unread = chat?.mine.unread ?? 0;
  return html`<div class="finder-result" role="option" id=${id} aria-selected=${isActive}
      onPointerDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => choose(found)}>
    <${Avatar} person=${person} chat=${chat} size="m" />
    <span class="finder-words">
      <span class="finder-name"><${Marked} text=${name} wanted=${wanted} /></span>
      <span class="finder-about">${aboutWords(person, chat)}</span>
    </span>
    ${unread > 0 && html`<span class=${chat?.mine.isMuted ? "badge-count muted" : "badge-count"}>${unread}</span>`}
  </div>`;
}

/**
 * @param {import("../../state/directory.js").Person | undefined} person
 * @param {import("../../state/directory.js").Chat | undefined} chat
 */
function aboutWords(person, chat) {
  if (person) return person.kind === "bot" ? t("bot") : person.position;
  if (!chat) return "";
  return [chat.kind === "open" && !chat.mine.isMember && t("open_chat"), t("members", { count: chat.memberCount })]
    .filter(Boolean).join(" · ");
}
