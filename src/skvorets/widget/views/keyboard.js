// Keyboards under messages (KEYBOARD): rows, widths, colours and locks as in the messenger (client/rich/keyboard.js).

import { t } from "../../client/i18n.js";
import { calmName } from "../../client/lib/calm.js";
import { buttonColors } from "../../client/lib/contrast.js";
import { rowsOf } from "../../client/lib/keyboard.js";
import { moveFocus } from "../../client/rich/focus.js";
import { html, useEffect, useMemo, useState } from "../ui.js";
import { copy, safeAddress } from "./acts.js";

/** @typedef {import("./acts.js").Acts} Acts
 * @typedef {import("../../client/lib/keyboard.js").Button} Button
 * @typedef {{ index: number, isWhole: boolean, isFailed: boolean }} Wait */

/** A bot that has not answered by then will hardly do so, ms. */
const LOCK_MS = 15_000;

/** @param {{ messageId: number, stored: unknown, version: string, act: Acts }} props `version` changes with the message */
export function Keyboard({ messageId, stored, version, act }) {
  const rows = useMemo(() => rowsOf(stored, "desktop").map((row) => row.filter((one) => one.action.kind !== "app")), [stored]);
  const [wait, setWait] = useState(/** @type {Wait | null} */ (null));
  useEffect(() => {
    setWait(null); // the bot has answered
  }, [version]);
  useEffect(() => {
    const timer = wait && !wait.isFailed ? setTimeout(() => setWait(null), LOCK_MS) : 0;
    return () => clearTimeout(timer);
  }, [wait]);

  /** @param {Button} button */
  async function press(button) {
    const { action } = button;
    if (action.kind !== "command") return runOf(action, act)?.();
    if (wait && !wait.isFailed && (wait.isWhole || wait.index === button.index)) return;
    setWait({ index: button.index, isWhole: button.isLocking, isFailed: false });
    try {
      await act.press(messageId, { command: action.command, params: action.params });
      if (!button.isLocking) setWait(null); // a locked one waits until the message changes
    } catch {
      setWait({ index: button.index, isWhole: false, isFailed: true });
    }
  }

  const shown = rows.filter((row) => row.length > 0);
  if (shown.length === 0) return null;
  return html`<div class="keyboard" role="group" aria-label=${t("buttons")} onKeyDown=${moveFocus}>
    ${shown.map((row) => html`<div class="keyboard-row" key=${row[0].index}>
      ${row.map((button) => html`<${One} key=${button.index} button=${button} wait=${wait} act=${act} onPress=${press} />`)}
    </div>`)}
    ${wait && html`<p class=${wait.isFailed ? "keyboard-failed" : "hidden"} role="status">
      ${t(wait.isFailed ? "button_failed" : "working")}</p>`}
  </div>`;
}

/** @param {{ button: Button, wait: Wait | null, act: Acts, onPress: (button: Button) => unknown }} props */
function One({ button, wait, act, onPress }) {
  const { action } = button;
  const address = button.isDisabled ? undefined : addressOf(action);
  const isOff = button.isDisabled || (!address && action.kind !== "command" && !runOf(action, act));
  const isWaiting = Boolean(wait && !wait.isFailed && wait.index === button.index);
  const isLocked = isWaiting || Boolean(wait?.isWhole);
  const look = ["key", `is-${button.token}`, button.width && "has-width", isWaiting && "is-waiting"].filter(Boolean).join(" ");
  const shared = { class: look, style: styleOf(button, isOff) };
  const words = html`<span dir="auto">${calmName(button.text)}</span>`;
  if (address) {
    return html`<a ...${shared} href=${address} title=${address} target="_blank" rel="noopener noreferrer nofollow">${words}</a>`;
  }
  return html`<button type="button" ...${shared} disabled=${isOff} aria-disabled=${isLocked ? "true" : undefined}
    onClick=${() => !isLocked && onPress(button)}>${words}</button>`;
}

/** @param {import("../../client/lib/keyboard.js").Action} action */
function addressOf(action) {
  if (action.kind === "call") return `tel:${action.value.replace(/[^\d+]/g, "")}`;
  return action.kind === "link" ? safeAddress(action.address) : undefined;
}

/** @param {import("../../client/lib/keyboard.js").Action} action @param {Acts} act @returns {(() => unknown) | undefined} */
function runOf(action, act) {
  switch (action.kind) {
    case "send": return () => act.send(action.value);
    case "put": return () => act.put(action.value);
    case "copy": return () => copy(action.value);
    default: return undefined;
  }
}

/** @param {Button} button @param {boolean} isOff */
function styleOf(button, isOff) {
  const on = buttonColors(button.background, button.color);
  const off = button.offBackground || button.offColor ? buttonColors(button.offBackground, button.offColor) : undefined;
  const { background, color } = isOff && off ? off : on;
  return { width: button.width ? `${button.width}px` : undefined, backgroundColor: background, color,
    borderColor: background ? "transparent" : undefined, opacity: isOff && off ? 1 : undefined };
}
