// Everything in the window, from its top to where one writes.

import { t } from "../../client/i18n.js";
import { html, useEffect, useMemo, useRef, useState } from "../ui.js";
import { addFiles, Composer } from "./composer.js";
import { Intro, Offline } from "./forms.js";
import { Head } from "./head.js";
import { Rating } from "./rating.js";
import { Timeline } from "./timeline.js";

/** @typedef {import("../state/talk.js").Talk} Talk
 * @typedef {import("./composer.js").About} About */

/** @param {{ talk: Talk, isFramed: boolean, sound: import("../sound.js").Sound, onClose: () => void,
 *   focus: { isWanted: boolean, go: () => void } }} props */
export function Window({ talk, isFramed, sound, onClose, focus }) {
  const [, draw] = useState(0);
  const [about, setAbout] = useState(/** @type {About | null} */ (null));
  const [given, setGiven] = useState({ text: "", at: 0 });
  const [isDropping, setDropping] = useState(false);
  const field = /** @type {{ current: HTMLTextAreaElement | null }} */ (useRef(null));
  const root = /** @type {{ current: HTMLDivElement | null }} */ (useRef(null));
  useEffect(() => talk.subscribe(() => draw((count) => count + 1)), [talk]);
  useFocus(root, focus);
  const deeds = useMemo(() => ({
    reply: (/** @type {About["message"]} */ message) => setAbout({ kind: "reply", message }),
    edit: (/** @type {About["message"]} */ message) => setAbout({ kind: "edit", message }),
    send: (/** @type {string} */ text) => talk.send(text),
    put: (/** @type {string} */ text) => setGiven({ text, at: Date.now() }),
  }), [talk]);
  const foot = footOf(talk);
  const canDrop = foot === "composer";
  /** @param {DragEvent} event */
  function drag(event) {
    if (!canDrop || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    setDropping(event.type !== "dragleave" && event.type !== "drop");
    if (event.type === "drop") addFiles(talk, event.dataTransfer.files);
  }

  return html`<div class="window" ref=${root} onDragOver=${drag} onDragLeave=${drag} onDrop=${drag}>
    <${Head} talk=${talk} isFramed=${isFramed} hasSound=${sound.isOn} onClose=${onClose}
      onSound=${() => { sound.toggle(); draw((count) => count + 1); }} />
    ${talk.isLost && html`<p class="banner" role="status">${t("lost")}</p>`}
    <main class="main">
      <${Timeline} talk=${talk} deeds=${deeds}>
        ${talk.session?.asksRating && !talk.session.vote && html`<${Rating} key=${talk.session.id} talk=${talk} />`}
        ${Boolean(talk.session?.vote) && html`<p class="note" role="status">${t("rated")}</p>`}
      <//>
      ${foot === "intro" && html`<${Intro} talk=${talk} />`}
      ${foot === "offline" && html`<${Offline} talk=${talk} />`}
      ${foot === "composer" && html`<${Composer} talk=${talk} about=${about} onAbout=${setAbout} field=${field} given=${given} />`}
      ${foot === "gone" && html`<p class="note">${t("unavailable")}</p>`}
    </main>
    ${isDropping && html`<div class="drop" aria-hidden="true">${t("drop")}</div>`}
  </div>`;
}

/** What stands where one writes. @param {Talk} talk @returns {"composer" | "intro" | "offline" | "gone" | "none"} */
function footOf({ line, visitor, session, who, isGone, outbox }) {
  if (isGone || visitor?.isBlocked) return "gone";
  if (!line) return "none";
  if (!line.isOpen && (!session || session.status === "closed")) return "offline";
  const lacksName = line.asksName && !who.name;
  const lacksEmail = line.asksEmail && !who.email;
  return !visitor && (lacksName || lacksEmail) && outbox.items.length === 0 ? "intro" : "composer";
}

/** The page around has opened the window: go to where one writes, without a keyboard sliding over a phone's screen.
 * @param {{ current: HTMLDivElement | null }} root @param {{ isWanted: boolean, go: () => void }} focus */
function useFocus(root, focus) {
  useEffect(() => {
    focus.go = () => {
      const isFinger = matchMedia("(pointer: coarse)").matches;
      const wanted = root.current?.querySelector(isFinger ? ".head-button:last-child" : ".composer .field, .form .field");
      if (wanted instanceof HTMLElement) wanted.focus();
    };
    if (focus.isWanted) focus.go();
  }, []);
}
