// The list of conversations: only the rows near the window are drawn; arrows go through all of them.

import { rowsToDraw, scrolledTo } from "../../lib/window_of_rows.js";
import { shown } from "../../state/recents.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../../ui.js";
import { place } from "../router.js";
import { Row } from "./row.js";

/** Height of a row in the type's size; style/messenger-sidebar.css says the same. */
const ROW_REM = 4.25;

/** @param {{ label: string }} props */
export function ChatList({ label }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const row = ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [view, setView] = useState({ top: 0, height: 800 });
  const [reachedId, setReached] = useState(0);
  const list = shown.value;
  const { chatId } = place.value;
  const reached = indexOf(list, reachedId) ?? indexOf(list, chatId) ?? 0;

  useLayoutEffect(() => {
    const shownBox = /** @type {HTMLElement} */ (box.current);
    const measure = () => setView({ top: shownBox.scrollTop, height: shownBox.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(shownBox);
    return () => observer.disconnect();
  }, []);
  useEffect(() => reveal(indexOf(shown.peek(), chatId)), [chatId]);

  /** @param {number | undefined} number */
  function reveal(number) {
    const shownBox = box.current;
    if (!shownBox || number === undefined) return;
    const wanted = scrolledTo({ top: shownBox.scrollTop, height: shownBox.clientHeight, row }, number);
    if (wanted !== shownBox.scrollTop) shownBox.scrollTop = wanted;
  }

  function scroll() {
    const top = box.current?.scrollTop ?? 0;
    if (Math.floor(top / row) !== Math.floor(view.top / row)) setView({ ...view, top });
  }

  /** @param {KeyboardEvent} event */
  function steer(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(view.height / row) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -list.length, End: list.length };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (!step || list.length === 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(list.length - 1, reached + step));
    setReached(list[next].id);
    reveal(next);
    requestAnimationFrame(() => focusRow(box.current, list[next].id));
  }

  /** @param {FocusEvent} event */
  function reach(event) {
    const id = Number(/** @type {HTMLElement} */ (event.target).dataset.chat);
    if (id) setReached(id);
  }

  const drawn = rowsToDraw({ ...view, row, count: list.length, also: reached });
  return html`<div class="chat-list" ref=${box} onScroll=${scroll} onKeyDown=${steer} onFocusIn=${reach}>
    <ul aria-label=${label} style=${{ height: list.length * row }}>
      ${drawn.map((number) => html`<${Row} key=${list[number].id} chatId=${list[number].id} number=${number} count=${list.length}
        top=${number * row} isActive=${list[number].id === chatId} isReached=${number === reached} />`)}
    </ul>
  </div>`;
}

/**
 * @param {import("../../state/directory.js").Chat[]} list
 * @param {number} id
 */
function indexOf(list, id) {
  const at = id ? list.findIndex((one) => one.id === id) : -1;
  return at < 0 ? undefined : at;
}

/**
 * @param {HTMLElement | null} box
 * @param {number} id
 */
function focusRow(box, id) {
  /** @type {HTMLElement | null} */ (box?.querySelector(`[data-chat="${id}"]`) ?? null)?.focus({ preventScroll: true });
}
