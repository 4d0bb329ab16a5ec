// Keyboards as they are stored (core/keyboard.py): which buttons stand in which row, and what a click on one does.
// Documented in the seed's chapter "Работа с клавиатурами", bitrix24-imbot §6.

import { fieldsOf, hexColor, membersOf, positiveInt, textOf, trimmed, webAddress } from "./values.js";

/**
 * What a click does. `none`: nothing that we know of; the button is shown and does nothing.
 * @typedef {{ kind: "link", address: string }
 *   | { kind: "app", appId: number, params: string }
 *   | { kind: "put" | "send" | "copy" | "call" | "dialog" | "livechat" | "help", value: string }
 *   | { kind: "command", command: string, params: string, botId: number }
 *   | { kind: "none" }} Action
 * @typedef {{ index: number, text: string, action: Action, isDisabled: boolean, isLocking: boolean, isLine: boolean,
 *   width?: number, token: string, background?: string, color?: string, offBackground?: string, offColor?: string }} Button
 */

const ACTIONS = new Set(["put", "send", "copy", "call", "dialog", "livechat", "help"]);
const TOKENS = new Set(["primary", "secondary", "alert"]);

/**
 * The rows of a stored keyboard. A button with DISPLAY = BLOCK has a row of its own, those with LINE stand beside each
 * other until a BLOCK or a NEWLINE comes.
 * @param {unknown} stored
 * @param {"desktop" | "mobile"} device
 * @returns {Button[][]}
 */
export function rowsOf(stored, device) {
  /** @type {Button[][]} */
  const rows = [];
  let isOpen = false; // may the next LINE stand in the last row?
  membersOf(stored).forEach((given, index) => {
    const fields = fieldsOf(given);
    if (isDivider(fields)) {
      isOpen = false;
      return;
    }
    const button = buttonOf(fields, index);
    if (!button || !isShownOn(fields, device)) return;
    if (button.isLine && isOpen) rows[rows.length - 1].push(button);
    else rows.push([button]);
    isOpen = button.isLine;
  });
  return rows;
}

/** Does the entry only begin a new row or group? @param {Record<string, unknown>} fields */
export function isDivider(fields) {
  return textOf(fields.TYPE).toUpperCase() === "NEWLINE";
}

/** @param {Record<string, unknown>} fields @param {"desktop" | "mobile"} device */
export function isShownOn(fields, device) {
  const place = textOf(fields.CONTEXT).toLowerCase();
  return !["desktop", "mobile"].includes(place) || place === device;
}

/** @param {unknown} flag */
export function isYes(flag) {
  return textOf(flag).toUpperCase() === "Y" || flag === true;
}

/**
 * What a click on a button or an item of a menu does.
 * @param {Record<string, unknown>} fields
 * @returns {Action}
 */
export function actionOf(fields) {
  const address = webAddress(fields.LINK);
  if (address) return { kind: "link", address };
  const appId = positiveInt(fields.APP_ID);
  if (appId) return { kind: "app", appId, params: textOf(fields.APP_PARAMS) };
  const action = textOf(fields.ACTION).toLowerCase();
  if (ACTIONS.has(action)) return { kind: /** @type {"put"} */ (action), value: textOf(fields.ACTION_VALUE) };
  const command = textOf(fields.COMMAND);
  if (!command) return { kind: "none" };
  return { kind: "command", command, params: textOf(fields.COMMAND_PARAMS), botId: positiveInt(fields.BOT_ID) ?? 0 };
}

/** @param {Record<string, unknown>} fields @param {number} index @returns {Button | undefined} */
function buttonOf(fields, index) {
  const text = trimmed(textOf(fields.TEXT));
  if (!text) return undefined;
  const token = textOf(fields.BG_COLOR_TOKEN).toLowerCase();
  return {
    index,
    text,
    action: actionOf(fields),
    isDisabled: isYes(fields.DISABLED),
    isLocking: isYes(fields.BLOCK),
    isLine: textOf(fields.DISPLAY).toUpperCase() === "LINE",
    width: positiveInt(fields.WIDTH),
    token: TOKENS.has(token) ? token : "base",
    background: hexColor(fields.BG_COLOR),
    color: hexColor(fields.TEXT_COLOR),
    offBackground: hexColor(fields.OFF_BG_COLOR),
    offColor: hexColor(fields.OFF_TEXT_COLOR),
  };
}
