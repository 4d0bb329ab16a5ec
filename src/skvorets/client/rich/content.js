// Everything that a message shows: what it answers, its text, files, attachments, keyboard.

import { Icon } from "../icon.js";
import { t } from "../i18n.js";
import { calmName } from "../lib/calm.js";
import { plain } from "../lib/markup.js";
import { html, useState } from "../ui.js";
import { Attachments } from "./attach.js";
import { Files } from "./files.js";
import { Keyboard } from "./keyboard.js";
import { RichText } from "./text.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Quoted} Quoted */

/** Texts that could be longer than a screen are folded. */
const LONG_CHARS = 1_500;
const LONG_LINES = 25;
/** Messages that the reader has unfolded; a message scrolled away and back stays so. @type {Set<number>} */
const unfolded = new Set();

/**
 * @param {{ message: Message & { editedAt?: number }, context: Context }} props
 */
export function MessageContent({ message, context }) {
  const { params } = message;
  if (message.isDeleted) {
    return html`<p class="content-deleted"><${Icon} name="trash-2" /> ${t("rich.deleted")}</p>`;
  }
  if (message.isSystem) return html`<${RichText} class="content-system" text=${message.text} context=${context} />`;
  const isOnlyLink = params.URL_ONLY === "Y" && Boolean(params.ATTACH); // the card says it all
  return html`<div class="content">
    ${message.forwarded && html`<${Forwarded} quoted=${message.forwarded} context=${context} />`}
    ${message.replyTo && html`<${Reply} quoted=${message.replyTo} context=${context} />`}
    ${typeof params.SUBJECT === "string" && html`<strong class="content-subject" dir="auto">${calmName(params.SUBJECT)}</strong>`}
    ${message.text && !isOnlyLink && html`<${Text} message=${message} context=${context} />`}
    ${message.files.length > 0 && html`<${Files} files=${message.files} context=${context} />`}
    ${params.ATTACH && html`<${Attachments} stored=${params.ATTACH} context=${context} />`}
    ${params.KEYBOARD && html`<${Keyboard} messageId=${message.id} stored=${params.KEYBOARD} context=${context}
      version=${`${params.KEYBOARD_UID ?? 0}.${message.editedAt ?? 0}`} />`}
  </div>`;
}

/** The text; a very long one is folded until it is asked for. @param {{ message: Message, context: Context }} props */
function Text({ message, context }) {
  const { id, text, files } = message;
  const isLong = text.length > LONG_CHARS || text.split("\n", LONG_LINES + 1).length > LONG_LINES;
  const [isWhole, setWhole] = useState(unfolded.has(id) || Boolean(context.highlight?.length));
  const isFolded = isLong && !isWhole;
  const words = html`<${RichText} text=${text} files=${files} context=${context} />`;
  if (!isLong) return words;
  function toggle() {
    if (isWhole) unfolded.delete(id);
    else unfolded.add(id);
    setWhole(!isWhole);
  }
  return html`<div class=${isFolded ? "content-long is-folded" : "content-long"}>
    <div class="content-fold" onFocusIn=${isFolded ? toggle : undefined}>${words}</div>
    <button type="button" class="content-unfold" aria-expanded=${isWhole ? "true" : "false"} onClick=${toggle}>
      ${isFolded ? t("rich.show_all") : t("rich.show_less")}</button>
  </div>`;
}

/** What the message answers. @param {{ quoted: Quoted, context: Context }} props */
function Reply({ quoted, context }) {
  const name = calmName(context.nameOf?.(quoted.authorId) ?? "");
  const words = wordsOf(quoted);
  const inside = html`<strong class="content-reply-name">${name}</strong><span class="content-reply-words">${words}</span>`;
  if (!quoted.chatId || !context.openMessage) return html`<div class="content-reply">${inside}</div>`;
  return html`<button type="button" class="content-reply" title=${t("rich.open_message")}
    onClick=${() => context.openMessage?.(quoted.id, quoted.chatId)}>${inside}</button>`;
}

/** Whose message it was. @param {{ quoted: Quoted, context: Context }} props */
function Forwarded({ quoted, context }) {
  const name = quoted.authorId ? calmName(context.nameOf?.(quoted.authorId) ?? "") : "";
  const words = html`<${Icon} name="forward" /> ${name ? t("rich.forwarded") : t("rich.forwarded_message")}${" "}
    <strong>${name}</strong>`;
  if (!quoted.chatId || !context.openMessage) return html`<p class="content-forwarded">${words}</p>`;
  return html`<button type="button" class="content-forwarded" title=${t("rich.open_message")}
    onClick=${() => context.openMessage?.(quoted.id, quoted.chatId)}>${words}</button>`;
}

/** @param {Quoted} quoted */
function wordsOf(quoted) {
  if (quoted.isDeleted) return t("rich.gone");
  const words = calmName(plain(quoted.text));
  return words || (quoted.files ? t("rich.files", { count: quoted.files }) : t("rich.attachment"));
}
