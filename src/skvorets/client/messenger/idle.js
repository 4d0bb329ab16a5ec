// Away without saying so: after ten minutes without a touch the others see it, and again when one is back.

import { call } from "../api.js";
import { myId } from "../state/directory.js";
import { inBackground } from "../state/background.js";

/** Milliseconds without a touch after which one is away. */
const PATIENCE = 600_000;
/** Milliseconds between two looks. */
const PAUSE = 15_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "focus"];

/** When any page of this browser was touched: who works in one of them is not away in the others. */
const TOUCHED = "skvorets.touched";

/** Watch this page. */
export function watchIdleness() {
  let touchedAt = Date.now();
  let notedAt = 0;
  let isAway = false;
  for (const sign of SIGNS) addEventListener(sign, touch, { passive: true, capture: true });
  setInterval(look, PAUSE);

  function touch() {
    touchedAt = Date.now();
    if (touchedAt - notedAt > PAUSE) {
      notedAt = touchedAt;
      localStorage.setItem(TOUCHED, String(touchedAt));
    }
    if (!isAway) return;
    isAway = false;
    if (myId.peek()) inBackground(call("DELETE", "/api/idle"));
  }

  function look() {
    touchedAt = Math.max(touchedAt, Number(localStorage.getItem(TOUCHED) ?? 0));
    if (isAway || !myId.peek() || Date.now() - touchedAt < PATIENCE) return;
    isAway = true;
    inBackground(call("PUT", "/api/idle", { since: touchedAt }));
  }
}
