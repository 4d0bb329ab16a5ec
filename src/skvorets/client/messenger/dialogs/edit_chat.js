// Changing a chat: its name, words, colour and picture.

import { pictureOf } from "../../account/picture.js";
import { t } from "../../i18n.js";
import { CHAT_COLORS } from "../../lib/chat_colors.js";
import { changeChat, changePicture } from "../../state/conversations.js";
import { chats } from "../../state/directory.js";
import { html, useRef, useState } from "../../ui.js";
import { ColorChoice } from "../parts/color_choice.js";
import { Dialog } from "../parts/dialog.js";
import { Field } from "../parts/field.js";
import { PictureChoice } from "../parts/picture_choice.js";
import { attempt } from "../parts/toast.js";

/** @param {{ chatId: number, close: () => void }} props */
export function EditChat({ chatId, close }) {
  const chat = chats.peek(chatId);
  const before = { title: chat?.title ?? "", description: chat?.description ?? "", color: colorName(chat?.color ?? "") };
  const [title, setTitle] = useState(before.title);
  const [description, setDescription] = useState(before.description);
  const [color, setColor] = useState(before.color);
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  /** @param {Event} event */
  async function keep(event) {
    event.preventDefault();
    setBusy(true);
    const changes = {
      title: title.trim() && title.trim() !== before.title ? title.trim() : undefined,
      description: description.trim() === before.description ? undefined : description.trim(),
      color: color && color !== before.color ? color : undefined,
    };
    const isDone = await attempt(async () => {
      if (Object.values(changes).some((one) => one !== undefined)) await changeChat(chatId, changes);
      if (file) await changePicture(chatId, await pictureOf(file));
      return true;
    });
    setBusy(false);
    if (isDone) close();
  }
  const remove = () => attempt(() => changePicture(chatId, ""));
  const hasPicture = Boolean(chats.get(chatId)?.avatar);
  return html`<${Dialog} title=${t("edit_chat.title")} close=${close} actions=${html`
    <button type="button" class="button" onClick=${close}>${t("cancel")}</button>
    <button type="button" class="button primary" disabled=${isBusy} onClick=${() => form.current?.requestSubmit()}>${t("save")}</button>`}>
    <form class="new-chat-form" ref=${form} onSubmit=${keep}>
      <div class="new-chat-top">
        <div><${PictureChoice} file=${file} onChange=${setFile} title=${title} color=${color} />
          ${hasPicture && !file && html`<button type="button" class="button quiet small" onClick=${remove}>${t("edit_chat.no_picture")}</button>`}</div>
        <${Field} label=${t("panel.title")} value=${title} onInput=${setTitle} maxlength="255" autofocus autocomplete="off" required />
      </div>
      <${Field} label=${t("edit_chat.description")} value=${description} onInput=${setDescription} isLong maxlength="10000" />
      <${ColorChoice} value=${color} onChange=${setColor} />
    </form>
  <//>`;
}

/** @param {string} hex */
function colorName(hex) {
  return CHAT_COLORS.find(([, value]) => value === hex.toLowerCase())?.[0] ?? "";
}
