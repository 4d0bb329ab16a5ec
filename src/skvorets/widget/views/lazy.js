// Parts that only some talks need: what bots send. They are loaded when the first such message is shown.

import { html, useEffect, useState } from "../ui.js";

/** @type {Map<string, any>} what has come */
const known = new Map();

/** @type {Record<string, () => Promise<any>>} */
const PARTS = {
  Words: () => import("./words.js").then((it) => it.Words),
  Attachments: () => import("./words.js").then(() => import("./attach.js")).then((it) => it.Attachments),
  Keyboard: () => import("./keyboard.js").then((it) => it.Keyboard),
};

/**
 * @param {{ part: "Words" | "Attachments" | "Keyboard", fallback?: unknown, [more: string]: unknown }} props
 */
export function Lazy({ part, fallback = null, ...props }) {
  const [, come] = useState(0);
  const Part = known.get(part);
  useEffect(() => {
    if (Part) return;
    PARTS[part]().then((it) => {
      known.set(part, it);
      come((count) => count + 1);
    }, () => {}); // without it the fallback stays
  }, [part]);
  return Part ? html`<${Part} ...${props} />` : fallback;
}

/** Codes, addresses, quotes … anything that plain words have not. */
const RICH = /\[|#BR#|>>| {4}|\t|-{54}|:\/\//iu;

/**
 * The words of a message.
 * @param {{ text: string, act: import("./acts.js").Acts }} props
 */
export function Text({ text, act }) {
  const plain = html`<div class="words" dir="auto">${text}</div>`;
  return RICH.test(text) ? html`<${Lazy} part="Words" text=${text} act=${act} fallback=${plain} />` : plain;
}
