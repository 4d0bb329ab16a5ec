// A new chat: its name and picture, who can come, who is in it from the beginning.

import { Choice } from "../../account/fields.js";
import { pictureOf } from "../../account/picture.js";
import { t } from "../../i18n.js";
import { inBackground } from "../../state/background.js";
import { changePicture, createChat } from "../../state/conversations.js";
import { html, useRef, useState } from "../../ui.js";
import { ColorChoice } from "../parts/color_choice.js";
import { Dialog } from "../parts/dialog.js";
import { Field } from "../parts/field.js";
import { PeoplePicker } from "../parts/people_picker.js";
import { PictureChoice } from "../parts/picture_choice.js";
import { attempt } from "../parts/toast.js";
import { openChat } from "../router.js";

/** @param {{ close: () => void, memberIds?: number[] }} props */
export function NewChat({ close, memberIds = [] }) {
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState(/** @type {"group" | "open"} */ ("group"));
  const [color, setColor] = useState("");
  const [members, setMembers] = useState(memberIds);
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));

  /** @param {SubmitEvent} event */
  async function create(event) {
    event.preventDefault();
    setBusy(true);
    const given = { title: title.trim(), kind, memberIds: members, color: color || undefined };
    const chat = await attempt(() => createChat(given));
    setBusy(false);
    if (!chat) return;
    close();
    openChat(chat.id);
    if (file) inBackground(attempt(async () => changePicture(chat.id, await pictureOf(file))));
  }

  return html`<${Dialog} title=${t("new_chat")} close=${close} isWide class="new-chat" actions=${html`
    <button type="button" class="button" onClick=${close}>${t("cancel")}</button>
    <button type="button" class="button primary" disabled=${isBusy} onClick=${() => form.current?.requestSubmit()}>
      ${t("new_chat.create")}</button>`}>
    <form class="new-chat-form" ref=${form} onSubmit=${create}>
      <div class="new-chat-top">
        <${PictureChoice} file=${file} onChange=${setFile} title=${title} color=${color} />
        <${Field} label=${t("new_chat.title")} value=${title} onInput=${setTitle} hint=${t("new_chat.title_hint")} maxlength="255"
          autofocus autocomplete="off" />
      </div>
      <${Choice} label=${t("new_chat.kind")} value=${kind} options=${[["group", t("new_chat.group")], ["open", t("new_chat.open")]]}
        hint=${t(`new_chat.${kind}_hint`)} onChoose=${setKind} />
      <${ColorChoice} value=${color} onChange=${setColor} />
    </form>
    <section class="new-chat-people" aria-label=${t("new_chat.people")}>
      <h3 class="label">${t("new_chat.people")}</h3>
      <${PeoplePicker} chosen=${members} onChange=${setMembers} />
    </section>
  <//>`;
}
