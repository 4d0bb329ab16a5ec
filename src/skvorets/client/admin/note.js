// What was just done, for a few seconds.

import { note } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";

export function Note() {
  const { text, isBad, number } = note.value;
  const [gone, setGone] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setGone(number), isBad ? 8000 : 4000);
    return () => clearTimeout(timer);
  }, [number]);
  const isShown = text !== "" && gone !== number;
  return html`<div class="note-place" role="status" aria-live="polite">
    ${isShown && html`<p key=${number} class=${isBad ? "note bad" : "note"}>${text}</p>`}
  </div>`;
}
