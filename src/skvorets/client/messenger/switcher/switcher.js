// Ctrl+K: to any conversation by a few letters.

import { t } from "../../i18n.js";
import { html } from "../../ui.js";
import { Dialog } from "../parts/dialog.js";
import { FinderField, FinderResults, useFinder } from "./finder.js";

/** @param {{ close: () => void }} props */
export function Switcher({ close }) {
  const finder = useFinder(close);
  return html`<${Dialog} title=${t("switcher")} close=${close} hasHead=${false} class="switcher">
    <${FinderField} finder=${finder} placeholder=${t("find.label")} label=${t("find.label")} isFirst isOpen=${finder.results.length > 0} />
    <${FinderResults} finder=${finder} label=${t("switcher")} />
    <p class="switcher-hint"><kbd>↑↓</kbd> ${t("switcher.move")} <kbd>Enter</kbd> ${t("switcher.open")} <kbd>Esc</kbd> ${t("switcher.close")}</p>
  <//>`;
}
