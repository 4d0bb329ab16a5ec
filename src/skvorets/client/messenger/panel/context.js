// What happens when something is clicked in texts beside the chat: as in messages, but for the field, which is elsewhere.

import { t } from "../../i18n.js";
import { myId, nameOf } from "../../state/directory.js";
import { openDialog, openImage } from "../chat/context.js";
import { copy } from "../chat/copying.js";
import { toast } from "../parts/toast.js";
import { openChat, openPerson, showMessage } from "../router.js";

/**
 * @param {readonly string[]} [highlight] words found by a search
 * @returns {import("../../rich/types.js").Context}
 */
export function contextBeside(highlight) {
  return {
    get me() { return myId.peek(); },
    nameOf, openPerson, openDialog, openImage, copy, highlight,
    openChat: (id) => openChat(id),
    openMessage: (messageId, chatId) => chatId && showMessage(chatId, messageId),
    call: (number) => toast(t("chat.no_calls", { number })),
  };
}
