// News in this browser: notifications while the page is open, and while it is closed.

import { Said, Switch } from "../../account/fields.js";
import { t } from "../../i18n.js";
import { myId } from "../../state/directory.js";
import { html, useEffect, useState } from "../../ui.js";
import { pushState, subscribe, unsubscribe } from "../../web_push.js";
import { refusalOf } from "../parts/toast.js";

/** @param {{ spoken: string }} _props */
export function BrowserNews(_props) {
  const [state, setState] = useState(/** @type {import("../../web_push.js").PushState | ""} */ (""));
  const [refusal, setRefusal] = useState("");
  useEffect(() => void pushState(myId.peek()).then(setState, () => setState("unsupported")), []);
  /** @param {boolean} isWanted */
  async function change(isWanted) {
    setRefusal("");
    try {
      if (!isWanted) await unsubscribe();
      setState(isWanted ? await subscribe(myId.peek()) : "off");
    } catch (error) {
      setRefusal(refusalOf(error));
      setState(await pushState(myId.peek()));
    }
  }
  const isPossible = state === "on" || state === "off";
  return html`<div class="account">
    <p class="hint">${t("news.about")}</p>
    ${isPossible && html`<${Switch} label=${t("news.switch")} value=${state === "on"} onChange=${change} />`}
    ${(state === "denied" || state === "unsupported") && html`<p class="note-box">${t(`news.${state}`)}</p>`}
    <${Said} said=${refusal} isBad=${true} />
  </div>`;
}
