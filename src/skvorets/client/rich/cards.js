// Cards of links (RICH_LINK): title, words, picture, site. Source: seed, "Ссылки"; bitrix24-imbot §8.

import { calmName } from "../lib/calm.js";
import { siteOf, targetOf } from "../lib/attach.js";
import { fieldsOf, membersOf, positiveInt, textOf, webAddress } from "../lib/values.js";
import { html } from "../ui.js";
import { LinkWords } from "./attach_blocks.js";
import { Picture } from "./picture.js";
import { Leading } from "./target.js";

/** @typedef {import("./types.js").Context} Context */

/** A picture at least so wide, and wider than high, stands above the words; others beside them. px. */
const WIDE_PX = 300;
const ABOVE = { width: 420, height: 236 };
const BESIDE = { width: 80, height: 80 };

/** @param {{ content: unknown, context: Context }} props */
export function Cards({ content, context }) {
  return membersOf(content).map((given, at) => html`<${Card} key=${at} fields=${fieldsOf(given)} context=${context} />`);
}

/** @param {{ fields: Record<string, unknown>, context: Context }} props */
function Card({ fields, context }) {
  const name = calmName(textOf(fields.NAME)) || textOf(fields.LINK);
  const site = siteOf(textOf(fields.LINK));
  const preview = fields.HTML ? undefined : (webAddress(fields.PREVIEW) ?? webAddress(fields.EXTRA_IMAGE));
  const size = fieldsOf(fields.PREVIEW_SIZE);
  const width = positiveInt(size.WIDTH);
  const height = positiveInt(size.HEIGHT);
  const isWide = Boolean(width && height && width >= WIDE_PX && width > height * 1.2);
  return html`<div class=${isWide ? "link-card is-wide" : "link-card"}>
    ${preview && html`<div class="link-card-picture"><${Picture} address=${preview} label=${name} width=${width} height=${height}
      room=${isWide ? ABOVE : BESIDE} context=${context} /></div>`}
    <div class="link-card-words">
      ${site && html`<div class="link-card-site">${site}</div>`}
      <${Leading} to=${targetOf(fields)} context=${context} name=${name} class="link-card-name">${name}<//>
      <${LinkWords} fields=${fields} context=${context} />
    </div>
  </div>`;
}
