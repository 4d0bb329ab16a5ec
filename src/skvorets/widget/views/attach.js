// Attachments (ATTACH) in the room of a small window; read by the messenger's own rules (client/lib/attach.js).

import { formatSize, t } from "../../client/i18n.js";
import { attachmentsOf, gridsOf, siteOf, targetOf, wordsOf } from "../../client/lib/attach.js";
import { calm, calmName } from "../../client/lib/calm.js";
import { textColor } from "../../client/lib/contrast.js";
import { htmlWords } from "../../client/lib/html_words.js";
import { fieldsOf, hexColor, membersOf, positiveInt, textOf, webAddress } from "../../client/lib/values.js";
import { html, useMemo } from "../ui.js";
import { Icon } from "./icon.js";
import { Face } from "./person.js";
import { Link, Outside, Words } from "./words.js";

/** @typedef {import("./acts.js").Acts} Acts
 * @typedef {{ content: unknown, act: Acts }} Props */

/** @param {{ stored: unknown, act: Acts }} props */
export function Attachments({ stored, act }) {
  const attachments = useMemo(() => attachmentsOf(stored), [stored]);
  return attachments.map((one) => html`<section key=${one.id} class=${`attach ${one.token && `is-${one.token}`}`}
      aria-label=${t("attachment")} style=${one.isCard || one.token ? undefined : { borderInlineStartColor: one.color }}>
    ${one.blocks.map((block, at) => html`<${Block} key=${at} block=${block} act=${act} />`)}
  </section>`);
}

/** @type {Record<string, (props: Props) => any>} */
const VIEWS = { USER: Users, LINK: Links, RICH_LINK: Links, MESSAGE: Message, GRID: Grids, IMAGE: Images, FILE: Records,
  DELIMITER: Delimiter };

/** @param {{ block: import("../../client/lib/attach.js").Block, act: Acts }} props */
function Block({ block, act }) {
  const View = Object.hasOwn(VIEWS, block.kind) ? VIEWS[block.kind] : undefined;
  if (View) return html`<${View} content=${block.content} act=${act} />`;
  return html`<p class="words">${calm(wordsOf(block.content))}</p>`;
}

/** A name that leads to an address, when there is one: people and chats lead nowhere here.
 * @param {{ fields: Record<string, unknown>, children?: unknown, class?: string }} props */
function Leading({ fields, children, ...more }) {
  const to = targetOf(fields);
  const address = to && "address" in to ? to.address : "";
  return html`<${Link} address=${address} isPlain=${!address} ...${more}>${children}<//>`;
}

/** @param {Props} props */
function Users({ content }) {
  return membersOf(content).map(fieldsOf).map((fields, at) => {
    const name = calmName(textOf(fields.NAME));
    const isBot = textOf(fields.AVATAR_TYPE) === "BOT";
    return html`<div class="attach-user" key=${at}><${Face} name=${name} address=${webAddress(fields.AVATAR)} isBot=${isBot} />
      <${Leading} fields=${fields}>${name}<//></div>`;
  });
}

/** @param {Props} props */
function Links({ content, act }) {
  return membersOf(content).map(fieldsOf).map((fields, at) => {
    const name = calmName(textOf(fields.NAME)) || textOf(fields.LINK);
    const preview = webAddress(fields.PREVIEW) ?? webAddress(fields.EXTRA_IMAGE);
    const words = htmlWords(textOf(fields.HTML)) || textOf(fields.DESC);
    return html`<div class="attach-link" key=${at}>
      ${preview && html`<${Outside} address=${preview} label=${name} width=${positiveInt(fields.WIDTH) ?? 280} />`}
      <${Leading} fields=${fields} class="attach-name">${name}<//>
      ${words && html`<div class="soft"><${Words} text=${words} act=${act} /></div>`}
      <span class="soft">${siteOf(textOf(fields.LINK))}</span>
    </div>`;
  });
}

/** @param {Props} props */
function Message({ content, act }) {
  const text = textOf(content) || textOf(fieldsOf(membersOf(content)[0]).TEXT);
  return text && html`<${Words} text=${text} act=${act} />`;
}

/** @param {Props} props */
function Grids({ content, act }) {
  return gridsOf(content).map((grid, at) => html`<div key=${at} class=${`grid is-${grid.display}`}>
    ${grid.cells.map((cell, number) => html`<div class="grid-cell" key=${number}>
      ${cell.name && html`<div class="soft" dir="auto">${calmName(cell.name)}</div>`}
      ${cell.value && html`<div style=${{ color: textColor(cell.color) }}>
        ${cell.target && "address" in cell.target ? html`<${Link} address=${cell.target.address}>${calm(cell.value)}<//>`
          : html`<${Words} text=${cell.value} act=${act} />`}</div>`}
    </div>`)}
  </div>`);
}

/** @param {Props} props */
function Images({ content }) {
  return membersOf(content).map(fieldsOf).map((fields, at) => {
    const address = webAddress(fields.LINK);
    const label = calmName(textOf(fields.NAME)) || t("picture");
    return address && html`<figure class="attach-image" key=${at}><${Link} address=${address}>
      <${Outside} address=${webAddress(fields.PREVIEW) ?? address} label=${label} width=${positiveInt(fields.WIDTH) ?? 280} /><//>
      ${Boolean(fields.NAME) && html`<figcaption class="soft">${label}</figcaption>`}</figure>`;
  });
}

/** Files elsewhere. @param {Props} props */
function Records({ content }) {
  return membersOf(content).map(fieldsOf).map((fields, at) => {
    const address = webAddress(fields.LINK);
    const size = positiveInt(fields.SIZE);
    return address && html`<${Link} key=${at} address=${address} class="file"><${Icon} name="file" />
      <span class="file-words"><span>${calmName(textOf(fields.NAME)) || address}</span>
      ${size && html`<span class="soft">${formatSize(size)}</span>`}</span><//>`;
  });
}

/** @param {Props} props */
function Delimiter({ content }) {
  const fields = fieldsOf(membersOf(content)[0]);
  const width = Math.min(positiveInt(fields.SIZE) ?? 200, 1_000);
  return html`<hr class="delimiter" style=${{ width: `${width}px`, backgroundColor: hexColor(fields.COLOR) }} />`;
}
