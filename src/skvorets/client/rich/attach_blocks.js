// Blocks of attachments: USER, LINK, IMAGE, FILE, DELIMITER. Source: seed, "Коллекции блоков"; bitrix24-imbot §8.

import { Icon } from "../icon.js";
import { formatSize, t } from "../i18n.js";
import { calmName } from "../lib/calm.js";
import { targetOf } from "../lib/attach.js";
import { fileIcon } from "../lib/file_kinds.js";
import { htmlWords } from "../lib/html_words.js";
import { fieldsOf, hexColor, membersOf, positiveInt, textOf, webAddress } from "../lib/values.js";
import { html, useState } from "../ui.js";
import { OutLink } from "./links.js";
import { Picture } from "./picture.js";
import { Leading } from "./target.js";
import { RichText } from "./text.js";

/** @typedef {import("./types.js").Context} Context */
/** @typedef {{ content: unknown, context: Context }} Props */
/** @typedef {Record<string, unknown>} Fields */

const FACES = /** @type {Record<string, string>} */ ({ USER: "user", CHAT: "users", BOT: "bot" });
const DELIMITER_PX = 200;
const MAX_DELIMITER_PX = 1_000;
/** The room of one of several pictures, and of the picture of a link, px. */
const TILE = { width: 140, height: 140 };
const BESIDE = { width: 320, height: 200 };

/** @param {Props} props */
export function Users({ content, context }) {
  return membersOf(content).map(fieldsOf).map((fields, at) => {
    const name = calmName(textOf(fields.NAME));
    return html`<div class="attach-user" key=${at}>
      <${Face} address=${webAddress(fields.AVATAR)} icon=${FACES[textOf(fields.AVATAR_TYPE)] ?? "user"} />
      <${Leading} to=${targetOf(fields)} context=${context} name=${name} class="attach-user-name">${name}<//>
    </div>`;
  });
}

/** @param {{ address?: string, icon: string }} props */
function Face({ address, icon }) {
  const [isBroken, setBroken] = useState(false);
  if (!address || isBroken) return html`<span class="attach-face"><${Icon} name=${icon} /></span>`;
  return html`<img class="attach-face" src=${address} alt="" width="32" height="32" loading="lazy" decoding="async"
    referrerpolicy="no-referrer" onError=${() => setBroken(true)} />`;
}

/** @param {Props} props */
export function Links({ content, context }) {
  return membersOf(content).map(fieldsOf).map((fields, at) => {
    const to = targetOf(fields);
    const name = calmName(textOf(fields.NAME)) || textOf(fields.LINK);
    const preview = webAddress(fields.PREVIEW);
    return html`<div class="attach-link" key=${at}>
      <${Leading} to=${to} context=${context} name=${name} class="attach-link-name">${name}<//>
      <${LinkWords} fields=${fields} context=${context} />
      ${preview && html`<${Picture} address=${preview} label=${name} width=${positiveInt(fields.WIDTH)}
        height=${positiveInt(fields.HEIGHT)} room=${BESIDE} context=${context} />`}
    </div>`;
  });
}

/** What a link says below its name: DESC, or the words of HTML. @param {{ fields: Fields, context: Context }} props */
export function LinkWords({ fields, context }) {
  const words = htmlWords(textOf(fields.HTML)) || textOf(fields.DESC);
  return words && html`<${RichText} class="attach-link-words" text=${words} context=${context} />`;
}

/** @param {Props} props */
export function Images({ content, context }) {
  const images = membersOf(content).map(fieldsOf).filter((fields) => webAddress(fields.LINK));
  const all = images.map((fields) => ({
    address: textOf(fields.LINK),
    label: calmName(textOf(fields.NAME)) || t("rich.picture"),
    width: positiveInt(fields.WIDTH),
    height: positiveInt(fields.HEIGHT),
  }));
  const isOne = images.length === 1;
  return html`<div class=${isOne ? "attach-images" : "attach-images is-several"}>
    ${images.map((fields, at) => html`<figure class="attach-image" key=${at}>
      <${Picture} address=${all[at].address} preview=${webAddress(fields.PREVIEW)} label=${all[at].label} context=${context}
        width=${all[at].width} height=${all[at].height} room=${isOne ? undefined : TILE} all=${all} />
      ${Boolean(fields.NAME) && html`<figcaption>${all[at].label}</figcaption>`}
    </figure>`)}
  </div>`;
}

/** Files elsewhere. @param {Props} props */
export function Records({ content, context }) {
  return membersOf(content).map(fieldsOf).map((fields, at) => {
    const address = webAddress(fields.LINK);
    if (!address) return null;
    const name = calmName(textOf(fields.NAME)) || decoded(address.split(/[?#]/)[0].split("/").pop() ?? "") || address;
    const size = positiveInt(fields.SIZE);
    return html`<${OutLink} key=${at} address=${address} context=${context} class="record"
        title=${t("rich.download_name", { name })}>
      <span class="record-icon"><${Icon} name=${fileIcon(name)} /></span>
      <span class="record-words"><span class="record-name">${name}</span>
        ${size !== undefined && html`<span class="record-size">${formatSize(size)}</span>`}</span>
      <${Icon} name="download" class="record-act" />
    <//>`;
  });
}

/** @param {Props} props */
export function Delimiter({ content }) {
  const fields = fieldsOf(membersOf(content)[0]);
  const width = Math.min(positiveInt(fields.SIZE) ?? DELIMITER_PX, MAX_DELIMITER_PX);
  return html`<hr class="attach-delimiter" style=${{ width: `${width}px`, backgroundColor: hexColor(fields.COLOR) }} />`;
}

/** @param {string} part of an address */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
