// Instead of the field, where one may not write: why, and what one can do about it.

import { t } from "../../i18n.js";
import { people } from "../../state/directory.js";
import { join } from "../../state/conversations.js";
import { html, useState } from "../../ui.js";
import { attempt } from "../parts/toast.js";

/** @param {{ chat: import("../../state/directory.js").Chat }} props */
export function ClosedBar({ chat }) {
  const [isBusy, setBusy] = useState(false);
  async function enter() {
    setBusy(true);
    await attempt(() => join(chat.id));
    setBusy(false);
  }
  if (chat.kind === "open" && !chat.mine.isMember) {
    return html`<div class="closed-bar"><p>${t("chat.not_member")}</p>
      <button type="button" class="button primary" disabled=${isBusy} data-first onClick=${enter}>${t("chat.join")}</button></div>`;
  }
  return html`<div class="closed-bar"><p>${reasonOf(chat)}</p></div>`;
}

/** @param {import("../../state/directory.js").Chat} chat */
function reasonOf(chat) {
  if (!chat.mine.isMember) return t("chat.closed.left");
  if (chat.kind === "private" && people.get(chat.partnerId)?.isActive === false) return t("chat.closed.dismissed");
  if (chat.isGeneral) return t("chat.closed.general");
  return t("chat.closed.rights");
}
