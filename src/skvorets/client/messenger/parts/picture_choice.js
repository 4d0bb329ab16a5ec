// Choosing a picture for a chat: what is chosen is shown before it is sent.

import { Icon } from "../../icon.js";
import { t } from "../../i18n.js";
import { CHAT_COLORS } from "../../lib/chat_colors.js";
import { html, useEffect, useRef, useState } from "../../ui.js";
import { initialsOf } from "./avatar.js";

/** @param {{ file: File | null, onChange: (file: File | null) => void, title: string, color: string }} props */
export function PictureChoice({ file, onChange, title, color }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = file ? URL.createObjectURL(file) : "";
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  /** @param {Event} event */
  function take(event) {
    const chooser = /** @type {HTMLInputElement} */ (event.currentTarget);
    onChange(chooser.files?.[0] ?? null);
    chooser.value = "";
  }
  const tint = CHAT_COLORS.find(([name]) => name === color)?.[1] ?? "";
  const label = t(file ? "picture.change" : "picture.choose");
  return html`<div class="picture-choice">
    <button type="button" class="picture-button" aria-label=${label} title=${label} onClick=${() => input.current?.click()}>
      <span class="avatar xl">${address
        ? html`<img src=${address} alt="" />`
        : html`<span class="avatar-letters" style=${tint ? { "--tint": tint } : undefined}>${title.trim() ? initialsOf(title) : ""}</span>`}</span>
      <span class="picture-sign"><${Icon} name="camera" /></span>
    </button>
    ${file && html`<button type="button" class="button quiet small" onClick=${() => onChange(null)}>${t("remove")}</button>`}
    <input type="file" class="hidden-visually" tabindex="-1" aria-hidden="true" ref=${input} accept="image/png,image/jpeg,image/gif,image/webp"
      onChange=${take} />
  </div>`;
}
