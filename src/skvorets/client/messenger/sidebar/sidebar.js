// The list of conversations with what is above it: oneself, the search, a new chat, what to show.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { me } from "../../state/directory.js";
import { unreadNotices } from "../../state/notices.js";
import { filter, listed, shown } from "../../state/recents.js";
import { html, useRef, useState } from "../../ui.js";
import { NavigationApps } from "../apps/navigation.js";
import { NewChat } from "../dialogs/new_chat.js";
import { openOwnMenu } from "../dialogs/own_menu.js";
import { keyHint } from "../keys.js";
import { LineSection } from "../lines/section.js";
import { showOverlay } from "../overlays.js";
import { Avatar } from "../parts/avatar.js";
import { Empty } from "../parts/empty.js";
import { closePanel, openPanel, place } from "../router.js";
import { FinderField, FinderResults, useFinder } from "../switcher/finder.js";
import { FirstSteps, isQuiet } from "../start.js";
import { session } from "../session.js";
import { Filters } from "./filters.js";
import { ChatList } from "./list.js";

/** @param {{ spoken: string }} props */
export function Sidebar({ spoken }) {
  const [isLooking, setLooking] = useState(false);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const finder = useFinder(stop);
  const isFinding = isLooking && finder.finding.text.value.trim() !== "";
  function stop() {
    finder.look("");
    setLooking(false);
    field.current?.blur();
  }
  return html`
    <div class="sidebar-head">
      <${Me} spoken=${spoken} />
      <${FinderField} finder=${finder} placeholder=${t("find")} label=${t("find.label")} isOpen=${isFinding} fieldRef=${field}
        onFocus=${() => setLooking(true)} />
      <${Bell} spoken=${spoken} />
      <button type="button" class="icon-button" aria-label=${t("new_chat")} title=${t("new_chat")}
        onClick=${() => showOverlay(NewChat)}><${Icon} name="message-square-plus" /></button>
    </div>
    <${NavigationApps} spoken=${spoken} />
    ${isFinding
      ? html`<${FinderResults} finder=${finder} label=${t("find.results")} />`
      : html`<${Filters} spoken=${spoken} />
        ${filter.value === "lines" && html`<${LineSection} spoken=${spoken} />`}<${Conversations} spoken=${spoken} />`}
  `;
}

/** @param {{ spoken: string }} _props */
function Conversations(_props) {
  const steps = isQuiet.value && html`<div class="only-phone"><${FirstSteps} isAdmin=${session.value?.me.isAdmin ?? false} /></div>`;
  if (shown.value.length) return html`<${ChatList} label=${t("region.chats")} />${steps}`;
  if (listed.value.length === 0) return html`${steps}<div class="only-wide"><${Empty} icon="inbox" title=${t("list.empty")} /></div>`;
  return html`<${Empty} icon="inbox" title=${t(`filter.${filter.value}.empty`)}>
    <button type="button" class="button small" onClick=${() => { filter.value = "all"; }}>${t("filter.show_all")}</button><//>`;
}

/** @param {{ spoken: string }} _props */
function Me(_props) {
  return html`<button type="button" class="me-button" aria-label=${t("own_menu")} title=${me.value?.name} aria-haspopup="menu"
    onClick=${(/** @type {MouseEvent} */ event) => openOwnMenu(/** @type {Element} */ (event.currentTarget))}>
    <${Avatar} person=${me.value} size="m" /></button>`;
}

/** @param {{ spoken: string }} _props */
function Bell(_props) {
  const isOpen = place.value.panel === "notifications";
  const count = unreadNotices.value;
  const label = count ? t("notifications.count", { count }) : t("notifications");
  return html`<button type="button" class="icon-button bell" aria-pressed=${isOpen} aria-label=${label}
      title=${`${t("notifications")} · ${keyHint("notifications")}`} onClick=${() => (isOpen ? closePanel() : openPanel("notifications"))}>
    <${Icon} name="bell" />${count > 0 && html`<span class="badge-count">${count > 99 ? "99+" : count}</span>`}</button>`;
}
