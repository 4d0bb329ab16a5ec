// Keyboards under messages (KEYBOARD): rows, widths and colours as the bot wants them, readable in both themes.
//
//   Tab reaches every button, arrows go from one to the next; BLOCK=Y locks all until the message changes

import { t } from "../i18n.js";
import { calmName } from "../lib/calm.js";
import { buttonColors } from "../lib/contrast.js";
import { rowsOf } from "../lib/keyboard.js";
import { Icon } from "../icon.js";
import { press, waitOf } from "../state/keyboard_locks.js";
import { html, useMemo, useState } from "../ui.js";
import { runOf, titleOf } from "./actions.js";
import { moveFocus } from "./focus.js";
import { OutLink } from "./links.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("../lib/keyboard.js").Button} Button */
/** @typedef {import("../state/keyboard_locks.js").Wait} Wait */

/** Keyboards with more rows are folded: thirty kilobytes of buttons would hide the chat. */
const MAX_ROWS = 16;
const FOLDED_ROWS = 10;

/**
 * @param {{ messageId: number, stored: unknown, version: string, context: Context }} props `version` changes when the bot
 *   changes the message
 */
export function Keyboard({ messageId, stored, version, context }) {
  const rows = useMemo(() => rowsOf(stored, context.device ?? "desktop"), [stored, context.device]);
  const [isWhole, setWhole] = useState(false);
  const wait = waitOf(messageId, version);
  if (rows.length === 0) return null;
  const isFolded = rows.length > MAX_ROWS && !isWhole;
  const shown = isFolded ? rows.slice(0, FOLDED_ROWS) : rows;
  const hidden = rows.slice(shown.length).reduce((count, row) => count + row.length, 0);
  return html`<div class="keyboard" role="group" aria-label=${t("rich.buttons")} onKeyDown=${moveFocus}
      aria-busy=${wait?.isWhole ? "true" : undefined}>
    ${shown.map((row) => html`<div class="keyboard-row" key=${row[0].index}>
      ${row.map((button) => html`<${KeyboardButton} key=${button.index} button=${button} wait=${wait}
        place=${{ messageId, version, context }} />`)}
    </div>`)}
    ${rows.length > MAX_ROWS && html`<button type="button" class="keyboard-fold" aria-expanded=${isWhole ? "true" : "false"}
      onClick=${() => setWhole(!isWhole)}>
      ${isFolded ? t("rich.all_buttons", { count: hidden }) : t("rich.fewer_buttons")}</button>`}
    ${wait && html`<p class=${wait.isFailed ? "keyboard-failed" : "hidden-visually"} role="status">
      ${wait.isFailed ? t("rich.failed") : t("rich.waiting")}</p>`}
  </div>`;
}

/**
 * @param {{ button: Button, wait?: Wait, place: { messageId: number, version: string, context: Context } }} props
 */
function KeyboardButton({ button, wait, place }) {
  const { messageId, version, context } = place;
  const { action } = button;
  const run = runOf(action, context, { messageId, context: "KEYBOARD" });
  const isOff = button.isDisabled || !run;
  const isWaiting = Boolean(wait && !wait.isFailed && wait.index === button.index);
  const isLocked = Boolean(wait?.isWhole || isWaiting);
  const look = ["keyboard-button", `is-${button.token}`, button.width && "has-width", isWaiting && "is-waiting"];
  const shared = { class: look.filter(Boolean).join(" "), style: styleOf(button, isOff), title: titleOf(action) };
  const words = html`<span class="keyboard-words" dir="auto">${calmName(button.text)}</span>
    ${isWaiting && html`<${Icon} name="loader-circle" class="keyboard-spinner" />`}`;
  if (action.kind === "link" && !isOff && !isLocked) {
    return html`<${OutLink} address=${action.address} context=${context} ...${shared}>${words}<//>`;
  }
  function click() {
    if (isLocked || !run) return;
    if (action.kind !== "command") run();
    else press(messageId, { version, index: button.index, isLocking: button.isLocking }, run);
  }
  // A locked button keeps the focus: it is told to be off, not made so.
  return html`<button type="button" ...${shared} disabled=${isOff} aria-disabled=${isLocked ? "true" : undefined}
    onClick=${click}>${words}</button>`;
}

/** @param {Button} button @param {boolean} isOff */
function styleOf(button, isOff) {
  const on = buttonColors(button.background, button.color);
  const off = button.offBackground || button.offColor ? buttonColors(button.offBackground, button.offColor) : undefined;
  const { background, color } = isOff && off ? off : on;
  return { width: button.width ? `${button.width}px` : undefined, backgroundColor: background, color,
    borderColor: background ? "transparent" : undefined, opacity: isOff && off ? 1 : undefined };
}
