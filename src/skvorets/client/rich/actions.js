// What a click on a button of a keyboard or on an item of a menu does. Source: seed, "Работа с клавиатурами", "Работа с
// контекстным меню"; bitrix24-imbot §6, §7.

import { t } from "../i18n.js";
import { calmName } from "../lib/calm.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("../lib/keyboard.js").Action} Action */

/**
 * The function to call; undefined when the page around cannot do it. Addresses are links, not functions, but in menus.
 * @param {Action} action
 * @param {Context} context
 * @param {{ messageId: number, context: "KEYBOARD" | "MENU" }} origin
 * @returns {(() => unknown) | undefined}
 */
export function runOf(action, context, origin) {
  switch (action.kind) {
    case "link": return () => (context.openLink ? context.openLink(action.address) : openPage(action.address));
    case "command": {
      const { command, params, botId } = action;
      return context.command && (() => context.command?.({ ...origin, command, params, botId }));
    }
    case "app":
      return context.openChatApp && (() => context.openChatApp?.(action.appId, action.params, origin.messageId));
    case "dialog": return context.openDialog && (() => context.openDialog?.(action.value));
    case "livechat": return context.openLivechat && (() => context.openLivechat?.(action.value));
    case "help": return context.openHelp && (() => context.openHelp?.(action.value));
    case "none": return undefined;
    default: {
      const { kind, value } = action;
      return context[kind] && (() => context[kind]?.(value));
    }
  }
}

/**
 * What a click does, in words, for the title of the button.
 * @param {Action} action
 */
export function titleOf(action) {
  switch (action.kind) {
    case "link": return action.address;
    case "app": return t("rich.open_app");
    case "dialog": return t("rich.open_dialog");
    case "send":
    case "put":
    case "call":
    case "copy": return t(`rich.${action.kind}`, { text: calmName(action.value) });
    case "none": return t("rich.unknown_action");
    default: return undefined;
  }
}

/** @param {string} address */
function openPage(address) {
  window.open(address, "_blank", "noopener");
}
