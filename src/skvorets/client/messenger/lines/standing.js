// How a conversation with a customer stands: in words, as a pill, as a sign in the list.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { nameOf } from "../../state/directory.js";
import { isWaiting, toneOf, waitsSince } from "../../state/line_talks.js";
import { html } from "../../ui.js";
import { Waiting } from "./clock.js";

/** @typedef {import("../../state/line_talks.js").LineChat} LineChat */

/** @type {Record<import("../../state/line_talks.js").Tone, string>} */
const ICONS = {
  offered: "bell", waiting: "clock", bot: "bot", asked: "message-circle", answered: "check", taken: "user", other: "users",
  ending: "flag", closed: "circle-check",
};

/** @param {LineChat} line */
export function standingWords(line) {
  const tone = toneOf(line);
  if (tone === "bot") return line.botId ? t("line.is.bot_named", { name: calmName(nameOf(line.botId)) }) : t("line.is.new");
  if (tone === "other") return t("line.is.other", { name: calmName(nameOf(line.operatorId)) });
  if (tone === "ending" && line.awaitsVote) return t("line.is.voting");
  return t(`line.is.${tone}`);
}

/** Colour and words. @param {{ line: LineChat }} props */
export function Pill({ line }) {
  const tone = toneOf(line);
  const since = waitsSince(line);
  return html`<span class=${`line-pill ${tone}`}><${Icon} name=${ICONS[tone]} /><span>${standingWords(line)}</span>
    ${since > 0 && html`<${Waiting} since=${since} />`}</span>`;
}

/** In a row of the list: the time while somebody waits, otherwise only the icon. @param {{ line: LineChat }} props */
export function Sign({ line }) {
  const tone = toneOf(line);
  const since = waitsSince(line);
  const words = standingWords(line);
  return html`<span class=${`line-sign ${tone}`} title=${words}><${Icon} name=${isWaiting(line) ? "clock" : ICONS[tone]} />
    <span class="hidden-visually">${words}</span>${since > 0 && html`<${Waiting} since=${since} />`}</span>`;
}

/** Stars of a rating. @param {{ vote: number }} props */
export function Stars({ vote }) {
  return html`<span class="line-stars" role="img" aria-label=${t("line.vote", { vote })}>
    ${[1, 2, 3, 4, 5].map((one) => html`<${Icon} key=${one} name=${one <= vote ? "star-filled" : "star"} class=${one <= vote ? "is-on" : ""} />`)}</span>`;
}
