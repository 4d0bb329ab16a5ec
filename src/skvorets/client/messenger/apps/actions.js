// What a chat application's frame may ask of the chat that it belongs to.

import { t } from "../../i18n.js";
import { toast } from "../parts/toast.js";

/**
 * What a chat application's frame may ask for.
 * @param {import("./open.js").Hands} hands
 * @param {() => void} close
 * @returns {import("../../frames/chat_app.js").Actions}
 */
export function actionsOf({ send, put }, close) {
  return { send, put, call: (number) => toast(t("chat.no_calls", { number })), support: () => toast(t("apps.no_lines")), close };
}
