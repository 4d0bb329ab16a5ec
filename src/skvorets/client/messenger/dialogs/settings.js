// Settings: oneself, how it looks and sounds, safety.

import { Icon } from "../../icon.js";
import { Preferences } from "../../account/preferences.js";
import { Profile } from "../../account/profile.js";
import { Security } from "../../account/security.js";
import { t } from "../../i18n.js";
import { html, useId, useRef, useState } from "../../ui.js";
import { Dialog } from "../parts/dialog.js";
import { language } from "../session.js";

/** @type {[id: string, icon: string, Screen: (props: { spoken: string }) => any][]} */
const SCREENS = [
  ["profile", "user", Profile],
  ["preferences", "palette", Preferences],
  ["security", "shield", Security],
];

/** @param {{ close: () => void, screen?: string }} props */
export function Settings({ close, screen = "profile" }) {
  const [chosen, choose] = useState(screen);
  const tabs = useRef(/** @type {HTMLElement | null} */ (null));
  const id = useId();
  const Screen = SCREENS.find(([name]) => name === chosen)?.[2] ?? Profile;
  /** @param {KeyboardEvent} event */
  function steer(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = SCREENS.findIndex(([name]) => name === chosen);
    const next = (at + step + SCREENS.length) % SCREENS.length;
    choose(SCREENS[next][0]);
    /** @type {HTMLElement | undefined} */ (tabs.current?.children[next])?.focus();
  }
  return html`<${Dialog} title=${t("settings")} close=${close} isWide class="settings">
    <div class="settings-tabs" role="tablist" aria-orientation="vertical" aria-label=${t("settings")} ref=${tabs} onKeyDown=${steer}>
      ${SCREENS.map(([name, icon]) => html`<button type="button" key=${name} class="settings-tab" role="tab" id=${`${id}-${name}`}
        aria-selected=${name === chosen} tabindex=${name === chosen ? 0 : -1} aria-controls=${`${id}-screen`}
        onClick=${() => choose(name)}><${Icon} name=${icon} />${t(`settings.${name}`)}</button>`)}
    </div>
    <div class="settings-screen" role="tabpanel" id=${`${id}-screen`} aria-labelledby=${`${id}-${chosen}`} key=${chosen}>
      <${Screen} spoken=${language.value} />
    </div>
  <//>`;
}
