// Is this browser told of news while no page is open? A choice of the browser, not of the person.

import { t } from "../i18n.js";
import { myId } from "../state/directory.js";
import { html, useEffect, useState } from "../ui.js";
import { pushState, subscribe, unsubscribe } from "../web_push.js";
import { Switch } from "./fields.js";
import { refusalWords } from "./refusals.js";

/** @typedef {import("../web_push.js").PushState} PushState */

/** @param {{ onRefusal: (words: string) => void }} props */
export function PushSwitch({ onRefusal }) {
  const [state, setState] = useState(/** @type {PushState} */ ("unsupported"));
  const [tries, setTries] = useState(0);
  useEffect(() => void pushState(myId.peek()).then(setState), []);
  if (state === "unsupported") return null;
  if (state === "denied") return html`<p class="hint">${t("preferences.push.denied")}</p>`;
  /** @param {boolean} isWanted */
  async function change(isWanted) {
    onRefusal("");
    try {
      setState(isWanted ? await subscribe(myId.peek()) : await off());
    } catch (error) {
      onRefusal(error instanceof DOMException ? t("preferences.push.failed") : refusalWords(error));
    }
    setTries(tries + 1); // what was refused is drawn as it is, not as it was clicked
  }
  return html`<${Switch} key=${tries} label=${t("preferences.push")} value=${state === "on"} onChange=${change} />`;
}

/** @returns {Promise<PushState>} */
async function off() {
  await unsubscribe();
  return "off";
}
