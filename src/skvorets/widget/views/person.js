// Faces and names of those who answer.

import { html, useState } from "../ui.js";
import { calmName } from "../../client/lib/calm.js";
import { webAddress } from "../../client/lib/values.js";
import { t } from "../../client/i18n.js";
import { Icon } from "./icon.js";

/** @typedef {import("../state/talk.js").Talk} Talk */

/**
 * A picture, or the first letters of a name, or what it is.
 * @param {{ name: string, address?: string, isBot?: boolean }} props
 */
export function Face({ name, address, isBot = false }) {
  const [isBroken, setBroken] = useState("");
  const picture = webAddress(address);
  if (picture && isBroken !== picture) {
    return html`<img class="face" src=${picture} alt="" width="36" height="36" referrerpolicy="no-referrer"
      onError=${() => setBroken(picture)} />`;
  }
  if (isBot) return html`<span class="face"><${Icon} name="bot" /></span>`;
  const letters = name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("");
  return html`<span class="face" aria-hidden="true">${letters.toUpperCase()}</span>`;
}

/**
 * Who wrote a message, as the visitor may see him.
 * @param {Talk} talk @param {Pick<import("../state/types.js").Message, "author" | "authorId">} message
 */
export function authorOf(talk, message) {
  if (message.author === "me") return { name: t("you"), address: "", isBot: false };
  const person = talk.people[message.authorId];
  if (person && message.author !== "system") return { name: calmName(person.name), address: person.avatar, isBot: person.isBot };
  return { name: calmName(talk.line?.name || t("line")), address: talk.line?.avatar ?? "", isBot: false };
}
