import { html } from "../../ui.js";
import { t } from "../../i18n.js";
import { Dialog } from "../parts/dialog.js";

/** @param {{ close: () => void }} props */
export function Help({ close }) {
  return html`<${Dialog} title=${t("help")} close=${close}><//>`;
}
