// How to reach a person: every way is a link, and can be copied.

import { Icon } from "../../icon.js";
import { formatDate, t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { webAddress } from "../../lib/values.js";
import { html } from "../../ui.js";
import { copy } from "../chat/copying.js";

/** @typedef {import("../../state/cards.js").Contact} Contact */
/** @typedef {{ icon: string, label: string, text: string, address?: string }} Way */

/** @param {{ card: Contact }} props */
export function Contacts({ card }) {
  const ways = waysOf(card);
  if (ways.length === 0) return null;
  return html`<section class="info-part" aria-label=${t("person.contacts")}>
    <ul class="contacts">${ways.map(({ icon, label, text, address }) => html`<li key=${label} class="contact">
      <${Icon} name=${icon} />
      <span class="contact-words">${address
        ? html`<a href=${address} target=${/^http/.test(address) ? "_blank" : undefined} rel="noopener noreferrer nofollow" dir="auto">${text}</a>`
        : html`<span dir="auto">${text}</span>`}
        <span class="contact-label">${label}</span></span>
      <button type="button" class="icon-button contact-copy" aria-label=${t("person.copy", { text })} title=${t("person.copy", { text })} onClick=${() => void copy(text)}><${Icon} name="copy" /></button>
    </li>`)}</ul></section>`;
}

/**
 * @param {Contact} card
 * @returns {Way[]}
 */
export function waysOf(card) {
  const phone = (/** @type {string} */ number) => `tel:${number.replace(/[^\d+*#]/g, "")}`;
  const site = webAddress(/^https?:/i.test(card.www) ? card.www : `https://${card.www}`);
  /** @type {(Way | false)[]} */
  const ways = [
    card.email !== "" && { icon: "mail", label: t("person.email"), text: card.email, address: `mailto:${encodeURIComponent(card.email).replace("%40", "@")}` },
    card.mobile !== "" && { icon: "phone", label: t("person.mobile"), text: card.mobile, address: phone(card.mobile) },
    card.workPhone !== "" && { icon: "phone", label: t("person.work_phone"), text: card.workPhone, address: phone(card.workPhone) },
    card.innerPhone !== "" && { icon: "hash", label: t("person.inner_phone"), text: card.innerPhone },
    card.www !== "" && { icon: "globe", label: t("person.www"), text: card.www, address: site },
    card.departments.length > 0 && { icon: "building-2", label: t("person.departments", { count: card.departments.length }), text: card.departments.join(", ") },
    card.birthday !== "" && { icon: "cake", label: t("person.birthday"), text: birthdayWords(card.birthday) },
  ];
  return ways.filter((one) => one !== false).map((one) => ({ ...one, text: calmName(one.text) }));
}

/** Day and month; how old somebody is, is his own matter. @param {string} date YYYY-MM-DD */
function birthdayWords(date) {
  const at = Date.parse(date);
  return Number.isNaN(at) ? date : formatDate(at, { day: "numeric", month: "long", timeZone: "UTC" });
}
