// Text with the codes of bitrix24-imbot §9, by the messenger's own parser; words are text nodes and nothing else.

import { formatDate, t } from "../../client/i18n.js";
import { calm, calmName } from "../../client/lib/calm.js";
import { textColor } from "../../client/lib/contrast.js";
import { emojiCount, parse } from "../../client/lib/markup.js";
import { optionsOf } from "../../client/lib/moments.js";
import { html, useMemo, useState } from "../ui.js";
import { safeAddress } from "./acts.js";

/** @typedef {import("../../client/lib/markup.js").Node} Node
 * @typedef {import("./acts.js").Acts} Acts */

const TAGS = { b: "strong", i: "em", u: "u", s: "s" };
const STARS = 5;
/** Widths of `[IMG size=…]`, px. */
const WIDTHS = { "": 240, small: 80, medium: 200, large: 280 };

/** @param {{ text: string, act?: Acts }} props */
export function Words({ text, act }) {
  const tree = useMemo(() => parse(text), [text]);
  const isLarge = emojiCount(text) > 0 && emojiCount(text) <= 3;
  return html`<div class=${isLarge ? "words is-emoji" : "words"} dir="auto">${draw(tree, act, false)}</div>`;
}

/** @param {Node[]} nodes @param {Acts | undefined} act @param {boolean} isPlain within a link @returns {any[]} */
function draw(nodes, act, isPlain) {
  return nodes.map((node) => drawOne(node, act, isPlain));
}

/** @param {Node} node @param {Acts | undefined} act @param {boolean} isPlain @returns {any} */
function drawOne(node, act, isPlain) {
  switch (node.node) {
    case "text": return calm(node.text);
    case "break": return html`<br />`;
    case "indent": return "\t";
    case "styled": return drawStyled(node, draw(node.children, act, isPlain));
    case "code": return html`<code class="code">${calm(node.text.trim())}</code>`;
    case "quote": return html`<blockquote class="quote">
      ${node.author && html`<p class="quote-head">${calmName(node.author)} ${calmName(node.date)}</p>`}
      ${draw(node.children, act, isPlain)}</blockquote>`;
    case "icon": return html`<${Outside} address=${node.address} label=${node.title} width=${node.width ?? 20} />`;
    case "image": return html`<${Outside} address=${node.address} label=${t("picture")} width=${WIDTHS[node.size]} />`;
    case "timestamp": return formatDate(node.seconds * 1000, optionsOf(node.format));
    case "diskfile": return "";
    case "mark": return drawMark(node.kind, node.value);
    case "mention": return html`<span class="mention">${draw(node.children, act, true)}</span>`;
    case "link": return html`<${Link} address=${node.address} isPlain=${isPlain}>${draw(node.children, act, true)}<//>`;
    case "call": return html`<${Link} address=${`tel:${node.number.replace(/[^\d+]/g, "")}`} isPlain=${isPlain}>
      ${draw(node.children, act, true)}<//>`;
    case "send":
    case "put": return drawSaying(node, act, draw(node.children, act, true), isPlain);
    default: return draw(node.children, act, isPlain);
  }
}

/** @param {import("../../client/lib/markup_nodes.js").Styled} node @param {any} inner */
function drawStyled({ style, value }, inner) {
  if (style === "color") return html`<span style=${{ color: textColor(value) }}>${inner}</span>`;
  if (style === "size") return html`<span style=${{ fontSize: `${Number(value) / 16}rem` }}>${inner}</span>`;
  return html`<${TAGS[style]}>${inner}<//>`;
}

/** @param {{ node: "send" | "put", text: string }} node @param {Acts | undefined} act @param {any} inner @param {boolean} isPlain */
function drawSaying({ node, text }, act, inner, isPlain) {
  if (isPlain || !act) return inner;
  return html`<button type="button" class="saying" title=${calmName(text)} onClick=${() => act[node](text)}>${inner}</button>`;
}

/** @param {string} kind @param {number} value */
function drawMark(kind, value) {
  if (kind === "like") return "👍";
  if (kind === "dislike") return "👎";
  if (kind !== "rating") return null;
  const full = Math.min(value, STARS);
  return html`<span role="img" aria-label=${t("star", { count: full })}>${"★".repeat(full)}${"☆".repeat(STARS - full)}</span>`;
}

/** @param {{ address: string, isPlain?: boolean, class?: string, children?: any }} props */
export function Link({ address, isPlain, children, ...more }) {
  const safe = isPlain ? undefined : safeAddress(address);
  if (!safe) return html`<span class=${more.class}>${children}</span>`;
  return html`<a class=${more.class} href=${safe} title=${safe} target="_blank" rel="noopener noreferrer nofollow">${children}</a>`;
}

/** A picture of another site. @param {{ address: string, label: string, width: number }} props */
export function Outside({ address, label, width }) {
  const [isBroken, setBroken] = useState(false);
  const words = calmName(label);
  if (isBroken || !/^(?:https?:|\/)/i.test(address)) return words;
  return html`<img class="outside" src=${address} alt=${words} title=${words} loading="lazy" decoding="async"
    referrerpolicy="no-referrer" style=${{ width: `${Math.min(width, 280)}px` }} onError=${() => setBroken(true)} />`;
}
