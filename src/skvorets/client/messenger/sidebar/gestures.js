// Fingers on a row: a long press opens its menu, a swipe to a side does what stands behind it.

import { useEffect, useRef } from "../../ui.js";

/** Milliseconds of a long press. */
const LONG = 500;
/** Pixels: a finger that moved less stays; a swipe that went so far counts; a row goes no farther. */
const [STILL, FAR, FARTHEST] = [10, 72, 96];

/**
 * @param {{ current: HTMLElement | null }} row what moves
 * @param {{ press: (at: { x: number, y: number }) => void, toLeft: () => void, toRight: () => void }} meanings
 */
export function useGestures(row, meanings) {
  const kept = useRef(meanings);
  kept.current = meanings;
  useEffect(() => (row.current ? listen(row.current, kept) : undefined), []);
}

/**
 * @param {HTMLElement} row
 * @param {{ current: { press: (at: { x: number, y: number }) => void, toLeft: () => void, toRight: () => void } }} kept
 */
function listen(row, kept) {
  const ended = new AbortController();
  let from = { x: 0, y: 0 };
  let moved = 0;
  /** @type {"" | "pressing" | "swiping" | "done"} */
  let state = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {TouchEvent} event */
  function down(event) {
    const [touch] = event.touches;
    if (event.touches.length > 1) return end();
    from = { x: touch.clientX, y: touch.clientY };
    state = "pressing";
    moved = 0;
    timer = setTimeout(() => {
      state = "done";
      kept.current.press(from);
    }, LONG);
  }

  /** @param {TouchEvent} event */
  function move(event) {
    const [touch] = event.touches;
    const [x, y] = [touch.clientX - from.x, touch.clientY - from.y];
    if (state === "pressing" && Math.hypot(x, y) > STILL) {
      clearTimeout(timer);
      state = Math.abs(x) > Math.abs(y) ? "swiping" : "";
    }
    if (state !== "swiping") return;
    if (event.cancelable) event.preventDefault();
    moved = Math.max(-FARTHEST, Math.min(FARTHEST, x));
    row.style.transform = `translateX(${moved}px)`;
    row.parentElement?.setAttribute("data-swipe", `${moved > 0 ? "right" : "left"}${Math.abs(moved) >= FAR ? " far" : ""}`);
  }

  function end() {
    clearTimeout(timer);
    if (state === "swiping" && moved >= FAR) kept.current.toRight();
    if (state === "swiping" && moved <= -FAR) kept.current.toLeft();
    if (state === "swiping") state = "done";
    row.style.transform = "";
    row.parentElement?.removeAttribute("data-swipe");
  }

  /** What was a press or swipe is no click. @param {Event} event */
  function click(event) {
    if (state === "done") event.preventDefault();
    if (state === "done") event.stopPropagation();
    state = "";
  }

  const { signal } = ended;
  row.addEventListener("touchstart", down, { signal, passive: true });
  row.addEventListener("touchmove", move, { signal, passive: false });
  row.addEventListener("touchend", end, { signal });
  row.addEventListener("touchcancel", end, { signal });
  row.addEventListener("click", click, { signal, capture: true });
  return () => ended.abort();
}
