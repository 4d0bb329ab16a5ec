// A message as a screen reader says it: author, time, text, what is attached.

import { formatDate, t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { plain } from "../../lib/markup.js";
import { nameOf } from "../../state/directory.js";

/** So much of the text belongs to the name of the row; the rest is in it. */
const MOST = 500;

/** @param {import("../../state/directory.js").Message} message */
export function spokenOf(message) {
  const when = formatDate(message.createdAt, { dateStyle: "medium", timeStyle: "short" });
  const who = message.isSystem ? "" : nameOf(message.authorId);
  const words = message.isDeleted ? t("rich.deleted") : calmName(plain(message.text)).slice(0, MOST);
  const files = message.files.length > 0 ? t("chat.spoken_files", { count: message.files.length, names: message.files.map((one) => one.name).join(", ") }) : "";
  const answered = message.replyTo ? t("chat.spoken_reply", { name: nameOf(message.replyTo.authorId) }) : "";
  const keys = message.params.KEYBOARD ? t("chat.spoken_buttons") : "";
  const cards = message.params.ATTACH ? t("chat.spoken_cards") : "";
  const edited = message.editedAt && !message.isDeleted ? t("chat.edited") : "";
  const likes = message.likes.length > 0 ? t("chat.likes", { count: message.likes.length }) : "";
  return [who, when, answered, words, files, cards, keys, edited, likes].filter(Boolean).join(", ");
}
