// The menu behind one's own picture: status, settings, help, where administrators and developers work, leaving.

import { call } from "../../api.js";
import { t } from "../../i18n.js";
import { inBackground } from "../../state/background.js";
import { me, myId, people } from "../../state/directory.js";
import { html } from "../../ui.js";
import { keyHint } from "../keys.js";
import { showOverlay } from "../overlays.js";
import { openMenu } from "../parts/menu.js";
import { attempt } from "../parts/toast.js";
import { CompanyPeople } from "../people/people.js";
import { logOut, session } from "../session.js";
import { Help } from "./help.js";
import { Settings } from "./settings.js";

/** @type {[status: string, dot: string][]} */
const STATUSES = [["online", "here"], ["away", "away"], ["dnd", "dnd"], ["break", "away"]];

/** @param {Element} anchor */
export function openOwnMenu(anchor) {
  const now = me.peek()?.status ?? "online";
  const isAdmin = session.peek()?.me.isAdmin;
  openMenu({
    anchor,
    label: t("own_menu"),
    items: [
      ...STATUSES.map(([status, dot]) => ({
        id: status, text: t(`status.${status}`), isChecked: now === status, run: () => choose(status),
        picture: html`<span class=${`status-dot ${dot}`} aria-hidden="true"></span>`,
      })),
      null,
      { id: "people", icon: "users", text: t("people"), run: () => void showOverlay(CompanyPeople) },
      { id: "settings", icon: "settings", text: t("settings"), run: () => void showOverlay(Settings) },
      { id: "help", icon: "keyboard", text: t("help"), hint: keyHint("help"), run: () => void showOverlay(Help) },
      ...(isAdmin ? [{ id: "admin", icon: "shield", text: t("admin"), run: () => location.assign("/admin") }] : []),
      { id: "dev", icon: "code", text: t("dev"), run: () => location.assign("/dev") },
      null,
      { id: "leave", icon: "log-out", text: t("log_out"), run: () => inBackground(logOut()) },
    ],
  });
}

/** @param {string} status */
function choose(status) {
  people.change(myId.peek(), { status });
  inBackground(attempt(() => call("PUT", "/api/status", { status })));
}
