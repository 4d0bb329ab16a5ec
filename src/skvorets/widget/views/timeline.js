// The talk itself: it stays at its end while one reads there, and stays where one reads otherwise.

import { formatDate, t } from "../../client/i18n.js";
import { calmName } from "../../client/lib/calm.js";
import { loadOlder, readAll } from "../state/deeds.js";
import { rowsOf } from "../state/rows.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../ui.js";
import { Icon } from "./icon.js";
import { MessageRow, PendingRow } from "./message.js";
import { Face } from "./person.js";

/** @typedef {import("../state/talk.js").Talk} Talk */

/** So near to an edge counts as there, px. */
const [NEAR_END, NEAR_START] = [40, 120];

/** @param {{ talk: Talk, deeds: import("./message.js").Deeds, children?: any }} props */
export function Timeline({ talk, deeds, children }) {
  const box = /** @type {{ current: HTMLDivElement | null }} */ (useRef(null));
  /** Where one is: at the end, or so far above it. */
  const place = useRef({ isAtEnd: true, oldest: 0, fromEnd: 0, wasOpen: false });
  const [isAtEnd, setAtEnd] = useState(true);
  const { messages, outbox, isOpen } = talk;
  const rows = rowsOf({ messages: messages.list, pending: outbox.items, newAfter: talk.newAfter });

  useLayoutEffect(() => {
    const it = box.current;
    if (!it) return;
    const { current } = place;
    const divider = isOpen && !current.wasOpen ? it.querySelector(".new") : null;
    if (divider instanceof HTMLElement) it.scrollTop = divider.offsetTop - 60;
    else if (current.isAtEnd) it.scrollTop = it.scrollHeight;
    else if (messages.oldest !== current.oldest) it.scrollTop = it.scrollHeight - current.fromEnd;
    current.wasOpen = isOpen && talk.isLoaded;
    current.oldest = messages.oldest;
    scrolled();
  });
  useEffect(() => {
    const it = box.current;
    if (!it || !it.firstElementChild) return;
    const watcher = new ResizeObserver(() => {
      if (place.current.isAtEnd) it.scrollTop = it.scrollHeight;
    });
    watcher.observe(it);
    watcher.observe(it.firstElementChild);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    if (isOpen && isAtEnd && document.visibilityState === "visible") readAll(talk);
  }, [isOpen, isAtEnd, messages.newest, talk.unread]);
  // What one has sent oneself is always shown.
  useEffect(() => toEnd(), [outbox.items.length]);

  function scrolled() {
    const it = box.current;
    if (!it || it.clientHeight === 0) return;
    const fromEnd = it.scrollHeight - it.scrollTop;
    Object.assign(place.current, { fromEnd, isAtEnd: fromEnd - it.clientHeight < NEAR_END });
    setAtEnd(place.current.isAtEnd);
    if (it.scrollTop < NEAR_START && talk.hasMore && isOpen) void loadOlder(talk);
  }
  function toEnd() {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }

  return html`<div class="scroller-box">
    <div class="scroller" ref=${box} onScroll=${scrolled} tabindex="0" role="group" aria-label=${t("talk")}>
      <div class="scroller-inner">
        ${talk.isLoadingOlder && html`<p class="note">${t("older")}</p>`}
        <div class="talk" role="log" aria-live="polite" aria-relevant="additions" aria-busy=${String(talk.isLoadingOlder)}
            aria-label=${t("talk")}><ol>
          ${messages.list.length === 0 && html`<${Welcome} key="welcome" talk=${talk} />`}
          ${rows.map((row) => html`<${Row} key=${row.key} row=${row} talk=${talk} deeds=${deeds} />`)}
        </ol></div>
        ${talk.typing > 0 && html`<${Typing} talk=${talk} />`}
        ${children}
      </div>
    </div>
    ${!isAtEnd && html`<button type="button" class="to-end" onClick=${toEnd} title=${t("to_end")}
      aria-label=${talk.unread > 0 ? t("unread", { count: talk.unread }) : t("to_end")}>
      <${Icon} name="down" />${talk.unread > 0 && html`<span class="badge">${talk.unread}</span>`}</button>`}
  </div>`;
}

/** @param {{ row: import("../state/rows.js").Row, talk: Talk, deeds: import("./message.js").Deeds }} props */
function Row({ row, talk, deeds }) {
  switch (row.kind) {
    case "day": return html`<li class="day"><span>${dayWords(row.at)}</span></li>`;
    case "new": return html`<li class="new"><span>${t("new")}</span></li>`;
    case "pending": return html`<${PendingRow} talk=${talk} pending=${row.pending} isFirst=${row.isFirst} />`;
    default: return html`<${MessageRow} talk=${talk} ...${row} key=${undefined} isRead=${row.message.id <= talk.seenId} deeds=${deeds} />`;
  }
}

/** What a stranger sees first. @param {{ talk: Talk }} props */
function Welcome({ talk }) {
  const { line, operator } = talk;
  if (!line || (talk.visitor && !talk.isLoaded)) return null;
  const name = calmName(line.name);
  const words = line.isOpen ? line.welcomeText || t("greeting") : line.awayText || t("away");
  return html`<li class="row is-theirs is-first is-last is-welcome">
    <span class="row-face"><${Face} name=${operator?.name ?? name} address=${operator?.avatar || line.avatar} isBot=${operator?.isBot} /></span>
    <div class="stack"><p class="author" dir="auto">${operator?.name ?? name}</p>
      <div class="bubble"><div class="words" dir="auto">${words}</div></div></div>
  </li>`;
}

/** @param {{ talk: Talk }} props */
function Typing({ talk }) {
  const person = talk.people[talk.typing] ?? (talk.operator?.id === talk.typing ? talk.operator : undefined);
  const name = calmName(person?.name ?? "");
  return html`<div class="typing" role="status"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
    <span>${name ? t("typing", { name }) : t("typing_somebody")}</span></div>`;
}

/** @param {number} at */
function dayWords(at) {
  const today = new Date();
  const day = new Date(at).toDateString();
  if (day === today.toDateString()) return t("today");
  today.setDate(today.getDate() - 1);
  if (day === today.toDateString()) return t("yesterday");
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
  return formatDate(at, { day: "numeric", month: "long", ...(isThisYear ? {} : { year: "numeric" }) });
}
