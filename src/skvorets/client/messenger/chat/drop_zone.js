// Files may be dropped anywhere on the chat.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { html, useMemo, useState } from "../../ui.js";
import { attachFiles } from "../composer/attaching.js";

/**
 * @param {import("./desk.js").Desk} desk
 * @param {boolean} canWrite
 */
export function useDrop(desk, canWrite) {
  const [depth, setDepth] = useState(0);
  const handlers = useMemo(() => canWrite && ({
    onDragEnter: (/** @type {DragEvent} */ event) => hasFiles(event) && setDepth((now) => now + 1),
    onDragLeave: (/** @type {DragEvent} */ event) => hasFiles(event) && setDepth((now) => Math.max(0, now - 1)),
    onDragOver: (/** @type {DragEvent} */ event) => hasFiles(event) && event.preventDefault(),
    onDrop: (/** @type {DragEvent} */ event) => {
      setDepth(0);
      if (!hasFiles(event)) return;
      event.preventDefault();
      attachFiles(desk, event.dataTransfer?.files ?? []);
      desk.focusField();
    },
  }), [desk, canWrite]);
  const veil = depth > 0 && html`<div class="drop-veil"><p><${Icon} name="paperclip" /> ${t("chat.drop")}</p></div>`;
  return { handlers: handlers || {}, veil };
}

/** @param {DragEvent} event */
function hasFiles(event) {
  return Boolean(event.dataTransfer?.types.includes("Files"));
}
