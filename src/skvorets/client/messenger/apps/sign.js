// The sign of an application: the picture of a bot, an icon by its name, or the first letter.

import { Icon } from "../../icon.js";
import { CHAT_COLORS } from "../../lib/chat_colors.js";
import { lucideOf } from "../../lib/icon_names.js";
import { html } from "../../ui.js";
import { initialsOf } from "../parts/avatar.js";

/** The one colour that entries know and chats do not. */
const ORANGE = "#e8a441";

/** @param {{ entry: import("../../state/places.js").Entry }} props */
export function EntrySign({ entry }) {
  const icon = lucideOf(entry.icon);
  const color = entry.color === "ORANGE" ? ORANGE : CHAT_COLORS.find(([name]) => name === entry.color)?.[1];
  return html`<span class=${color ? "entry-sign is-tinted" : "entry-sign"} style=${color ? { "--tint": color } : undefined}>
    ${icon ? html`<${Icon} name=${icon} />` : html`<span class="entry-letter">${initialsOf(entry.title).slice(0, 1)}</span>`}</span>`;
}

/**
 * A picture in two halves: as it rests, and as it is open.
 * @param {{ address: string, isOpen: boolean }} props
 */
export function AppPicture({ address, isOpen }) {
  return html`<span class=${isOpen ? "app-picture is-open" : "app-picture"} style=${{ backgroundImage: `url("${encodeURI(address)}")` }}></span>`;
}
