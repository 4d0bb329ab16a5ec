// Attachments (ATTACH): every block as documented; what is not known shows its words.

import { t } from "../i18n.js";
import { calm } from "../lib/calm.js";
import { attachmentsOf, wordsOf } from "../lib/attach.js";
import { membersOf, textOf, fieldsOf } from "../lib/values.js";
import { html, useMemo } from "../ui.js";
import { Delimiter, Images, Links, Records, Users } from "./attach_blocks.js";
import { Cards } from "./cards.js";
import { Grids } from "./grid.js";
import { RichText } from "./text.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {import("../lib/attach.js").Block} Block */

/**
 * The attachments of a message's params.
 * @param {{ stored: unknown, context: Context }} props
 */
export function Attachments({ stored, context }) {
  const attachments = useMemo(() => attachmentsOf(stored), [stored]);
  return attachments.map((one) => {
    const look = one.isCard ? "attach is-card" : `attach ${one.token && `is-${one.token}`}`;
    // The bar at its side is a part of its frame: high contrast keeps it.
    const style = one.isCard || one.token || !one.color ? undefined : { borderInlineStartColor: one.color };
    return html`<section key=${one.id} class=${look} style=${style} aria-label=${t("rich.attachment")}>
      ${one.blocks.map((block, at) => html`<${AttachBlock} key=${at} block=${block} context=${context} />`)}
    </section>`;
  });
}

/** @type {Record<string, (props: { content: any, context: Context }) => any>} */
const VIEWS = {
  USER: Users,
  LINK: Links,
  RICH_LINK: Cards,
  MESSAGE: Message,
  GRID: Grids,
  IMAGE: Images,
  FILE: Records,
  DELIMITER: Delimiter,
};

/** @param {{ block: Block, context: Context }} props */
function AttachBlock({ block, context }) {
  const View = Object.hasOwn(VIEWS, block.kind) ? VIEWS[block.kind] : undefined;
  if (View) return html`<${View} content=${block.content} context=${context} />`;
  const words = wordsOf(block.content);
  return words && html`<p class="attach-unknown" dir="auto">${calm(words)}</p>`;
}

/** @param {{ content: unknown, context: Context }} props */
function Message({ content, context }) {
  const text = textOf(content) || textOf(fieldsOf(membersOf(content)[0]).TEXT);
  return text && html`<${RichText} class="attach-message" text=${text} context=${context} />`;
}
