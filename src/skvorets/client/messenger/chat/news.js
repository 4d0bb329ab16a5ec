// Reads out what others write while the chat is open.

import { calmName } from "../../lib/calm.js";
import { plain } from "../../lib/markup.js";
import { myId, nameOf } from "../../state/directory.js";
import { html, useEffect, useRef, useState } from "../../ui.js";

/** So much of a message is read out, characters. */
const MOST = 300;

/** @param {{ desk: import("./desk.js").Desk }} props */
export function News({ desk: { timeline } }) {
  const [words, setWords] = useState("");
  const known = useRef(0);
  const last = timeline.hasNewer.value ? undefined : timeline.messages.value.at(-1);
  useEffect(() => {
    const before = known.current;
    known.current = Math.max(before, last?.id ?? 0);
    if (!before || !last || last.id <= before || last.authorId === myId.peek()) return;
    setWords(`${nameOf(last.authorId)}: ${calmName(plain(last.text)).slice(0, MOST)}`);
  }, [last?.id]);
  return html`<p class="hidden-visually" role="log" aria-live="polite">${words}</p>`;
}
