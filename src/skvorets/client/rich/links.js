// What can be clicked in a text: real links and buttons, each with a title that says what a click does.

import { t } from "../i18n.js";
import { calmName } from "../lib/calm.js";
import { html } from "../ui.js";

/** @typedef {import("./types.js").Context} Context */

/**
 * A link to somewhere else, or into the messenger itself: its own addresses are opened in place.
 * @param {{ address: string, context: Context, class?: string, style?: Record<string, unknown>, title?: string,
 *   children?: unknown }} props
 */
export function OutLink({ address, context, title, children, style, ...more }) {
  const isForeign = !/^\/(?!\/)/.test(address);
  /** @param {MouseEvent} event */
  function open(event) {
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!context.openLink || !isPlain) return;
    event.preventDefault();
    context.openLink(address);
  }
  const isPage = /^(?:https?:|\/)/i.test(address);
  return html`<a class=${more.class ?? "rich-link"} href=${address} title=${title ?? address} style=${style}
    target=${isPage ? "_blank" : undefined} rel=${isForeign ? "noopener noreferrer nofollow" : "noopener"}
    onClick=${isPage ? open : undefined}>${children}</a>`;
}

/**
 * A button within a line of text; without anything to do it is words only.
 * @param {{ act?: () => unknown, title: string, class?: string, children?: unknown }} props
 */
export function Inline({ act, title, children, ...more }) {
  if (!act) return html`<span class=${more.class} title=${title}>${children}</span>`;
  return html`<button type="button" class=${`rich-button ${more.class ?? ""}`} title=${title} onClick=${act}>${children}</button>`;
}

/**
 * `[USER=5]…[/USER]`, `[USER=all]…[/USER]`.
 * @param {{ personId: number | null, context: Context, children?: any }} props
 */
export function Mention({ personId, context, children }) {
  const name = personId === null ? t("rich.everybody") : calmName(context.nameOf?.(personId) ?? "");
  const words = Array.isArray(children) && children.length ? children : name || t("rich.somebody");
  const isMe = personId === null || personId === context.me;
  const open = personId && context.openPerson ? () => context.openPerson?.(personId) : undefined;
  return html`<${Inline} act=${open} title=${name} class=${isMe ? "rich-mention is-me" : "rich-mention"}>${words}<//>`;
}

/**
 * `[CHAT=12]…[/CHAT]`.
 * @param {{ dialog: string, context: Context, children?: unknown }} props
 */
export function ChatLink({ dialog, context, children }) {
  const id = /^(?:chat|sg)?([0-9]{1,15})$/i.exec(dialog);
  const toChat = id && context.openChat && (() => context.openChat?.(Number(id[1])));
  const toLine = !id && context.openDialog && (() => context.openDialog?.(dialog));
  return html`<${Inline} act=${toChat || toLine || undefined} class="rich-link" title=${t("rich.open_chat")}>${children}<//>`;
}

/**
 * `[CONTEXT=chat1/456]…[/CONTEXT]`.
 * @param {{ dialog: string, messageId: number, context: Context, children?: unknown }} props
 */
export function MessageLink({ dialog, messageId, context, children }) {
  const chatId = Number(/^chat([0-9]{1,15})$/i.exec(dialog)?.[1] ?? 0);
  const open = context.openMessage && (() => context.openMessage?.(messageId, chatId));
  return html`<${Inline} act=${open} class="rich-link" title=${t("rich.open_message")}>${children}<//>`;
}

/** `[SEND=…]`, `[PUT=…]`, `[CALL=…]`: which function of the context does it, what its title is. */
const SAYING = /** @type {const} */ ({ send: "rich.send", put: "rich.put", call: "rich.call" });

/**
 * @param {{ kind: "send" | "put" | "call", text: string, context: Context, children?: unknown }} props
 */
export function Saying({ kind, text, context, children }) {
  const does = context[kind];
  const title = t(SAYING[kind], { text: calmName(text) });
  return html`<${Inline} act=${does && (() => does(text))} class=${`rich-saying is-${kind}`} title=${title}>${children}<//>`;
}
