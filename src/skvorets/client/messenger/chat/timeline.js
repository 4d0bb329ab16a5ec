// The messages of a chat: only those near the window are drawn, and nothing moves under the reader's eyes.

import { t } from "../../i18n.js";
import { guessOf, itemsOf, sameItems } from "../../lib/timeline_items.js";
import { myId } from "../../state/directory.js";
import { outbox } from "../../state/outbox.js";
import { html, useComputed, useEffect, useLayoutEffect, useMemo, useRef } from "../../ui.js";
import { Spinner } from "../parts/spinner.js";
import { FloatingDay } from "./floating_day.js";
import { News } from "./news.js";
import { Pills } from "./pills.js";
import { Row } from "./row.js";
import { useMessageKeys } from "./message_keys.js";
import { useLoading, useReading } from "./watching.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../../lib/timeline_items.js").Item} Item */

/** @param {{ desk: Desk }} props */
export function Timeline({ desk }) {
  const { timeline, scroller } = desk;
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const canvas = useRef(/** @type {HTMLElement | null} */ (null));
  const rows = useRef(/** @type {HTMLElement | null} */ (null));
  const items = useItems(desk);
  const drawn = useRows(desk, items);
  const isEmpty = timeline.isReady.value && timeline.messages.value.length === 0 && items.length <= 1;
  useLayoutEffect(() => {
    desk.box = box.current;
    if (!box.current || !canvas.current || !rows.current) return undefined;
    return scroller.attach(box.current, canvas.current, rows.current);
  }, [scroller]);
  const hadFocus = Boolean(box.current?.contains(document.activeElement));
  useLayoutEffect(() => {
    scroller.settle();
    // The row that had the focus is not drawn any more: the keys go on from here.
    if (hadFocus && document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  });
  useLoading(desk);
  useReading(desk, items);
  const keys = useMessageKeys(desk);
  return html`<div class="timeline">
    <${FloatingDay} desk=${desk} items=${items} />
    <div class="timeline-box" ref=${box} role="group" aria-label=${t("chat.messages")} tabindex="-1" ...${keys}
        aria-busy=${timeline.loading.value ? "true" : undefined}>
      <div class="timeline-canvas" ref=${canvas}><div class="timeline-rows" ref=${rows}>${timeline.isReady.value && drawn}</div></div>
    </div>
    ${!timeline.isReady.value && html`<${Waiting} desk=${desk} />`}
    ${isEmpty && html`<p class="timeline-empty">${t("chat.empty")}</p>`}
    <${Pills} desk=${desk} />
    <${News} desk=${desk} />
  </div>`;
}

/** Nothing is here yet. @param {{ desk: Desk }} props */
function Waiting({ desk }) {
  return html`<div class="timeline-waiting">${desk.isFailed.value
    ? html`<p>${t("chat.failed_to_load")}</p>`
    : html`<${Spinner} label=${t("loading")} />`}</div>`;
}

/** @param {Desk} desk @returns {Item[]} */
function useItems({ chatId, timeline }) {
  const known = useRef(/** @type {Map<string, Item>} */ (new Map()));
  const entries = useComputed(() => outbox.value.filter((one) => one.chatId === chatId));
  const items = useComputed(() => {
    const sent = new Set(timeline.messages.value.slice(-50).map((one) => one.clientId).filter(Boolean));
    const made = itemsOf({
      messages: timeline.messages.value,
      entries: timeline.hasNewer.value ? [] : entries.value.filter((one) => !sent.has(one.clientId)),
      dividerId: timeline.dividerId.value, me: myId.value, hasOlder: timeline.hasOlder.value,
    });
    const same = sameItems(made, known.current);
    known.current = new Map(same.map((one) => [one.key, one]));
    return same;
  });
  return items.value;
}

/**
 * The rows to be drawn. A row that did not change is the same object as before, and is not looked at again.
 * @param {Desk} desk
 * @param {Item[]} items
 */
function useRows(desk, items) {
  const { scroller, timeline } = desk;
  const made = useRef(/** @type {Map<string, { item: Item, row: any }>} */ (new Map()));
  scroller.isEndReal = !timeline.hasNewer.value;
  useMemo(() => {
    const width = scroller.width || innerWidth;
    scroller.setRows(items.map((one) => ({ key: one.key, guess: guessOf(one, width), isFirm: isFirm(one) })));
  }, [items, scroller]);
  const { first, end } = scroller.range.value;
  const before = made.current;
  made.current = new Map();
  return items.slice(first, end).map((item) => {
    const old = before.get(item.key);
    const row = old?.item === item ? old.row : html`<${Row} key=${item.key} item=${item} desk=${desk} />`;
    made.current.set(item.key, { item, row });
    return row;
  });
}

/** @param {Item} item */
function isFirm(item) {
  return item.kind === "message" || item.kind === "entry";
}
