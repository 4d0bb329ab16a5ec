// All shortcuts, from the table by which they work.

import { t } from "../../i18n.js";
import { comboWords } from "../../lib/combos.js";
import { hasLines } from "../../state/lines.js";
import { settings } from "../../state/preferences.js";
import { html } from "../../ui.js";
import { isMac } from "../keys.js";
import { SHORTCUTS } from "../keys_table.js";
import { Dialog } from "../parts/dialog.js";

const GROUPS = /** @type {const} */ (["everywhere", "chats", "messages", "writing", "lines"]);

/** @param {{ close: () => void }} props */
export function Help({ close }) {
  return html`<${Dialog} title=${t("help")} close=${close} isWide class="help">
    <div class="help-groups">${GROUPS.filter((group) => group !== "lines" || hasLines.value).map((group) => html`<section key=${group}>
      <h3>${t(`help.${group}`)}</h3>
      <dl>${SHORTCUTS.filter((one) => one.group === group).map((one) => html`<div key=${one.id} class="help-line">
        <dt>${t(`key.${one.id}`)}</dt>
        <dd>${combosOf(one).map((combo, number) => html`${number > 0 && html`<span class="help-or">${t("help.or")}</span>`}
          <kbd class="key">${comboWords(combo, isMac)}</kbd>`)}</dd>
      </div>`)}</dl>
    </section>`)}</div>
  <//>`;
}

/** How one sends is one's own choice. @param {import("../keys_table.js").Shortcut} shortcut */
function combosOf({ id, combos }) {
  if (settings.value.sendKey === "ctrlEnter" && id === "send") return ["Mod+Enter"];
  if (settings.value.sendKey === "ctrlEnter" && id === "new_line") return ["Enter", "Shift+Enter"];
  return combos;
}
