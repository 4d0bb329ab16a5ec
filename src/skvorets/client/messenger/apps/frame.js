// Frames of applications as components: a chat application by its address, an entry of a place by its form.

import { ApiError } from "../../api.js";
import { t } from "../../i18n.js";
import { ChatAppFrame } from "../../frames/chat_app.js";
import { AppFrame } from "../../frames/host.js";
import { calmName } from "../../lib/calm.js";
import { openEntry } from "../../state/places.js";
import { html, useEffect, useRef, useState } from "../../ui.js";
import { Empty } from "../parts/empty.js";
import { Spinner } from "../parts/spinner.js";
import { refusalWords } from "../parts/toast.js";

/** @typedef {import("../../frames/host.js").Opened} Opened */
/** @typedef {import("../../frames/host.js").Surroundings} Surroundings */

/**
 * @param {{ opened: import("../../shapes.js").Opened, actions: import("../../frames/chat_app.js").Actions }} props
 */
export function ChatAppView({ opened, actions }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const frame = new ChatAppFrame(/** @type {HTMLElement} */ (place.current), opened, actions);
    frame.open();
    return () => frame.close();
  }, [opened]);
  return html`<div class="app-place" ref=${place}></div>`;
}

/**
 * An entry: asked for, shown, opened anew when it wants that.
 * @param {{ id: number, where?: { dialogId?: string, messageId?: number },
 *   around: (reload: () => void) => Surroundings, onOpened?: (opened: Opened) => void }} props
 */
export function EntryView({ id, where, around, onOpened }) {
  const [opened, setOpened] = useState(/** @type {Opened | null} */ (null));
  const [refusal, setRefusal] = useState("");
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isOver = false;
    setOpened(null);
    setRefusal("");
    openEntry(id, where).then((found) => {
      if (isOver) return;
      setOpened(found);
      onOpened?.(found);
    }, (error) => isOver || setRefusal(error instanceof ApiError ? refusalWords(error) : t("refusal.failure")));
    return () => { isOver = true; };
  }, [id, where?.dialogId, where?.messageId, round]);
  const again = () => setRound((count) => count + 1);
  if (refusal) {
    return html`<${Empty} icon="app-window" title=${t("apps.failed")} hint=${refusal}>
      <button type="button" class="button small" onClick=${again}>${t("apps.again")}</button><//>`;
  }
  if (!opened) return html`<div class="app-waiting"><${Spinner} label=${t("loading")} /></div>`;
  return html`<${Posted} key=${opened.appSid} opened=${opened} surroundings=${around(again)} />`;
}

/** @param {{ opened: Opened, surroundings: Surroundings }} props */
export function Posted({ opened, surroundings }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const frame = new AppFrame(/** @type {HTMLElement} */ (place.current), opened, surroundings);
    frame.open();
    return () => frame.close();
  }, []);
  // The application may make its frame larger than there is room: the keys scroll it.
  return html`<div class="app-place can-grow" role="group" aria-label=${calmName(opened.title)} tabindex="0" ref=${place}></div>`;
}
