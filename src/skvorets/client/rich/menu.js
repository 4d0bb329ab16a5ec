// Own items of bots in the context menu of a message (MENU). Source: seed, "Работа с контекстным меню"; bitrix24-imbot §7.

import { calmName } from "../lib/calm.js";
import { actionOf, isDivider, isShownOn, isYes } from "../lib/keyboard.js";
import { fieldsOf, membersOf, textOf } from "../lib/values.js";
import { runOf, titleOf } from "./actions.js";

/**
 * @typedef {{ id: string, text: string, run: () => unknown, isDisabled: boolean, startsGroup: boolean, title?: string }} Item
 *   `startsGroup`: a line stands before it
 */

/**
 * The items for the end of a message's menu.
 * @param {Record<string, any>} params of the message
 * @param {import("./types.js").Context} context
 * @param {number} messageId
 * @returns {Item[]}
 */
export function menuItems(params, context, messageId) {
  /** @type {Item[]} */
  const items = [];
  let startsGroup = false;
  membersOf(params.MENU).map(fieldsOf).forEach((fields, index) => {
    const text = calmName(textOf(fields.TEXT)).trim();
    if (isDivider(fields)) startsGroup = items.length > 0;
    else if (text && isShownOn(fields, context.device ?? "desktop")) {
      const action = actionOf(fields);
      const run = runOf(action, context, { messageId, context: "MENU" });
      const isDisabled = isYes(fields.DISABLED) || !run;
      items.push({ id: `bot-${index}`, text, run: () => run?.(), isDisabled, startsGroup, title: titleOf(action) });
      startsGroup = false;
    }
  });
  return items;
}
