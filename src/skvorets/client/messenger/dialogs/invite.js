// Inviting people into a chat.

import { t } from "../../i18n.js";
import { membersOf } from "../../state/chat_contents.js";
import { invite } from "../../state/conversations.js";
import { chats } from "../../state/directory.js";
import { html, useEffect, useMemo, useState } from "../../ui.js";
import { titleOf } from "../chat/titles.js";
import { Dialog } from "../parts/dialog.js";
import { PeoplePicker } from "../parts/people_picker.js";
import { attempt, toast } from "../parts/toast.js";

/** @param {{ chatId: number, close: () => void }} props */
export function InvitePeople({ chatId, close }) {
  const [ids, setIds] = useState(/** @type {number[]} */ ([]));
  const [showsHistory, setHistory] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const there = useMemo(() => membersOf(chatId, () => ""), [chatId]);
  useEffect(() => void there.restart(), [there]);
  const chat = chats.get(chatId);
  async function send() {
    setBusy(true);
    const isDone = await attempt(async () => {
      await invite(chatId, ids, showsHistory);
      return true;
    });
    setBusy(false);
    if (!isDone) return;
    close();
    toast(t("invite.done", { count: ids.length }));
  }
  return html`<${Dialog} title=${t("invite.title")} close=${close} class="invite" actions=${html`
    <button type="button" class="button" onClick=${close}>${t("cancel")}</button>
    <button type="button" class="button primary" disabled=${ids.length === 0 || isBusy} onClick=${send}>${t("invite.send")}</button>`}>
    <p class="soft" dir="auto">${chat ? titleOf(chat) : ""}</p>
    <${PeoplePicker} chosen=${ids} onChange=${setIds} exclude=${there.items.value.map((one) => one.personId)} isFirst />
    <label class="check"><input type="checkbox" checked=${showsHistory}
      onChange=${(/** @type {Event} */ event) => setHistory(/** @type {HTMLInputElement} */ (event.currentTarget).checked)} />
      <span>${t("invite.history")}<span class="soft">${t("invite.history.hint")}</span></span></label>
  <//>`;
}
