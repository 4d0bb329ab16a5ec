// Text of messages as people see it: every code of bitrix24-imbot §9.
//
//   text ──lib/markup.js──▶ tree ──▶ elements; words are text nodes and nothing else

import { t, formatDate } from "../i18n.js";
import { calm, calmName } from "../lib/calm.js";
import { textColor } from "../lib/contrast.js";
import { pieces } from "../lib/highlight.js";
import { emojiCount, parse } from "../lib/markup.js";
import { optionsOf } from "../lib/moments.js";
import { html, useMemo } from "../ui.js";
import { ChatLink, Mention, MessageLink, OutLink, Saying } from "./links.js";
import { InlineIcon, Picture } from "./picture.js";

/** @typedef {import("../lib/markup.js").Node} Node */
/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("./types.js").File} File */

/** So many emoji alone are shown large. */
const MAX_LARGE_EMOJI = 3;
/** Documented sizes of `[IMG size=…]`, px. */
const IMAGE_ROOMS = { "": undefined, small: { width: 80, height: 80 }, medium: { width: 200, height: 200 },
  large: { width: 420, height: 420 } };
const TAGS = { b: "strong", i: "em", u: "u", s: "s" };
const STARS = 5;

/**
 * @param {{ text: string, context: Context, files?: File[], class?: string, isPlain?: boolean }} props
 *   `files`: those that `[DISK=…]` may name; `isPlain`: within something that is clicked itself
 */
export function RichText({ text, context, files, isPlain = false, ...more }) {
  const tree = useMemo(() => parse(text), [text]);
  const emoji = emojiCount(text);
  const size = emoji > 0 && emoji <= MAX_LARGE_EMOJI ? ` is-emoji emoji-${emoji}` : "";
  return html`<div class=${`rich ${more.class ?? ""}${size}`} dir="auto">${draw(tree, { context, files, isPlain })}</div>`;
}

/**
 * @typedef {{ context: Context, files?: File[], isPlain: boolean }} Place
 */

/**
 * @param {Node[]} nodes
 * @param {Place} place
 * @returns {any[]}
 */
function draw(nodes, place) {
  return nodes.map((node) => drawOne(node, place));
}

/** @param {Node} node @param {Place} place @returns {any} */
function drawOne(node, place) {
  const { context, isPlain } = place;
  switch (node.node) {
    case "text": return marked(calm(node.text), context.highlight);
    case "break": return html`<br />`;
    case "indent": return html`<span class="rich-indent">${"\t"}</span>`;
    case "styled": return drawStyled(node, place);
    case "code": return html`<${CodeText} text=${node.text} />`;
    case "quote": return html`<${Quotation} node=${node} place=${place} />`;
    case "icon": return html`<${InlineIcon} ...${node} />`;
    case "image": return html`<${Picture} address=${node.address} room=${IMAGE_ROOMS[node.size]} context=${context}
      isPlain=${isPlain} label=${lastPart(node.address)} />`;
    case "timestamp": return html`<${Moment} ...${node} />`;
    case "diskfile": return html`<${NamedFile} fileId=${node.file_id} place=${place} />`;
    case "mark": return drawMark(node.kind, node.value);
    default: return isPlain ? draw(node.children, place) : drawLink(node, place);
  }
}

/** @param {Extract<Node, { children: Node[] }>} node @param {Place} place */
function drawLink(node, place) {
  const { context } = place;
  const children = draw(node.children, { ...place, isPlain: true });
  switch (node.node) {
    case "link": return html`<${OutLink} address=${node.address} context=${context}>${children}<//>`;
    case "mention": return html`<${Mention} personId=${node.person_id} context=${context}>${children}<//>`;
    case "chatlink": return html`<${ChatLink} dialog=${node.dialog} context=${context}>${children}<//>`;
    case "messagelink":
      return html`<${MessageLink} dialog=${node.dialog} messageId=${node.message_id} context=${context}>${children}<//>`;
    case "call": return html`<${Saying} kind="call" text=${node.number} context=${context}>${children}<//>`;
    case "send": return html`<${Saying} kind="send" text=${node.text} context=${context}>${children}<//>`;
    case "put": return html`<${Saying} kind="put" text=${node.text} context=${context}>${children}<//>`;
    default: return children;
  }
}

/** @param {import("../lib/markup_nodes.js").Styled} node @param {Place} place */
function drawStyled({ style, value, children }, place) {
  const inner = draw(children, place);
  if (style === "color") return html`<span style=${{ color: textColor(value) }}>${inner}</span>`;
  if (style === "size") return html`<span class="rich-size" style=${{ fontSize: `${Number(value) / 16}rem` }}>${inner}</span>`;
  return html`<${TAGS[style]}>${inner}<//>`;
}

/** A text with the found words marked. @param {string} text @param {readonly string[]} [words] */
export function marked(text, words = []) {
  if (words.length === 0) return text;
  return pieces(text, words).map((piece) => (piece.isFound ? html`<mark>${piece.text}</mark>` : piece.text));
}

/** @param {{ text: string }} props */
function CodeText({ text }) {
  const words = calm(text.replace(/^\r?\n/, "").trimEnd());
  return words.includes("\n")
    ? html`<pre class="rich-code is-block" tabindex="0"><code>${words}</code></pre>`
    : html`<code class="rich-code">${words}</code>`;
}

/** Both kinds of quotes. @param {{ node: import("../lib/markup_nodes.js").Quote, place: Place }} props */
function Quotation({ node, place }) {
  return html`<blockquote class="rich-quote">
    ${node.author && html`<p class="rich-quote-head"><strong>${calmName(node.author)}</strong>${" "}
      <span class="rich-quote-date">${calmName(node.date)}</span></p>`}
    <div dir="auto">${draw(node.children, place)}</div>
  </blockquote>`;
}

/** @param {{ seconds: number, format: string }} props */
function Moment({ seconds, format }) {
  const at = seconds * 1000;
  return html`<time datetime=${new Date(at).toISOString()} title=${formatDate(at, { dateStyle: "full", timeStyle: "medium" })}>
    ${formatDate(at, optionsOf(format))}</time>`;
}

/** `[DISK=…]`: one of the message's files by its id. @param {{ fileId: string, place: Place }} props */
function NamedFile({ fileId, place }) {
  const id = Number(fileId.replace(/^[a-z]/i, ""));
  const file = place.files?.find((one) => one.id === id);
  const name = file ? calmName(file.name) : t("rich.file_number", { id: String(id) });
  if (!file || place.isPlain) return html`<span>${name}</span>`;
  return html`<a class="rich-link" href=${file.downloadUrl} download=${file.name} title=${t("rich.download_name", { name })}>${name}</a>`;
}

/** @param {string} kind @param {number} value */
function drawMark(kind, value) {
  if (kind === "like") return "👍";
  if (kind === "dislike") return "👎";
  if (kind !== "rating") return null; // an attachment is shown below the text
  const full = Math.min(value, STARS);
  return html`<span class="rich-stars" role="img" aria-label=${t("rich.stars", { count: full })}>
    ${"★".repeat(full)}${"☆".repeat(STARS - full)}</span>`;
}

/** The name at the end of an address. @param {string} address */
function lastPart(address) {
  const part = address.split(/[?#]/)[0].replace(/\/+$/, "").split("/").pop() ?? "";
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
