// How the person wants his messenger: the same in all his browsers.

import { t } from "../i18n.js";
import { changeSettings, settings } from "../state/preferences.js";
import { html, useState } from "../ui.js";
import { Choice, Said, Switch } from "./fields.js";
import { PushSwitch } from "./push_switch.js";
import { refusalWords } from "./refusals.js";

/** @typedef {import("../state/preferences.js").Settings} Settings */

/** @param {{ spoken?: string }} _props `spoken`: the language, so that words follow it */
export function Preferences(_props) {
  const [refusal, setRefusal] = useState("");
  const chosen = settings.value;
  /** @param {Partial<Settings>} changes */
  function change(changes) {
    setRefusal("");
    changeSettings(changes).catch((error) => setRefusal(refusalWords(error)));
  }
  /**
   * @param {"theme" | "sendKey" | "notifications"} name
   * @param {string[]} values
   * @returns {[string, string][]}
   */
  const named = (name, values) => values.map((one) => [one, t(`preferences.${name}.${one}`)]);
  return html`<div class="account">
    <${Choice} label=${t("preferences.theme")} value=${chosen.theme} options=${named("theme", ["system", "light", "dark"])}
      onChoose=${(/** @type {Settings["theme"]} */ theme) => change({ theme })} />
    <${Choice} label=${t("preferences.language")} value=${chosen.language}
      options=${[["", t("preferences.language.")], ["ru", "Русский"], ["en", "English"]]}
      onChoose=${(/** @type {Settings["language"]} */ language) => change({ language })} />
    <${Choice} label=${t("preferences.sendKey")} value=${chosen.sendKey} options=${named("sendKey", ["enter", "ctrlEnter"])}
      hint=${t(`preferences.sendKey.${chosen.sendKey}.hint`)}
      onChoose=${(/** @type {Settings["sendKey"]} */ sendKey) => change({ sendKey })} />
    <${Choice} label=${t("preferences.notifications")} value=${chosen.notifications}
      options=${named("notifications", ["all", "mentions", "none"])}
      hint=${chosen.notifications === "mentions" ? t("preferences.notifications.mentions.hint") : ""}
      onChoose=${(/** @type {Settings["notifications"]} */ notifications) => change({ notifications })} />
    <div class="switches">
      <${Switch} label=${t("preferences.showsPreview")} value=${chosen.showsPreview}
        onChange=${(/** @type {boolean} */ showsPreview) => change({ showsPreview })} />
      <${Switch} label=${t("preferences.sound")} value=${chosen.sound} onChange=${(/** @type {boolean} */ sound) => change({ sound })} />
      <${PushSwitch} onRefusal=${setRefusal} />
    </div>
    <${Said} said=${refusal} isBad=${true} />
  </div>`;
}
