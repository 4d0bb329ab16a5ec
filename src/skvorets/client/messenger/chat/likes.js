// Who likes a message; a click joins or takes it back.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { knowPeople, myId, nameOf } from "../../state/directory.js";
import { likeMessage } from "../../state/messages.js";
import { html } from "../../ui.js";
import { Avatar } from "../parts/avatar.js";
import { people } from "../../state/directory.js";
import { attempt } from "../parts/toast.js";

/** So many are named, and so many shown by their picture. */
const [NAMED, PICTURED] = [10, 3];

/** @param {{ message: import("../../state/directory.js").Message }} props */
export function Likes({ message }) {
  const { likes } = message;
  if (likes.length === 0) return null;
  const isMine = likes.includes(myId.value);
  const names = likes.slice(0, NAMED).map((id) => calmName(nameOf(id))).filter(Boolean).join(", ");
  const words = `${t("chat.likes", { count: likes.length })}: ${names}${likes.length > NAMED ? "…" : ""}`;
  return html`<button type="button" class=${isMine ? "likes is-mine" : "likes"} aria-pressed=${isMine ? "true" : "false"}
      title=${words} aria-label=${words} onClick=${() => like(message)} onPointerEnter=${() => void knowPeople(likes.slice(0, NAMED)).catch(() => undefined)}>
    <${Icon} name="thumbs-up" />
    ${likes.length <= PICTURED
      ? likes.map((id) => html`<${Avatar} key=${id} person=${people.get(id)} size="xs" hasDot=${false} />`)
      : html`<span>${likes.length}</span>`}
  </button>`;
}

/** Like it, or not any more. @param {import("../../state/directory.js").Message} message */
export function like(message) {
  if (message.isDeleted) return;
  void attempt(() => likeMessage(message, !message.likes.includes(myId.peek())));
}
