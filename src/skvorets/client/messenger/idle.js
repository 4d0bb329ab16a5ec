// Away without saying so: after ten minutes without a touch the others see it, and again when one is back.

import { call } from "../api.js";
import { myId } from "../state/directory.js";
import { inBackground } from "../state/background.js";

/** Milliseconds without a touch after which one is away. */
const PATIENCE = 600_000;
/** Milliseconds between two looks. */
const PAUSE = 15_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "focus"];

/** Watch this page. Pages of one browser do not know of each other: the one that was touched last says "back". */
export function watchIdleness() {
  let touchedAt = Date.now();
  let isAway = false;
  for (const sign of SIGNS) addEventListener(sign, touch, { passive: true, capture: true });
  setInterval(look, PAUSE);

  function touch() {
    touchedAt = Date.now();
    if (!isAway) return;
    isAway = false;
    if (myId.peek()) inBackground(call("DELETE", "/api/idle"));
  }

  function look() {
    if (isAway || !myId.peek() || Date.now() - touchedAt < PATIENCE) return;
    isAway = true;
    inBackground(call("PUT", "/api/idle", { since: touchedAt }));
  }
}
