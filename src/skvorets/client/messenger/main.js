// The messenger's page: from the log-in to a living connection.

import { expectEarly, loadSession } from "../api.js";
import { t } from "../i18n.js";
import { Login } from "../login.js";
import { makeConnection } from "../push.js";
import { inBackground } from "../state/background.js";
import { flushDrafts } from "../state/drafts.js";
import { openOutbox } from "../state/outbox.js";
import { end, isStarted, onEvent, onReset, onState, start } from "../state/sync.js";
import { html, render, signal } from "../ui.js";
import { listenToAlerts } from "./alerts.js";
import { App, Overlays } from "./app.js";
import { takeEarly } from "./early.js";
import { watchIdleness } from "./idle.js";
import { listenToKeys } from "./keys.js";
import { watchLines } from "./lines/watching.js";
import { followNews } from "./news.js";
import { Empty } from "./parts/empty.js";
import { Spinner } from "./parts/spinner.js";
import { outboxOf } from "./platform/outbox_db.js";
import { upload } from "./platform/upload.js";
import { readAddress } from "./router.js";
import { followSettings, language, session } from "./session.js";

/** @type {import("../ui.js").Signal<"loading" | "out" | "in" | "unreachable">} */
const stage = signal("loading");

const connection = makeConnection({ onEvent, onReset, onState, onLoggedOut: leave });

async function begin() {
  stage.value = "loading";
  try {
    const found = await loadSession();
    if (found) await enter(found);
    else ask();
  } catch (error) {
    fail(error);
  }
}

/** Nobody is logged in: what was asked for before is of no use to who comes. */
function ask() {
  expectEarly(() => undefined);
  stage.value = "out";
}

/** @param {unknown} error */
function fail(error) {
  console.warn(error);
  stage.value = "unreachable";
}

/** @param {import("../api.js").Session} entered */
async function enter(entered) {
  session.value = entered;
  const position = await start();
  inBackground(openOutbox({ ...outboxOf(entered.me.id), upload }));
  await readAddress();
  stage.value = "in";
  connection.start(position);
}

/** The session was ended elsewhere. */
function leave() {
  session.value = null;
  stage.value = "out";
  end();
}

/** @param {{ spoken: string }} props all words change with the language */
function Page({ spoken }) {
  if (stage.value === "out") return html`<${Login} onEnter=${(/** @type {import("../api.js").Session} */ one) => void enter(one).catch(fail)} />`;
  if (stage.value === "in" && isStarted.value) return html`<${App} spoken=${spoken} />`;
  return html`<main class="stage">${stage.value === "unreachable"
    ? html`<${Empty} icon="wifi-off" title=${t("unreachable")} hint=${t("unreachable.hint")}>
        <button type="button" class="button primary" autofocus onClick=${begin}>${t("again")}</button><//>`
    : html`<${Spinner} label=${t("loading")} />`}</main>`;
}

function Root() {
  return html`<${Page} key=${language.value} spoken=${language.value} /><${Overlays} spoken=${language.value} />`;
}

expectEarly(takeEarly);
followSettings();
listenToKeys();
listenToAlerts();
watchIdleness();
followNews();
watchLines();
addEventListener("pagehide", flushDrafts);
render(html`<${Root} />`, /** @type {HTMLElement} */ (document.getElementById("page")));
void begin();
