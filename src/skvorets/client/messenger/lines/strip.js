// Below the head of a line's chat: how it stands, and who the customer is.

import { Icon } from "../../icon.js";
import { currentLanguage, t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { html } from "../../ui.js";
import { Pill } from "./standing.js";

/** @typedef {import("../../state/directory.js").Chat} Chat */
/** @typedef {import("../../state/line_talks.js").LineChat} LineChat */

/** @param {{ chat: Chat }} props */
export function LineStrip({ chat }) {
  const line = /** @type {LineChat} */ (chat.line);
  const { client } = line;
  return html`<div class="line-strip" role="group" aria-label=${t("line.customer")}>
    <${Pill} line=${line} />
    <${Page} client=${client} />
    ${client.language && html`<${Language} code=${client.language} />`}
    <${Email} client=${client} />
    <span class="line-fact line-source"><${Icon} name=${line.connector === "network" ? "share-2" : "app-window"} />${t(`line.from.${sourceOf(line)}`)}</span>
  </div>`;
}

/** The page on which the customer is; only such an address becomes a link. @param {{ client: LineChat["client"] }} props */
export function Page({ client }) {
  const address = webAddress(client.pageUrl);
  if (!address) return null;
  const words = calmName(client.pageTitle) || address.host + address.pathname;
  return html`<a class="line-fact line-page" href=${address.href} target="_blank" rel="noopener noreferrer" title=${address.href}>
    <${Icon} name="globe" /><span dir="auto">${words}</span></a>`;
}

/** @param {{ client: LineChat["client"] }} props */
export function Email({ client }) {
  if (!/^[^\s@]+@[^\s@]+$/.test(client.email)) return null;
  return html`<a class="line-fact" href=${`mailto:${encodeURIComponent(client.email).replace("%40", "@")}`}><${Icon} name="mail" /><span>${client.email}</span></a>`;
}

/** @param {{ code: string }} props */
export function Language({ code }) {
  const name = languageName(code);
  return html`<span class="line-language" title=${t("line.language", { name })} role="img" aria-label=${t("line.language", { name })}>${code.slice(0, 2)}</span>`;
}

/** @param {LineChat} line */
export function sourceOf(line) {
  return line.connector === "network" ? "network" : "livechat";
}

/** @param {string} code @returns {string} */
export function languageName(code) {
  try {
    return new Intl.DisplayNames([currentLanguage()], { type: "language" }).of(code) ?? code;
  } catch {
    return code; // no code of a language
  }
}

/** @param {string} text */
function webAddress(text) {
  try {
    const address = new URL(text);
    return address.protocol === "https:" || address.protocol === "http:" ? address : null;
  } catch {
    return null;
  }
}
